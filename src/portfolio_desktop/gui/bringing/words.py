"""A plan in the student's words: what becomes of a row, why something was guessed, what it all comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.bringing.rows import NOT_TAKEN, Counts, PlanRow, Standing
from portfolio_desktop.gui.words import file_words, kind_words, size_words
from portfolio_desktop.library.planning import Examined, Proposal
from portfolio_desktop.library.records import Added
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.guessing import Reason

SHOWN_NAMES = 3
LOOKS: Mapping[Standing, tuple[str, str]] = {
    "fine": ("ok", "ok"),
    "warned": ("warning", "warning"),
    "convert": ("replace", "warning"),
    "wrong": ("error", "error"),
    "left-out": ("close", "quiet"),
    "twin": ("hint", "hint"),
    "trashed": ("trash", "hint"),
    "same": ("hint", "hint"),
    "refused": ("error", "error"),
}
"""The drawing and the colour of each standing."""


def standing_words(row: PlanRow) -> str:
    """What becomes of a row, as its cell says it."""
    severities = [finding.severity for finding in row.findings]
    targets = {str(finding.numbers["to"] or "") for finding in row.findings if finding.code == NOT_TAKEN}
    target = targets.pop() if len(targets) == 1 else ""
    return _standings(severities.count("warning"), severities.count("error"), target)[row.standing]


def all_standings() -> list[str]:
    """Everything that the cell may say, with counts as they mostly are."""
    return [*_standings(9, 9, "png").values(), *_standings(9, 9, "").values()]


def bringing_advice(finding: Finding) -> str:
    """What a finding says beside a file that is about to be brought in: that it can be, where only a platform refuses it."""
    if finding.code != NOT_TAKEN:
        return finding.explanation
    target = finding.numbers["to"]
    said = _("可以收進來；上傳前要轉成 {kind}。").format(kind=str(target).upper()) if target else _("可以先收進來。")
    return said + finding.advice


def bringing_level(finding: Finding) -> str:
    """How bad a finding is there: what no platform takes keeps nothing from being brought in."""
    return finding.severity if finding.code != NOT_TAKEN else "warning"


def _standings(warnings: int, errors: int, target: str) -> Mapping[Standing, str]:
    return {
        "fine": _("可以收"),
        "warned": _("留意 {count} 項").format(count=warnings),
        "convert": _("要轉成 {kind}").format(kind=target.upper()) if target else _("平臺不收"),
        "wrong": _("要修正 {count} 項").format(count=errors),
        "left-out": _("不收"),
        "twin": _("已經有了"),
        "trashed": _("在垃圾桶裡"),
        "same": _("和別的檔案相同"),
        "refused": _("收不進來"),
    }


def files_cell(row: PlanRow) -> str:
    """Kinds and size of a row's files: PDF + MP4 · 3.4 MB."""
    if row.proposal is None:
        return ""
    if not row.proposal.files:
        return _("連結")
    return file_words([file.inspection.kind for file in row.proposal.files], row.proposal.size)


def known_words(file: Examined) -> str:
    """Where the bytes of a file are already; '' for a new one."""
    if file.twin is not None:
        words = _("「{title}」的內容和它完全相同，不用再收一次。")
        if file.twin.trashed:
            words = _("垃圾桶裡的「{title}」和它的內容完全相同，把那一件放回來就可以了。")
        return words.format(title=file.twin.title)
    if file.same is not None:
        return _("和這次的「{name}」內容完全相同，收一次就夠了。").format(name=file.same.name)
    return ""


def reasons_words(proposal: Proposal) -> str:
    """Why term and category are as they are, where they were guessed."""
    said = []
    if words := _reason(proposal.guess.term_reason):
        said.append(_("學期依{reason}猜的").format(reason=words))
    if words := _reason(proposal.guess.category_reason):
        said.append(_("類別依{reason}猜的").format(reason=words))
    return _("{guesses}，不對就改。").format(guesses=_("，").join(said)) if said else ""


def _reason(reason: Reason) -> str:
    return {
        "": "",
        "section": _("現在看的類別"),
        "name": _("檔案的名字"),
        "folder": _("資料夾「{name}」").format(name=reason.text),
        "course": _("課程「{name}」").format(name=reason.text),
        "day": _("檔案的日期"),
        "now": _("現在的學期"),
    }[reason.by]


