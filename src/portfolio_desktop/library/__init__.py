"""The library 學習歷程庫: every piece, every file ever brought in, every change, in one folder.

paths -> intake (copy, hash, look; several threads) -> store (files/) -> changes (one group per intention) -> rows
rows  -> Piece …, Found (search), ChangeEntry (history), dump (canonical JSON) -> catalog.json

`library.Library` is the only door; it is used from one thread (`lane.Lane` gives the window one). `records`, `profile`,
`lane` and `deep` need no database and are cheap to import.
"""
