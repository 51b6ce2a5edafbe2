"""Decides about an export: plan it, ask where to, look deeper at what was only looked over, write it, say where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from portfolio_desktop.bundle import layout
from portfolio_desktop.gui.export.page import ExportPage
from portfolio_desktop.gui.jobs import Job
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.words import size_words
from portfolio_desktop.gui.years import Years
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Step

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.exporting import Exported
    from portfolio_desktop.bundle.archive import Written
    from portfolio_desktop.bundle.entries import BundlePlan

# By name: templates and spreadsheets behind them are not wanted before the first export.
PLAN = "portfolio_desktop.gui.export.work:plan"
EXPORT = "portfolio_desktop.gui.export.work:export"


class Export(QObject):
    """The controller of the export page."""

    said = Signal(str, str, object)
    ticks_asked = Signal()
    begun = Signal()
    seen = Signal(object)
    over = Signal()
    _stage = Signal(str)

    def __init__(self, session: Session, dialogs: Dialogs, page: ExportPage, years: Years) -> None:
        super().__init__(page)
        self._session = session
        self._dialogs = dialogs
        self._years = years
        self.page = page
        self._everything = False
        self._written: Written | None = None
        self._job: Job | None = None
        page.empty.say(
            "ticks",
            _("這個學年度還沒有勾選"),
            _("先到「勾選」選好要送出的作品，這裡就會列出要匯出的內容。"),
            (_("去勾選"), self.ticks_asked.emit),
        )
        page.year_chosen.connect(years.choose)
        page.everything_chosen.connect(self._choose_everything)
        page.folder_asked.connect(self._ask_folder)
        page.zip_asked.connect(self._ask_zip)
        page.cancel_asked.connect(self._cancel)
        page.open_asked.connect(self._open_folder)
        page.sheet_asked.connect(self._open_sheet)
        years.changed.connect(self._follow)
        self._stage.connect(self._show_stage, Qt.ConnectionType.QueuedConnection)
        session.opened.connect(lambda _shelf: page.show_buttons())

    def refresh(self) -> None:
        """Plan anew."""
        self.page.show_years(self._years.offered, self._years.year)
        if self._session.shelf is not None:
            self._session.ask("", PLAN, self._years.year, self._everything, done=self._planned)

    def _follow(self) -> None:
        if self.page.isVisible():
            self.refresh()

    def _planned(self, plan: BundlePlan) -> None:
        if plan.year == self._years.year and plan.everything is self._everything:
            self.page.show_plan(plan)

    def _choose_everything(self, everything: bool) -> None:
        self._everything = everything
        self.refresh()

    def _ask_folder(self) -> None:
        self._dialogs.choose_folder(
            self.page,
            _("要匯出到哪個資料夾裡"),
            lambda folder: self.export(folder / self._name()),
            _documents(),
        )

    def _ask_zip(self) -> None:
        self._dialogs.choose_new(
            self.page,
            _("ZIP 檔要存成"),
            lambda path: self.export(path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip")),
            _documents() / f"{self._name()}.zip",
            _("ZIP 檔 (*.zip)"),
        )

    def export(self, out: Path) -> None:
        """Write what is planned to a folder, or a ZIP where the name says so; planned anew, so that nothing is stale."""
        if self._job is not None or self._session.shelf is None:
            return
        self.page.show_progress(0, 0, "")
        ask = self._session.asker()
        self.begun.emit()
        self._job = self._session.outside(
            _("正在匯出"),
            EXPORT,
            lambda work: ask(work).result(),
            (self._years.year, self._everything, out),
            (self._stage.emit, self.seen.emit),
            done=self._done,
            failed=self._failed,
            cancelled=self._cancelled,
        )
        self._job.stepped.connect(self._stepped)

    def _show_stage(self, stage: str) -> None:
        self.page.show_stage(_("逐頁檢查") if stage == "looking" else _("寫入"))

    def _stepped(self, step: Step) -> None:
        self.page.show_progress(step.done, step.total, step.what)

    def _end(self) -> None:
        self._job = None
        self.over.emit()
        self.refresh()

    def _done(self, exported: Exported) -> None:
        self._end()
        self._written = written = exported.written
        folder = written.path.suffix.lower() != ".zip"
        words = _("已匯出 {files} 個檔案（{size}），並逐一核對過：{path}").format(
            files=written.files, size=size_words(written.bytes), path=written.path
        )
        if written.kept is not None:
            words += "\n" + _("原來在那裡的成果包內容不同或改過，沒有刪除，移到：{path}").format(path=written.kept)
        if exported.unseen:
            unseen = _("學習歷程庫現在只能讀，有 {count} 個檔案還沒有逐頁檢查，問題可能不只這些。")
            words += "\n" + unseen.format(count=exported.unseen)
        self.page.show_done(words, folder=folder)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.page.show_buttons()
        self._session.jobs.failed.emit(error)

    def _cancelled(self) -> None:
        self._end()
        self.page.show_buttons()
        self.said.emit("hint", _("已取消匯出，沒有留下任何檔案。"), None)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _open_folder(self) -> None:
        if self._written is not None:
            path = self._written.path
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.is_dir() else path.parent)))

    def _open_sheet(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.path / layout.SHEET)))

    def _name(self) -> str:
        return _("完整備份") if self._everything else _("{year}學年度成果包").format(year=self._years.year)


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
