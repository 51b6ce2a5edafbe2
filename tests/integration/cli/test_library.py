import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from helpers.command_line import interrupt_at_first_step
from portfolio_desktop.bootstrap import deeper
from portfolio_desktop.library.library import Library

PIECE_KEYS = {"id", "title", "kind", "category", "year", "term", "summary", "state", "ticked", "files", "findings"}
FILE_KEYS = {"role", "name", "sha256", "md5", "size", "kind"}


def test_init_makes_a_library_that_is_used_from_then_on(run, tmp_path):
    ran = run("init", tmp_path / "庫", "--school-type", "technical", "--entry-year", "113", "--name", "示範", "--json")
    assert ran.code == 0
    assert ran.json == {
        "library": str(tmp_path / "庫"), "school_type": "technical", "entry_year": 113, "name": "示範", "school": "",
    }  # fmt: skip
    assert run("list", "--json").json == {"pieces": []}


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (("--school-type", "general"), "--entry-year"),
        (("--entry-year", "113"), "--school-type"),
        (("--school-type", "other", "--entry-year", "113"), "other"),
        (("--school-type", "general", "--entry-year", "2024"), "2024"),
        (("--school-type", "general", "--entry-year", "107"), "108"),
        (("--school-type", "general", "--entry-year", "300"), "300"),
    ],
)
def test_init_wants_a_school_type_and_an_entry_year(run, tmp_path, words, word):
    ran = run("init", tmp_path / "庫", *words)
    assert ran.code == 2
    assert word in ran.err
    assert not (tmp_path / "庫").exists()


def test_a_place_that_is_taken_is_in_the_way(run, library, tmp_path):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").write_text("x", encoding="utf-8")
    for folder in (library, tmp_path / "taken"):
        ran = run("init", folder, "--school-type", "general", "--entry-year", "113")
        assert ran.code == 4
        assert len(ran.err.splitlines()) == 1


def test_the_library_may_be_named_before_and_after_the_command(run, library, tmp_path):
    shutil.rmtree(tmp_path / "home")
    for words in (("--json", "list", "--library", library), ("--library", library, "list", "--json")):
        assert run(*words).json == {"pieces": []}


def test_without_any_library_the_way_to_one_is_told(run):
    ran = run("list")
    assert ran.code == 4
    assert "init" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_folder_that_is_no_library_is_in_the_way(run, tmp_path):
    assert run("list", "--library", tmp_path).code == 4
    assert run("list", "--library", tmp_path / "nowhere").code == 4


def test_another_programs_database_is_no_library(run, tmp_path):
    with closing(sqlite3.connect(tmp_path / "library.sqlite3")) as other:
        other.execute("CREATE TABLE books (title TEXT)")
        other.commit()
    for words in (("list",), ("add", tmp_path)):
        ran = run(*words, "--library", tmp_path)
        assert ran.code == 4
        assert "不是" in ran.err


def test_a_library_in_use_can_be_read_but_not_changed(run, library, files):
    with Library.open(library):
        assert run("list").code == 0
        ran = run("add", files / "攝影展觀後感.pdf")
        assert ran.code == 4
        assert len(ran.err.splitlines()) == 1


def test_adding_copies_and_tells_the_piece(run, library, files):
    path = files / "水質調查報告.pdf"
    ran = run("add", path, "--term", "113-1", "--category", "other", "--title", "水質", "--json")
    assert ran.code == 0
    assert ran.json.keys() == {"added", "duplicates", "refused"}
    [piece] = ran.json["added"]
    assert piece.keys() == PIECE_KEYS
    assert (piece["id"], piece["title"], piece["kind"], piece["category"]) == ("p1", "水質", "activity", "other")
    assert (piece["year"], piece["term"], piece["state"], piece["ticked"]) == (113, "113-1", "draft", [])
    [file] = piece["files"]
    assert file.keys() == FILE_KEYS
    assert file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert file["md5"] == hashlib.md5(path.read_bytes()).hexdigest()
    assert (file["role"], file["kind"], file["size"]) == ("document", "pdf", path.stat().st_size)


