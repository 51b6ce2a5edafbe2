"""Chinese input on Linux where the system's input method speaks a way that this program's Qt does not know.

    QT_IM_MODULE=fcitx, no fcitx plugin beside our Qt, but one for ibus   ->   QT_IM_MODULE=ibus

fcitx answers programs that ask for ibus as well. Without this nothing but Latin letters could be typed: Qt takes a name
that it has no plugin for as none at all, and says nothing. Qt reads it when the application object is made; programs that
are started from here later find the environment as it was.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

ONE, SEVERAL, X11 = "QT_IM_MODULE", "QT_IM_MODULES", "XMODIFIERS"
OTHER = "ibus"
PLUGINS = "platforminputcontexts"


@contextmanager
def settled(environment: MutableMapping[str, str]) -> Iterator[None]:
    """Name an input method that Qt has a plugin for, for a while; nothing on other systems, or where the named one will do."""
    wanted = better(environment, known()) if sys.platform.startswith("linux") else {}
    before = {name: environment.get(name) for name in wanted}
    environment.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del environment[name]
            else:
                environment[name] = value


def better(environment: Mapping[str, str], plugins: Iterable[str]) -> dict[str, str]:
    """What is to be set for the input method in the environment, {} where it will do as it is. Pure."""
    there = frozenset(plugins)
    wanted = _wanted(environment)
    if OTHER not in there or not wanted or there & set(wanted) or not any(name.startswith("fcitx") for name in wanted):
        return {}
    return {SEVERAL: OTHER, ONE: OTHER} if environment.get(SEVERAL) else {ONE: OTHER}


def known() -> frozenset[str]:
    """The input methods that this Qt has a plugin for, by the names of their files: ibus, compose."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / PLUGINS
    names = (path.name.removeprefix("lib").partition("platforminputcontextplugin") for path in folder.glob("*.so"))
    return frozenset(name for name, plugin, _rest in names if plugin)


def _wanted(environment: Mapping[str, str]) -> list[str]:
    """The input methods that are asked for by name, the first choice first."""
    several = [name for name in environment.get(SEVERAL, "").split(";") if name]
    one = environment.get(ONE, "")
    if several or one:
        return [*several, one] if one and one not in several else several or [one]
    # Nobody told Qt; the X server's programs are told like this. A Wayland session asks its compositor instead.
    if environment.get("WAYLAND_DISPLAY"):
        return []
    modifiers = environment.get(X11, "").split("@")
    return [part.removeprefix("im=") for part in modifiers if part.startswith("im=")]
