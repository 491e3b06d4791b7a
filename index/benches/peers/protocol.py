"""What the peers written in Python share: reading the items, saying ready, answering line by line. See README.md."""

import importlib
import json
import os
import sys
import time


def arguments():
    """The items' file, an empty folder for the index, the first and the last day (days since 1970)."""
    if len(sys.argv) != 5:
        sys.exit(f"usage: {sys.argv[0]} ITEMS FOLDER FROM_DAY TO_DAY")
    items, folder, first, last = sys.argv[1:]
    return items, folder, int(first), int(last)


def needed(module, package):
    """A module of a Debian package, or the end with the package's name."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        sys.exit(f"{sys.argv[0]}: {error}: install the Debian package {package} (and run with Debian's own /usr/bin/python3)")


def read(path):
    """Each item: text, committee, day (days since 1970, or none)."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def size(folder):
    """Bytes of all files under a folder."""
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names)


def cpu():
    """Seconds of processor that this process and all it started have taken."""
    taken, parents = {}, {}
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as stat:
                after = stat.read().rpartition(")")[2].split()
        except OSError:
            continue  # It ended meanwhile; its parent has its time.
        parents[int(process)] = int(after[1])
        taken[int(process)] = sum(map(int, after[11:15]))

    def ours(process):
        while process and process != os.getpid():
            process = parents.get(process, 0)
        return bool(process)

    return sum(ticks for process, ticks in taken.items() if ours(process)) / os.sysconf("SC_CLK_TCK")


def serve(size_of_index, answer):
    """Answers queries until there are no more: `answer(class, words)` gives a count, or none for what the engine cannot do."""
    print(f"ready {cpu():.2f} {size_of_index}", flush=True)
    for line in sys.stdin:
        kind, _, words = line.rstrip("\n").partition("\t")
        words = words.split(" ")
        began = time.perf_counter()
        count = answer(kind, words)
        took = time.perf_counter() - began
        print("-" if count is None else f"{count} {round(took * 1e6)}", flush=True)
