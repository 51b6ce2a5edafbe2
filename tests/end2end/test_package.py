"""What is delivered: a wheel that finds its data wherever it is installed, and recipes that agree with the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from helpers.checkout import ROOT, own_files
from portfolio_desktop.library.ladder import APPLICATION_ID

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
RECIPES = ROOT / "packaging"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, built from a copy of what git has."""
    copy, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for path in own_files():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment with the wheel in it; what it depends on is borrowed."""
    folder = tmp_path_factory.mktemp("fresh") / "環境"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / Path(sys.executable).name
    # The same two ways in which dev.py installs.
    uv = shutil.which("uv")
    install = [uv, "pip", "install"] if uv else [sys.executable, "-m", "pip"]
    install += ["--python", str(python), *([] if uv else ["install"]), "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    asked = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


@pytest.mark.slow
def test_the_wheel_holds_resources_and_migrations(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = "portfolio_desktop/"
    for path in own_files():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("resources/"):
            assert package + name in names
        elif name.startswith("src/"):
            assert name.removeprefix("src/") in names
    assert any(re.fullmatch(package + r"library/migrations/\d+\S*\.sql", name) for name in names)
    assert not [name for name in names if not name.startswith((package, "portfolio_desktop-"))]
    assert any(name.endswith("/THIRD_PARTY_LICENSES") for name in names)


@pytest.mark.slow
def test_an_installed_wheel_walks_the_whole_road(installed: Path, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        ran = subprocess.run(words, capture_output=True, encoding="utf-8", cwd=tmp_path, check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    where = run(
        str(installed),
        "-c",
        "from portfolio_desktop import places; print(places.__file__, places.resources(), sep='\\n')",
    )
    assert all(Path(line).is_relative_to(installed.parents[1]) for line in where.splitlines())
    program = (str(installed.with_name(f"portfolio-desktop{installed.suffix}")), "--home", str(tmp_path / "home"))
    library, bundle = tmp_path / "library", tmp_path / "bundle"
    run(*program, "demo", "--no-window", "--library", str(library), "--bundle", str(bundle))
    run(*program, "bundle", "verify", str(bundle))
    assert list(library.rglob("library.sqlite3"))


def test_the_recipes_know_this_version() -> None:
    installer = (RECIPES / "windows" / "portfolio-desktop.iss").read_text(encoding="utf-8")
    assert f'#define Version "{VERSION}"' in installer
    metadata = ElementTree.parse(RECIPES / "linux" / "tw.portfolio_desktop.PortfolioDesktop.metainfo.xml")
    assert VERSION in [release.get("version") for release in metadata.iter("release")]


def test_the_file_type_is_told_by_the_librarys_own_number() -> None:
    recipe = ElementTree.parse(RECIPES / "linux" / "tw.portfolio_desktop.PortfolioDesktop.mime.xml")
    numbers = [match.get("value") or "" for match in recipe.iter() if match.get("type") == "big32"]
    assert [int(number, 16) for number in numbers] == [APPLICATION_ID]


def test_the_menu_entry_starts_the_window() -> None:
    entry = (RECIPES / "linux" / "tw.portfolio_desktop.PortfolioDesktop.desktop").read_text(encoding="utf-8")
    lines = dict(line.split("=", 1) for line in entry.splitlines() if "=" in line)
    assert lines["Exec"] == "portfolio-desktop"
    assert (ROOT / "resources" / "icons" / f"{lines['Icon']}.svg").is_file()
