import pytest

from portfolio_desktop.bootstrap.desk import open_desk
from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.places import resources
from portfolio_desktop.terms import Term

PDF = resources() / "sample" / "files" / "攝影展觀後感.pdf"


@pytest.fixture
def folder(tmp_path):
    with Library.create(tmp_path / "庫", Profile("general", 113)) as library:
        library.add([PDF], NewPiece(Term(113, 1), "other", title="攝影展"))
        library.add([resources() / "sample" / "files" / "科展佳作獎狀.png"])
    return tmp_path / "庫"


def test_opening_remembers_the_library(folder, tmp_path):
    with open_desk(lay(tmp_path / "home"), folder) as desk:
        assert desk.ground.settings.last_library == str(folder)
    assert lay(tmp_path / "home").settings.last_library == str(folder)


def test_opening_may_leave_no_memory(folder, tmp_path):
    open_desk(lay(tmp_path / "home"), folder, remember=False).close()
    assert lay(tmp_path / "home").settings.last_library is None


def test_what_cannot_be_opened_is_not_remembered(tmp_path):
    with pytest.raises(PortfolioError):
        open_desk(lay(tmp_path / "home"), tmp_path)
    assert lay(tmp_path / "home").settings.last_library is None


def test_closing_lets_another_open_it(folder, tmp_path):
    ground = lay(tmp_path / "home")
    with open_desk(ground, folder), pytest.raises(PortfolioError):
        open_desk(ground, folder)
    open_desk(ground, folder).close()


def test_pieces_are_judged_with_form_findings_and_state(folder, tmp_path):
    with open_desk(lay(tmp_path / "home"), folder, read_only=True) as desk:
        first, second = desk.judged(desk.library.pieces())
    assert first.form is not None
    assert first.form.category == "other"
    assert (first.state, first.has_error) == ("draft", True)
    assert "summary" in {finding.about for finding in first.findings}
    assert second.form is None
    assert "category.missing" in {finding.code for finding in second.findings}


def test_a_schools_own_rules_lie_over_the_years(folder, tmp_path):
    with open_desk(lay(tmp_path / "home"), folder) as desk:
        desk.library.set_school_rules({"quota_course": 4})
        assert desk.rules(113).quota("course") == 4
        assert desk.rules(113).quota("activity") == 10


def test_plans_are_made_by_this_students_rules_and_forms(folder, tmp_path):
    with open_desk(lay(tmp_path / "home"), folder) as desk:
        desk.library.set_school_rules({"quota_activity": 1})
        planned = desk.plan_ticks(113, ["p1"])
        assert (planned.accepted, planned.used["activity"], planned.limits["activity"]) == (("p1",), 1, 1)
        assert [no.piece_id for no in desk.plan_ticks(113, ["p2"]).refused][:1] == ["p2"]
        assert desk.plan_bundle(113).entries == ()
        desk.library.tick(planned.accepted, 113)
        assert [entry.id for entry in desk.plan_bundle(113).entries] == ["p1"]
        desk.library.remove(["p1"])
        whole = desk.plan_bundle(113, everything=True)
        assert whole.everything
        assert (whole.year, whole.profile["entry_year"]) == (113, 113)


def test_an_edit_is_kept_regular_and_without_a_choice_of_another_meaning(folder, tmp_path):
    with open_desk(lay(tmp_path / "home"), folder) as desk:
        typed = Edit(category="competition", fields={"level": "全國", "result_date": "1131120"})
        desk.library.edit("p1", desk.regular("p1", typed))
        assert desk.library.piece("p1").fields == {"level": "3", "result_date": "2024-11-20"}
        assert desk.regular("p1", Edit(category="officer")).fields == {"level": ""}
        assert desk.regular("p1", Edit(title="x")) == Edit(title="x")


def test_a_courses_code_fills_its_category(folder, tmp_path):
    with open_desk(lay(tmp_path / "home"), folder) as desk:
        assert desk.coded(Course("", "國文", code="113380301v11300a1101020")) == Course(
            "", "國文", category="required", code="113380301V11300A1101020"
        )
        assert desk.coded(Course("", "國文", code="113")).category == ""
