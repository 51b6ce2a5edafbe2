"""The window around the pages: its layout, its sections, what can be done, and what is said below the page.

window ── sections, actions (what there is) ── deeds (what they do) ── enabling (what makes sense now)
saying   a message, as long as it matters        focusing   where the keyboard is        returning   the way back
"""
