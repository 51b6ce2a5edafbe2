"""The summary in large: the same text on a page of its own, with every counting, questions, and what it once said.

section (makes it) -> controller (decides) -> page: the lent field | tally | guide | earlier texts
"""
