"""Bringing work in: what was dropped, pasted or chosen becomes a plan first, then pieces.

section (made when something is first brought) ─▶ the controller of bringing, with a page that lies over the middle
"""
