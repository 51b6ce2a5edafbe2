import filecmp
import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from helpers.command_line import interrupt_at_first_step
from portfolio_desktop.library.library import Library


def same(one: Path, other: Path) -> bool:
    compared = filecmp.dircmp(one, other)
    alike = not (compared.left_only or compared.right_only or compared.funny_files)
    _match, differ, odd = filecmp.cmpfiles(one, other, compared.common_files, shallow=False)
    return alike and not differ and not odd and all(same(one / name, other / name) for name in compared.common_dirs)


def test_ticks_tell_the_quota_and_the_order(run, sample):
    ran = run("ticks", "--year", "113", "--library", sample, "--json")
    assert ran.code == 0
    assert ran.json["used"] == {"course": 6, "activity": 10}
    assert ran.json["limits"] == {"course": 6, "activity": 10}
    assert [piece["id"] for piece in ran.json["pieces"][:6]] == ["p1", "p2", "p3", "p4", "p5", "p6"]
    assert "課程學習成果 6/6 件，多元表現 10/10 件" in run("ticks", "--year", "113", "--library", sample).out


def test_what_may_not_be_ticked_is_told_why(run, sample):
    ran = run("tick", "p7", "p18", "p1", "--library", sample, "--json")
    assert ran.code == 1
    [year] = ran.json["years"]
    assert (year["year"], year["ticked"], year["already"]) == (113, [], ["p1"])
    assert {(no["piece"], no["finding"]["code"]) for no in year["refused"]} == {
        ("p7", "tick.not-certified"),
        ("p18", "tick.quota"),
    }
    text = run("tick", "p18", "--library", sample).out
    assert "攝影展觀後感" in text
    assert "10 件" in text


def test_what_is_not_written_yet_is_told_and_ticked_all_the_same(run, library, files):
    run("add", files / "水質調查報告.pdf", "--term", "113-1", "--category", "service")
    run("edit", "p1", "--field", "unit=圖書館")
    ran = run("tick", "p1", "--json")
    assert ran.code == 1  # done, and errors are there
    [year] = ran.json["years"]
    assert (year["ticked"], year["refused"]) == (["p1"], [])
    [told] = year["unfinished"]
    assert told["piece"] == "p1"
    assert {"summary.missing", "field.missing"} <= {finding["code"] for finding in told["findings"]}
    run("untick", "p1")
    text = run("tick", "p1").out
    assert "還要補 p1" in text
    assert "［內容簡述］還沒有寫簡述" in text


def test_unticking_makes_room(run, sample):
    assert run("untick", "p17", "--library", sample, "--json").json == {"years": [{"year": 113, "unticked": ["p17"]}]}
    ran = run("tick", "p18", "--library", sample)
    assert ran.code == 0
    ids = [piece["id"] for piece in run("ticks", "--year", "113", "--library", sample, "--json").json["pieces"]]
    assert "p18" in ids
    assert "p17" not in ids
    assert "沒有勾選" in run("untick", "p17", "--library", sample).out


def test_the_year_is_the_pieces_own_unless_it_is_named(run, sample):
    assert run("tick", "p24", "--library", sample, "--json").json["years"][0]["year"] == 114
    assert run("tick", "p18", "--year", "114", "--library", sample, "--json").json["years"][0]["ticked"] == ["p18"]
    assert run("ticks", "--year", "114", "--library", sample, "--json").json["used"] == {"course": 0, "activity": 2}


def test_an_export_tells_its_pieces_and_verifies(run, sample, tmp_path):
    ran = run("export", "--year", "113", "--out", tmp_path / "包", "--library", sample, "--json")
    assert ran.code == 0
    assert (ran.json["year"], ran.json["complete"], len(ran.json["pieces"])) == (113, False, 16)
    assert ran.json["left_out"] == []
    for piece in ran.json["pieces"]:
        for path in piece["files"]:
            assert (tmp_path / "包" / path).is_file()
    checked = run("bundle", "verify", tmp_path / "包", "--json")
    assert (checked.code, checked.json["sound"], checked.json["problems"]) == (0, True, [])
    assert "全部相符" in run("bundle", "verify", tmp_path / "包").out


def test_the_manifest_holds_by_hashing_independently(run, sample, tmp_path):
    run("export", "--year", "113", "--out", tmp_path / "包", "--library", sample)
    manifest = json.loads((tmp_path / "包" / "manifest.json").read_text(encoding="utf-8"))
    listed = {file["path"]: file for file in manifest["files"]}
    on_disk = {
        path.relative_to(tmp_path / "包").as_posix(): path for path in (tmp_path / "包").rglob("*") if path.is_file()
    }
    assert on_disk.keys() - {"manifest.json"} == listed.keys()
    for name, file in listed.items():
        data = on_disk[name].read_bytes()
        assert (file["sha256"], file["md5"]) == (hashlib.sha256(data).hexdigest(), hashlib.md5(data).hexdigest())


