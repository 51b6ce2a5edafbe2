"""`edit`: what is typed is kept regular, certifications and courses as they are meant, categories without changed meanings."""

import pytest


@pytest.fixture
def piece(run, library, files):
    """A piece of the library, without a category."""
    assert run("add", files / "攝影展觀後感.pdf", "--quick", "--term", "113-1").code == 0
    return "p1"


def kept(run, piece):
    return run("show", piece, "--json").json


def test_dates_choices_and_numbers_are_kept_regular(run, piece):
    run("edit", piece, "--category", "service", "--field", "start_date=1130901", "end_date=113/9/30", "hours=１２.５")
    assert kept(run, piece)["fields"] == {"start_date": "2024-09-01", "end_date": "2024-09-30", "hours": "12.5"}
    run("edit", piece, "--category", "competition", "--field", "level=全國", "result_date=昨天")
    fields = kept(run, piece)["fields"]
    assert (fields["level"], fields["result_date"]) == ("3", "昨天")


def test_a_choice_does_not_change_its_meaning_with_the_category(run, piece):
    run("edit", piece, "--category", "competition", "--field", "level=3", "award=佳作")
    run("edit", piece, "--category", "officer")
    assert kept(run, piece)["fields"] == {"award": "佳作"}
    run("undo")
    assert kept(run, piece)["fields"] == {"award": "佳作", "level": "3"}


def test_what_the_new_category_has_no_field_for_is_told_once(run, piece):
    run("edit", piece, "--category", "competition", "--field", "award=佳作", "group=高中組", "domain=跨領域")
    run("edit", piece, "--category", "officer")
    [told] = [one for one in kept(run, piece)["findings"] if one["code"] == "field.unknown"]
    assert told["numbers"]["names"] == ["award", "domain", "group"]


@pytest.mark.parametrize(("word", "state"), [("認證中", "sent"), ("certified", "certified"), ("編輯中", "editing")])
def test_a_certification_is_told_by_code_or_as_platforms_write_it(run, piece, word, state):
    run("edit", piece, "--category", "course")
    run("edit", piece, "--certification", word)
    assert kept(run, piece)["certification"] == state


def test_nobody_certifies_an_activity(run, piece):
    ran = run("edit", piece, "--category", "service", "--certification", "certified")
    assert ran.code == 2
    assert "服務學習" in ran.err
    assert kept(run, piece)["category"] is None
    ran = run("edit", piece, "--certification", "通過")
    assert ran.code == 2
    assert "認證成功" in ran.err


def test_a_course_makes_a_course_result(run, piece, files):
    run("course", "add", "歷史", "--term", "113-2")
    run("edit", piece, "--course", "c1")
    assert (kept(run, piece)["category"], kept(run, piece)["term"]) == ("course", "113-1")
    added = run("add", files / "水質調查報告.pdf", "--quick", "--course", "c1", "--json").json["added"]
    assert [(one["category"], one["term"]) for one in added] == [("course", "113-2")]
    added = run("add", files / "讀書會心得.pdf", "--quick", "--course", "c1", "--term", "113-1", "--json").json["added"]
    assert [one["term"] for one in added] == ["113-1"]


@pytest.mark.parametrize("words", [("add", "x.pdf"), ("edit", "p1")])
def test_a_course_of_an_activity_cannot_be_meant(run, library, words):
    ran = run(*words, "--course", "c1", "--category", "service")
    assert ran.code == 2
    assert "service" in ran.err


def test_a_title_is_one_line_without_what_cannot_be_seen(run, piece, files):
    run("edit", piece, "--title", "水質\n調查\u200b\x07  報告")
    assert kept(run, piece)["title"] == "水質 調查 報告"
    ran = run("add", files / "水質調查報告.pdf", "--quick", "--title", "一\n二", "--json")
    assert ran.json["added"][0]["title"] == "一 二"


def test_a_change_to_a_certified_result_is_told_once(run, piece):
    run("course", "add", "歷史", "--term", "113-1")
    run("edit", piece, "--course", "c1", "--certification", "certified")
    told = [one["code"] for one in run("edit", piece, "--summary", "改過的簡述", "--json").json["findings"]]
    assert "certification.locked" in told
    told = [one["code"] for one in run("edit", piece, "--summary", "改過的簡述", "--json").json["findings"]]
    assert "certification.locked" not in told


def test_values_and_files_are_changed_as_one_step_or_not_at_all(run, piece, files, tmp_path):
    ran = run("edit", piece, "--title", "新的", "--attach", tmp_path / "missing.pdf")
    assert ran.code == 4
    assert kept(run, piece)["title"] != "新的"
    run("edit", piece, "--title", "新的", "--detach", "document", "--attach", files / "水質調查報告.pdf")
    assert [file["current"] for file in kept(run, piece)["files"]].count(True) == 1
    run("undo")
    after = kept(run, piece)
    assert after["title"] != "新的"
    assert [file["name"] for file in after["files"] if file["current"]] == ["攝影展觀後感.pdf"]


def test_an_edit_that_cannot_be_done_whole_changes_nothing(run, piece, files):
    before, title = run("dump").out, kept(run, piece)["title"]
    for words in (("--attach", files / "沒有.pdf"), ("--attach", files), ("--detach", "media")):
        assert run("edit", piece, "--title", "新標題", *words).code != 0
        assert kept(run, piece)["title"] == title
    assert run("dump").out == before
    run("edit", piece, "--title", "新標題", "--attach", files / "水質調查報告.pdf")
    assert kept(run, piece)["title"] == "新標題"
    run("undo")
    assert run("dump").out == before
