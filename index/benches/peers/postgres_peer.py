"""PostgreSQL as a peer of the search bench: a cluster of its own in a temporary folder, on a socket there. See README.md."""

import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time

import protocol

psycopg2 = protocol.needed("psycopg2", "python3-psycopg2")
extras = protocol.needed("psycopg2.extras", "python3-psycopg2")

TABLE = """create table item (
    id serial primary key, text text, committee text, day integer,
    words tsvector generated always as (to_tsvector('simple', text)) stored)"""
# One statement: what matches is found once, then counted, counted by committee, and its ten best cut to headlines.
ANSWER = """with found as materialized (
    select id, committee, ts_rank(words, query) as rank from item, to_tsquery('simple', %(query)s) query
    where words @@ query and day between %(first)s and %(last)s)
select 'all', count(*) from found
union all (select committee, count(*) from found group by committee order by 2 desc limit 50)
union all (select ts_headline('simple', item.text, to_tsquery('simple', %(query)s)), 0
    from (select id, rank from found order by rank desc limit 10) best join item using (id))"""


def account():
    """Who runs the server: it refuses to be root."""
    if os.geteuid() != 0:
        return {}
    try:
        name = pwd.getpwnam("postgres").pw_name
    except KeyError:
        sys.exit(f"{sys.argv[0]}: there is no account postgres: install the Debian package postgresql")
    return {"user": name, "group": name, "extra_groups": []}


def start(folder):
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: float(path.split("/")[-2]))
    if not found:
        sys.exit(f"{sys.argv[0]}: no PostgreSQL in /usr/lib/postgresql: install the Debian package postgresql")
    who, cluster = account(), os.path.join(folder, "cluster")
    if who:
        shutil.chown(folder, who["user"], who["group"])
    make = [os.path.join(found[-1], "initdb"), "-D", cluster, "-U", "peer", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=folder, **who)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "shared_buffers": "512MB",
        "work_mem": "64MB",
        "maintenance_work_mem": "400MB",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "autovacuum": "off",
        "jit": "off",
        "max_parallel_workers_per_gather": "0",
        "log_min_messages": "fatal",
    }
    run = [os.path.join(found[-1], "postgres"), "-D", cluster]
    run += [f"--{name}={value}" for name, value in settings.items()]
    return subprocess.Popen(run, cwd=folder, stdin=subprocess.DEVNULL, stdout=sys.stderr, **who)


def connect(server, folder):
    for _ in range(300):
        if server.poll() is not None:
            sys.exit(f"{sys.argv[0]}: the server stopped at once; what it said is above")
        try:
            connection = psycopg2.connect(host=folder, user="peer", dbname="postgres")
        except psycopg2.OperationalError:
            time.sleep(0.1)
        else:
            connection.autocommit = True
            return connection
    sys.exit(f"{sys.argv[0]}: the server in {folder} gave no connection within half a minute")


def build(cursor, items):
    cursor.execute(TABLE)
    # No character 0 in PostgreSQL's text.
    rows = ((item["text"].replace("\0", " "), item["committee"], item["day"]) for item in protocol.read(items))
    extras.execute_values(cursor, "insert into item (text, committee, day) values %s", rows, page_size=500)
    cursor.execute("create index on item using gin (words)")
    cursor.execute("create index on item (day)")
    cursor.execute("vacuum analyze item")
    cursor.execute("checkpoint")
    cursor.execute("select pg_total_relation_size('item')")
    return cursor.fetchone()[0]


def expression(kind, words):
    if kind == "prefix":
        return f"{words[0]}:*"
    return {"or": " | ", "phrase": " <-> "}.get(kind, " & ").join(words)


def main():
    items, _, first, last = protocol.arguments()
    # Not the folder given: its owner may not let the server's account in.
    folder = tempfile.mkdtemp(prefix="peer-postgres-")
    server = connection = None
    try:
        server = start(folder)
        connection = connect(server, folder)
        cursor = connection.cursor()
        size = build(cursor, items)

        def answer(kind, words):
            if kind == "fuzzy":
                return None
            cursor.execute(ANSWER, {"query": expression(kind, words), "first": first, "last": last})
            return cursor.fetchall()[0][1]

        protocol.serve(size, answer)
    finally:
        if connection:
            connection.close()
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(folder)


main()
