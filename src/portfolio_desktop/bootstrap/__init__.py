"""The composition root: what either front end stands on.

ground: places, log, settings, language, rules, forms (no database)     desk: the ground and an open library
deeper: the deep look at what is pending                                exporting: look deeper, plan, write
"""