def counts_words(counts: Counts) -> str:
    """What a plan comes to, in a line."""
    said = [_("{count} 件要收").format(count=counts.wanted)]
    if counts.left_out:
        said.append(_("{count} 件不收").format(count=counts.left_out))
    if counts.known:
        said.append(_("{count} 個已經有了").format(count=counts.known))
    if counts.refused:
        said.append(_("{count} 個收不進來").format(count=counts.refused))
    return _("，").join(said)


def size_line(counts: Counts, free: int | None) -> str:
    """How much will be copied, and whether the disk has room for it."""
    if not counts.wanted:
        return ""
    if free is not None and counts.size > free:
        return _("要複製 {size}，磁碟只剩 {free}：請先空出位置，或少收一些。").format(
            size=size_words(counts.size), free=size_words(free)
        )
    return _("會複製 {size} 收好，原檔不會動。").format(size=size_words(counts.size))


def brought_words(added: Added, undone: int = 0) -> str:
    """What adding did, in a sentence or three; `undone` of the new pieces have something left to be done."""
    said, count = [], len(added.added)
    if count > 1 and undone == count:
        said.append(_("收進 {count} 件，都還有要補的地方。").format(count=count))
    elif count > 1 and undone:
        said.append(_("收進 {count} 件，其中 {undone} 件還有要補的地方。").format(count=count, undone=undone))
    elif count:
        said.append(_("收進 {count} 件。").format(count=count))
    if added.duplicates:
        names = _names([twin.path for twin in added.duplicates])
        said.append(_("{count} 個檔案原來就有，沒有重複收：{names}。").format(count=len(added.duplicates), names=names))
    if added.refused:
        names = _names([refused.path for refused in added.refused])
        said.append(_("{count} 個收不進來：{names}。").format(count=len(added.refused), names=names))
        said.append(refusal_words(added.refused[0].reason))
    return " ".join(said) or _("裡面沒有可以收的檔案。")


def renamed_words(file: Examined, given: str, reason: str) -> str:
    """That a bundle will give a file another name, and why: `reason` is the code of what is wrong with its own."""
    why = {
        "extension.mismatch": _("副檔名是 {extension}，內容卻是 {kind}；匯出時會自動改成「{name}」。"),
        "extension.missing": _("檔名沒有副檔名，匯出時會自動改成「{name}」。"),
        "extension.unusual": _("副檔名 {extension} 有的平臺不認得，匯出時會自動改成「{name}」。"),
        "name.extension-case": _("副檔名 {extension} 是大寫的，匯出時會自動改成「{name}」。"),
    }.get(reason, _("檔名有平臺可能不收的字，匯出時會自動改成「{name}」。"))
    return why.format(name=given, extension=file.path.suffix, kind=kind_words(file.inspection.kind))


def refusal_words(reason: str) -> str:
    """Why a path cannot be read, and what to do."""
    return {
        "missing": _("檔案已經不在那裡了。"),
        "directory": _("這是資料夾，裡面沒有可以收的檔案。"),
        "folder-link": _("這是指向另一個資料夾的捷徑，請放那個資料夾。"),
        "outside-link": _("這是指向資料夾外面的捷徑，請放原來的檔案。"),
        "too-deep": _("資料夾的層數太多了，請直接放裡面的資料夾。"),
        "library": _("這是學習歷程庫，裡面的檔案都收好了，不用再放一次。"),
        "bundle": _("這是匯出的成果包，請放裡面的檔案。"),
        "permission": _("沒有讀取它的權限，請先調整檔案的權限。"),
        "broken-link": _("這是失效的捷徑，請放原來的檔案。"),
        "link-loop": _("這是繞回自己的捷徑，請放原來的檔案。"),
        "vanished": _("讀到一半檔案不見了，請確認磁碟還接著。"),
        "io": _("讀取失敗，請確認磁碟沒有問題。"),
    }.get(reason, _("這不是一般的檔案。"))


def _names(paths: Sequence[Path]) -> str:
    shown = _("、").join(path.name for path in paths[:SHOWN_NAMES])
    return _("{names} 等").format(names=shown) if len(paths) > SHOWN_NAMES else shown
