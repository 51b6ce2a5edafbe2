"""Documents are checked like code: what they point to is there, what they promise exists, what they must not say is absent."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import dev
import pytest

from helpers.checkout import ROOT, own_files, text_of
from portfolio_desktop.cli.commands import COMMANDS, GROUPS

DOCUMENTS = [path for path in own_files() if path.suffix == ".md" and "data" not in path.parts]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def anchors(text: str) -> set[str]:
    """The names under which a page's headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", without_code(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_are_documents() -> None:
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"} <= {name_of(p) for p in DOCUMENTS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    dead = []
    for link in re.findall(r"\]\(([^)\s]+)\)", without_code(text)):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        page = (document.parent / target).resolve() if target else document
        if not page.exists() or (anchor and anchor not in anchors(page.read_text(encoding="utf-8"))):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_commands_that_are_named_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = re.findall(r"dev\.py (?!…)([a-z-]+)", text)
    assert set(named) <= set(dev.COMMANDS)
    words = re.findall(r"(?:dev\.py run|^\s*portfolio-desktop|`portfolio-desktop) ([a-z][a-z-]*)", text, re.MULTILINE)
    assert set(words) <= GROUPS | {command.split()[0] for command in COMMANDS}


def test_the_set_up_script_describes_each_of_its_commands() -> None:
    assert dev.__doc__ is not None
    assert re.findall(r"^    python3 dev\.py (\w+)", dev.__doc__, re.MULTILINE) == list(dev.COMMANDS)


def test_decisions_are_numbered_without_gaps_and_titled_alike() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        assert path.read_text(encoding="utf-8").startswith(f"# {path.name[:4]} "), path.name
        assert re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", path.name), path.name


@pytest.mark.parametrize("decision", DECISIONS, ids=name_of)
def test_a_decision_is_short_and_gives_its_reason(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert "**Decided.**" in text
    assert "**Why.**" in text
    assert len(text.splitlines()) <= 60


def test_the_architecture_page_shows_the_contract_that_is_checked() -> None:
    layers = project()["tool"]["importlinter"]["contracts"][0]["layers"]
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = re.findall(r"^```\n(__main__ .*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(drawn) == 1
    assert [rooms(layer) for layer in drawn[0].split(">")] == [rooms(layer) for layer in layers]


def rooms(layer: str) -> set[str]:
    return set(re.findall(r"\w+", layer))


def test_the_architecture_page_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    package = ROOT / "src" / "portfolio_desktop"
    folders = [f"{path.name}/" for path in package.iterdir() if (path / "__init__.py").is_file()]
    modules = [path.name for path in package.glob("*.py") if not path.name.startswith("__")]
    assert [name for name in folders + modules if f"`{name}`" not in page] == []


def test_the_changelog_knows_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.count("## [Unreleased]") == 1
    assert f"## [{project()['project']['version']}]" in text


# Written apart, so that this file does not name them either.
HOSTS = ("pypi" + ".org", "python" + "hosted", "deb." + "debian.org", "npmjs" + ".org", "--index-" + "url")
MACHINE = re.compile(r"(?<![\w.$}])/(?:work|root|tmp/\w+|opt/pypi\S*|home/(?!\.\.\.)\w+)(?:/|\b)")
# Paths that mean something everywhere, or examples in tests of how paths are shown.
MAY_NAME_PATHS = ("tests/", "packaging/", "THIRD_PARTY_LICENSES", "resources/fonts/")


def test_no_file_names_a_registry_or_this_machine() -> None:
    found = []
    for path in own_files():
        name, text = name_of(path), text_of(path)
        if text is None:
            continue
        found += [f"{name}: {host}" for host in HOSTS if host in text]
        if not name.startswith(MAY_NAME_PATHS):
            found += [f"{name}: {match[0]}" for match in MACHINE.finditer(text)]
    assert found == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the list is written on Linux")
def test_third_party_licences_are_those_of_what_is_installed() -> None:
    program = [sys.executable, str(ROOT / "packaging" / "licenses.py"), "--check"]
    checked = subprocess.run(program, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
