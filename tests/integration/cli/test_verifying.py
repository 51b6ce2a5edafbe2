"""`verify` and `rebuild` on the command line: what they print, what they change, how they end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers.command_line import Run, interrupt_at_first_step
from helpers.damage import DATABASE, copy_of_database, flip, later_work, rich_library, spoil_pages, stored_path
from helpers.libraries import new_library, picture, write_work
from portfolio_desktop.cli.interrupt import INTERRUPTED
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.safekeeping import record


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = rich_library(tmp_path_factory.mktemp("made") / "library")
    copy_of_database(folder)
    return folder, later_work(folder)


@pytest.fixture
def folder(made: tuple[Path, bytes], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "學習歷程"))


def test_a_sound_library(run: Run, folder: Path) -> None:
    for words in ((), ("--full",), ("--quick",)):
        ran = run("verify", "--library", folder, *words)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("檢查了資料庫和 8 個檔案（")
        assert ran.out.endswith("全部完好。\n")
    ran = run("verify", "--library", folder, "--json")
    data = ran.json
    assert data.pop("seconds") >= 0
    assert data.pop("bytes") > 1000
    assert data == {"depth": "full", "ok": True, "files": 8, "problems": []}


def test_a_damaged_file_is_named_with_its_piece(run: Run, folder: Path) -> None:
    path = stored_path(folder, "影像.txt")
    flip(path)
    assert run("verify", "--library", folder, "--quick").code == 0
    ran = run("verify", "--library", folder)
    assert ran.code == 3
    assert "影像.txt」的內容和當初存入的不同，已經損壞。［p2 影像］" in ran.out
    assert ran.out.endswith("有 1 個問題。\n用 verify --mend 從已知的備份補回，或用 --from 指定一份備份。\n")
    (problem,) = run("verify", "--library", folder, "--json").json["problems"]
    assert problem["code"] == "file.hash"
    assert problem["path"] == path.relative_to(folder).as_posix()
    assert problem["pieces"] == [{"id": "p2", "title": "影像"}]


def test_mending_from_a_backup_puts_the_exact_bytes_back(run: Run, folder: Path, tmp_path: Path) -> None:
    path = stored_path(folder, "影像.txt")
    content = path.read_bytes()
    other = tmp_path / "older" / "庫"
    shutil.copytree(folder, other)
    copy = copy_of_database(other)
    flip(path)
    spoilt = path.read_bytes()
    ran = run("verify", "--library", folder, "--mend")
    assert ran.code == 3, "no backup of this library has the bytes"
    assert path.read_bytes() == spoilt
    ran = run("verify", "--library", folder, "--mend", "--from", copy, "--json")
    assert ran.code == 0
    assert path.read_bytes() == content
    data = ran.json
    assert (data["ok"], data["still"], [one["code"] for one in data["mended"]]) == (True, [], ["file.hash"])
    (aside,) = data["aside"]
    assert (folder / aside).read_bytes() == spoilt
    ran = run("verify", "--library", folder)
    assert ran.code == 0


def test_mending_tells_what_it_did(run: Run, folder: Path) -> None:
    (folder / "catalog.json").write_text("{")
    stored_path(folder, "水質.txt").unlink()
    ran = run("verify", "--library", folder, "--mend")
    assert ran.code == 3
    assert "修好了：catalog.json 讀不懂" in ran.out
    assert "水質.txt」不見了。［p1 水質］" in ran.out
    assert ran.out.endswith("有 1 個問題。\n")
    with Library.open(folder) as library:
        assert (folder / "catalog.json").read_bytes() == library.dump()


@pytest.mark.parametrize("words", [("--quick", "--full"), ("--from", "x"), ("--nonsense",)])
def test_wrong_usage(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    assert run("verify", "--library", folder, *words).code == 2


def test_a_backup_that_is_none_is_told(run: Run, folder: Path) -> None:
    ran = run("verify", "--library", folder, "--mend", "--from", folder / "nowhere")
    assert ran.code == 4
    assert ran.err.count("\n") == 1


def test_a_damaged_database_names_rebuild_everywhere(run: Run, folder: Path) -> None:
    (folder / DATABASE).unlink()
    for words in (("list",), ("show", "p1"), ("dump",), ("find", "水質"), ("add", folder / "lock")):
        ran = run(*words, "--library", folder)
        assert ran.code == 3
        assert "rebuild" in ran.err
    for words in ((), ("--mend",)):
        ran = run("verify", "--library", folder, *words)
        assert ran.code == 3
        assert "rebuild" in ran.out


def test_rebuild_brings_all_of_it_back(run: Run, folder: Path, made: tuple[Path, bytes]) -> None:
    spoil_pages(folder / DATABASE)
    ran = run("rebuild", folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("資料庫重建好了：4 件，8 個檔案。\n以備份 backups/20250401T000000Z-close.sqlite3 為底")
    assert "原來的移到：kept-aside/" in ran.out
    assert run("dump", "--library", folder).out.encode() == made[1]
    assert run("verify", "--library", folder).code == 0
    ran = run("rebuild", folder)
    assert (ran.code, ran.out) == (0, "資料庫完好，沒有做任何更動（4 件，8 個檔案）。\n")
    assert "重建資料庫" in run("history", "--library", folder).out
    ran = run("undo", "--library", folder, "--json")
    assert ran.code == 0


def test_rebuild_as_json(run: Run, folder: Path) -> None:
    (folder / DATABASE).unlink()
    stored_path(folder, "影像.txt").unlink()
    shutil.rmtree(folder / "backups")
    ran = run("rebuild", folder, "--json")
    assert ran.code == 3
    data = ran.json
    assert (data["library"], data["rebuilt"], data["base"], data["told"]) == (str(folder), True, None, [])
    assert {one["title"] for one in data["filed"]} == {"丟掉", "清掉", "復原"}
    assert [one["code"] for one in data["missing"]] == ["file.missing"]
    assert data["pieces"] == 7
    assert data["files"] == 7
    assert data["aside"] == ["kept-aside/" + data["aside"][0].split("/")[1] + "/catalog.json"]


def test_rebuild_tells_what_is_missing_and_what_was_guessed(run: Run, folder: Path) -> None:
    (folder / DATABASE).unlink()
    (folder / "catalog.json").unlink()
    shutil.rmtree(folder / "backups")
    ran = run("rebuild", folder)
    assert ran.code == 0
    assert "沒有可用的備份" in ran.out
    assert "學校類型和入學年是猜的" in ran.out
    assert ran.out.count("還沒分類：") == 8


def test_rebuild_of_what_is_no_library(run: Run, tmp_path: Path) -> None:
    ran = run("rebuild", tmp_path)
    assert (ran.code, ran.out) == (4, "")
    assert "不是學習歷程庫" in ran.err
    assert run("rebuild").code == 2


def test_both_can_be_stopped(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = picture(folder / "files")
    with monkeypatch.context() as patch:
        interrupt_at_first_step(patch)
        assert run("verify", "--library", folder).code == INTERRUPTED
    assert picture(folder / "files") == before
    assert not (folder / "backups" / "record.json").exists() or record.read(folder).check is None
    (folder / DATABASE).unlink()
    before = picture(folder)
    with monkeypatch.context() as patch:
        interrupt_at_first_step(patch)
        assert run("rebuild", folder).code == INTERRUPTED
    assert picture(folder) | {"lock": ""} == before | {"lock": ""}


def test_after_a_crash_the_files_that_are_gone_are_told_at_once(run: Run, tmp_path: Path) -> None:
    with new_library(tmp_path / "庫") as library:
        library.add(write_work(tmp_path / "work", {"一.txt": "1", "二.txt": "2"}))
    stored_path(tmp_path / "庫", "一.txt").unlink()
    (tmp_path / "庫" / "lock").write_text('{"host": "x", "process": 1, "since": "2025-01-01"}')
    ran = run("edit", "p2", "--title", "二二", "--library", tmp_path / "庫", "--json")
    assert ran.json["title"] == "二二"
    assert "請用 verify --mend" in ran.err
    assert "一.txt」不見了。［p1 一］" in ran.err
    assert run("edit", "p2", "--title", "二", "--library", tmp_path / "庫").err == ""


def test_a_catalog_that_differs_is_mended_as_the_advice_says(run: Run, folder: Path) -> None:
    told = (folder / "catalog.json").read_text(encoding="utf-8").replace("測試學生", "另一個人")
    (folder / "catalog.json").write_text(told, encoding="utf-8")
    ran = run("verify", "--library", folder)
    assert ran.code == 3
    assert ran.out.endswith("用 verify --mend 照資料庫重寫 catalog.json，原來的那一份留在 kept-aside。\n")
    assert run("verify", "--library", folder, "--mend").code == 0
    (kept,) = (folder / "kept-aside").glob("*/catalog.json")
    assert kept.read_text(encoding="utf-8") == told
