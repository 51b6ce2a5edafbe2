"""What can be wrong with a library on disk, as records with a code, a place, the pieces concerned and a sentence.

    database.missing damaged keys search     library.sqlite3 and what is in it
    file.missing size hash unreadable        a stored file: gone, of another length, of other bytes, no file at all or not to be read
    file.foreign                             in files/ and not the library's: only told
    folder.link                              files/ or a folder in it leads elsewhere: only told
    copies.failing                           the automatic copies of the database cannot be made
    catalog.missing damaged differs          catalog.json
    work.newer catalog.newer                a backup, or catalog.json, holds work that the database lacks; `path` of a backup is whole
    backup.damaged                           a backup that a drill could not restore; `path` is its whole path

Found by `presence` (sizes) and `safekeeping.verifying` (all of it); none of this needs the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_desktop.errors import DamageError
from portfolio_desktop.messages import N_, _

SENTENCES: Mapping[str, str] = {
    "database.missing": N_("資料庫檔案不見了；作品的檔案還在 files 裡。請用 rebuild 重建資料庫。"),
    "database.damaged": N_("資料庫檔案損壞了（{reason}）；作品的檔案還在 files 裡。請用 rebuild 重建資料庫。"),
    "database.keys": N_("資料庫裡有前後不一致的記錄（{reason}）。請用 rebuild 重建資料庫。"),
    "database.search": N_("搜尋的索引損壞了，作品沒有受影響；可以重新建立索引。"),
    "file.missing": N_("檔案「{path}」不見了。"),
    "file.size": N_("檔案「{path}」的大小不對：應有 {size:,} 位元組，實際有 {found:,}。"),
    "file.hash": N_("檔案「{path}」的內容和當初存入的不同，已經損壞。"),
    "file.unreadable": N_("「{path}」讀不到，或已經不是一般的檔案。"),
    "file.foreign": N_("「{path}」不是學習歷程庫的檔案，沒有動它。"),
    "folder.link": N_(
        "「{path}」是連結，作品的檔案其實在別的地方，只複製這個資料夾帶不走它們；請用 move 把學習歷程庫搬到新的資料夾，檔案會一起搬過去。"
    ),
    "backup.damaged": N_("備份「{path}」不能還原：{reason}"),
    "work.newer": N_(
        "備份「{path}」裡有資料庫沒有的作品內容：資料庫可能被雲端同步或系統還原換成了舊的。"
        "請用 restore 把這份備份還原到新的資料夾（--new）來看；確定不需要的話，可以把這份備份移走。"
    ),
    "catalog.newer": N_(
        "catalog.json 裡有資料庫沒有的內容：資料庫可能被換成了舊的。"
        "改寫 catalog.json 之前，會先把這一份留在 kept-aside。"
    ),
    "copies.failing": N_(
        "自動備份做不成（{reason}），最近的修改沒有備份。"
        "請檢查 backups 資料夾和磁碟空間，並先用 backup --to 備份到別的地方。"
    ),
    "catalog.missing": N_("catalog.json 不見了；資料庫還在，可以重新寫一份。"),
    "catalog.damaged": N_("catalog.json 讀不懂，可能已損壞；資料庫還在，可以重新寫一份。"),
    "catalog.differs": N_(
        "catalog.json 和資料庫的內容不同，其中一個被改過或已損壞；修復時照資料庫重寫它，原來的那一份留在 kept-aside。"
    ),
}
"""Every code, and what it says."""

NEWER = frozenset({"work.newer", "catalog.newer"})
"""What says that the database was put back to an older state."""

_TOLD_ONLY = frozenset({"file.foreign", "folder.link"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was written.

    path     below the library's folder, with `/`; empty where it is about no file
    sha256   what the bytes should be, for a stored file
    pieces   ids and titles of the pieces that hold the file, also as an earlier version
    """

    code: str
    path: str = ""
    sha256: str | None = None
    pieces: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, Any] | None = None

    @property
    def only_told(self) -> bool:
        """Whether nothing is lost or damaged by it."""
        return self.code in _TOLD_ONLY

    @property
    def message(self) -> str:
        """The sentence in the language in use; it names the file, not the pieces."""
        return _(SENTENCES[self.code]).format(path=self.path, **(self.values or {}))

    def to_json(self) -> dict[str, Any]:
        """The problem as `--json` and the record of checks tell it."""
        return {
            "code": self.code,
            "path": self.path,
            "sha256": self.sha256,
            "pieces": [{"id": identity, "title": title} for identity, title in self.pieces],
            "message": self.message,
        }


class DatabaseDamageError(DamageError):
    """The database is gone or malformed, and `rebuild` can make it anew: what both front ends then offer."""
