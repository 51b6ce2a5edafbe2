"""One rule for what cannot be seen: a title is cleaned, the student's texts are kept as written, told by a finding with a
mend, and written out wherever they are shown.

Docs: docs/decisions/0010-what-cannot-be-seen-is-written-out.md
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.command_line import Run, Window, runner
from helpers.specimens import pdf
from portfolio_desktop.findings.characters import invisible
from portfolio_desktop.library.library import Library

HIDDEN = {
    "bidirectional": "\u202e\u2066\u200f",
    "zero width": "\u200b\u2060\ufeff\U000e0041",
    "control": "\x1b\x07\x7f\x9b\u2028",
}
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(tmp_path / "home", capsys, Window())


@pytest.fixture
def library(run: Run, tmp_path: Path) -> Path:
    run("init", tmp_path / "庫", "--school-type", "general", "--entry-year", "113")
    return tmp_path / "庫"


def lines_are_clean(text: str) -> None:
    assert not [line for line in text.split("\n") if invisible(line)], ascii(text)


@pytest.mark.parametrize("name", HIDDEN)
def test_kept_told_and_written_out(run: Run, library: Path, tmp_path: Path, name: str) -> None:
    character = HIDDEN[name]
    written = f"海報{character}gpj.exe"
    (tmp_path / "a.pdf").write_bytes(pdf())
    run("add", tmp_path / "a.pdf", "--category", "other", "--term", "113-1")
    edited = run("edit", "p1", "--title", written, "--summary", written, "--field", f"unit={written}")
    assert edited.code in (0, 1), edited.err
    for words in (
        ["show", "p1"],
        ["list"],
        ["history"],
        ["history", "p1"],
        ["ticks", "--year", "113"],
        ["undo"],
        ["redo"],
    ):
        ran = run(*words)
        lines_are_clean(ran.out + ran.err)
    lines_are_clean(edited.out + edited.err)
    run("tick", "p1", "--year", "113")
    exported = run("export", "--year", "113", "--out", tmp_path / "包")
    lines_are_clean(exported.out + exported.err)
    told = run("show", "p1", "--json").json
    assert told["title"].replace(" ", "") == "海報gpj.exe", "a title is one line of ours: cleaned"
    assert told["summary"] == told["fields"]["unit"] == written, "the student's text: kept as it was written"
    assert "text.invisible" in {finding["code"] for finding in told["findings"]}
    with Library.open(library, read_only=True) as opened:
        assert opened.piece("p1").summary == written
    lines_are_clean((tmp_path / "包" / "清單.csv").read_text(encoding="utf-8-sig").replace("\r\n", "\n"))
    names = [path.name for path in (tmp_path / "包").rglob("*")]
    assert not [name for name in names if invisible(name)]


@pytest.mark.parametrize("name", HIDDEN)
def test_a_file_of_such_a_name_gets_a_clean_title_and_place(run: Run, library: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"海報{HIDDEN[name]}fdp.pdf"
    file.write_bytes(pdf())
    ran = run("add", file)
    lines_are_clean(ran.out + ran.err)
    ran = run("check", file)
    lines_are_clean(ran.out + ran.err)
    assert "name.invisible" in {each["code"] for each in json.loads(run("check", file, "--json").out)["findings"]}
    piece = run("list", "--json").json["pieces"][0]
    assert not invisible(piece["title"])
    with Library.open(library, read_only=True) as opened:
        (stored,) = opened.files()
        assert not invisible(str(stored.path.relative_to(library)))


def test_a_picture_of_joined_symbols_is_left_alone(run: Run, library: Path, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf())
    run("add", tmp_path / "a.pdf", "--category", "other")
    run("edit", "p1", "--title", f"全家福{FAMILY}")
    assert f"全家福{FAMILY}" in run("list").out
    assert "text.invisible" not in {finding["code"] for finding in run("show", "p1", "--json").json["findings"]}
