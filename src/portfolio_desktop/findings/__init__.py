"""What is wrong with it, judged by dated rules.

(SourceFile, Inspection, Rules) -> checks, one small pure function a rule -> Finding …
"""
