"""The pieces: the table in the middle, and the one piece at the right.

rows (records, sorted and filtered in plain Python) -> model -> table
editor (generated from the form) = fields + summary editor + files + findings      controller decides what happens
"""
