"""Make it obey the limits: names and texts here; files of each kind join them.

title -> names.file_name -> a name every system takes
text  -> text.tidy_summary -> the same words in less room
"""
