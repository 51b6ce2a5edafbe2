import os
from concurrent.futures import Future
from pathlib import Path

import pytest

from portfolio_desktop.files import Unreadable
from portfolio_desktop.findings import batch
from portfolio_desktop.findings.batch import check_files
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.inspection import guard
from portfolio_desktop.inspection.readers import Readers
from portfolio_desktop.places import resources
from portfolio_desktop.progress import Cancelled, Progress

FILES = resources() / "sample" / "files"


@pytest.fixture(scope="module")
def rules():
    return RuleBook.load(resources() / "rules").for_year(113)


def test_files_are_told_in_order_with_verdict_and_time(rules):
    paths = [FILES / "自我介紹.mp3", FILES / "讀書會心得.pdf", FILES / "校慶海報.jpg"]
    with Readers() as readers:
        checked = list(check_files(paths, readers, rules))
    assert [one.path for one in checked] == paths
    assert [one.verdict for one in checked] == ["pass", "fail", "warn"]
    assert all(one.seconds > 0 and one.source and one.inspection and one.reason is None for one in checked)


def test_what_cannot_be_read_is_a_finding_and_stops_nothing(rules, tmp_path):
    os.mkfifo(tmp_path / "fifo")
    paths = [tmp_path / "missing", tmp_path / "fifo", FILES / "攝影展觀後感.pdf"]
    with Readers() as readers:
        checked = list(check_files(paths, readers, rules))
    assert [one.reason for one in checked] == ["missing", "fifo", None]
    assert [one.verdict for one in checked] == ["fail", "fail", "pass"]
    assert checked[0].source is None
    assert checked[0].inspection is None


class Vanishing(Readers):
    """Readers that find every file gone."""

    def inspect(self, path: Path):
        answer = Future()
        answer.set_exception(Unreadable("vanished", path))
        return answer


def test_a_file_that_vanishes_before_the_readers_come_is_a_finding(rules):
    with Vanishing() as readers:
        [checked] = check_files([FILES / "攝影展觀後感.pdf"], readers, rules)
    assert (checked.reason, checked.verdict) == ("vanished", "fail")


def test_where_no_process_starts_the_file_is_not_called_damaged(rules, monkeypatch):
    monkeypatch.setattr(guard, "worker_command", lambda: ["/nowhere/python"])
    with Readers() as readers:
        [checked] = check_files([FILES / "攝影展觀後感.pdf"], readers, rules)
    assert [finding.code for finding in checked.findings] == ["inspection.unavailable"]
    assert (checked.verdict, checked.source.kind, checked.inspection) == ("fail", "pdf", None)


def test_cancelling_ends_it(rules):
    progress = Progress()
    with Readers() as readers:
        results = check_files([FILES] * 5, readers, rules, progress)
        next(results)
        progress.cancel()
        with pytest.raises(Cancelled):
            list(results)


def test_leaving_early_ends_it(rules):
    with Readers() as readers:
        for checked in check_files([FILES] * 3, readers, rules):
            assert checked.path.is_file()
            break


def test_only_so_many_files_are_under_way(rules, monkeypatch):
    monkeypatch.setattr(batch, "AHEAD", 3)
    asked = []

    class Counting(Readers):
        def inspect(self, path: Path):
            asked.append(path)
            return super().inspect(path)

    with Counting() as readers:
        results = check_files([FILES / "攝影展觀後感.pdf"] * 30, readers, rules)
        next(results)
        assert len(asked) < 30
        assert sum(1 for _ in results) == 29
