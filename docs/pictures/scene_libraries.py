"""The libraries that the scenes show: sample, empty, long-named, written over weeks, backed up, damaged.

make_libraries(folder) -> folder/{sample,empty,long,past,safe,failed,changed,broken}
"""

from __future__ import annotations

import datetime
import hashlib
import shutil
from pathlib import Path

from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece
from portfolio_desktop.library.safekeeping import record, whole
from portfolio_desktop.library.safekeeping.drill import drill
from portfolio_desktop.library.safekeeping.verifying import verify
from portfolio_desktop.sample.demo import build
from portfolio_desktop.terms import Term


def make_libraries(folder: Path) -> None:
    """Build the libraries that the scenes show."""
    ground = lay(folder / "home")
    build(folder / "sample", folder / "bundle", ground.resources / "sample", ground.forms, ground.rules)
    Library.create(folder / "empty", Profile("general", 113)).close()
    make_past(folder / "past")
    make_safe(folder)
    with Library.create(folder / "long", Profile("technical", 113, "長" * 30)) as library:
        path = folder / ("從田野調查到社區行動的完整歷程紀錄" * 4 + ".txt")
        path.write_text("文字", encoding="utf-8")
        picture = folder / f"{'一張名字很長的照片' * 6}.png"
        shutil.copy(next((ground.resources / "sample").rglob("*.png")), picture)
        for number in range(40):
            if number:
                with picture.open("ab") as stream:
                    stream.write(b"\0" * number)
            title = "從田野調查到社區行動：" + "我們如何用一整年的時間理解一條河流與兩岸的人們" * (1 + number % 4)
            [piece] = library.add([picture], NewPiece(Term(113, 1 + number % 2), "competition", None, title)).added
            fields = {"name": "全國高級中等學校小論文寫作比賽暨海報發表會" * 2, "award": "金牌獎", "level": "3"}
            library.edit(piece.id, Edit(fields=fields, summary="這段簡述剛好寫得太長了一點，" * 8))
    (folder / "home").mkdir(exist_ok=True)


def make_safe(folder: Path) -> None:
    """Libraries with a backup: all well, changed since, with damaged files, with a damaged database."""
    place = folder.parent / "隨身碟"
    place.mkdir()
    record.on_same_disk = lambda _library, _place: False  # the pictures' stick is a folder
    safe = Path(shutil.copytree(folder / "sample", folder / "safe"))
    with Library.open(safe) as library:
        whole.back_up(library, place)
        verify(library)
    drill(safe)
    failed = Path(shutil.copytree(safe, folder / "failed"))
    with Library.open(failed) as library:
        for number, piece in enumerate(library.pieces()[:4]):
            path = library.file_path(piece.files[0].sha256)
            path.chmod(0o644)
            if number == 1:
                path.unlink()
            else:
                path.write_bytes(path.read_bytes()[:-3] + b"xxx")
        verify(library)
    changed = Path(shutil.copytree(safe, folder / "changed"))
    with Library.open(changed) as library:
        pieces = library.pieces()
        library.remove([pieces[0].id, pieces[5].id])
        library.empty_trash()
        library.remove([pieces[8].id])
        for piece in pieces[2:4]:
            library.edit(piece.id, Edit(summary="不小心貼錯了", title=piece.title + "（改）"))
    broken = Path(shutil.copytree(failed, folder / "broken"))
    (broken / "library.sqlite3").write_bytes(b"SQLite format 3" + bytes(500))
    stray = next((folder / "sample" / "files").rglob("*.pdf")).read_bytes() + b" "
    stray_folder = broken / "files" / hashlib.sha256(stray).hexdigest()[:16]
    stray_folder.mkdir()
    (stray_folder / "不知道哪裡來的.pdf").write_bytes(stray)


def make_past(folder: Path) -> None:
    """A piece that was written, certified and changed over some weeks."""
    sample = lay(folder / "nowhere").resources / "sample" / "files"
    moment = [datetime.datetime.now().astimezone() - datetime.timedelta(days=34)]

    def clock() -> datetime.datetime:
        moment[0] += datetime.timedelta(minutes=13)
        return moment[0]

    with Library.create(folder, Profile("general", 113, "示範學生", "示範高中"), clock=clock) as library:
        [piece] = library.add([sample / "讀書會心得.pdf"], NewPiece(Term(113, 1), "course", None, "水質調查")).added
        library.add([sample / "科展佳作獎狀.png"])
        texts = (
            "這學期我們去河邊採了三次水，量 pH 值和溶氧，發現下游比較髒。",
            "這學期我和同學到河邊採了三次水樣，測量 pH 值和溶氧量，發現下游的水質比上游差，可能和工廠排水有關。",
            "我和三位同學沿著河採了五次水樣，測量 pH 值、溶氧量和導電度，發現下游的水質比上游差，"
            "推測和家庭污水有關，也學會了怎麼重複實驗、怎麼看誤差。",
        )
        for text in texts:
            library.edit(piece.id, Edit(summary=text))
            moment[0] += datetime.timedelta(days=9)
        library.edit(piece.id, Edit(term=Term(113, 2)))
        library.edit(piece.id, Edit(certification="certified"))
        library.attach(piece.id, sample / "校慶海報.jpg")
        moment[0] = datetime.datetime.now().astimezone() - datetime.timedelta(hours=1)
        library.edit(piece.id, Edit(summary=texts[2] + "下學期想再測重金屬。"))
        library.edit(piece.id, Edit(title="河川水質調查"))
        library.undo()
        library.edit(piece.id, Edit(title="臺北盆地水質調查報告"))
