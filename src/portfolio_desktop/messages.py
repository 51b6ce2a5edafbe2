"""The words people read: Traditional Chinese in the code, English as a complete second catalogue.

    _("收進 {count} 件").format(count=3)      text is looked up when it is shown, so a change of language needs no restart
    N_("…")                                   marks text in tables; `_` it where it is shown

The catalogue is resources/locale/<language>/portfolio_desktop.po (translations.py reads it).
"""

from __future__ import annotations

import gettext
import importlib
import locale
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path

SOURCE_LANGUAGE = "zh_TW"
LANGUAGES: Mapping[str, str] = {"zh_TW": "繁體中文", "en": "English"}

logger = logging.getLogger(__name__)

_active: gettext.NullTranslations = gettext.NullTranslations()
_language = SOURCE_LANGUAGE


def use(language: str, locale_folder: Path) -> None:
    """Show text in `language` from now on; an unknown one means the source language.

    So does a catalogue that cannot be read, with a word in the log: a student must not be kept from their work by it.
    """
    global _active, _language
    _active, _language = gettext.NullTranslations(), SOURCE_LANGUAGE
    if language == SOURCE_LANGUAGE or language not in LANGUAGES:
        return
    path = locale_folder / language / "portfolio_desktop.po"
    try:
        # Through its name: the source language, most people's, needs no catalogue.
        _active, _language = importlib.import_module("portfolio_desktop.translations").read(path), language
    except (OSError, ValueError) as error:
        logger.warning("The catalogue %s cannot be read: %s", path, error)


def current() -> str:
    """The language in use, one of LANGUAGES."""
    return _language


def preferred() -> str:
    """The language that the computer's user has set: English only where the system is set to it alone.

    Windows tells it by its locale, the others by the environment: without one, Python calls the C locale "en_US".
    """
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    if not named and sys.platform == "win32":
        named = locale.getlocale()[0] or ""
    return "en" if named.lower().startswith("en") else SOURCE_LANGUAGE  # Windows says English_United States


def _(text: str) -> str:
    """The text in the language in use. Nothing stays nothing: gettext itself would answer with its catalogue's header."""
    return _active.gettext(text) if text else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """The text for a count; Chinese has one form, so both arguments may be the same."""
    return _active.ngettext(singular, plural, count)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark text for translation where it is stored rather than shown."""
    return text
