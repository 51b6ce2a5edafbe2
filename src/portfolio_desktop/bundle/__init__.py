"""A school year's ticked pieces, laid out so that uploading by hand takes seconds and cannot go wrong.

    pieces, forms, rules -> plan_bundle (pure) -> BundlePlan -> documents + manifest -> archive.write -> folder or ZIP
    folder or ZIP -> reading.open_bundle -> verify -> Verified;  complete ones -> importing -> Library

entries.py    the records: Entry, Row, Target, LeftOut, BundlePlan
layout.py     names inside a bundle: which are safe, which would collide
rows.py       piece + form -> the rows to copy, in the platform's order
plan.py       everything that will be exported, with its findings; pure
manifest.py   manifest.json, written and read strictly             (docs/bundle-format.md)
sheet.py      the copy sheet; lists.py the list as XLSX and CSV; words.py their words; documents.py all of them
archive.py    write: beside.py is the place, staging.py copies and proves (stored_zip.py: a ZIP's bytes), swap.py moves into place
reading.py    a folder or ZIP from anywhere, opened with suspicion (opened*.py); verify.py: every hash
importing.py  a complete bundle becomes a library
"""
