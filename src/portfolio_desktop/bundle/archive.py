"""Write a bundle: whole and verified, or not at all.

    plan -> files, meanwhile documents + manifest -> staged beside the target, every file read back -> renamed into place

Until the last rename an earlier bundle at the same place stays as it was; a cancel or an error leaves nothing. The same
plan gives the same bytes: no clock, no random, fixed modes and dates. (beside.py: the place; staging.py copies and
proves; swap.py renames.)
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop.bundle import beside, documents, layout, swap
from portfolio_desktop.bundle.entries import BundlePlan, Target
from portfolio_desktop.bundle.manifest import BundleFile, Manifest
from portfolio_desktop.bundle.opened import ReadErrors
from portfolio_desktop.bundle.reading import open_bundle
from portfolio_desktop.bundle.staging import Content, Filling, FolderStage, Places, ZipStage
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.library.system_words import reason_words
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

Source = Callable[[str], Path]
"""Where the bytes with a SHA-256 lie: the library's `file_path`."""


@dataclass(frozen=True, slots=True)
class Written:
    """A finished bundle. `files` counts the manifest too; `kept` is where an earlier bundle went that
    had been changed by hand, or is not of the same library, year and scope.
    """

    path: Path
    files: int
    bytes: int
    kept: Path | None = None


def write(
    plan: BundlePlan, source: Source, out: Path, progress: Progress | None = None, dump: bytes | None = None
) -> Written:
    """Write the bundle to `out`: a ZIP where it ends in .zip, a folder otherwise. Steps are files.

    `dump` belongs to a complete bundle (`plan.everything`) and only to that. Raises PortfolioError when the place is
    taken by something else, cannot be written or is too small; DamageError when a file of the library is not what it
    was; Cancelled when stopped. In none of these cases anything is left, or an earlier bundle touched.
    """
    if plan.everything is not (dump is not None):
        raise ValueError("a dump belongs to a complete bundle, and a complete bundle has one")
    progress = progress or Progress()
    target = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow a link at the target itself
    swap.check(target, zipped=_is_zip(target))
    # Asked for here and not in the threads below: a library answers the thread that opened it only.
    places = {file.sha256: source(file.sha256) for file in plan.targets}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.clear_up(target.parent, earlier=False)
        with beside.unfinished(target.parent, ".part.zip" if _is_zip(target) else ".part") as stage:
            _check_room(target.parent, sum(file.size for file in plan.targets) + len(dump or b""))
            sizes = _fill(stage, plan, dump, places, progress)
            progress.check()
            kept = swap.into_place(stage, target)
        beside.clear_up(target.parent, earlier=True)  # only now: until here it might have been the only one
    except OSError as error:
        raise _in_the_way(error, target) from error
    return Written(target, len(sizes), sum(sizes.values()), kept)


def render(plan: BundlePlan, dump: bytes | None = None) -> dict[str, bytes]:
    """What lies in the bundle beside the pieces' files, by path, sorted, the manifest last; pure."""
    made = dict(documents.render(plan))
    if dump is not None:
        made[layout.DUMP] = dump
    made = dict(sorted(made.items()))
    contents: dict[str, Content] = made | {target.path: target for target in plan.targets}
    manifest = Manifest(
        year=plan.year,
        id=plan.id,
        complete=plan.everything,
        profile=plan.profile,
        pieces=[entry.to_json() for entry in plan.entries],
        left_out=[{"id": left.id, "title": left.title, "reason": left.finding.code} for left in plan.left_out],
        files=tuple(_described(path, content) for path, content in sorted(contents.items())),
    )
    return made | {layout.MANIFEST: manifest.to_bytes()}


def _described(path: str, content: Content) -> BundleFile:
    if isinstance(content, Target):
        # Both digests were taken in one pass when the file was brought in: bytes proven by the one have the other.
        return BundleFile(path, content.size, content.sha256, content.md5)
    return BundleFile(
        path,
        len(content),
        hashlib.sha256(content).hexdigest(),
        hashlib.md5(content, usedforsecurity=False).hexdigest(),
    )


def _is_zip(path: Path) -> bool:
    return path.suffix.lower() == ".zip"


def _check_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + (1 << 20):
        raise PortfolioError(
            _("磁碟空間不夠：需要 {needed:.0f} MB，只剩 {free:.0f} MB；請清出空間，或匯出到別的磁碟。").format(
                needed=needed / 1e6 + 1, free=free / 1e6
            )
        )


def _fill(stage: Path, plan: BundlePlan, dump: bytes | None, places: Places, progress: Progress) -> dict[str, int]:
    """Fill the stage, telling how far it is, and see by the reader's eyes that all of it is there: sizes by path."""
    files = {target.path: target for target in sorted(plan.targets, key=lambda target: target.path)}
    sizes = {path: file.size for path, file in files.items()}
    with Filling(ZipStage(stage) if _is_zip(stage) else FolderStage(stage), places, progress) as filling:
        filling.add(files)
        made = render(plan, dump)  # while the files are copied
        filling.add(made)
        sizes |= {path: len(content) for path, content in made.items()}
        for done, path in enumerate(filling.finish(), 1):
            progress.step(done, len(sizes), path)
    if not _is_whole(stage, sizes):
        raise DamageError(_("寫出去的成果包讀回來不一樣，所以沒有匯出；磁碟可能有問題，請換一個磁碟再試。"))
    return sizes


def _is_whole(stage: Path, wanted: Mapping[str, int]) -> bool:
    """Whether a reader finds exactly these members, each where the directory says it is."""
    try:
        with open_bundle(stage) as bundle:
            for path in bundle.members:
                with bundle.open(path):
                    pass
            return not bundle.problems and bundle.members == wanted
    except ReadErrors:
        return False


def _in_the_way(error: OSError, target: Path) -> PortfolioError:
    reasons = {
        errno.ENOSPC: _("磁碟空間不夠，沒有匯出到 {path}；請清出空間，或匯出到別的磁碟。"),
        errno.EDQUOT: _("磁碟空間不夠，沒有匯出到 {path}；請清出空間，或匯出到別的磁碟。"),
        errno.EROFS: _("{path} 所在的磁碟不能寫入；請匯出到別的地方。"),
        errno.EACCES: _("沒有權限寫入 {path}，或裡面的檔案正開著；請關閉它，或匯出到別的地方。"),
        errno.EPERM: _("沒有權限寫入 {path}，或裡面的檔案正開著；請關閉它，或匯出到別的地方。"),
        errno.EFBIG: _("{path} 所在的磁碟放不下這麼大的檔案；請匯出成資料夾，或匯出到別的磁碟。"),
    }
    usual = _("匯出到 {path} 時出錯（{reason}）；請匯出到別的地方再試一次。")
    return PortfolioError(reasons.get(error.errno or 0, usual).format(path=target, reason=reason_words(error)))
