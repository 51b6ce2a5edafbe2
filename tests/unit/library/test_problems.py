from __future__ import annotations

import pytest

from portfolio_desktop.errors import DamageError
from portfolio_desktop.library.problems import SENTENCES, DatabaseDamageError, Problem

VALUES: dict[str, str | int] = {"reason": "page 3", "size": 12345, "found": 9}


@pytest.mark.parametrize("code", SENTENCES)
def test_every_code_has_a_whole_sentence(code: str) -> None:
    message = Problem(code, "files/x/報告.pdf", "ab", (("p1", "報告"),), VALUES).message
    assert message.endswith(("。", str(VALUES["reason"]))), "a reason is a sentence"
    assert "{" not in message
    if code.startswith("file."):
        assert "報告.pdf" in message


def test_what_is_not_ours_and_what_lies_behind_a_link_is_only_told() -> None:
    assert {code for code in SENTENCES if Problem(code).only_told} == {"file.foreign", "folder.link"}


def test_the_document() -> None:
    problem = Problem("file.size", "files/x/a", "ab", (("p1", "報告"),), VALUES)
    assert problem.to_json() == {
        "code": "file.size",
        "path": "files/x/a",
        "sha256": "ab",
        "pieces": [{"id": "p1", "title": "報告"}],
        "message": "檔案「files/x/a」的大小不對：應有 12,345 位元組，實際有 9。",
    }


def test_a_damaged_database_ends_with_the_code_of_damage() -> None:
    assert issubclass(DatabaseDamageError, DamageError)
    assert DatabaseDamageError.exit_code == 3
