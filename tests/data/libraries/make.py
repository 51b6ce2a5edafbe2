"""Make a library that holds a little of everything, with the present program: python make.py FOLDER."""

from __future__ import annotations

import datetime
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.terms import Term

TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def seconds() -> Iterator[datetime.datetime]:
    """A second later each time."""
    time = datetime.datetime(2025, 3, 1, 8, tzinfo=TAIPEI)
    while True:
        time += datetime.timedelta(seconds=1)
        yield time


def make(folder: Path) -> None:
    """Courses, pieces of several kinds, replaced and certified files, ticks, trash, undone and dropped changes."""
    time = seconds()
    with (
        tempfile.TemporaryDirectory() as name,
        Library.create(folder, Profile("general", 113, "測試學生", "測試高中"), clock=lambda: next(time)) as library,
    ):
        work = Path(name)
        for number, title in enumerate(("水質調查報告.pdf", "臺北 ＡＩ影像.pdf", "社團幹部.txt", "丟掉的.txt")):
            (work / title).write_bytes(PDF + b"%% %d\n" % number if title.endswith("pdf") else title.encode())
        course = library.add_course(Course("", "生物（探究與實作）", Term(113, 1), "部定必修", "2", "自然科老師", ""))
        library.add(
            [work / "水質調查報告.pdf", work / "臺北 ＡＩ影像.pdf"], NewPiece(Term(113, 1), "course", course.id)
        )
        library.add([work / "社團幹部.txt", work / "丟掉的.txt"], NewPiece(Term(113, 2), "officer"))
        library.edit(
            "p1",
            Edit(summary="量了三條溪的水質，\n學會畫圖。", certification="certified", certification_note="自然科老師"),
        )
        (work / "第二版.pdf").write_bytes(PDF + b"%% second\n")
        first = library.piece("p1").files[0]
        library.attach("p1", work / "第二版.pdf", made_from=first.id)
        library.edit("p3", Edit(fields={"unit": "生物研究社", "title": "社長", "start": "2024-09-01"}))
        library.tick(["p1", "p2"], 113)
        library.remove(["p4"])
        library.set_school_rules({"uploads_course": 3})
        library.record_look(first.sha256, Inspection("pdf", "deep", opens=True, pages=0), "溪流的酸鹼值")
        library.edit("p2", Edit(title="後來不要的標題"))
        library.undo()
        library.edit("p2", Edit(summary="用手機辨識鳥類。"))
        library.untick(["p2"], 113)
        library.undo()


if __name__ == "__main__":
    make(Path(__file__).parent / sys.argv[1])
