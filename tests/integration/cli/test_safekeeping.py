"""`backup`, `restore` and `drill` on the command line: what they print, how they end, what they remember."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.backups import check_snapshot, snapshots, worked_library
from helpers.command_line import Run, interrupt_at_first_step
from helpers.libraries import picture
from portfolio_desktop.cli.interrupt import INTERRUPTED
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.safekeeping import record


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "library"
    worked_library(folder).close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "學習歷程"))


def test_there_and_back(run: Run, folder: Path, tmp_path: Path) -> None:
    before = run("dump", "--library", folder).out
    ran = run("backup", "--library", folder, "--to", tmp_path / "碟", "--json")
    assert (ran.code, ran.err) == (0, "")
    (snapshot,) = snapshots(tmp_path / "碟")
    check_snapshot(snapshot)
    data = ran.json
    assert data.pop("seconds") > 0
    assert data == {
        "place": str(tmp_path / "碟"),
        "snapshot": str(snapshot),
        "files": 6,
        "bytes": data["new_bytes"] + (snapshot / "library.sqlite3").stat().st_size,
        "new_files": 6,
        "new_bytes": 3000 + 70_000 + 1 + 508 + 508,
        "read": 0,
        "replaced": 0,
        "problems": [],
    }
    again = run("backup", "--library", folder, "--to", tmp_path / "碟", "--json").json
    assert (again["new_files"], again["new_bytes"], again["files"]) == (0, 0, 6)

    live = picture(folder)
    ran = run("restore", tmp_path / "碟", "--new", tmp_path / "新", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json == {"library": str(tmp_path / "新"), "pieces": 4, "files": 6, "missing": [], "told": []}
    assert picture(folder) == live
    assert run("dump").out == before, "the restored library is the one that is used now"
    assert run("verify", "--json").json["ok"]
    assert len(run("undo", "2", "--json").json["undone"]) == 2

    ran = run("drill", "--library", folder, "--json")
    assert (ran.code, ran.err) == (0, "")
    data = ran.json
    assert data.pop("seconds") > 0
    newest = snapshots(tmp_path / "碟")[-1]
    assert data == {
        "backup": str(newest),
        "files": 6,
        "bytes": again["bytes"] - (newest / "library.sqlite3").stat().st_size,
        "ok": True,
        "complete": True,
        "problems": [],
    }
    noted = record.read(folder).drill
    assert noted is not None
    assert noted.ok


def test_what_people_read(run: Run, folder: Path, tmp_path: Path) -> None:
    ran = run("backup", "--library", folder, "--to", tmp_path / "碟")
    assert ran.code == 0
    assert ran.out.startswith(f"備份好了，讀回核對無誤：{tmp_path / '碟'}")
    assert "這次新複製 6 個" in ran.out
    ran = run("restore", tmp_path / "碟", "--new", tmp_path / "新")
    assert ran.out.startswith("還原好了，核對無誤：4 件，6 個檔案")
    ran = run("drill", "--library", folder)
    assert "全部相符。" in ran.out
    english = run("backup", "--library", folder, "--to", tmp_path / "碟", "--lang", "en").out
    assert english.isascii() or str(tmp_path) in english
    assert "read back" in english


def test_a_partial_restore_is_not_the_library_that_is_used(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("backup", "--library", folder, "--to", tmp_path / "碟").code == 0
    assert run("list", "--library", folder).code in (0, 1)
    before = run("dump").out
    objects = [one for one in (tmp_path / "碟" / "objects").glob("??/*") if one.stat().st_size]
    objects[0].unlink()
    objects[1].chmod(0o644)
    objects[1].write_bytes(b"?" * objects[1].stat().st_size)
    assert run("restore", tmp_path / "碟", "--new", tmp_path / "新").code == 3
    assert run("add", tmp_path / "碟" / "portfolio-backup.json").code in (0, 1)
    assert run("undo").code == 0
    assert run("dump").out == before
    ran = run("backup", "--to", tmp_path / "碟")
    assert "也全部讀過" in ran.out
    assert "換成了好的" in ran.out
    assert run("drill", tmp_path / "碟").code == 0


def test_the_advice_after_a_failed_drill_helps(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("backup", "--library", folder, "--to", tmp_path / "碟").code == 0
    _turn, *others = sorted((tmp_path / "碟" / "objects").glob("??/*"), key=lambda one: one.name)
    for one in others:
        one.chmod(0o644)
        one.write_bytes(b"?" * one.stat().st_size)
    ran = run("backup", "--library", folder, "--to", tmp_path / "碟")
    assert "讀回核對無誤" not in ran.out
    assert "抽查了 1 個" in ran.out
    ran = run("drill", "--library", folder)
    assert (ran.code, "再做一份" in ran.out) == (3, True)
    assert run("backup", "--library", folder, "--to", tmp_path / "碟").code == 0
    assert run("drill", "--library", folder).code == 0


def test_damage_is_named_and_ends_with_3(run: Run, folder: Path, tmp_path: Path) -> None:
    with Library.open(folder, read_only=True) as library:
        lost = next(file for file in library.files() if file.path.name == "水質調查.txt")
    lost.path.unlink()
    ran = run("backup", "--library", folder, "--to", tmp_path / "碟", "--json")
    assert ran.code == 3
    (problem,) = ran.json["problems"]
    assert problem["code"] == "file.missing"
    assert problem["sha256"] == lost.sha256
    assert problem["pieces"] == [{"id": "p1", "title": "水質調查"}]
    ran = run("backup", "--library", folder, "--to", tmp_path / "碟")
    assert ran.code == 3
    assert "水質調查.txt" in ran.out
    ran = run("restore", tmp_path / "碟", "--new", tmp_path / "新", "--json")
    assert ran.code == 3
    assert [one["sha256"] for one in ran.json["missing"]] == [lost.sha256]
    ran = run("restore", tmp_path / "碟", "--new", tmp_path / "新二")
    assert (ran.code, "還原了其餘的：4 件，5 個檔案" in ran.out) == (3, True)
    assert "要用這一份，請加上 --library" in ran.out
    ran = run("drill", tmp_path / "碟", "--library", folder, "--json")
    assert (ran.code, ran.json["ok"]) == (3, False)
    ran = run("drill", tmp_path / "碟", "--library", folder)
    assert (ran.code, "不能完整還原" in ran.out) == (3, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("backup", "--to", "{folder}/files"), 2),
        (("backup", "--to", "{folder}/catalog.json"), 2),
        (("backup", "--to", "{file}"), 4),
        (("backup",), 2),
        (("restore", "{folder}", "--new", "{folder}"), 2),
        (("restore", "{folder}", "--new", "{taken}"), 4),
        (("restore", "{folder}/nowhere", "--new", "{new}"), 4),
        (("restore", "{taken}", "--new", "{new}"), 4),
        (("restore", "{file}", "--new", "{new}"), 3),
        (("drill", "{folder}/nowhere"), 4),
        (("drill", "{file}"), 2),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    run: Run, folder: Path, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x.txt").write_text("mine")
    (tmp_path / "file").write_text("no backup")
    names = {"folder": folder, "taken": tmp_path / "taken", "file": tmp_path / "file", "new": tmp_path / "new"}
    before = picture(tmp_path / "taken"), picture(folder / "files")
    ran = run(*(word.format(**names) for word in words), "--library", folder)
    assert ran.code == code
    assert (ran.out if words[0] == "drill" and code == 3 else ran.err).strip()
    assert "Traceback" not in ran.err
    assert not (tmp_path / "new").exists()
    assert (picture(tmp_path / "taken"), picture(folder / "files")) == before
    assert (tmp_path / "file").read_text() == "no backup"


def test_the_last_library_stays_when_restoring_fails(run: Run, folder: Path, tmp_path: Path) -> None:
    run("list", "--library", folder)
    assert run("restore", tmp_path / "nowhere", "--new", tmp_path / "新").code == 4
    assert json.loads((tmp_path / "home" / "settings.json").read_text())["last_library"] == str(folder)


def test_a_backup_while_the_window_has_the_library(run: Run, folder: Path, tmp_path: Path) -> None:
    with Library.open(folder):
        assert run("backup", "--library", folder, "--to", tmp_path / "碟").code == 0
        assert run("drill", tmp_path / "碟", "--library", folder).code == 0
    assert record.read(folder).places == ()


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to ourselves")
@pytest.mark.parametrize("what", ["backup", "restore", "drill"])
def test_ctrl_c_leaves_nothing(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    assert run("backup", "--library", folder, "--to", tmp_path / "碟").code == 0
    before = snapshots(tmp_path / "碟")
    words = {
        "backup": ("backup", "--library", folder, "--to", tmp_path / "碟"),
        "restore": ("restore", tmp_path / "碟", "--new", tmp_path / "新"),
        "drill": ("drill", "--library", folder),
    }[what]
    interrupt_at_first_step(monkeypatch)
    assert run(*words).code == INTERRUPTED
    assert snapshots(tmp_path / "碟") == before
    assert not list((tmp_path / "碟").rglob("*.new"))
    assert not (tmp_path / "新").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_the_program_is_killed_while_it_backs_up_or_restores(folder: Path, tmp_path: Path, run: Run) -> None:
    """The real program, killed after ever longer times; the faults' own test kills at each single call."""
    dump = run("dump", "--library", folder).out.encode()
    base = [sys.executable, "-m", "portfolio_desktop", "--home", str(tmp_path / "home")]
    begun = time.perf_counter()
    subprocess.run([*base, "backup", "--library", str(folder), "--to", str(tmp_path / "probe")], check=True)
    whole = time.perf_counter() - begun
    for part in range(1, 7):
        for words in (
            ["backup", "--library", str(folder), "--to", str(tmp_path / "碟")],
            ["restore", str(tmp_path / "probe"), "--new", str(tmp_path / "新")],
        ):
            program = subprocess.Popen([*base, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                program.wait(whole * (0.4 + part * 0.1))
            except subprocess.TimeoutExpired:
                program.send_signal(signal.SIGKILL)
            program.wait()
        if (tmp_path / "碟").exists():
            for snapshot in snapshots(tmp_path / "碟"):
                check_snapshot(snapshot)
        if (tmp_path / "新" / "library.sqlite3").exists():
            with Library.open(tmp_path / "新", read_only=True) as restored:
                assert restored.dump() == dump
            shutil.rmtree(tmp_path / "新")
    assert run("backup", "--library", folder, "--to", tmp_path / "碟").code == 0
    assert run("restore", tmp_path / "碟", "--new", tmp_path / "新").code == 0
    with Library.open(tmp_path / "新", read_only=True) as restored:
        assert restored.dump() == dump


def test_a_drill_without_a_complete_backup_says_what_it_proves(run: Run, folder: Path, tmp_path: Path) -> None:
    ran = run("drill", "--library", folder)
    assert ran.code == 0
    assert "只試了資料庫" in ran.out
    assert run("drill", "--library", folder, "--json").json["complete"] is False
    assert run("backup", "--library", folder, "--to", tmp_path / "碟").code == 0
    run("edit", "p1", "--title", "之後的標題", "--library", folder)
    ran = run("drill", "--library", folder)
    assert "只試了資料庫" not in ran.out
    assert str(tmp_path / "碟") in ran.out
    (tmp_path / "碟").rename(tmp_path / "拔掉的碟")
    assert "只試了資料庫" in run("drill", "--library", folder).out


def test_an_older_database_is_told_at_every_command_and_by_rebuild(run: Run, folder: Path, tmp_path: Path) -> None:
    older = (folder / "library.sqlite3").read_bytes()
    run("edit", "p1", "--summary", "三年的心血", "--library", folder)
    newer = (folder / "catalog.json").read_bytes()
    (folder / "library.sqlite3").write_bytes(older)
    assert "restore" in run("rebuild", folder).out
    (told,) = run("rebuild", folder, "--json").json["told"]
    ran = run("verify", "--mend", "--library", folder)
    assert ("換成了舊的" in ran.err, "kept-aside" in ran.out) == (True, True)
    assert newer in [path.read_bytes() for path in (folder / "kept-aside").rglob("*.json")]
    for number in range(2):
        ran = run("edit", "p2", "--summary", f"不知道的時候寫的 {number}", "--library", folder)
        assert ("換成了舊的" in ran.err, "restore" in ran.err) == (True, True)
    backup = next(path for path in (folder / "backups").glob("*.sqlite3") if path.name in told)
    run("restore", backup, "--new", tmp_path / "新")
    assert "三年的心血" in run("dump", "--library", tmp_path / "新").out


def test_what_is_no_backup_is_a_wrong_word_and_not_a_failed_drill(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "報告.pdf").write_bytes(b"%PDF-1.7")
    ran = run("drill", tmp_path / "報告.pdf", "--library", folder)
    assert (ran.code, "不是備份" in ran.err) == (2, True)
    assert record.read(folder).drill is None


def test_a_backup_beside_the_owner_says_that_it_is_not_noted(run: Run, folder: Path, tmp_path: Path) -> None:
    with Library.open(folder):
        ran = run("backup", "--library", folder, "--to", tmp_path / "碟")
    assert (ran.code, "沒有記下這份備份" in ran.err) == (0, True)
    assert "沒有記下" not in run("backup", "--library", folder, "--to", tmp_path / "碟").err


def test_two_libraries_in_one_place_are_told_apart_and_both_mend(run: Run, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一個"
    assert run("init", other, "--school-type", "general", "--entry-year", "113", "--name", "王小華").code == 0
    assert run("backup", "--library", folder, "--to", tmp_path / "碟").code == 0
    assert run("backup", "--library", other, "--to", tmp_path / "碟").code == 0
    ran = run("restore", tmp_path / "碟", "--new", tmp_path / "新")
    assert ran.code == 2
    assert "王小華" in ran.err
    assert "測試學生 測試高中" in ran.err
    with Library.open(folder, read_only=True) as library:
        lost = next(file for file in library.files() if file.size)
    lost.path.unlink()
    (folder / "backups" / "record.json").unlink()
    assert run("verify", "--library", folder, "--mend", "--from", tmp_path / "碟").code == 0
    assert lost.path.is_file()


def test_rebuild_of_a_sound_database_tells_lost_files(run: Run, folder: Path) -> None:
    with Library.open(folder, read_only=True) as library:
        lost = next(file for file in library.files() if file.size)
    lost.path.unlink()
    ran = run("rebuild", folder)
    assert ran.code == 3
    assert "有 1 個檔案不見了或不對，請用 verify --mend" in ran.out


def test_copies_that_cannot_be_made_are_told(
    run: Run, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(folder / "backups")
    (folder / "backups").write_text("in the way")
    ran = run("undo", "--library", folder)
    assert (ran.code, "自動備份做不成" in ran.err) == (0, True)
    ran = run("verify", "--library", folder, "--json")
    assert (ran.code, [one["code"] for one in ran.json["problems"]]) == (3, ["copies.failing"])
    (folder / "backups").unlink()
    assert run("undo", "--library", folder).err == ""
    assert run("verify", "--library", folder).code == 0
    assert "no copy of the database was made" in caplog.text


def test_an_emptied_backup_hints_at_the_older_one(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("backup", "--library", folder, "--to", tmp_path / "碟").code == 0
    (older,) = snapshots(tmp_path / "碟")
    with Library.open(folder) as library:
        library.remove([piece.id for piece in library.pieces()])
        library.empty_trash()
    assert run("backup", "--library", folder, "--to", tmp_path / "碟").code == 0
    ran = run("restore", tmp_path / "碟", "--new", tmp_path / "新")
    assert (ran.code, f"有 4 件，比這一份多；少了什麼的話，可以還原那一份：{older}" in ran.err) == (0, True)
    assert run("restore", older, "--new", tmp_path / "舊").err == ""


def test_which_backups_there_are(run: Run, folder: Path, tmp_path: Path) -> None:
    ran = run("backup", "--list", "--library", folder)
    assert ran.code == 0
    assert "和作品在同一個磁碟" in ran.out
    done = run("backup", "--library", folder, "--to", tmp_path / "碟", "--json").json
    assert run("backup", "--library", folder, "--to", tmp_path / "第二碟").code == 0
    shutil.move(tmp_path / "第二碟", tmp_path / "拔掉")
    ran = run("backup", "--list", "--library", folder, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert [(one["place"], one["reachable"]) for one in ran.json["places"]] == [
        (str(tmp_path / "第二碟"), False),
        (str(tmp_path / "碟"), True),
    ]
    complete = [one for one in ran.json["backups"] if one["complete"]]
    assert complete == [
        {
            "path": done["snapshot"],
            "moment": complete[0]["moment"],
            "complete": True,
            "files": 6,
            "bytes": done["bytes"],
            "missing": 0,
            "readable": True,
            "newest": True,
            "student": {"name": "測試學生", "school": "測試高中"},
        }
    ]
    assert [one["newest"] for one in ran.json["backups"]].count(True) == 1
    text = run("backup", "--list", "--library", folder)
    assert f"接不到，最後一次備份是 {complete[0]['moment'][:4]}" in text.out
    assert done["snapshot"] in text.out.replace("\n", "")
    assert "最新、測試學生、測試高中" in text.out


def test_which_backups_lie_in_a_place(run: Run, folder: Path, tmp_path: Path) -> None:
    """Without a library, as on a new computer; also where one of them is damaged."""
    for _time in range(2):
        assert run("backup", "--library", folder, "--to", tmp_path / "碟").code == 0
    older, newer = snapshots(tmp_path / "碟")
    for path in (tmp_path / "碟", tmp_path / "碟" / "snapshots" / newer.name / "library.sqlite3"):
        assert run("backup", "--list", path, "--json").json["backups"][0]["path"] == str(newer)
    (newer / "library.sqlite3").write_bytes(b"?" * 5000)
    (older / "snapshot.json").write_bytes(b"{")
    ran = run("backup", "--list", tmp_path / "碟", "--json")
    assert ran.code == 0
    assert [(one["path"], one["readable"], one["files"]) for one in ran.json["backups"]] == [
        (str(newer), False, 6),
        (str(older), True, None),
    ]
    assert "資料庫損壞" in run("backup", "--list", tmp_path / "碟").out
    (tmp_path / "空").mkdir()
    assert run("backup", "--list", tmp_path / "空").code == 4
    assert run("backup", "--list", tmp_path / "沒有").code == 4


def test_two_libraries_in_one_place_are_both_listed_and_neither_is_the_newest(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    worked_library(tmp_path / "妹妹").close()
    for one in (folder, tmp_path / "妹妹"):
        assert run("backup", "--library", one, "--to", tmp_path / "碟").code == 0
    found = run("backup", "--list", tmp_path / "碟", "--json").json["backups"]
    assert [one["newest"] for one in found] == [False, False]


def test_what_goes_with_list_and_what_does_not(run: Run, folder: Path, tmp_path: Path) -> None:
    for words in (
        ["--list", "--to", tmp_path],
        ["--list", "--full"],
        [],
        [tmp_path],
        ["--to", tmp_path / "碟", tmp_path],
    ):
        ran = run("backup", "--library", folder, *words)
        assert (ran.code, ran.out) == (2, ""), words
    assert not (tmp_path / "碟").exists()


def test_a_restore_by_the_catalog_says_so(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("backup", "--library", folder, "--to", tmp_path / "碟").code == 0
    assert run("list", "--library", folder).code in (0, 1)
    before = run("dump", "--library", folder).out
    (snapshot,) = snapshots(tmp_path / "碟")
    (snapshot / "library.sqlite3").write_bytes(b"?" * 5000)
    ran = run("restore", tmp_path / "碟", "--new", tmp_path / "新")
    assert ran.code == 3
    assert "照它的 catalog.json 還原" in ran.out
    assert "請加上 --library" in ran.out
    assert run("dump", "--library", tmp_path / "新").out == before
    ran = run("restore", tmp_path / "碟", "--new", tmp_path / "再一次", "--json")
    assert (ran.code, ran.json["missing"], len(ran.json["told"])) == (3, [], 1)