def test_adding_looks_at_every_page_unless_told_not_to(run, library, files):
    run("add", files / "水質調查報告.pdf")
    run("add", files / "攝影展觀後感.pdf", "--quick")
    depths = [run("show", piece, "--json").json["files"][0]["inspection"]["depth"] for piece in ("p1", "p2")]
    assert depths == ["deep", "structure"]
    assert len(run("find", "曝氣", "--json").json["pieces"]) == 1


def test_a_file_that_is_there_already_is_told_with_its_twin(run, library, files):
    run("add", files / "攝影展觀後感.pdf", "--quick")
    ran = run("add", files / "攝影展觀後感.pdf", "--quick", "--json")
    assert ran.code == 0
    assert ran.json["added"] == []
    [twin] = ran.json["duplicates"]
    assert (twin["path"], twin["piece"]) == (str(files / "攝影展觀後感.pdf"), "p1")
    assert "p1" in run("add", files / "攝影展觀後感.pdf", "--quick").out


def test_a_faulty_file_is_kept_and_a_path_that_cannot_be_read_refused(run, library, files, tmp_path):
    ran = run("add", files / "讀書會心得.pdf", "--json")
    assert ran.code == 1
    assert len(ran.json["added"]) == 1
    ran = run("add", tmp_path / "missing.pdf", "--json")
    assert ran.code == 1
    assert ran.json["refused"] == [{"path": str(tmp_path / "missing.pdf"), "reason": "missing"}]
    assert "missing.pdf" in run("add", tmp_path / "missing.pdf").out


def test_adding_to_an_unknown_course_or_category_is_wrong_usage(run, library, files):
    assert run("add", files / "攝影展觀後感.pdf", "--category", "sports").code == 2
    assert run("add", files / "攝影展觀後感.pdf", "--category", "course", "--course", "c9").code == 2
    assert run("add", files / "攝影展觀後感.pdf", "--term", "113-3").code == 2
    assert run("list", "--json").json == {"pieces": []}


def test_editing_changes_what_was_named_and_tells_what_is_wrong(run, library, files):
    run("add", files / "科展佳作獎狀.png", "--category", "competition", "--term", "113-2", "--quick")
    ran = run(
        "edit", "p1", "--title", "科展", "--summary", "我負責設計。", "--field", "level=1", "award=佳作",
        "--link", "https://example.org/", "--json",
    )  # fmt: skip
    assert ran.code == 1
    piece = ran.json
    assert piece.keys() > PIECE_KEYS
    assert (piece["title"], piece["summary"], piece["link"]) == ("科展", "我負責設計。", "https://example.org/")
    assert piece["fields"] == {"level": "1", "award": "佳作"}
    assert "result_date" in {finding["about"] for finding in piece["findings"]}
    ran = run("edit", "p1", "--field", "result_date=2025-04-18", "participation=2", "--field", "award=", "--json")
    assert ran.json["fields"] == {"level": "1", "result_date": "2025-04-18", "participation": "2"}


@pytest.mark.parametrize(
    "words",
    [
        ("p1",),
        ("p9", "--title", "x"),
        ("p1", "--field", "levle=1"),
        ("p1", "--field", "level"),
        ("p1", "--certification", "maybe"),
        ("p1", "--detach", "cover"),
        ("p1", "--term", "1131"),
    ],
)
def test_an_edit_that_cannot_be_meant_changes_nothing(run, library, files, words):
    run("add", files / "科展佳作獎狀.png", "--category", "competition", "--quick")
    before = run("dump").out
    assert run("edit", *words).code == 2
    assert run("dump").out == before


def test_a_field_needs_a_category_first(run, library, files):
    run("add", files / "科展佳作獎狀.png", "--quick")
    assert run("edit", "p1", "--field", "level=1").code == 2
    assert run("edit", "p1", "--category", "competition", "--field", "level=1", "--json").json["fields"] == {
        "level": "1"
    }


