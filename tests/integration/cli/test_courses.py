"""`course add|edit|remove`: the code fills the category, what is wrong with it is told."""

CODE = "113380301V11300A1101020"


def courses(run):
    return run("course", "list", "--json").json["courses"]


def test_a_code_fills_the_category_when_it_allows_one_only(run, library):
    ran = run("course", "add", "國文", "--code", CODE.lower(), "--json")
    assert ran.code == 0
    assert (ran.json["category"], ran.json["code"], ran.json["findings"]) == ("required", CODE, [])
    several = run("course", "add", "選修", "--code", f"{CODE[:16]}6{CODE[17:]}", "--json").json
    assert several["category"] == ""
    chosen = run("course", "add", "物理", "--code", CODE, "--category", "advanced", "--json").json
    assert chosen["category"] == "advanced"
    assert [finding["code"] for finding in chosen["findings"]] == ["course.code-differs"]


def test_a_wrong_code_is_kept_and_told(run, library):
    for code, finding in ((CODE[:-1], "course.code"), (f"{CODE[:16]}Z{CODE[17:]}", "course.code-part")):
        ran = run("course", "add", "國文", "--code", code, "--json")
        assert ran.code == 1
        assert [one["code"] for one in ran.json["findings"]] == [finding]
        assert courses(run)[-1]["code"] == code
    assert "課程代碼" in run("course", "add", "國文", "--code", "113").out


def test_a_course_is_changed_and_taken_away(run, library, files):
    run("course", "add", "歷史", "--term", "113-1", "--credits", "2")
    ran = run("course", "edit", "c1", "--teacher", "歷史科老師", "--credits", "3", "--json")
    assert ran.code == 0
    assert (ran.json["name"], ran.json["term"], ran.json["credits"], ran.json["teacher"]) == (
        "歷史", "113-1", "3", "歷史科老師",
    )  # fmt: skip
    run("course", "edit", "c1", "--code", CODE, "--name", "世界史")
    assert (courses(run)[0]["name"], courses(run)[0]["category"]) == ("世界史", "required")
    run("add", files / "水質調查報告.pdf", "--course", "c1", "--quick")
    assert "世界史" in run("course", "remove", "c1").out
    assert courses(run) == []
    assert run("show", "p1", "--json").json["course"] is None
    run("undo")
    assert run("show", "p1", "--json").json["course"]["name"] == "世界史"


def test_an_unknown_course_is_wrong_usage(run, library):
    for words in (("edit", "c7", "--name", "x"), ("remove", "c7")):
        ran = run("course", *words)
        assert ran.code == 2
        assert "c7" in ran.err
    run("course", "add", "歷史")
    assert run("course", "edit", "c1", "--category", "practical").code == 2
