import zipfile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from helpers.window import SAMPLE, Driver
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.progress import Cancelled


@pytest.fixture
def page(busy: Driver) -> Driver:
    """The export of 113."""
    busy.control.parts.sections.go("export")
    year = busy.control.export.page.year
    year.setCurrentIndex(year.findData("113"))
    busy.settle()
    return busy


def test_the_plan_comes_first(page: Driver) -> None:
    view = page.control.export.page
    assert view.summary.text().startswith("16 件作品、17 個檔案，")
    assert view.amount.text() == "1 件有文件和影音兩個檔案。"
    assert view.overall.words.text() == "沒有要修正的地方；2 件值得留意。"
    assert [link.text() for link in view.overall.links][:1] == ["班級學藝股長"]
    tree = view.tree
    groups = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    assert groups[0].text(0) == "課程學習成果"
    assert groups[0].childCount() == 6
    texts = [group.child(at).text(2) for group in groups for at in range(group.childCount())]
    assert any(text.startswith("留意：") for text in texts)
    assert view.folder_button.isEnabled()


def test_a_folder_is_written_and_verified(page: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    view = page.control.export.page
    page.answers.folder = tmp_path
    view.folder_button.click()
    page.settle()
    out = tmp_path / "113學年度成果包"
    assert not verify(out).problems
    assert str(out) in view.done.text()
    view.open_button.click()
    view.sheet_button.click()
    assert [Path(url.toLocalFile()) for url in opened] == [out, out / "上傳複製單.html"]
    assert all(Path(url.toLocalFile()).exists() for url in opened)
    view.again_button.click()
    assert view.folder_button.isVisible()


def test_what_was_only_looked_over_is_read_to_its_end_first(page: Driver, tmp_path: Path) -> None:
    page.control.session.jobs.started.connect(lambda job: job.cancel() if job.label == "正在逐頁檢查檔案" else None)
    late = tmp_path / "最後一刻.pdf"
    late.write_bytes((SAMPLE / "讀書會心得.pdf").read_bytes() + b"\n%late")
    page.bring(late)
    page.settle()
    [(sha256, _path)] = page.library(Library.pending_looks)
    stages: list[str] = []
    page.control.export._stage.connect(stages.append)
    page.control.parts.sections.go("export")
    page.control.export.page.everything.click()
    page.control.export.export(tmp_path / "包")
    page.settle()
    assert stages == ["looking", "writing"]
    assert page.library(Library.pending_looks) == []
    assert not verify(tmp_path / "包").problems
    rows = page.control.pieces.known.rows.values()
    [file] = [file for row in rows for file in row.piece.files if file.sha256 == sha256]
    assert file.inspection.depth == "deep"


def test_an_export_is_of_the_library_it_was_asked_of(page: Driver, empty: Path, tmp_path: Path) -> None:
    session = page.control.session
    ask = session.asker()
    page.open(empty)
    with pytest.raises(Cancelled):
        ask(lambda desk: desk.library.folder).result(20)


def test_a_bundle_is_not_put_into_the_library(page: Driver, sample: Path) -> None:
    page.control.export.export(sample / "包")
    page.settle()
    assert page.banner.startswith("成果包不能放在學習歷程庫裡面")
    assert page.control.export.page.folder_button.isVisible()


def test_a_zip_is_written_whatever_its_name_ends_in(page: Driver, tmp_path: Path) -> None:
    view = page.control.export.page
    page.answers.new = tmp_path / "我的檔案"
    view.zip_button.click()
    page.settle()
    with zipfile.ZipFile(tmp_path / "我的檔案.zip") as archive:
        assert archive.testzip() is None
    assert view.open_button.isVisible()
    assert not view.sheet_button.isVisible()


def test_a_complete_backup_can_be_imported(page: Driver, tmp_path: Path) -> None:
    from portfolio_desktop.bundle.importing import import_bundle

    view = page.control.export.page
    view.everything.click()
    page.settle()
    page.answers.folder = tmp_path
    view.folder_button.click()
    page.settle()
    with import_bundle(tmp_path / "完整備份", tmp_path / "新庫") as library:
        assert library.dump() == page.library(lambda own: own.dump())


def test_an_export_can_be_cancelled_and_leaves_nothing(page: Driver, tmp_path: Path) -> None:
    said: list[str] = []
    page.control.export.said.connect(lambda _level, text, _deed: said.append(text))
    page.control.session.jobs.started.connect(lambda job: job.cancel() if job.cancellable else None)
    page.answers.folder = tmp_path / "外面"
    (tmp_path / "外面").mkdir()
    page.control.export.page.folder_button.click()
    page.settle()
    assert said == ["已取消匯出，沒有留下任何檔案。"]
    assert list((tmp_path / "外面").iterdir()) == []
    assert page.control.export.page.folder_button.isVisible()


def test_the_cancel_button_stops_it(page: Driver, tmp_path: Path) -> None:
    view = page.control.export.page
    page.control.session.jobs.started.connect(lambda job: view.cancel_button.click() if job.cancellable else None)
    page.control.export.export(tmp_path / "包")
    page.settle()
    assert view.folder_button.isVisible() or (tmp_path / "包").exists()


def test_a_place_that_is_taken_is_told_in_the_banner(page: Driver, tmp_path: Path) -> None:
    taken = tmp_path / "113學年度成果包"
    taken.mkdir()
    (taken / "別人的.txt").write_text("別人的", encoding="utf-8")
    page.answers.folder = tmp_path
    page.control.export.page.folder_button.click()
    page.settle()
    assert page.banner
    assert [path.name for path in taken.iterdir()] == ["別人的.txt"]
    assert page.control.export.page.folder_button.isVisible()


def test_nothing_ticked_says_where_to_go(page: Driver) -> None:
    view = page.control.export.page
    view.year.setCurrentIndex(view.year.findData("115"))
    page.settle()
    assert view.empty.isVisible()
    assert not view.folder_button.isEnabled()
    view.empty.button.click()
    page.settle()
    assert page.window.pages.currentWidget() is page.control.ticks.page


def test_a_ticked_piece_in_the_trash_is_not_left_out_silently(page: Driver) -> None:
    page.choose("水質")
    page.window.actions_["remove"].trigger()
    page.settle()
    page.control.parts.sections.go("export")
    page.control.years.choose(113)
    page.settle()
    tree = page.control.export.page.tree
    group = tree.topLevelItem(tree.topLevelItemCount() - 1)
    assert group.text(0) == "不會匯出"
    assert group.child(0).text(0) == "臺北盆地水質調查報告"
    assert "垃圾桶" in group.child(0).text(2)


def test_from_a_line_to_its_piece(page: Driver, qtbot: Any) -> None:
    tree = page.control.export.page.tree
    tree.itemActivated.emit(tree.topLevelItem(0).child(0), 0)
    page.settle()
    assert page.window.pages.currentWidget() is page.control.parts.page
    assert page.editor.title.value() == "臺北盆地水質調查報告"


def test_what_is_wrong_as_a_whole_leads_to_the_pieces_and_back(page: Driver) -> None:
    ticked = [row.piece for row in page.control.pieces.known.rows.values() if 113 in row.piece.ticked]
    some = sorted((piece for piece in ticked if piece.kind == "activity"), key=lambda piece: piece.ticked[113])[1:6]

    def spoil(library: Library) -> None:
        for piece in some[:4]:
            library.edit(piece.id, Edit(summary=""))
        library.remove([some[4].id])

    page.library(spoil)
    page.control.pieces.reload()
    page.settle()
    page.control.export.refresh()
    page.settle()
    overall, parts = page.control.export.page.overall, page.control.parts
    assert "4 件有要修正的地方" in overall.words.text()
    assert "1 件勾選了，可是不會匯出" in overall.words.text()
    assert overall.property("level") == "error"
    assert [link.text() for link in overall.links] == [*(piece.title[:14] for piece in some[:3]), "看這 4 件"]
    overall.links[0].click()
    page.settle()
    assert page.editor.title.value() == some[0].title
    assert page.box("summary").field.isAncestorOf(page.window.focusWidget())
    assert parts.page.bar.back.text() == "回到「匯出」"
    parts.page.bar.back.click()
    page.settle()
    page.control.export.page.overall.links[-1].click()
    page.settle()
    assert set(parts.model.ids()) == {piece.id for piece in some[:4]}


def test_the_window_can_be_used_while_it_exports(page: Driver, tmp_path: Path) -> None:
    page.control.export.export(tmp_path / "包")
    page.control.parts.sections.go("all")
    page.choose("校慶")
    assert page.editor.title.value() == "校慶海報設計"
    page.settle()
    assert not verify(tmp_path / "包").problems