def test_files_are_attached_and_detached_and_older_ones_kept(run, library, files):
    run("add", files / "單擺實驗報告.pdf", "--quick")
    run("edit", "p1", "--attach", files / "單擺實驗紀錄.mp4")
    shown = run("edit", "p1", "--attach", files / "攝影展觀後感.pdf", "--json").json
    assert [(file["role"], file["current"]) for file in shown["files"]].count(("document", False)) == 1
    assert {file["role"] for file in shown["files"] if file["current"]} == {"document", "media"}
    shown = run("edit", "p1", "--detach", "media", "--json").json
    assert {file["role"] for file in shown["files"] if file["current"]} == {"document"}
    assert run("edit", "p1", "--attach", files / "nothing.pdf").code == 4


def test_as_many_are_found_as_are_asked_for(run, library, files):
    for name in ("攝影展觀後感.pdf", "水質調查報告.pdf"):
        run("add", files / name, "--quick", "--title", f"成果 {name}")
    found = run("find", "成果", "--limit", "1", "--json").json
    assert (found["total"], [hit["id"] for hit in found["pieces"]]) == (2, ["p2"])
    assert run("find", "成果", "--limit", "0").code == 2


def test_the_history_of_a_piece_that_never_was_is_wrong_usage(run, library, files):
    run("add", files / "攝影展觀後感.pdf", "--quick")
    assert run("history", "p1", "--json").json["changes"]
    for word in ("p99", "x"):
        ran = run("history", word)
        assert ran.code == 2
        assert word in ran.err


def test_courses_are_listed_and_chosen(run, library, files):
    assert run("course", "list", "--json").json == {"courses": []}
    added = run("course", "add", "歷史", "--term", "113-1", "--category", "required", "--credits", "2", "--json").json
    assert (added["id"], added["name"], added["term"], added["credits"]) == ("c1", "歷史", "113-1", "2")
    assert added.pop("findings") == []
    assert run("course", "list", "--json").json == {"courses": [added]}
    assert "部定必修" in run("course", "list").out
    assert run("course", "add", "歷史", "--category", "practical").code == 2
    ran = run("add", files / "攝影展觀後感.pdf", "--category", "course", "--course", "c1", "--quick", "--json")
    assert run("show", ran.json["added"][0]["id"], "--json").json["course"]["name"] == "歷史"


def test_words_of_stray_bytes_are_stored_as_text(run, library, files):
    run("add", files / "攝影展觀後感.pdf", "--quick", "--title", "caf\udce9")
    run("edit", "p1", "--summary", "\udcff", "--category", "other", "--field", "unit=\udcff")
    run("course", "add", "\udcff")
    for words in (("show", "p1"), ("list",), ("course", "list"), ("history",), ("find", "\udce9"), ("dump",)):
        ran = run(*words, "--json")
        assert ran.code in (0, 1)
        json.loads(ran.out.encode("utf-8"))


def test_listing_can_be_narrowed(run, sample):
    def ids(*words):
        return [piece["id"] for piece in run("list", "--library", sample, "--json", *words).json["pieces"]]

    assert len(ids()) == 24
    assert ids("--kind", "course") == [f"p{number}" for number in range(1, 8)]
    assert ids("--category", "officer") == ["p8"]
    assert ids("--year", "114") == ["p24"]
    assert ids("--state", "certifying") == ["p7"]
    assert ids("--trash") == []
    assert run("list", "--state", "nonsense").code == 2


def test_listing_tells_errors_by_its_code(run, sample):
    assert run("list", "--library", sample).code == 1
    assert run("list", "--library", sample, "--category", "officer").code == 0


def test_a_list_for_people_is_a_straight_table(run, sample):
    lines = run("list", "--library", sample, "--category", "service").out.splitlines()
    assert lines[0].split() == ["編號", "標題", "類別", "學期", "檔案", "勾選", "狀態", "問題"]
    assert lines[1].startswith("p11   圖書館志工")
    assert lines[-1] == "共 2 件"


def test_a_page_shows_the_form_in_its_order_with_labels_and_codes(run, sample):
    ran = run("show", "p9", "--library", sample)
    text = ran.out
    assert ran.code == 0
    assert text.index("競賽等級") < text.index("獎項") < text.index("內容簡述")
    assert "1 校級" in text
    assert "科展佳作獎狀.png" in text
    assert "競賽名稱      校內科學展覽會" in text
    assert run("show", "p20", "--library", sample).code == 1


