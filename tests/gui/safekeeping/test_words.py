import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from portfolio_desktop.gui.safekeeping import safety as told
from portfolio_desktop.gui.safekeeping.safety import Fault, Place, Safety
from portfolio_desktop.gui.safekeeping.verdict import verdict
from portfolio_desktop.library.safekeeping.record import Checked, Copied, Drilled, Trouble

NOW = datetime.datetime(2025, 3, 10, 9, 0).astimezone()
USB = Path("/usb/學習歷程備份")
FAULT = Fault("file.hash", "files/a/甲.pdf", "a" * 64, (("p1", "水質"),), "檔案「甲.pdf」損壞了。")


def before(days: int, hours: int = 0) -> datetime.datetime:
    return NOW - datetime.timedelta(days=days, hours=hours)


def made(**more: object) -> Safety:
    return Safety(Path("/庫"), False, **more)  # type: ignore[arg-type]


GONE_WELL = Drilled(before(1), USB, ok=True)
WELL = made(places=(Place(USB, before(3), True),), check=Checked(NOW, "full", 3), drill=GONE_WELL)


@pytest.mark.parametrize(
    ("moment", "words"),
    [(before(0, 1), "今天 08:00"), (before(0, 10), "昨天 23:00"), (before(1), "昨天 09:00"), (before(42), "42 天前")],
)
def test_days_are_counted_by_the_calendar(moment: datetime.datetime, words: str) -> None:
    assert told.ago(moment, NOW) == words


def test_a_clock_that_went_back_is_no_negative_age() -> None:
    assert told.ago(NOW + datetime.timedelta(hours=3), NOW) == "今天 12:00"


def test_nothing_backed_up_is_a_gentle_warning() -> None:
    level, heading, advice, state, deed, _is_news = verdict(made(), NOW)
    assert (level, heading, state, deed) == ("warning", "還沒有完整的備份", "現在要處理", "back_up")
    assert "現在備份" in advice
    assert verdict(made(has_work=False), NOW)[1:5] == (
        "還沒有作品要備份",
        "收進作品以後，接上隨身碟或外接硬碟，按「現在備份」。",
        "很好",
        "",
    )
    assert told.backup_chip(made(), NOW) == ("warning", "還沒有")


def test_all_is_well_only_where_a_backup_lies_elsewhere_and_all_was_tried() -> None:
    assert verdict(WELL, NOW)[3:5] == ("很好", "")
    less: dict[str, dict[str, object]] = {
        "elsewhere": {"places": (Place(USB, NOW, True, same_disk=True),)},
        "back_up": {"trouble": Trouble(NOW, "磁碟滿了。")},
        "check": {"check": None},
        "drill": {"drill": replace(GONE_WELL, complete=False)},
    }
    for deed, change in less.items():
        _level, heading, advice, state, following, _is_news = verdict(replace(WELL, **change), NOW)  # type: ignore[arg-type]
        assert (state, following) == ("可以更好", deed)
        assert heading != verdict(WELL, NOW).heading
        assert advice
    for change in ({"check": Checked(NOW, "start", 3)}, {"check": Checked(before(200), "full", 3)}):
        assert verdict(replace(WELL, **change), NOW).deed == "check"
    assert verdict(replace(WELL, drill=replace(GONE_WELL, at=before(200))), NOW).deed == "drill"
    # A fresh copy on the same disk does not make up for an old one elsewhere.
    both = replace(WELL, places=(Place(Path("/庫旁"), NOW, True, same_disk=True), Place(USB, before(40), False)))
    assert verdict(both, NOW)[3:5] == ("可以更好", "elsewhere")


def test_a_drill_proves_only_the_backups_of_the_place_that_it_was_made_with() -> None:
    beside = Place(Path("/庫旁"), NOW, True, same_disk=True)
    other = replace(WELL, places=(beside, *WELL.places), drill=replace(GONE_WELL, backup=Path("/庫旁/snapshots/x")))
    found = verdict(other, NOW)
    assert (found.heading, found.level, found.deed) == ("另一個磁碟上的備份還沒有演練過", "hint", "drill")
    assert found.is_news, "總覽 says of the drill itself that it went well"
    assert verdict(replace(other, drill=GONE_WELL), NOW).level == "ok"


def test_where_nobody_knows_on_which_disk_a_backup_is_it_is_said_so() -> None:
    unknown = replace(WELL, places=(Place(USB, before(3), False, same_disk=None),))
    found = verdict(unknown, NOW)
    assert (found.heading, found.level, found.deed) == ("不確定備份是不是在另一個磁碟", "hint", "back_up")
    assert told.backup_chip(unknown, NOW) == ("hint", "3 天前")
    beside = Place(Path("/庫旁"), NOW, True, same_disk=True)
    assert verdict(replace(unknown, places=(beside, *unknown.places)), NOW).deed == "elsewhere"


