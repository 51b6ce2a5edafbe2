"""What was: history with its earlier texts and files, each had back; sealed bytes; a trash that asks before it is emptied."""

import os
import pty
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")


@pytest.fixture
def piece(run, library, files):
    """p1: two summaries, two documents, the first certified."""
    run("add", files / "攝影展觀後感.pdf", "--quick", "--title", "觀展")
    run("edit", "p1", "--category", "course", "--summary", "初稿\n第二行", "--certification", "certified")
    other = next(path for path in sorted(files.glob("*.pdf")) if path.name != "攝影展觀後感.pdf")
    run("edit", "p1", "--summary", "定稿", "--attach", other)
    return run("show", "p1", "--json").json


def test_the_history_of_a_piece_tells_every_text_and_file(run, piece):
    told = run("history", "p1", "--json").json
    assert list(told) == ["changes", "texts", "files"]
    assert [(one["id"], one["text"], one["current"]) for one in told["texts"]] == [
        ("summary@3", "定稿", True),
        ("summary@2", "初稿\n第二行", False),
        ("title@1", "觀展", True),
    ]
    first, second = told["files"]
    assert (first["id"], first["current"], bool(first["sealed"])) == ("f1", False, True)
    assert (second["id"], second["current"], second["sealed"]) == ("f2", True, None)
    assert (len(first["sha256"]), len(first["md5"])) == (64, 32)
    assert first["when"] == told["changes"][-1]["when"]
    assert list(run("history", "--json").json) == ["changes"]
    page = run("history", "p1").out
    for word in ("summary@2", "初稿", "第二行", "f1", "攝影展觀後感.pdf", "認證時封存", first["sha256"], first["md5"]):
        assert word in page
    assert page.count("SHA-256") == 1, "only what is sealed needs its digests here"


def test_earlier_texts_and_files_are_used_again_as_one_step(run, piece):
    before = run("dump").out
    again = run("edit", "p1", "--use-text", "summary@2", "--use-version", "f1", "--json").json
    assert again["summary"] == "初稿\n第二行"
    assert [file["id"] for file in again["files"] if file["current"]] == ["f1"]
    assert run("undo", "--json").json["undone"] == ["修改「觀展」的簡述、檔案"]
    assert run("dump").out == before


@pytest.mark.parametrize(
    "words", [("--use-text", "summary@9"), ("--use-text", "level@2"), ("--use-version", "f9"), ("--use-version", "x")]
)
def test_a_version_that_never_was_is_wrong_usage(run, piece, words):
    before = run("dump").out
    ran = run("edit", "p1", *words, "--title", "新")
    assert ran.code == 2
    assert words[1] in ran.err
    assert len(ran.err.splitlines()) == 1
    assert run("dump").out == before


def test_sealed_bytes_stay_listed_with_their_digests(run, piece):
    sealed = next(file for file in piece["files"] if file["sealed"])
    shown = run("show", "p1").out
    assert "認證時封存" in shown
    assert sealed["sha256"] in shown
    assert sealed["md5"] in shown
    assert not sealed["current"], "a later file made a new version"


def test_an_emptied_trash_can_be_undone_and_is_in_the_history(run, library, piece):
    run("remove", "p1")
    before = run("dump").out
    ran = run("empty-trash", "--yes", "--json")
    assert (ran.code, ran.json) == (0, {"emptied": ["p1"]})
    assert run("history", "--json").json["changes"][0]["sentence"] == "清空垃圾桶，共 1 件"
    assert run("history", "p1", "--json").json["texts"], "what is gone from the trash is still told"
    assert run("empty-trash", "--yes", "--json").json == {"emptied": []}
    assert run("undo", "--json").json == {"undone": ["清空垃圾桶，共 1 件"]}
    assert run("dump").out == before


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("是\n", 0), ("n\n", 130), ("\n", 130), ("\x04", 130)])
def test_emptying_the_trash_asks_at_a_terminal(run, piece, monkeypatch, answer, code):
    run("remove", "p1")
    before = run("dump").out
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, encoding="utf-8") as terminal, os.fdopen(ours, "wb", buffering=0) as keys:
        monkeypatch.setattr(sys, "stdin", terminal)
        keys.write(answer.encode())
        ran = run("empty-trash")
        assert run("list", "--trash", "--json").code in (0, 1)
    assert ran.code == code
    assert "[y/N]" in ran.err
    assert "觀展" in ran.out
    assert (run("dump").out != before) == (code == 0)


def test_emptying_the_trash_without_anybody_to_ask_is_refused(run, piece, monkeypatch):
    run("remove", "p1")
    before = run("dump").out
    with open(os.devnull) as nothing:  # noqa: PTH123 - a stream, as a shell would give
        monkeypatch.setattr(sys, "stdin", nothing)
        ran = run("empty-trash")
    assert ran.code == 2
    assert "--yes" in ran.err
    assert run("dump").out == before
