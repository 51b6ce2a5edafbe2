import datetime

from portfolio_desktop.gui.past.days import MOST, Deed, days
from portfolio_desktop.gui.past.work import Names, Past
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.library.records import ChangeEntry, Detail, FileVersion, TextVersion
from portfolio_desktop.pieces.piece import PieceFile

TODAY = datetime.date(2025, 3, 10)
NAMES = Names(
    {"fields.award": "獎項", "term": "學期", "semester": "學期"}, {"fields.award": {"3": "佳作", "1": "金牌"}}
)


def entry(number: int, when: str, *details: Detail, who: str = "student", state: str = "done") -> ChangeEntry:
    return ChangeEntry(number, when, who, f"第 {number} 次修改", state, details)  # type: ignore[arg-type]


def past(*entries: ChangeEntry, texts: tuple[TextVersion, ...] = (), files: tuple[FileVersion, ...] = ()) -> Past:
    return Past("p1", entries, texts, files, NAMES, locked=False)


def local(day: int, hour: int, month: int = 3, year: int = 2025) -> str:
    return datetime.datetime(year, month, day, hour, 5).astimezone().isoformat()


def deeds(made: Past) -> list[Deed]:
    return [deed for day in days(made, TODAY) for deed in day.deeds]


def test_days_have_their_names_and_their_changes_in_order() -> None:
    made = past(
        entry(5, local(10, 9)),
        entry(4, local(10, 8)),
        entry(3, local(9, 20)),
        entry(2, local(1, 7)),
        entry(1, local(31, 7, month=12, year=2024)),
    )
    found = days(made, TODAY)
    assert [day.heading for day in found] == ["今天", "昨天", "3月1日", "2024年12月31日"]
    assert [deed.time for deed in found[0].deeds] == ["09:05", "08:05"]
    assert found[0].deeds[0].sentence == "第 5 次修改"


def test_a_moment_that_cannot_be_read_is_no_reason_to_stop() -> None:
    [day] = days(past(entry(1, "昨天吧")), TODAY)
    assert (day.heading, day.deeds[0].time) == ("日期不明", "")


def test_short_values_are_told_in_the_form_s_words_and_long_ones_are_not() -> None:
    made = past(
        entry(
            2,
            local(10, 9),
            Detail("p1", "fields.award", "3", "1"),
            Detail("p1", "fields.note", "", "新的"),
            Detail("p1", "summary", "", "短"),
            Detail("p1", "fields.long", "短", "長" * 100),
            Detail("p1", "file.document", "", "檔案.pdf"),
        )
    )
    [deed] = deeds(made)
    assert deed.lines == ("獎項：佳作 → 金牌", "note：新的")


def test_a_term_is_one_value() -> None:
    both = entry(2, local(10, 9), Detail("p1", "semester", "1", "2"), Detail("p1", "year", "113", "114"))
    half = entry(1, local(10, 8), Detail("p1", "semester", "1", "2"))
    new = entry(1, local(10, 7), Detail("p1", "semester", "", "2"), Detail("p1", "year", "", "114"))
    assert [deed.lines for deed in deeds(past(both, half, new))] == [
        ("學期：113-1 → 114-2",),
        ("學期：1 → 2",),
        ("學期：114-2",),
    ]


def test_the_making_of_a_piece_is_its_sentence() -> None:
    made = past(entry(1, local(10, 9), Detail("p1", "added", "", local(10, 9)), Detail("p1", "title", "", "水質")))
    assert deeds(made)[0].lines == ()


def test_who_did_it_is_told() -> None:
    made = past(entry(2, local(10, 9)), entry(1, local(10, 8), who="teacher"))
    assert [deed.who for deed in deeds(made)] == ["student", "teacher"]


def test_only_the_newest_of_very_many_changes_are_told() -> None:
    made = past(*(entry(number, local(10, 9)) for number in range(MOST + 5, 0, -1)))
    assert len(deeds(made)) == MOST
    assert deeds(made)[0].sentence == f"第 {MOST + 5} 次修改"


def test_a_change_leads_to_the_texts_and_files_that_it_brought() -> None:
    file = PieceFile("f7", "document", "甲.pdf", "a" * 64, "b" * 32, 1, Inspection("pdf"))
    made = past(
        entry(2, local(10, 9), state="undone"),
        texts=(
            TextVersion("summary", 2, local(10, 9), "student", "初稿"),
            TextVersion("title", 2, local(10, 9), "student", "短標題"),
            TextVersion("summary", 1, local(9, 9), "student", "別次的"),
        ),
        files=(FileVersion(file, 2, local(10, 9), "student"),),
    )
    [deed] = deeds(made)
    assert (deed.texts, deed.files, deed.state) == (("summary@2",), ("f7",), "undone")
