"""What commands on a library share: opening it, and letting the deep readers finish what is pending."""

from __future__ import annotations

from portfolio_desktop.bootstrap.desk import Desk, open_desk
from portfolio_desktop.cli.command import Call
from portfolio_desktop.inspection.readers import Readers


def desk_of(call: Call, *, read_only: bool = False) -> Desk:
    """The desk on the library that the call means."""
    return open_desk(call.ground, call.library_folder, read_only=read_only)


def look_deeper(call: Call, desk: Desk) -> None:
    """Read every page, pixel and packet of files that were only looked over; Ctrl-C leaves the rest for another time."""
    if desk.library.pending_looks():
        with Readers() as readers:
            desk.library.deepen(readers, call.progress)
        call.bar.wipe()