@pytest.mark.parametrize(("days", "level"), [(0, "ok"), (30, "ok"), (31, "warning"), (400, "warning")])
def test_a_backup_older_than_thirty_days_is_a_gentle_warning(days: int, level: str) -> None:
    safety = replace(WELL, places=(Place(USB, before(days), True),))
    assert verdict(safety, NOW).level == level
    chip = told.backup_chip(safety, NOW)
    assert chip[0] == level
    assert ("有點久了" in chip[1]) is (level == "warning")


def test_places_are_told_with_whether_they_can_be_reached() -> None:
    safety = made(places=(Place(USB, before(3), True), Place(Path("/別處"), before(9), False)))
    lines = told.backup_words(safety, NOW)
    assert lines[:2] == [
        "完整備份：3 天前，在「/usb/學習歷程備份」（現在接得到）",
        "完整備份：9 天前，在「/別處」（現在接不到，可能是磁碟沒插）",
    ]


def test_the_library_s_own_copies_are_told_and_what_kept_one_from_being_made() -> None:
    safety = made(copy=Copied(before(1), "x"), trouble=Trouble(NOW, "磁碟滿了。"))
    assert told.backup_words(safety, NOW)[1:] == [
        "自動副本（只有資料庫，放在學習歷程庫裡）：昨天 09:00",
        "今天 09:00 的自動副本沒有做成：磁碟滿了。",
    ]


@pytest.mark.parametrize(
    ("check", "chip", "words"),
    [
        (None, ("hint", "還沒檢查過"), "還沒有從頭檢查過"),
        (Checked(before(2), "full", 3), ("ok", "沒有問題"), "2 天前（每個檔案從頭讀到尾），3 個檔案都沒有問題"),
        (Checked(before(2), "quick", 3), ("ok", "沒有問題"), "只看檔案在不在、大小對不對"),
    ],
)
def test_the_last_check_is_told_with_its_depth(check: Checked | None, chip: tuple[str, str], words: str) -> None:
    safety = made(check=check)
    assert told.check_chip(safety) == chip
    assert words in told.check_words(safety, NOW)[0]


def test_damage_is_the_first_thing_that_is_said() -> None:
    safety = made(faults=(FAULT,), check=Checked(NOW, "full", 3, ({},)), places=(Place(USB, NOW, True),))
    assert verdict(safety, NOW)[:2] == ("error", "檢查發現 1 個問題")
    assert verdict(safety, NOW).state == "現在要處理"
    assert told.check_chip(safety) == ("error", "1 個問題")


def test_a_drill_that_failed_is_said_before_ages() -> None:
    safety = made(drill=Drilled(before(1), USB, ok=False), places=(Place(USB, NOW, True),))
    assert verdict(safety, NOW)[:2] == ("error", "上次的演練沒有成功")
    assert told.drill_chip(safety) == ("error", "沒有成功")
    assert "有些東西還原不回來" in told.drill_words(safety, NOW)[0]


def test_a_fault_survives_a_record_that_is_spoilt() -> None:
    assert Fault.from_json({}) == Fault("", "", None, (), "")
    assert Fault.from_json({"pieces": [{"id": "p1"}, 7], "sha256": 3}).pieces == (("p1", ""),)
    assert Fault.from_json(FAULT.problem.to_json()).pieces == FAULT.pieces


def test_a_problem_is_told_in_the_language_in_use_where_the_record_says_enough() -> None:
    noted = {"code": "file.missing", "path": "files/a/甲.pdf", "message": "The file is gone."}
    assert Fault.from_json(noted).message == "檔案「files/a/甲.pdf」不見了。"
    assert Fault.from_json(noted | {"code": "file.size"}).message == "The file is gone."
    assert Fault.from_json(noted | {"code": "of a newer program"}).message == "The file is gone."


@pytest.mark.parametrize(
    ("code", "mendable"),
    [("file.hash", True), ("catalog.missing", True), ("database.search", True), ("database.damaged", False)],
)
def test_only_a_damaged_database_has_to_be_made_anew(code: str, mendable: bool) -> None:
    assert Fault(code, "", None, (), "").mendable is mendable


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (USB / "snapshots" / "20250308T010000Z-0f1e2d3c", "「/usb/學習歷程備份」裡的備份（2 天前）"),
        (
            USB / "snapshots" / "20250308T010000Z-0f1e2d3c" / "library.sqlite3",
            "「/usb/學習歷程備份」裡的備份（2 天前）",
        ),
        (Path("/庫/backups/20250310T000000Z-close.sqlite3"), "自動副本（今天"),
        (Path("/別處/庫.sqlite3"), "「/別處/庫.sqlite3」"),
    ],
)
def test_a_backup_is_called_by_when_and_where(path: Path, words: str) -> None:
    assert told.backup_named(path, NOW).startswith(words)
