"""The running jobs in the status line: what is under way, how far it is, and a way to stop it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QToolButton, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.jobs import Job, Jobs
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Step

WORTH_TELLING_MILLISECONDS = 300


class JobsLine(QWidget):
    """Shows the job that was started last, and lets each be stopped that can be; quick ones are not shown at all."""

    def __init__(self, jobs: Jobs, icons: Icons) -> None:
        super().__init__()
        self._shown: list[Job] = []
        self.words = label(role="small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(_("進度"))
        self.cancel = QToolButton()
        self.cancel.setProperty("plain", "true")
        icons.dress(self.cancel, "close", side=14)
        self.cancel.setAccessibleName(_("停止"))
        self.cancel.setToolTip(_("停止"))
        self.cancel.clicked.connect(self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(8)
        for widget in (self.words, self.bar, self.cancel):
            layout.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show)
        jobs.started.connect(self._started)
        jobs.ended.connect(self._ended)
        self.hide()

    def _started(self, job: Job) -> None:
        if not job.label:
            return
        self._shown.append(job)
        job.stepped.connect(lambda step: self._stepped(job, step))
        if not self._timer.isActive() and not self.isVisible():
            self._timer.start(WORTH_TELLING_MILLISECONDS)
        elif self.isVisible():
            self._show()

    def _ended(self, job: Job) -> None:
        if job in self._shown:
            self._shown.remove(job)
            self._show()

    def _show(self) -> None:
        if not self._shown:
            self._timer.stop()
            self.hide()
            return
        if self._timer.isActive():
            return
        job = self._shown[-1]
        self.words.setText(self._words(job))
        self.cancel.setVisible(bool(self._stoppable()))
        self.setToolTip("\n".join(one.label for one in reversed(self._shown)))
        self.bar.setRange(0, 0)
        self.show()

    def _stepped(self, job: Job, step: Step) -> None:
        if self._shown and job is self._shown[-1]:
            self.bar.setRange(0, step.total)
            self.bar.setValue(step.done)
            count = f"　{step.done} / {step.total}" if step.total else ""
            self.words.setText(self._words(job) + count)

    def _words(self, job: Job) -> str:
        more = len(self._shown) - 1
        return job.label + (_("（還有 {count} 項）").format(count=more) if more else "")

    def _stoppable(self) -> list[Job]:
        return [job for job in self._shown if job.cancellable]

    def _cancel(self) -> None:
        """Stop the one that can be stopped; of several, the one that is chosen."""
        jobs = self._stoppable()
        if len(jobs) == 1:
            jobs[0].cancel()
        elif jobs:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for job in reversed(jobs):
                action = menu.addAction(_("停止：{label}").format(label=job.label.replace("&", "&&")))
                action.triggered.connect(partial(self._stop, job))
            menu.popup(self.cancel.mapToGlobal(self.cancel.rect().topLeft()))

    def _stop(self, job: Job, _checked: bool = False) -> None:
        if job in self._shown:  # it may have ended while the menu was open
            job.cancel()
