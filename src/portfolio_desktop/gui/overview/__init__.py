"""The page 總覽: what needs attention now, the three years at a glance, the last backup.

section (made when it is first shown) ─▶ page (layout)  ◀─ controller ─▶ the window: go there, show that piece
"""
