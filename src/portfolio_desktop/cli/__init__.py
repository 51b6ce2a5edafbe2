"""The command line: parse, one call into the rooms below, print text or JSON, exit code.

argv -> main (common options, command table) -> one module a command family -> Console (text or JSON) -> exit code
"""
