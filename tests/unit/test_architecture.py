"""The house as a failing test: what the import contract (pyproject.toml) cannot say is said here."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "portfolio_desktop"
DRAWERS = {"util", "utils", "misc", "common", "core", "manager", "managers", "helper", "helpers"}
NETWORK = {
    *(
        "socket",
        "ssl",
        "http",
        "ftplib",
        "smtplib",
        "imaplib",
        "poplib",
        "nntplib",
        "telnetlib",
        "xmlrpc",
        "socketserver",
    ),
    *("_socket", "_ssl", "asyncore", "asynchat", "asyncio", "selectors", "webbrowser", "wsgiref", "cgi", "urllib3"),
    *("requests", "httpx", "aiohttp", "websockets", "paramiko", "ftputil", "dns", "zmq"),
}
NETWORK_PARTS = {
    *(
        "urllib.request",
        "urllib.robotparser",
        "multiprocessing",
        "multiprocessing.connection",
        "multiprocessing.managers",
    ),
    *("concurrent.futures.ProcessPoolExecutor", "logging.handlers.SocketHandler", "logging.handlers.HTTPHandler"),
    *(
        f"PySide6.Qt{name}"
        for name in ("Network", "NetworkAuth", "WebSockets", "HttpServer", "RemoteObjects", "Qml", "Quick")
    ),
    *(f"PySide6.QtWeb{name}" for name in ("Channel", "EngineCore", "EngineQuick", "EngineWidgets", "View")),
}

WORDS = {"socket"}
"""What else such a word means: a kind of file."""


@dataclass(frozen=True)
class Facts:
    """What a file's text and syntax tell, read once for all that is asked of it."""

    lines: int
    docstring: str
    begins: list[type[ast.stmt]]
    imports: list[str]
    hidden: list[int]
    texts: set[str]
    marks: list[str]
    broad: list[int]


@functools.cache
def facts() -> dict[Path, Facts]:
    """Of every file below `src`."""
    found = {path: facts_of(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
    assert len(found) > 100, "the source is not where it is looked for"
    return found


def facts_of(text: str) -> Facts:
    tree = ast.parse(text)
    nodes = list(ast.walk(tree))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return Facts(
        lines=len(text.splitlines()),
        docstring=ast.get_docstring(tree) or "",
        begins=[type(node) for node in tree.body],
        imports=list(imports(nodes)),
        hidden=[
            inner.lineno
            for function in functions
            for inner in ast.walk(function)
            if isinstance(inner, ast.Import | ast.ImportFrom)
        ],
        texts={
            node.value
            for node in nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isascii()
        },
        marks=[mark for mark in ("TODO", "FIXME", "XXX") if mark in text],
        broad=[node.lineno for node in nodes if isinstance(node, ast.ExceptHandler) and is_broad(node)],
    )


def imports(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_broad(handler: ast.ExceptHandler) -> bool:
    """A handler that only puts things back and raises on is no catch at all."""
    named = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )
    last = handler.body[-1]
    return named and not (isinstance(last, ast.Raise) and last.exc is None)


def offenders(wrong: Callable[[Path, Facts], object]) -> dict[str, object]:
    """What is wrong in which file; every file is asked, so that one run names them all."""
    return {path.relative_to(SOURCE).as_posix(): what for path, of in facts().items() if (what := wrong(path, of))}


def test_a_file_has_one_job() -> None:
    assert offenders(lambda _path, of: of.lines > 400) == {}


def test_no_drawers() -> None:
    def drawers(path: Path, _of: Facts) -> set[str]:
        return DRAWERS & {part.removesuffix(".py") for part in path.relative_to(SOURCE).parts}

    assert offenders(drawers) == {}


def test_a_module_begins_with_its_picture() -> None:
    assert offenders(lambda _path, of: not of.docstring) == {}, "the module docstring says what this is"


def test_package_files_hold_a_docstring_and_nothing_else() -> None:
    assert offenders(lambda path, of: path.name == "__init__.py" and {*of.begins} - {ast.Expr}) == {}


def test_no_import_inside_a_function() -> None:
    assert offenders(lambda _path, of: of.hidden) == {}


def test_no_network() -> None:
    def network(_path: Path, of: Facts) -> list[str]:
        return [one for one in of.imports if one.split(".")[0] in NETWORK or one in NETWORK_PARTS]

    assert offenders(network) == {}


def test_the_player_s_process_alone_loads_what_brings_a_network_library() -> None:
    """QtMultimedia imports QtNetwork: nothing that the window imports may import or name it (docs/decisions/0017)."""
    loading = ("PySide6.QtMultimedia", "portfolio_desktop.gui.playing.child")

    def loads(_path: Path, of: Facts) -> list[str]:
        return [one for one in [*of.imports, *of.texts] if one.startswith(loading)]

    assert set(offenders(loads)) == {"gui/playing/child.py", "gui/playing/door.py"}


def test_no_network_by_name() -> None:
    """Modules that are imported late are named in a text ("package.module"): none of these is one that opens connections."""
    forbidden = (
        NETWORK_PARTS | {"socket", "ssl", "http.client", "urllib", "asyncio", "webbrowser", "QtNetwork"}
    ) - WORDS
    assert offenders(lambda _path, of: {text.partition(":")[0] for text in of.texts} & forbidden) == {}


def test_nothing_is_left_for_later() -> None:
    assert offenders(lambda _path, of: of.marks) == {}


def test_broad_excepts_stand_in_two_rooms_only() -> None:
    """`except Exception` belongs where a job crosses a thread or process, and where foreign parsers meet foreign bytes.

    A handler that only puts things back and raises on is no catch at all, and may stand anywhere.
    """
    allowed = ("inspection/", "fitting/", "gui/jobs.py", "gui/app.py", "library/lane.py", "cli/main.py")
    broad = offenders(lambda _path, of: of.broad)
    assert {name: lines for name, lines in broad.items() if not name.startswith(allowed)} == {}


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("import socket", "imports"),
        ("from urllib import request", "imports"),
        ("def f() -> None:\n    import os", "hidden"),
        ("try:\n    f()\nexcept Exception:\n    g()", "broad"),
        ("try:\n    f()\nexcept:\n    g()", "broad"),
        ("x = 1  # TODO", "marks"),
        ('x = "multiprocessing:run"', "texts"),
    ],
)
def test_what_is_wrong_is_seen(line: str, fact: str) -> None:
    clean, spoilt = facts_of('"""A picture."""\n'), facts_of(f'"""A picture."""\n{line}\n')
    assert getattr(clean, fact) != getattr(spoilt, fact)
