import json
import os
import shutil
import socket
from pathlib import Path

import pytest

KEYS = {
    "path", "size", "sha256", "kind", "opens", "damaged", "encrypted", "active", "pages", "width", "height",
    "duration", "findings", "verdict", "seconds", "error",
    "md5", "truncated", "repaired", "has_text", "orientation", "frames", "colour", "bitrate", "tracks", "gps", "personal",
}  # fmt: skip


def test_a_good_document_passes_with_all_its_facts(run, files):
    path = files / "水質調查報告.pdf"
    ran = run("check", path, "--json")
    assert ran.code == 0
    assert ran.err == ""
    [line] = ran.lines
    assert line.keys() >= KEYS
    assert line["path"] == str(path)
    assert line["size"] == path.stat().st_size
    assert (line["kind"], line["pages"], line["opens"], line["damaged"]) == ("pdf", 3, True, False)
    assert (line["encrypted"], line["active"], line["error"]) == ("none", [], None)
    assert line["verdict"] == "pass"
    assert 0 <= line["seconds"] < 60


def test_what_pictures_and_recordings_tell_is_told(run, files):
    photo, sound, film = run(
        "check", "--json", files / "社團成果發表.jpg", files / "自我介紹.mp3", files / "單擺實驗紀錄.mp4"
    ).lines
    assert (photo["colour"], photo["frames"], photo["gps"], photo["tracks"]) == ("rgb", 1, True, [])
    assert photo["orientation"] in (None, *range(1, 9))
    assert [track["codec"] for track in sound["tracks"]] == ["mp3"]
    assert sound["bitrate"] > 8000
    assert {track["kind"] for track in film["tracks"]} >= {"video"}
    assert (film["has_text"], film["repaired"]) == (None, False)


@pytest.mark.parametrize(
    ("name", "kind", "verdict", "code"),
    [
        ("社團成果發表.jpg", "jpg", "warn", 0),
        ("校慶海報.jpg", "png", "warn", 0),
        ("讀書會心得.pdf", "pdf", "fail", 1),
        ("健康檢查紀錄.pdf", "pdf", "fail", 1),
        ("IMG_0421.HEIC", "heic", "fail", 1),
        ("未命名文件.pdf", "empty", "fail", 1),
        ("自我介紹.mp3", "mp3", "pass", 0),
        ("單擺實驗紀錄.mp4", "mp4", "pass", 0),
    ],
)
def test_each_sample_has_its_verdict_and_the_program_its_code(run, files, name, kind, verdict, code):
    ran = run("check", "--json", files / name)
    assert [(line["kind"], line["verdict"]) for line in ran.lines] == [(kind, verdict)]
    assert ran.code == code


def test_findings_carry_code_severity_message_numbers_and_fix(run, files):
    [line] = run("check", "--json", files / "IMG_0421.HEIC").lines
    finding = line["findings"][0]
    assert finding.keys() >= {"code", "severity", "message", "numbers", "fix"}
    assert finding["severity"] == "error"
    assert finding["message"]


def test_lines_come_in_the_order_given_and_folders_are_walked_in_order(run, files, tmp_path):
    folder = tmp_path / "作品"
    (folder / "深").mkdir(parents=True)
    for name in ("b.pdf", "a.pdf", "深/c.pdf"):
        shutil.copy(files / "攝影展觀後感.pdf", folder / name)
    (folder / ".hidden").write_bytes(b"x")
    (folder / "Thumbs.db").write_bytes(b"x")
    first = files / "科展佳作獎狀.png"
    ran = run("check", "--json", first, folder)
    assert [line["path"] for line in ran.lines] == [
        str(first), str(folder / "a.pdf"), str(folder / "b.pdf"), str(folder / "深" / "c.pdf"),
    ]  # fmt: skip


def test_paths_that_are_no_files_are_told_and_stop_nothing(run, files, tmp_path):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        names = [tmp_path / "fifo", tmp_path / "broken", tmp_path / "missing", tmp_path / "socket", Path("/dev/null")]
        ran = run("check", "--json", *names, files / "攝影展觀後感.pdf")
    assert ran.code == 1
    assert [line["verdict"] for line in ran.lines] == ["fail"] * 5 + ["pass"]
    assert [line["kind"] for line in ran.lines] == ["fifo", "unknown", "unknown", "socket", "device", "pdf"]
    assert all(line["size"] is None and line["sha256"] is None for line in ran.lines[:5])
    assert {line["findings"][0]["code"].partition(".")[0] for line in ran.lines[:5]} == {"unreadable"}


def test_old_rules_can_be_asked_for(run, built):
    collage = next((built / "庫" / "files").rglob("*連拍.jpg"))
    small = built.parent / "three-megabytes.jpg"
    small.write_bytes(collage.read_bytes()[: 3 * 1024 * 1024])
    new = run("check", "--json", "--rules", "113", small).lines[0]
    old = run("check", "--json", "--rules", "108", small).lines[0]
    assert "size.over" not in {finding["code"] for finding in new["findings"]}
    assert "size.over" in {finding["code"] for finding in old["findings"]}


def test_rules_before_the_first_are_refused(run, files):
    assert run("check", "--rules", "90", files / "攝影展觀後感.pdf").code == 2


def test_people_read_marks_facts_and_advice(run, files):
    ran = run("check", files / "水質調查報告.pdf", files / "讀書會心得.pdf", files / "校慶海報.jpg")
    lines = ran.out.splitlines()
    assert lines[0].startswith("✓ ")
    assert "pdf" in lines[0]
    assert "3 頁" in lines[0]
    assert any(line.startswith("✗ ") and "讀書會心得.pdf" in line for line in lines)
    assert any(line.startswith("    錯誤  ") for line in lines)
    assert lines[-1] == "共 3 個檔案：1 個可以上傳，1 個可以上傳，但有提醒，1 個要修正"


def test_the_checked_files_are_not_touched(run, files, tmp_path):
    path = tmp_path / "海報.jpg"
    shutil.copy2(files / "校慶海報.jpg", path)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    run("check", path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["海報.jpg"]


def test_a_name_of_stray_bytes_gives_valid_json_and_readable_text(run, files, tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.pdf"))
    shutil.copy(files / "攝影展觀後感.pdf", path)
    ran = run("check", "--json", path)
    assert json.loads(ran.out.encode("utf-8"))["path"] == str(path)
    assert "caf\\udce9.pdf" in run("check", path).out


def test_folders_that_hold_nothing_and_links_that_lead_away_have_their_lines(run, tmp_path):
    work, elsewhere = tmp_path / "作品", tmp_path / "別處"
    (work / "x.pdf").mkdir(parents=True)
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("x", encoding="utf-8")
    (work / "資料夾捷徑").symlink_to(elsewhere)
    (work / "檔案捷徑").symlink_to(elsewhere / "a.txt")
    ran = run("check", work, "--json")
    assert ran.code == 1
    assert [(line["kind"], line["findings"][0]["code"], line["verdict"]) for line in ran.lines] == [
        ("directory", "unreadable.directory", "fail"),
        ("unknown", "unreadable.outside-link", "warn"),
        ("directory", "unreadable.folder-link", "warn"),
    ]
    (work / "x.pdf").rmdir()
    ran = run("check", work)
    assert ran.code == 0
    assert "沒有找到檔案" in ran.out
