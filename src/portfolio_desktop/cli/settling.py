"""Before a command changes a library for the first time: one sentence where its place is a cloud folder, a share or a stick."""

from __future__ import annotations

from pathlib import Path

from portfolio_desktop.bootstrap.settling import accepted, unsettled
from portfolio_desktop.cli.command import Call
from portfolio_desktop.library.database import NAME as DATABASE
from portfolio_desktop.library.place import warning
from portfolio_desktop.messages import _


def warn_of_place(call: Call, folder: Path, *, new: bool = False) -> None:
    """Say it once for each library, on standard error; `new`: it is about to be made there."""
    if not new and not (folder / DATABASE).is_file():
        return
    place = unsettled(call.ground, folder)
    if place is None:
        return
    call.console.complain(warning(folder, place))
    if not new:
        call.console.complain(_("要搬到電腦自己的資料夾：portfolio-desktop move --to 資料夾"))
    accepted(call.ground, folder, place)
