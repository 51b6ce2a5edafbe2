"""Three kinds of bad news, and the two that are exceptions.

Finding          what the student can mend: data, never an exception        (findings/)
PortfolioError   the world in the way: one sentence that says what to do    exit code 4
  UsageError     a wrong word on the command line or in a call              exit code 2
  DamageError    data that is not what it was                               exit code 3
anything else    our bug: logged, shown with details to copy                exit code 70
"""

from __future__ import annotations

BUG_EXIT = 70


class PortfolioError(Exception):
    """The world is in the way (disk full, locked, newer library): its text is one sentence that says what to do."""

    exit_code = 4


class UsageError(PortfolioError):
    """What was asked for cannot be meant: an unknown piece, a term that does not exist, a wrong option."""

    exit_code = 2


class DamageError(PortfolioError):
    """Data is not what it was when it was written: a hash differs, a file is missing, a database is malformed."""

    exit_code = 3
