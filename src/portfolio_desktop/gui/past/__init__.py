"""修改紀錄: what was done to a piece, every text that it had and every file that it held, each to be used again.

log, texts, files (lane) -> Past -> days · difference (pure) -> view          用回 -> one undo step -> Row
"""
