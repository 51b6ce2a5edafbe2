"""A year of sample work, faults included, and the whole road walked with it.

resources/sample/ -> library -> checked -> mended -> ticked -> bundle -> DemoReport
"""
