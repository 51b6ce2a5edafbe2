"""School years, terms and dates as words on the command line; for argparse's `type=`."""

from __future__ import annotations

import argparse
import datetime

from portfolio_desktop.messages import _
from portfolio_desktop.terms import Term, school_year_of


def school_year(word: str) -> int:
    """A school year in 民國 years: 113."""
    if not (word.isascii() and word.isdigit() and 1 <= int(word) <= 999):
        raise argparse.ArgumentTypeError(_("學年度要用民國年，例如 113，不是「{word}」").format(word=word))
    return int(word)


def term(word: str) -> Term:
    """A term: 113-1."""
    try:
        return Term.parse(word)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("學期要寫成 113-1，不是「{word}」").format(word=word)) from error


def count(word: str) -> int:
    """A number of times, 1 or more."""
    if not (word.isascii() and word.isdigit() and int(word) >= 1):
        raise argparse.ArgumentTypeError(_("要一個 1 以上的整數，不是「{word}」").format(word=word))
    return int(word)


def this_school_year() -> int:
    """The school year of today, by the computer's clock."""
    return school_year_of(datetime.datetime.now().astimezone().date())
