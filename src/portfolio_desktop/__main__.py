"""The program's door: no arguments open the window, anything else is the command line."""

from __future__ import annotations


def main() -> int:
    """Run what the arguments ask for; returns the exit code."""
    return 0


def window() -> int:
    """Open the window whatever the arguments say."""
    return 0