def test_unknown_pieces_are_wrong_usage(run, library):
    for words in (
        ("show", "p1"),
        ("show", "水質"),
        ("remove", "p1"),
        ("restore-piece", "p1"),
        ("tick", "p1"),
        ("untick", "p1"),
    ):
        ran = run(*words)
        assert ran.code == 2
        assert words[1] in ran.err


def test_search_tells_where(run, sample):
    ran = run("find", "水質", "--library", sample, "--json")
    assert ran.code == 0
    assert ran.json.keys() >= {"query", "seconds", "pieces"}
    assert ran.json["query"] == "水質"
    [hit] = ran.json["pieces"]
    assert hit["id"] == "p1"
    assert "title" in hit["where"]
    assert run("find", "ai影像", "--library", sample, "--json").json["pieces"][0]["id"] == "p7"
    assert "p1 " in run("find", "水", "質", "--library", sample).out
    assert run("find", "不存在", "--library", sample).out == "找到 0 件\n"


def test_the_trash_takes_and_gives_back(run, sample):
    def ids(*words):
        return [piece["id"] for piece in run("list", "--library", sample, "--json", *words).json["pieces"]]

    assert run("remove", "p23", "p24", "--library", sample, "--json").json == {"removed": ["p23", "p24"]}
    assert ids("--trash") == ["p23", "p24"]
    assert "p24" not in ids()
    assert run("restore-piece", "p24", "--library", sample).code == 0
    assert ids("--trash") == ["p23"]


def test_changes_are_undone_redone_and_told(run, library, files):
    run("add", files / "攝影展觀後感.pdf", "--quick", "--title", "一")
    run("edit", "p1", "--title", "二")
    run("edit", "p1", "--title", "三")
    assert len(run("undo", "2", "--json").json["undone"]) == 2
    assert run("show", "p1", "--json").json["title"] == "一"
    assert len(run("redo", "--json").json["redone"]) == 1
    assert run("show", "p1", "--json").json["title"] == "二"
    changes = run("history", "p1", "--json").json["changes"]
    assert [change["state"] for change in changes] == ["undone", "done", "done"]
    assert changes[1]["details"][0]["after"] == "二"
    assert len(run("history").out.splitlines()) == len(changes) + 2
    assert run("redo", "9", "--json").json["redone"]
    assert run("redo", "--json").json == {"redone": []}
    assert run("undo", "0").code == 2


def test_a_dump_is_canonical_and_has_no_path_of_this_computer(run, library, files, tmp_path):
    run("add", files / "攝影展觀後感.pdf")
    first, second = run("dump"), run("dump", "--json")
    assert first.code == second.code == 0
    assert first.out == second.out
    assert isinstance(json.loads(first.out), dict)
    assert str(tmp_path) not in first.out
    assert str(files) not in first.out


def test_ctrl_c_while_adding_leaves_nothing(run, library, files, monkeypatch):
    before = run("dump").out
    stored = sorted((library / "files").rglob("*")) if (library / "files").exists() else []
    interrupt_at_first_step(monkeypatch)
    ran = run("add", files)
    assert ran.code == 130
    assert len(ran.err.splitlines()) == 1
    monkeypatch.undo()
    assert run("dump", "--library", library).out == before
    left = sorted((library / "files").rglob("*")) if (library / "files").exists() else []
    assert [path for path in left if path.is_file()] == [path for path in stored if path.is_file()]


def test_ctrl_c_during_the_deep_look_keeps_what_is_safe(run, library, files, monkeypatch):
    real = deeper.look_at

    def stopped(pending, readers, record, progress):
        progress.cancel()
        return real(pending, readers, record, progress)

    monkeypatch.setattr(deeper, "look_at", stopped)
    ran = run("add", files / "攝影展觀後感.pdf", "--json")
    assert ran.code == 130
    assert len(ran.json["added"]) == 1
    monkeypatch.undo()
    assert len(run("list", "--json", "--library", library).json["pieces"]) == 1


def test_a_full_disk_is_one_sentence(run, library, files):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    ran = run("export", "--year", "113", "--out", "/dev/full/成果包.zip")
    assert ran.code == 4
    assert len(ran.err.splitlines()) == 1
