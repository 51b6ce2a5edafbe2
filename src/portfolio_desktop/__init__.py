"""學習歷程工作臺 (Portfolio Desktop): a senior-high student's learning portfolio, kept at home.

The folders are the data's road: a file is inspected, judged, made to fit, becomes a piece, lives in the library,
is planned into a school year and leaves in a bundle. docs/architecture.md shows the road on one page.
"""
