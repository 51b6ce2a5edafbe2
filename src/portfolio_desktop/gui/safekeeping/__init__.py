"""安全: when everything was last backed up, checked and tried out, where, with what result; and a button for each.

record, places (beside the lane) -> Safety -> words (pure) -> page        one deed at a time: work.py
a failed check -> alarm, across every page, until a later check is clean
"""
