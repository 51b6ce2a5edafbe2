import json
import shutil

import pytest

from helpers.command_line import Window, interrupt_at_first_step
from portfolio_desktop.library.library import Library


@pytest.fixture
def demo(run, tmp_path):
    return lambda *words: run("demo", "--library", tmp_path / "範例", "--bundle", tmp_path / "包", *words)


@pytest.fixture
def shown(demo, built, tmp_path):
    """The demo when it was run before: the sample and its bundle are there."""
    shutil.copytree(built / "庫", tmp_path / "範例")
    shutil.copytree(built / "成果包", tmp_path / "包")
    return demo


def test_the_demo_walks_the_whole_road(demo, run, tmp_path, window):
    ran = demo("--no-window", "--json")
    assert ran.code == 0
    report = ran.json
    assert len(report["checked"]) == 25
    assert {line["kind"] for line in report["checked"]} >= {"pdf", "jpg", "png", "mp3", "mp4", "heic", "empty"}
    assert {mend["what"] for mend in report["mended"]} == {"summary", "name"}
    assert report["ticks"]["used"] == {"course": 6, "activity": 10}
    assert {no["finding"]["code"] for no in report["ticks"]["refused"]} == {"tick.not-certified", "tick.quota"}
    assert report["exported"]["sound"]
    codes = {finding["code"] for left in report["left"] for finding in left["findings"]}
    assert "size.over" in codes
    assert run("bundle", "verify", tmp_path / "包").code == 0
    assert window.opened == []


def test_it_tells_people_what_it_did_and_where_it_lies(demo, tmp_path):
    text = demo("--no-window").out
    for word in (
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
        "六、",
        "校慶海報.jpg",
        ".png",
        str(tmp_path / "範例"),
        str(tmp_path / "包"),
    ):
        assert word in text


def test_it_can_be_run_again_in_its_place(shown, run, tmp_path):
    before = run("dump", "--library", tmp_path / "範例").out
    assert shown("--no-window").code == 0
    again = run("dump", "--library", tmp_path / "範例").out
    assert [piece["title"] for piece in json.loads(again)["pieces"]] == [
        piece["title"] for piece in json.loads(before)["pieces"]
    ]


def test_a_sample_that_was_worked_in_stays_and_another_place_is_told(run, tmp_path):
    first = tmp_path / "home" / "sample"
    assert run("demo", "--no-window").code == 0
    run("edit", "p1", "--summary", "自己寫的簡述", "--library", first)
    (first / "我的筆記.txt").write_text("x", encoding="utf-8")
    (first / "backups").mkdir(exist_ok=True)
    (first / "backups" / "x").write_text("x", encoding="utf-8")
    assert run("demo", "--no-window", "--library", first).code == 4
    ran = run("demo", "--no-window", "--json")
    assert ran.code == 0
    assert ran.json["library"] == str(tmp_path / "home" / "sample-2")
    assert str(first) in ran.err
    assert "sample-2" in ran.err
    assert (first / "我的筆記.txt").exists()
    assert (first / "backups" / "x").exists()
    assert run("show", "p1", "--library", first, "--json").json["summary"] == "自己寫的簡述"


def test_a_sample_with_somebodys_own_file_is_not_touched(demo, run, tmp_path, sample):
    shutil.copytree(sample, tmp_path / "範例2")
    own = tmp_path / "own.pdf"
    own.write_bytes(b"%PDF-1.4\nmine")
    run("add", own, "--library", tmp_path / "範例2", "--quick")
    before = run("dump", "--library", tmp_path / "範例2").out
    ran = run("demo", "--library", tmp_path / "範例2", "--no-window")
    assert ran.code == 4
    assert run("dump", "--library", tmp_path / "範例2").out == before


def test_a_folder_or_library_of_somebody_is_not_touched(demo, run, tmp_path):
    (tmp_path / "範例").mkdir()
    (tmp_path / "範例" / "日記.txt").write_text("x", encoding="utf-8")
    assert demo("--no-window").code == 4
    assert [path.name for path in (tmp_path / "範例").iterdir()] == ["日記.txt"]
    run("init", tmp_path / "庫", "--school-type", "general", "--entry-year", "113")
    assert run("demo", "--library", tmp_path / "庫", "--no-window").code == 4
    assert run("list", "--library", tmp_path / "庫", "--json").json == {"pieces": []}


def test_without_a_place_it_finds_one_and_avoids_what_is_in_the_way(run, tmp_path):
    taken = tmp_path / "home" / "sample"
    taken.mkdir(parents=True)
    (taken / "mine.txt").write_text("x", encoding="utf-8")
    report = run("demo", "--no-window", "--json").json
    assert report["library"] == str(tmp_path / "home" / "sample-2")
    assert report["bundle"] == str(tmp_path / "home" / "sample-2-成果包")
    with Library.open(tmp_path / "home" / "sample-2", read_only=True) as library:
        assert library.profile.name == "示範學生"
    assert (taken / "mine.txt").exists()


def test_the_students_own_library_stays_the_last_one_used(demo, run, library):
    demo("--no-window")
    assert run("list", "--json").json == {"pieces": []}


def test_the_window_opens_on_it_where_there_is_a_display(demo, tmp_path, window: Window, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":99")
    assert demo().code == 0
    assert window.opened == [(tmp_path / "home", tmp_path / "範例")]
    demo("--no-window")
    demo("--json")
    assert len(window.opened) == 1


def test_ctrl_c_leaves_nothing_of_a_demo(demo, tmp_path, monkeypatch):
    interrupt_at_first_step(monkeypatch)
    assert demo("--no-window").code == 130
    assert [path.name for path in tmp_path.iterdir()] == []


def test_ctrl_c_in_a_second_demo_leaves_the_first(shown, run, tmp_path, monkeypatch):
    before = run("dump", "--library", tmp_path / "範例").out
    shutil.rmtree(tmp_path / "home", ignore_errors=True)
    with monkeypatch.context() as patched:
        interrupt_at_first_step(patched)
        assert shown("--no-window").code == 130
    assert run("dump", "--library", tmp_path / "範例").out == before
    assert run("bundle", "verify", tmp_path / "包").code == 0


def test_a_bundle_place_that_is_taken_leaves_no_library(run, tmp_path):
    (tmp_path / "包").mkdir()
    (tmp_path / "包" / "日記.txt").write_text("x", encoding="utf-8")
    ran = run("demo", "--library", tmp_path / "範例", "--bundle", tmp_path / "包", "--no-window")
    assert ran.code == 4
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["包", "日記.txt"]
