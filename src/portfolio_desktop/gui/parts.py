"""The rest of the window's parts, put to those of the first look; nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass

from portfolio_desktop.fitting.text import tidy_summary
from portfolio_desktop.gui.jobs import Jobs
from portfolio_desktop.gui.pieces.editor import Editor
from portfolio_desktop.gui.preview.view import PreviewView
from portfolio_desktop.gui.starting.first_look import First
from portfolio_desktop.gui.widgets.jobs_line import JobsLine
from portfolio_desktop.pieces.breakdown import Breakdown
from portfolio_desktop.pieces.piece import CATEGORIES


@dataclass(frozen=True, slots=True)
class Parts(First):
    """Everything that is seen of pieces, and what other pages are made with."""

    editor: Editor
    preview: PreviewView


def make(first: First, jobs: Jobs, look: Callable[[str], Breakdown]) -> Generator[None, None, Parts]:
    """Make the rest and put it into the window, in steps that are short enough for a window that is on the screen."""
    categories = [(code, first.category_name(code)) for code in CATEGORIES]
    editor = Editor(first.icons, look, tidy_summary, categories)
    yield
    preview = PreviewView(first.icons)
    yield
    first.page.complete(editor, preview)
    first.window.complete(JobsLine(jobs, first.icons))
    return Parts(
        first.window,
        first.theme,
        first.icons,
        first.category_name,
        first.sections,
        first.model,
        first.page,
        first.memory,
        first.folder,
        first.glimpse,
        editor,
        preview,
    )
