"""The copy sheet: one HTML page that holds everything a student types into the platform, ready to copy.

    BundlePlan -> resources/sheet/sheet.html + sheet.css + sheet.js -> one page without a single reference to outside

It opens from file:// on any school computer. Nothing in it may load or run but its own style and script: the page's own
policy names them by their hashes. Every text is escaped, and no address stands in it in plain letters; links are written
with a character reference and read the same.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from portfolio_desktop import messages
from portfolio_desktop.bundle.entries import BundlePlan, Entry
from portfolio_desktop.bundle.words import certification, said_words, severities, sheet_words
from portfolio_desktop.findings.characters import visible
from portfolio_desktop.places import resources

_LANGUAGES = {"zh_TW": "zh-Hant-TW"}


@dataclass(frozen=True, slots=True)
class Group:
    """The pieces of one category, under its label."""

    label: str
    entries: tuple[Entry, ...]

    @property
    def count(self) -> str:
        """How many, in words."""
        return messages.ngettext("{count} 件", "{count} 件", len(self.entries)).format(count=len(self.entries))


def render(plan: BundlePlan, folder: Path | None = None) -> bytes:
    """The page in the language in use, as UTF-8; `folder` holds template, style and script (the program's own by default)."""
    folder = folder or resources() / "sheet"
    style, script = (_inline(folder / name) for name in ("sheet.css", "sheet.js"))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"meta": _meta, "size": _size, "path": quote, "web": _is_web, "visible": _visible}
    page = environment.get_template("sheet.html").render(
        lang=_LANGUAGES.get(messages.current(), messages.current()),
        plan=plan,
        groups=_groups(plan.entries),
        owner=_owner(plan),
        unsent=any(entry.certification in ("editing", "failed") for entry in plan.entries),
        words=SimpleNamespace(**sheet_words(plan.year)),
        said=said_words(),
        severity=severities(),
        style=Markup(style),
        script=Markup(script),
        style_hash=_policy_hash(style),
        script_hash=_policy_hash(script),
    )
    return page.replace("\r", "&#13;").replace("://", "&#58;//").encode("utf-8")


def _inline(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()


def _policy_hash(text: str) -> str:
    """The source expression by which a Content-Security-Policy allows exactly this inline text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _groups(entries: tuple[Entry, ...]) -> list[Group]:
    return [Group(label, tuple(group)) for label, group in itertools.groupby(entries, lambda entry: entry.label)]


def _owner(plan: BundlePlan) -> str:
    profile = plan.profile
    return " · ".join(str(profile[key]) for key in ("name", "school") if profile.get(key))


def _meta(entry: Entry) -> str:
    """The line under a title: its term and, for course results, its certification."""
    return " · ".join(part for part in (entry.term, certification(entry.certification)) if part)


def _size(size: int) -> str:
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(1, round(size / 1024))} KB" if size else "0 KB"


def _visible(text: str) -> str:
    """What people read: hidden characters written out. A text that has some is copied from an attribute, as it is."""
    return visible(text, lines=True)


def _is_web(link: str) -> bool:
    """Whether a link may be made clickable: nothing but plain web addresses."""
    return link.lower().startswith(("http://", "https://"))
