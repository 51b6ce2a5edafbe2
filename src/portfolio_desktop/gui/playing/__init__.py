"""Sound and film, played in a guarded process of its own: what it may crash, hang or open is never the window's.

view (buttons, picture) ── stage.py (what is shown) ── player.py ══ wire.py, two pipes ══ child.py (QtMultimedia)
"""
