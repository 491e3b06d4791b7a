"""Sphinx as a peer of the search bench: `indexer`, then `searchd` on a socket in the folder given. See README.md."""

import os
import re
import shutil
import subprocess
import sys
import time
from xml.sax.saxutils import escape

import protocol

pymysql = protocol.needed("pymysql", "python3-pymysql")

SETTINGS = """
source items
{{
    type = xmlpipe2
    xmlpipe_command = cat {folder}/items.xml
    xmlpipe_field_string = text
    xmlpipe_attr_string = committee
    xmlpipe_attr_bigint = day
}}
index items
{{
    source = items
    path = {folder}/index/items
    min_word_len = 1
    min_prefix_len = 3
    charset_table = 0..9, a..z, A..Z->a..z, U+DF..U+F6, U+F8..U+FF, U+C0..U+D6->U+E0..U+F6, U+D8..U+DE->U+F8..U+FE
}}
indexer
{{
    mem_limit = 400M
    max_xmlpipe2_field = 32M
}}
searchd
{{
    listen = {folder}/socket:mysql41
    pid_file = {folder}/pid
    log = {folder}/log
    binlog_path =
    workers = threads
}}
"""
ANSWER = """select id, weight(), snippet(text, %(query)s) from items where match(%(query)s) and day between %(first)s and %(last)s
limit 10 facet committee order by count(*) desc limit 50"""


def written(items, path):
    """The items as the indexer reads them; characters that XML has not become blanks."""
    refused = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="utf-8"?>\n<sphinx:docset>\n')
        for number, item in enumerate(protocol.read(items), 1):
            text, committee = (escape(refused.sub(" ", item[name])) for name in ("text", "committee"))
            day = -1_000_000 if item["day"] is None else item["day"]
            out.write(f'<sphinx:document id="{number}"><text>{text}</text><committee>{committee}</committee>')
            out.write(f"<day>{day}</day></sphinx:document>\n")
        out.write("</sphinx:docset>\n")


def expression(kind, words):
    if kind == "prefix":
        return f"{words[0]}*"
    if kind == "phrase":
        return f'"{" ".join(words)}"'
    return (" | " if kind == "or" else " ").join(words)


def connect(server, folder):
    for _ in range(300):
        if server.poll() is not None:
            with open(f"{folder}/said", encoding="utf-8", errors="replace") as said:
                sys.exit(f"{sys.argv[0]}: searchd stopped at once: {said.read()}")
        try:
            return pymysql.connect(unix_socket=f"{folder}/socket", charset="utf8")
        except pymysql.err.OperationalError:
            time.sleep(0.1)
    sys.exit(f"{sys.argv[0]}: searchd in {folder} gave no connection within half a minute")


def main():
    items, folder, first, last = protocol.arguments()
    for program in ("indexer", "searchd"):
        if not shutil.which(program):
            sys.exit(f"{sys.argv[0]}: no program {program}: install the Debian package sphinxsearch")
    os.mkdir(f"{folder}/index")
    settings = f"{folder}/settings"
    with open(settings, "w", encoding="utf-8") as out:
        out.write(SETTINGS.format(folder=folder))
    written(items, f"{folder}/items.xml")
    subprocess.run(["indexer", "--config", settings, "--quiet", "items"], check=True, stdout=sys.stderr)
    os.remove(f"{folder}/items.xml")
    said = open(f"{folder}/said", "w", encoding="utf-8")
    run = ["searchd", "--config", settings, "--nodetach"]
    server = subprocess.Popen(run, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    try:
        cursor = connect(server, folder).cursor()

        def answer(kind, words):
            if kind == "fuzzy":
                return None
            cursor.execute(ANSWER, {"query": expression(kind, words), "first": first, "last": last})
            cursor.fetchall()
            while cursor.nextset():
                cursor.fetchall()
            cursor.execute("show meta like 'total_found'")
            return int(cursor.fetchone()[1])

        protocol.serve(protocol.size(f"{folder}/index"), answer)
    finally:
        server.terminate()
        server.wait()


main()
