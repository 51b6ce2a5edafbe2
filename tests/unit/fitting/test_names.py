"""Names: whatever the title, the name passes every rule on names, is always the same, and can be told from others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.judged import BOOK, RULES
from portfolio_desktop.findings.name_checks import name_findings, split_name
from portfolio_desktop.fitting.names import LONGEST_BYTES, file_name, folder_name, plain_name, same, unique

TITLES = st.one_of(
    st.text(max_size=120),
    st.text("水質調查報告龘𠮷ＡＩ：？／（） .-_aZ9\u200b\u202e\n", max_size=120),
    st.sampled_from(["", ".", "..", "con", "NUL", "lpt1.txt", "-", "　", "\x00", "😀", "a" * 300, "𠮷" * 300]),
)
KINDS = st.sampled_from(["pdf", "jpg", "png", "mp3", "mp4"])


@pytest.mark.parametrize(
    ("title", "kind", "prefix", "wanted"),
    [
        ("水質調查報告", "pdf", "", "水質調查報告.pdf"),
        ("臺北盆地：水質調查 報告", "pdf", "", "臺北盆地-水質調查-報告.pdf"),
        ("ＡＩ影像辨識（期末）", "jpg", "01", "01-AI影像辨識-期末.jpg"),
        ("報告.v2.docx", "pdf", "", "報告-v2-docx.pdf"),
        ("con", "pdf", "", "con_.pdf"),
        ("con", "pdf", "01", "01-con.pdf"),
        ("", "png", "", "未命名.png"),
        ("？？", "mp3", "03", "03-未命名.mp3"),
        ("a/../b", "mp4", "", "a-b.mp4"),
        ("e\u0301cole", "pdf", "", "cole.pdf"),
        ("photo", "JPEG", "", "photo.jpeg"),
        ("字" * 80, "pdf", "", "字" * 56 + ".pdf"),
        ("字" * 80, "pdf", "113-1-01", "113-1-01-" + "字" * 47 + ".pdf"),
    ],
)
def test_a_name_is_made_from_a_title(title: str, kind: str, prefix: str, wanted: str) -> None:
    assert file_name(title, kind, RULES, prefix) == wanted


@given(TITLES, KINDS, st.sampled_from(["", "01", "113-1", "甲"]))
def test_every_name_passes_every_rule(title: str, kind: str, prefix: str) -> None:
    name = file_name(title, kind, RULES, prefix)
    assert name_findings(name, RULES) == ()
    assert split_name(name)[1] == RULES.extensions[kind][0]
    assert len(name) <= RULES.name_length
    assert len(name.encode()) <= LONGEST_BYTES
    assert name.startswith(f"{prefix}-") or not prefix
    assert file_name(title, kind, RULES, prefix) == name


@given(TITLES)
def test_a_folders_name_passes_too(title: str) -> None:
    name = folder_name(title, RULES, "01")
    assert name_findings(name, RULES) == ()
    assert "." not in name


@given(TITLES)
def test_a_plain_name_stays_as_it_is(title: str) -> None:
    assert plain_name(plain_name(title)) == plain_name(title)


@given(
    st.lists(st.sampled_from(["報告", "报告", "Report", "REPORT", "ｒｅｐｏｒｔ", "長" * 90, "長" * 91]), max_size=12)
)
def test_unique_names_differ_on_every_file_system(titles: list[str]) -> None:
    taken: set[str] = set()
    for title in titles:
        name = unique(file_name(title, "pdf", RULES), taken, RULES)
        assert same(name) not in taken
        assert name_findings(name, RULES) == ()
        assert name.endswith(".pdf")
        taken.add(same(name))
    assert len(taken) == len(titles)


def test_a_name_fits_every_file_system_where_a_school_allows_long_ones() -> None:
    name = file_name("𠮷" * 200, "pdf", BOOK.for_year(113, {"name_length": 200}), "01")
    assert name == "01-" + "𠮷" * 62 + ".pdf"


def test_unique_counts_up() -> None:
    taken = {same("報告.pdf"), same("報告-2.pdf")}
    assert unique("報告.pdf", taken, RULES) == "報告-3.pdf"
    assert unique("別的.pdf", taken, RULES) == "別的.pdf"
    assert unique("資料夾", {"資料夾"}, RULES) == "資料夾-2"


def test_names_that_a_file_system_takes_for_one_are_the_same() -> None:
    assert same("Report.PDF") == same("report.pdf")
    assert same("e\u0301") == same("\u00e9")
    assert same("報告") != same("报告")
