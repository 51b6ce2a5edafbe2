"""One piece of a student's work: its form, its fields, its 100-character summary, its files.

forms (resources/forms/*.toml) -> Form -> Piece(fields, summary, files) -> checks -> Finding …
"""
