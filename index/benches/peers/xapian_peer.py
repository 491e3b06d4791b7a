"""Xapian as a peer of the search bench. See README.md."""

import os
import shutil

import protocol

xapian = protocol.needed("xapian", "python3-xapian")
DAY, COMMITTEE = 0, 1


def build(items, folder):
    """Words with places and without stemming, the text stored, day and committee as values; compacted at the end."""
    loose, whole = os.path.join(folder, "loose"), os.path.join(folder, "whole")
    database = xapian.WritableDatabase(loose, xapian.DB_CREATE_OR_OPEN)
    terms = xapian.TermGenerator()
    for item in protocol.read(items):
        document = xapian.Document()
        terms.set_document(document)
        terms.index_text(item["text"])
        document.set_data(item["text"])
        document.add_value(COMMITTEE, item["committee"])
        if item["day"] is not None:
            document.add_value(DAY, xapian.sortable_serialise(item["day"]))
        database.add_document(document)
    database.commit()
    database.compact(whole)
    database.close()
    shutil.rmtree(loose)
    return whole


def main():
    items, folder, first, last = protocol.arguments()
    path = build(items, folder)
    database = xapian.Database(path)
    everything = database.get_doccount()
    days = xapian.Query(
        xapian.Query.OP_VALUE_RANGE, DAY, xapian.sortable_serialise(first), xapian.sortable_serialise(last)
    )

    def query(kind, words):
        if kind == "prefix":
            return xapian.Query(xapian.Query.OP_WILDCARD, words[0], 0, xapian.Query.WILDCARD_LIMIT_ERROR)
        if kind == "phrase":
            return xapian.Query(xapian.Query.OP_PHRASE, words, len(words))
        return xapian.Query(xapian.Query.OP_OR if kind == "or" else xapian.Query.OP_AND, words)

    def answer(kind, words):
        if kind == "fuzzy":
            return None
        enquire = xapian.Enquire(database)
        enquire.set_query(xapian.Query(xapian.Query.OP_FILTER, query(kind, words), days))
        committees = xapian.ValueCountMatchSpy(COMMITTEE)
        enquire.add_matchspy(committees)
        # Told to look at everything, so that the count is exact.
        found = enquire.get_mset(0, 10, everything)
        list(committees.top_values(50))
        for hit in found:
            found.snippet(hit.document.get_data(), 150)
        return found.get_matches_estimated()

    protocol.serve(protocol.size(path), answer)


main()
