"""THIRD_PARTY_LICENSES, written from what is installed: everything that is delivered with the program.

pyproject's dependencies, and theirs   metadata and licence files of the installed packages
parts.toml                             libraries inside the wheels, the font, the interpreter
licenses/                              texts that no wheel brings

python packaging/licenses.py           write it anew
python packaging/licenses.py --check   fail if it is not what would be written
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "THIRD_PARTY_LICENSES"
OURS = "portfolio-desktop"
# Not in what is delivered: builds for other systems, test material, this project's own licence, which is LICENSE.
NOT_DELIVERED = ("AUTHORS", "android", "musl", "v8_xfa", "veraPDF", "GPL-3.0", "microsoft-visual")
HEAD = """\
What is delivered with 學習歷程工作臺 (Portfolio Desktop), and its licences.
Written by packaging/licenses.py; do not edit.

The program itself, and the whole as delivered, is licensed under GPL-3.0-or-later (LICENSE). The sources of every part
lie at the address beside it; the libraries of a frozen program are separate files that can be replaced.
"""


def main() -> int:
    """Write the file, or compare it."""
    text = document()
    if "--check" not in sys.argv[1:]:
        OUT.write_text(text, encoding="utf-8")
        return 0
    if OUT.is_file() and OUT.read_text(encoding="utf-8") == text:
        return 0
    print(f"{OUT.name} is out of date: run packaging/licenses.py", file=sys.stderr)
    return 1


def document() -> str:
    """The whole file: a table of all parts, then every text once with the names it belongs to."""
    packages = delivered()
    parts: list[dict[str, Any]] = tomllib.loads((ROOT / "packaging" / "parts.toml").read_text(encoding="utf-8"))["part"]
    rows = [(package.name, package.version, licence_of(package), source_of(package)) for package in packages]
    rows += [
        (part["name"], f"in {part['within']}" if part["within"] else "", part["licence"], part["source"])
        for part in parts
    ]
    texts: dict[str, list[str]] = {}
    for package in packages:
        for label, text in texts_of(package):
            texts.setdefault(text, []).append(f"{package.name} ({label})")
    for part in parts:
        if "text" in part:
            text = normal((ROOT / "packaging" / "licenses" / part["text"]).read_text(encoding="utf-8"))
            texts.setdefault(text, []).append(part["name"])
    font = ROOT / "resources" / "fonts" / "OFL.txt"
    texts.setdefault(normal(font.read_text(encoding="utf-8")), []).append(parts[0]["name"])
    table = "\n".join(f"- {' '.join(filter(None, row[:2]))}\n  {row[2]}\n  {row[3]}" for row in rows)
    bodies = "\n".join(f"\n{'=' * 100}\n{'; '.join(owners)}\n{'=' * 100}\n\n{text}" for text, owners in texts.items())
    return f"{HEAD}\n{table}\n{bodies}"


def delivered() -> list[Distribution]:
    """The packages that the program needs at run time, and those that they need, sorted by name."""
    found: dict[str, Distribution] = {}
    waiting = [OURS]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        found[name] = distribution(name)
        for line in found[name].requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    del found[OURS]
    return [found[name] for name in sorted(found)]


def licence_of(package: Distribution) -> str:
    """The licence as the package's metadata names it."""
    metadata = package.metadata
    named = next((metadata[name] for name in ("License-Expression", "License") if name in metadata), "")
    classifiers = [line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier") or () if "License" in line]
    if not (named := named or ", ".join(classifiers)):
        raise SystemExit(f"{package.name} names no licence: look at it and write down what was found")
    return named.partition("\n")[0]


def source_of(package: Distribution) -> str:
    """Where the package's source lies, as its metadata says."""
    metadata = package.metadata
    urls = dict(line.split(", ", 1) for line in metadata.get_all("Project-URL") or ())
    by_name = {label.lower(): url for label, url in urls.items()}
    names = ("source", "source code", "repository", "homepage")
    named = [by_name[name] for name in names if name in by_name]
    return next(iter(named + [metadata[name] for name in ("Home-page",) if name in metadata]), "")


def texts_of(package: Distribution) -> list[tuple[str, str]]:
    """The licence files that the package brings, with their names inside it."""
    found = []
    for file in sorted(package.files or (), key=str):
        inside = str(file).partition(".dist-info/")[2].removeprefix("licenses/")
        is_licence = inside.endswith((".txt", ".md", ".ijg", ".rst")) or "." not in inside.rpartition("/")[2]
        named = re.search(r"(?i)licen[cs]e|copying|notice|/", inside)
        if is_licence and named and not any(part in inside for part in NOT_DELIVERED):
            text = Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
            found.append((inside, normal(text)))
    return found


def normal(text: str) -> str:
    """The text without differences that mean nothing: line ends, trailing blanks, form feeds."""
    lines = [line.rstrip() for line in text.replace("\f", "").splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
