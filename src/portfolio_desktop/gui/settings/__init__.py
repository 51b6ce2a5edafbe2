"""The settings: language, appearance, size of text; where the library lies; whose it is, and what their school has set.

section (made when it is first wanted) ─▶ dialog (layout)  ◀─ controller ─▶ theme, settings file, library
"""
