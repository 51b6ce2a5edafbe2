"""What commands on a library share: opening it, and letting the deep readers finish what is pending."""

from __future__ import annotations

from portfolio_desktop.bootstrap import deeper
from portfolio_desktop.bootstrap.desk import Desk, open_desk
from portfolio_desktop.cli.command import Call
from portfolio_desktop.cli.problems import problem_line
from portfolio_desktop.cli.settling import warn_of_place
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.problems import NEWER, Problem
from portfolio_desktop.library.safekeeping import record
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Cancelled


def desk_of(call: Call, *, read_only: bool = False) -> Desk:
    """The desk on the library that the call means; what is odd about its place is said before it is first written to."""
    if not read_only:
        warn_of_place(call, call.library_folder)
    desk = open_desk(call.ground, call.library_folder, read_only=read_only)
    tell_start_problems(call, desk.library)
    tell_failing_copies(call, desk.library)
    return desk


def tell_start_problems(call: Call, library: Library) -> None:
    """Say which stored files are not there, where the last owner ended without letting go; and what a backup has beyond."""
    tell_newer(call, library)
    files = [problem for problem in library.start_problems if problem.code not in NEWER]
    if files:
        call.console.complain(_("上次沒有正常關閉，檢查後發現有檔案不對。請用 verify --mend 從備份補回："))
    for problem in files:
        call.console.complain(problem_line(problem))


def tell_failing_copies(call: Call, library: Library) -> None:
    """Say that the automatic copies cannot be made: nobody would look into the log."""
    if not library.read_only and (reason := record.failing(library.folder)) is not None:
        call.console.complain(Problem("copies.failing", values={"reason": reason}).message)


def tell_newer(call: Call, library: Library) -> None:
    """Say that a backup or the catalog holds work which the database lacks."""
    found = [problem for problem in library.start_problems if problem.code in NEWER]
    if found:
        call.console.complain(_("注意：這個學習歷程庫的資料庫可能被換成了舊的，有作品內容不在裡面："))
    for problem in found:
        call.console.complain(problem_line(problem))


def desk_to_read(call: Call) -> Desk:
    """The desk for work that is better done by the library's owner, but can be done by a reader: of a disk that cannot be
    written, beside another program. Raises PortfolioError when it cannot be read either.
    """
    try:
        return desk_of(call)
    except (PortfolioError, OSError):
        return desk_of(call, read_only=True)


def look_deeper(call: Call, library: Library) -> None:
    """Read every page, pixel and packet of files that were only looked over; Ctrl-C leaves the rest for another time.

    What is found cannot be recorded in a library that is only read: then it is told that it was not looked for.
    """
    tell_unseen(call, deeper.look_deeper(deeper.at_once(Desk(call.ground, library)), call.progress))


def tell_unseen(call: Call, count: int) -> None:
    """Say how many files were not looked at, where there are any; take the progress bar away."""
    call.bar.wipe()
    if count:
        said = _("學習歷程庫現在只能讀，有 {count} 個檔案還沒有逐頁檢查，問題可能不只這些。")
        call.console.complain(said.format(count=count))


def looked_deeper(call: Call, library: Library) -> bool:
    """Look deeper; False when that was stopped: what was brought in is safe, and is looked at another time."""
    try:
        look_deeper(call, library)
    except Cancelled:
        call.bar.wipe()
        call.console.complain(_("檔案都收好了；逐頁的檢查停下來了，匯出前會再做。"))
        return False
    return True
