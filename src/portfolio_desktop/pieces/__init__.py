"""One piece of a student's work: its form, its fields, its 100-character summary, its files.

forms (resources/forms/*.toml) -> Form ┐
Piece(fields, summary, files)          ├-> checks -> Finding … -> readiness -> State
rules of its school year, its course   ┘
Piece + Form -> values.entries -> what is copied into each field of a platform
"""
