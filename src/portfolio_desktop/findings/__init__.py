"""What is wrong with it, judged by dated rules.

resources/rules/*.toml -> RuleBook -> Rules of one school year ┐
name, size, Inspection                                         ├-> checks, one small pure function a rule -> Finding …
catalogue: what each code means, how bad, what to do           ┘
"""
