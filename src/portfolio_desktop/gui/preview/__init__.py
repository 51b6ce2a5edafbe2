"""Seeing a piece's file: pages of a PDF, images, the first frame of a film, as pictures from guarded processes.

controller: (file, page, width) -> cache, else Readers.page -> PNG bytes -> QImage -> view
"""
