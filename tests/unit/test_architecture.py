"""The house as a failing test: what the import contract (pyproject.toml) cannot say is said here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "portfolio_desktop"
FILES = sorted(SOURCE.rglob("*.py"))
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


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.fixture(params=FILES, ids=name)
def module(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_a_file_has_one_job(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


def test_no_drawers(module: Path) -> None:
    assert not DRAWERS & {part.removesuffix(".py") for part in module.relative_to(SOURCE).parts}


def test_a_module_begins_with_its_picture(module: Path) -> None:
    assert ast.get_docstring(tree_of(module)), "the module docstring says what this is"


def test_package_files_hold_a_docstring_and_nothing_else(module: Path) -> None:
    if module.name == "__init__.py":
        assert all(isinstance(node, ast.Expr) for node in tree_of(module).body)


def test_no_import_inside_a_function(module: Path) -> None:
    hidden = [
        inner.lineno
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


def test_no_network(module: Path) -> None:
    for imported in imports(tree_of(module)):
        assert imported.split(".")[0] not in NETWORK
        assert imported not in NETWORK_PARTS


def test_no_network_by_name(module: Path) -> None:
    """Modules that are imported late are named in a text ("package.module"): none of these is one that opens connections."""
    named = {
        node.value
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isascii()
    }
    for text in named:
        word = text.partition(":")[0]
        assert word not in NETWORK_PARTS
        assert (
            word not in {"socket", "ssl", "http.client", "urllib", "asyncio", "webbrowser", "QtNetwork"}
            or word in WORDS
        )


def test_nothing_is_left_for_later(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert not [mark for mark in ("TODO", "FIXME", "XXX") if mark in text]


def test_broad_excepts_stand_in_two_rooms_only() -> None:
    """`except Exception` belongs where a job crosses a thread or process, and where foreign parsers meet foreign bytes.

    A handler that only puts things back and raises on is no catch at all, and may stand anywhere.
    """
    broad = {
        name(path)
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    }
    allowed = ("inspection/", "fitting/", "gui/jobs.py", "gui/app.py", "library/lane.py", "cli/main.py")
    assert not {path for path in broad if not path.startswith(allowed)}
