"""The set-up script: nothing but Python, one exact line where it may not install, nothing done twice."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import dev
import pytest
from packaging.requirements import Requirement

from helpers.checkout import ROOT

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system packages are Linux's")


def locked(name: str) -> dict[str, tuple[str, int]]:
    """Package -> (version, how many hashes) of a lock file."""
    found: dict[str, tuple[str, int]] = {}
    for block in re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8")):
        if match := re.match(r"([a-z0-9._-]+)==(\S+)", block):
            found[match[1]] = match[2], block.count("--hash=sha256:")
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_only_the_standard_library_is_used() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    named = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom | ast.Import)]
    tops = {alias.name for node in named if isinstance(node, ast.Import) for alias in node.names}
    tops |= {node.module or "" for node in named if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in tops} <= sys.stdlib_module_names


def test_a_python_that_is_too_old_can_still_read_it_and_say_so() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_help_is_given_and_an_unknown_command_refused() -> None:
    for words, code in (([], 0), (["help"], 0), (["fly"], 2)):
        ran = subprocess.run(
            [sys.executable, str(ROOT / "dev.py"), *words], capture_output=True, text=True, check=False
        )
        assert ran.returncode == code
        assert "dev.py demo" in ran.stdout


@on_linux
def test_without_apt_one_exact_line_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit) as stopped:
        dev.prepare_system({"libno-such.so.9": "libno-such9"}, {"no-such-program": "a-package"})
    line = "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends a-package libno-such9"
    assert line in str(stopped.value)
    assert "\n" not in str(stopped.value)


@on_linux
def test_what_only_some_tests_need_does_not_stop_them_except_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "STAMP", Path(__file__))
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)
    dev.prepare_system({}, {"no-such-chromium": "chromium"})
    assert "chromium'" in capsys.readouterr().out
    monkeypatch.setenv("CI", "true")
    with pytest.raises(SystemExit):
        dev.prepare_system({}, {"no-such-chromium": "chromium"})


@on_linux
def test_the_libraries_asked_for_are_told_apart() -> None:
    assert dev.loads("libc.so.6")
    assert not dev.loads("libno-such.so.9")


def test_the_environment_follows_the_lock_and_the_metadata_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    lock, settings = tmp_path / "requirements.lock", tmp_path / "pyproject.toml"
    before = dev.fingerprint(lock)
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[tool.other]\nx = 1\n", encoding="utf-8")
    assert dev.fingerprint(lock) == before
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('"SQLAlchemy', '"requests", "SQLAlchemy', 1), encoding="utf-8"
    )
    with_metadata = dev.fingerprint(lock)
    assert with_metadata != before
    lock.write_text(lock.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert dev.fingerprint(lock) not in (before, with_metadata)


def test_every_dependency_is_locked_with_hashes_in_its_range() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    runtime, development = locked("requirements.lock"), locked("requirements-dev.lock")
    for lines, lock in (
        (project["project"]["dependencies"] + groups["build"], runtime),
        (groups["dev"], development),
    ):
        for requirement in map(Requirement, lines):
            version, hashes = lock[normal(requirement.name)]
            assert requirement.specifier.contains(version), requirement
            assert hashes > 0, requirement
    assert {name: runtime[name][0] for name in runtime} == {name: development[name][0] for name in runtime}
    assert all(hashes for _, hashes in development.values())


@pytest.mark.skipif(os.name == "nt", reason="CI's own script is for a Unix machine")
def test_ci_runs_the_readmes_test_command() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/bin/bash\n")
    assert "python3 dev.py test" in text
    assert "python3 dev.py test" in (ROOT / "README.md").read_text(encoding="utf-8")
    subprocess.run(["bash", "-n", str(script)], check=True)
