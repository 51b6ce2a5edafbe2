"""Guesses from names: each rule with a name that it tells and one that it must leave alone."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.checkout import ROOT
from portfolio_desktop.errors import DamageError
from portfolio_desktop.pieces.guessing import Guess, Reason, Student, Traces, guess
from portfolio_desktop.pieces.piece import CATEGORIES, Course
from portfolio_desktop.pieces.telling_words import FILE, TellingWords, fold, lint
from portfolio_desktop.pieces.term_guessing import term_told
from portfolio_desktop.terms import Term, terms_of_student

ENTRY = 113
SPRING = datetime.date(2025, 3, 3)
TODAY = datetime.date(2025, 10, 1)
COURSES = (
    Course("c1", "生物", Term(113, 1)),
    Course("c2", "生物", Term(113, 2)),
    Course("c3", "生活科技", Term(114, 1)),
    Course("c4", "日", Term(113, 1)),
)
WORDS = TellingWords.load(ROOT / "resources" / "guesses")


def told(
    name: str,
    *folders: str,
    day: datetime.date | None = SPRING,
    section: str | None = None,
    today: datetime.date = TODAY,
) -> Guess:
    return guess(WORDS, Traces(name, folders, day), Student(ENTRY, COURSES, today, section))


@pytest.mark.parametrize(
    "name",
    [
        "113-1", "113_1", "113.1", "113上", "113學年上", "113學年度第1學期", "113學年度第一學期", "113學年度 第一學期", "113學年度上學期",
        "１１３－１", "113第一學期", "高一上", "高1上", "高一(上)", "高一（上）", "高一上學期", "高一 上學期",
        "高中一年級上學期", "高一第1學期",
        "一上", "一年級第一學期", "我的高一上作品", "2024-10-05", "20241005", "2024.10.5", "2024年10月5日", "img_20241005_123456",
        "1131005", "113.10.05", "113年10月05日",
    ],
)  # fmt: skip
def test_a_name_tells_the_first_term(name: str) -> None:
    assert term_told([fold(name)], ENTRY).term == Term(113, 1)


@pytest.mark.parametrize(
    "name",
    [
        "", "105-1", "99-2", "113-12", "113-1-2", "1113-1", "2113-1", "第一上", "十一上台", "學一上", "20241305", "20181005", "1051005",
        "0113-1", "v1-2", "高一", "上", "113學年度", "上學期", "高一等", "110學年度第一學期",
    ],
)  # fmt: skip
def test_a_name_that_tells_no_whole_term(name: str) -> None:
    assert term_told([fold(name)], ENTRY).term is None


@given(
    st.sampled_from(terms_of_student(ENTRY)),
    st.sampled_from(
        [
            "{y}-{s}",
            "{y}{side}",
            "{y}學年度第{s}學期",
            "高{g}{side}",
            "{g}年級第{s}學期",
            "高{g}（{side}）",
            "{y}學年度{side}學期",
        ]
    ),
    st.text("檔案ab ，", max_size=5),
    st.text("檔案ab ，", max_size=5),
)
def test_every_term_is_read_back_from_every_form(term: Term, form: str, before: str, after: str) -> None:
    grade = "一二三"[term.year - ENTRY]
    name = form.format(y=term.year, s=term.semester, side="上下"[term.semester - 1], g=grade)
    assert term_told([fold(f"{before}{name}{after}")], ENTRY).term == term


@given(st.lists(st.text(max_size=30), max_size=5), st.dates(), st.integers(1, 900))
def test_whatever_names_say_only_own_terms_are_told(names: list[str], day: datetime.date, entry: int) -> None:
    found = term_told([fold(name) for name in names], entry, day)
    assert found.term is None or found.term in terms_of_student(entry)


@given(
    st.text(max_size=40),
    st.lists(st.text(max_size=20), max_size=4),
    st.dates() | st.none(),
    st.sampled_from([*CATEGORIES, None]),
)
def test_a_guess_never_fails_and_says_why(
    name: str, folders: list[str], day: datetime.date | None, section: str | None
) -> None:
    found = told(name, *folders, day=day, section=section)
    assert (found.term is None) is (found.term_reason.by == "")
    assert (found.category is None) is (found.category_reason.by == "")
    assert found.category in (None, *CATEGORIES)
    assert section is None or found.category == section
    assert found.course_id is None or found.category == "course"


def test_halves_in_two_folders_make_a_term() -> None:
    assert told("a.pdf", "上學期", "高二").term == Term(114, 1)
    assert told("a.pdf", "下", "113學年度").term == Term(113, 2)
    assert told("a.pdf", "113", day=SPRING).term == Term(113, 2)


def test_the_day_gives_the_half_that_is_left_open_only_where_it_agrees() -> None:
    assert told("a.pdf", "高一", day=SPRING).term == Term(113, 2)
    open_ = told("a.pdf", "高二", day=SPRING)
    assert (open_.term, open_.term_reason) == (None, Reason())
    assert told("a.pdf", "上學期", day=SPRING).term is None


def test_the_nearer_name_tells_the_term() -> None:
    found = told("高一上.pdf", "113-2")
    assert (found.term, found.term_reason) == (Term(113, 1), Reason("name", "高一上.pdf"))
    found = told("心得.pdf", "113-2", "高一上")
    assert (found.term, found.term_reason) == (Term(113, 2), Reason("folder", "113-2"))


def test_without_names_the_day_tells_and_then_the_present() -> None:
    assert (told("a.pdf").term, told("a.pdf").term_reason) == (Term(113, 2), Reason("day"))
    old = told("a.pdf", day=datetime.date(2020, 1, 1))
    assert (old.term, old.term_reason) == (Term(114, 1), Reason("now"))
    after = told("a.pdf", day=None, today=datetime.date(2030, 1, 1))
    assert (after.term, after.term_reason) == (None, Reason())


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("淨灘心得.pdf", "service"), ("英文檢定.pdf", "certificate"), ("數學競賽.jpg", "competition"), ("社長交接.pdf", "officer"),
        ("自主學習計畫.pdf", "flexible"), ("校慶海報.jpg", "creation"), ("物理實驗.pdf", "course"), ("TOEIC 成績單.pdf", "certificate"),
        ("MOS_2019.pdf", "certificate"), ("mosaic.pdf", None), ("企業參訪.pdf", "workplace"), ("參訪心得.pdf", "other"),
        ("大學先修微積分.pdf", "college"), ("社團日誌.pdf", "group"), ("IMG_1234.jpg", None), ("心得.pdf", None),
        ("水資源中心職場參訪.pdf", "workplace"), ("寵物醫院見習.pdf", "workplace"), ("工廠參觀報告.pdf", "workplace"),
        ("職涯體驗營.pdf", "workplace"), ("文學營證書.jpg", "other"), ("資工營結業證書.jpg", "other"), ("Coursera 結業證書.pdf", "college"),
        ("客語認證.jpg", "certificate"), ("AMC10成績單.pdf", "competition"), ("辯論賽最佳辯士.jpg", "competition"),
        ("熱舞社公關長.pdf", "officer"), ("偏鄉課輔.pdf", "service"), ("校隊培訓.pdf", "flexible"), ("增廣課程.pdf", "flexible"),
        ("迎新宿營.pdf", "group"), ("校園植物繪本.png", "creation"), ("AI影像辨識專題.pdf", "course"), ("多元選修成果.pdf", "course"),
    ],
)  # fmt: skip
def test_a_word_in_the_name_tells_the_category(name: str, category: str | None) -> None:
    assert told(name).category == category


def test_a_label_on_a_folder_is_stronger_than_a_word_in_the_name() -> None:
    found = told("社長心得.pdf", "服務學習")
    assert (found.category, found.category_reason) == ("service", Reason("folder", "服務學習"))
    assert told("科展報告.pdf", "課程學習成果").category == "course"


def test_a_word_on_a_folder_is_stronger_than_a_hint_in_the_name() -> None:
    assert told("海報.jpg", "志工").category == "service"
    assert told("社長.jpg", "志工").category == "officer"


def test_a_course_of_the_student_is_found_by_its_name() -> None:
    found = told("生活科技作品.pdf")
    assert (found.category, found.course_id, found.term) == ("course", "c3", Term(114, 1))
    assert found.term_reason == Reason("course", "生活科技")
    assert told("生活科技競賽.pdf").category == "competition"
    assert told("生活科技競賽.pdf").course_id is None


def test_of_two_courses_of_a_name_the_one_of_the_term_is_chosen() -> None:
    assert told("113-1生物.pdf").course_id == "c1"
    assert told("生物.pdf", "高一下").course_id == "c2"
    assert told("生物.pdf", day=SPRING).course_id == "c2"
    assert told("生物.pdf", day=None, today=datetime.date(2030, 1, 1)).course_id is None


def test_a_course_of_another_term_than_the_names_tell_is_not_meant() -> None:
    found = told("生活科技.pdf", "高一上")
    assert (found.category, found.course_id, found.term) == ("course", None, Term(113, 1))


def test_a_course_of_one_character_is_not_looked_for() -> None:
    assert told("日記.pdf").course_id is None


def test_the_section_that_is_shown_is_meant() -> None:
    found = told("志工.pdf", section="other")
    assert (found.category, found.category_reason) == ("other", Reason("section"))
    assert told("生活科技.pdf", section="course").course_id == "c3"
    assert told("生活科技.pdf", section="service").course_id is None


def test_the_words_are_in_order() -> None:
    assert lint(ROOT / "resources" / "guesses") == ()
    assert {word.category for word in WORDS.words} == set(CATEGORIES)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('category = "other"', 'category = "others"', "every category"),
        ('"志工"', '"志工", "志工"', "twice"),
        ('"志工"', '"志工", "TOEIC"', "half-width"),
        ('"志工"', '"志工", "工"', "too short"),
        ('labels = ["服務學習"]', 'lables = ["服務學習"]', "not known"),
        ("confidence", "certain", "confidence"),
    ],
)
def test_what_is_wrong_with_the_words_is_told(tmp_path: Path, old: str, new: str, wrong: str) -> None:
    text = (ROOT / "resources" / "guesses" / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(wrong in problem for problem in lint(tmp_path))
    with pytest.raises(DamageError):
        TellingWords.load(tmp_path)
