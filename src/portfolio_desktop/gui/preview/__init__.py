"""Seeing a piece's file, and handing it on: pages of a PDF and images as pictures from guarded processes, its size, ways out.

controller ─▶ pictures (Readers.pixels -> QImage, cache) ─▶ view: reader (canvas, strip, zoom) | ../playing | a sentence
outside ─▶ copies ─▶ other programs
"""