def test_the_same_library_gives_the_same_bytes(run, sample, tmp_path):
    for name in ("一", "二"):
        run("export", "--year", "113", "--out", tmp_path / name, "--library", sample)
        run("export", "--year", "113", "--out", tmp_path / f"{name}.zip", "--library", sample)
    assert same(tmp_path / "一", tmp_path / "二")
    assert (tmp_path / "一.zip").read_bytes() == (tmp_path / "二.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "一.zip") as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize("name", ["全部", "全部.zip"])
def test_a_complete_bundle_becomes_an_equal_library(run, sample, tmp_path, name):
    assert run("export", "--year", "113", "--all", "--out", tmp_path / name, "--library", sample).code == 0
    ran = run("import", tmp_path / name, "--new", tmp_path / "新", "--json")
    assert ran.code == 0
    assert ran.json == {"library": str(tmp_path / "新"), "pieces": 24}
    assert run("dump", "--library", tmp_path / "新").out == run("dump", "--library", sample).out
    assert len(run("list", "--json").json["pieces"]) == 24


def test_a_tampered_bundle_is_damage(run, built, tmp_path):
    bundle = Path(shutil.copytree(built / "成果包", tmp_path / "包"))
    victim = next(bundle.rglob("*.png"))
    data = bytearray(victim.read_bytes())
    data[100] ^= 1
    victim.write_bytes(data)
    ran = run("bundle", "verify", bundle, "--json")
    assert ran.code == 3
    assert [problem["code"] for problem in ran.json["problems"]] == ["bundle.changed"]
    assert victim.name in run("bundle", "verify", bundle).out


def test_what_is_no_complete_bundle_cannot_be_imported(run, built, tmp_path):
    assert run("import", built / "成果包", "--new", tmp_path / "新").code == 4
    assert run("import", tmp_path / "nowhere", "--new", tmp_path / "新").code == 4
    assert run("bundle", "verify", tmp_path).code == 4
    assert not (tmp_path / "新").exists()


def test_an_export_does_not_take_a_place_that_is_somebody_elses(run, sample, tmp_path):
    (tmp_path / "我的").mkdir()
    (tmp_path / "我的" / "日記.txt").write_text("x", encoding="utf-8")
    ran = run("export", "--year", "113", "--out", tmp_path / "我的", "--library", sample)
    assert ran.code == 4
    assert [path.name for path in (tmp_path / "我的").iterdir()] == ["日記.txt"]


def test_an_export_of_a_faulty_tick_says_so(run, sample, tmp_path):
    run("edit", "p9", "--summary", "字" * 101, "--library", sample)
    ran = run("export", "--year", "113", "--out", tmp_path / "包", "--library", sample)
    assert ran.code == 1
    assert "校內科學展覽會" in ran.out
    assert "101" in ran.out


def test_a_course_result_that_is_certified_no_more_is_an_error_of_the_bundle(run, sample, tmp_path):
    run("edit", "p1", "--certification", "failed", "--library", sample)
    ran = run("export", "--year", "113", "--out", tmp_path / "包", "--library", sample, "--json")
    assert ran.code == 1
    codes = {finding["code"] for finding in ran.json["pieces"][0]["findings"]}
    assert "tick.not-certified" in codes


def test_a_bundle_is_never_put_into_the_library(run, sample):
    before = sorted(path for path in sample.rglob("*"))
    for out in (sample, sample / "包", sample / "files" / "包.zip"):
        ran = run("export", "--year", "113", "--out", out, "--library", sample)
        assert ran.code == 4
        assert len(ran.err.splitlines()) == 1
    assert sorted(path for path in sample.rglob("*")) == before


def test_a_library_that_is_only_read_can_be_exported(run, sample, tmp_path):
    with Library.open(sample):
        assert run("export", "--year", "113", "--out", tmp_path / "一", "--library", sample).code == 0
    assert run("export", "--year", "113", "--out", tmp_path / "二", "--library", sample).code == 0
    assert same(tmp_path / "一", tmp_path / "二")
    (tmp_path / "新.txt").write_text("還沒有逐頁檢查", encoding="utf-8")
    run("add", tmp_path / "新.txt", "--quick", "--library", sample)
    with Library.open(sample):
        assert "1 個檔案" in run("export", "--year", "113", "--out", tmp_path / "三", "--library", sample).err


def test_an_imported_library_is_looked_into_as_an_added_file_is(run, sample, tmp_path):
    assert run("export", "--year", "113", "--all", "--out", tmp_path / "全", "--library", sample, "--json").code == 0
    assert run("import", tmp_path / "全", "--new", tmp_path / "新").code == 0
    with Library.open(tmp_path / "新") as library:
        assert library.pending_looks() == []
    found = run("find", "曝氣", "--library", tmp_path / "新", "--json").json["pieces"]
    assert found == run("find", "曝氣", "--library", sample, "--json").json["pieces"]
    assert found
    lists = [run("list", "--library", folder, "--json").json for folder in (sample, tmp_path / "新")]
    assert lists[0] == lists[1]


def test_a_year_without_ticks_is_told(run, sample, tmp_path):
    ran = run("export", "--year", "115", "--out", tmp_path / "包", "--library", sample, "--json")
    assert [finding["code"] for finding in ran.json["findings"]] == ["bundle.empty"]


def test_ctrl_c_leaves_nothing_of_an_export(run, sample, tmp_path, monkeypatch):
    for name in ("包", "包.zip"):
        interrupt_at_first_step(monkeypatch)
        assert run("export", "--year", "113", "--out", tmp_path / "out" / name, "--library", sample).code == 130
    assert list((tmp_path / "out").iterdir()) == []


def test_ctrl_c_leaves_nothing_of_an_import(run, sample, tmp_path, monkeypatch):
    run("export", "--year", "113", "--all", "--out", tmp_path / "全部", "--library", sample)
    interrupt_at_first_step(monkeypatch)
    assert run("import", tmp_path / "全部", "--new", tmp_path / "新").code == 130
    assert not (tmp_path / "新").exists()
