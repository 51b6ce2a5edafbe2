"""The composition root: what either front end stands on.

ground: places, log, settings, language, rules, forms (no database)     desk: the ground and an open library
"""
