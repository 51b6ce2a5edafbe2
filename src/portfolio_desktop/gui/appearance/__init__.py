"""How the window looks: colours for light and dark, one sheet of rules, line drawings, and the choice among them.

theme (colours, font) ─▶ sheet (rules for every widget)        icons (drawings in the text's colour)        dressing (what is chosen)
"""
