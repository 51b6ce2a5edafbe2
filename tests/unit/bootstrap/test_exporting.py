from pathlib import Path

import pytest

from portfolio_desktop.bootstrap.deeper import at_once, look_deeper
from portfolio_desktop.bootstrap.desk import Desk, open_desk
from portfolio_desktop.bootstrap.exporting import Stage, Watch, Wish, export
from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import NewPiece
from portfolio_desktop.places import resources
from portfolio_desktop.progress import Cancelled, Progress, Step
from portfolio_desktop.terms import Term

FILES = resources() / "sample" / "files"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library.create(tmp_path / "庫", Profile("general", 113)) as library:
        paths = [FILES / "攝影展觀後感.pdf", FILES / "科展佳作獎狀.png"]
        added = library.add(paths, NewPiece(Term(113, 1), "other")).added
        library.tick([piece.id for piece in added], 113)
    return tmp_path / "庫"


def desk(folder: Path, *, read_only: bool = False) -> Desk:
    return open_desk(lay(folder.parent / "home"), folder, read_only=read_only, remember=False)


def test_an_export_looks_deeper_first(folder: Path, tmp_path: Path) -> None:
    stages: list[Stage] = []
    seen: list[str] = []
    steps: list[Step] = []
    with desk(folder) as open_one:
        assert len(open_one.library.pending_looks()) == 2
        wish = Wish(113, False, tmp_path / "包")
        done = export(at_once(open_one), wish, Progress(steps.append), Watch(stages.append, seen.extend))
        assert open_one.library.pending_looks() == []
        assert {stored.sha256 for stored in open_one.library.files()} == set(seen)
    assert stages == ["looking", "writing"]
    assert [step.what for step in steps[:2]] == ["科展佳作獎狀.png", "攝影展觀後感.pdf"]
    assert done.unseen == 0
    assert [entry.title for entry in done.plan.entries] == ["攝影展觀後感", "科展佳作獎狀"]
    assert not verify(tmp_path / "包").problems


def test_a_library_that_is_only_read_is_exported_and_says_what_was_not_seen(folder: Path, tmp_path: Path) -> None:
    with desk(folder, read_only=True) as open_one:
        done = export(at_once(open_one), Wish(113, True, tmp_path / "包.zip"), Progress())
    assert done.unseen == 2
    assert not verify(tmp_path / "包.zip").problems


def test_a_place_inside_the_library_is_refused_before_anything_is_done(folder: Path) -> None:
    with desk(folder) as open_one:
        with pytest.raises(PortfolioError, match="不能放在學習歷程庫裡面"):
            export(at_once(open_one), Wish(113, False, folder / "files" / "包"), Progress())
        assert len(open_one.library.pending_looks()) == 2


def test_stopping_the_look_writes_nothing_and_keeps_what_was_found(folder: Path, tmp_path: Path) -> None:
    def stop(_step: Step) -> None:
        progress.cancel()

    progress = Progress(stop)
    with desk(folder) as open_one:
        with pytest.raises(Cancelled):
            export(at_once(open_one), Wish(113, False, tmp_path / "包"), progress)
        assert len(open_one.library.pending_looks()) == 1
    assert not (tmp_path / "包").exists()


def test_nothing_pending_starts_no_readers(folder: Path) -> None:
    with desk(folder) as open_one:
        assert look_deeper(at_once(open_one), Progress()) == 0
        steps: list[Step] = []
        assert look_deeper(at_once(open_one), Progress(steps.append)) == 0
        assert steps == []
