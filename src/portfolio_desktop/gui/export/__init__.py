"""匯出: what a school year's bundle will hold, with its findings, first; then writing it, with progress and cancel.

plan (lane, pure) -> page -> place chosen -> archive.write (beside the lane) -> 「開啟資料夾」「開啟複製單」
"""
