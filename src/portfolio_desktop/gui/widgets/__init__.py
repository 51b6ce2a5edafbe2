"""The small parts that the pages are built from; none of them knows the library.

Field (what a form's field is typed in)  line | number | date | choice  -> Field.value(): str
banner (a sentence below the page, or above everything) · labels · drop (what was dropped, as paths) · progress line
"""
