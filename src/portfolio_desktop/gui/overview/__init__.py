"""The page 總覽: what needs attention now, the three years at a glance, the last backup.

    rows that the window knows ─▶ work (beside) ─▶ Prospect ─▶ page: attention · years · safety       controller decides

attention  a line an item, each a click away        years     the picture: terms × categories, a real table of cells
shapes     how far pieces are, told by shape first   safety    when the last backup and the last drill were
"""
