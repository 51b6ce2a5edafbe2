import re

import pytest

from helpers.golden import golden
from portfolio_desktop.cli.commands import COMMANDS

ENGLISH = ("usage:", "options:", "positional arguments", "show this help", "optional")


def test_the_overview_names_every_command(run):
    ran = run("--help")
    assert (ran.code, ran.err) == (0, "")
    for name in COMMANDS:
        assert f"  {name} " in ran.out
    golden("cli/help.txt", ran.out)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(run, name):
    ran = run(*name.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"用法：portfolio-desktop {name}")
    assert f"\n  portfolio-desktop {name}" in ran.out.partition("範例：")[2]
    for english in ENGLISH:
        assert english not in ran.out
    assert re.search(r"[0-9]+ ?[件字]", ran.out) is None, "limits stand in the rules of a school year"
    golden(f"cli/help-{name.replace(' ', '-')}.txt", ran.out)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_are_commands_that_parse(run, name):
    """An example with a wrong option would be wrong usage; anything else is the world's (no such library here)."""
    examples = run(*name.split(), "--help").out.partition("範例：")[2].split("\n  ")[1:]
    assert examples
    for example in examples:
        words = example.partition(" > ")[0].partition(" < ")[0].split()
        assert words[0] == "portfolio-desktop"
        # A wrong word after the example's own is complained about only when all of these were understood.
        ran = run(*words[1:], "--nonsense")
        assert ran.code == 2
        assert "不認得 --nonsense" in ran.err


def test_a_group_explains_its_commands(run):
    ran = run("rules", "--help")
    assert ran.code == 0
    assert "rules show" in ran.out
    assert "export" not in ran.out


def test_commands_of_later_stages_do_not_exist(run):
    for name in (
        "fit",
        "merge",
        "status",
        "receipt",
        "capsule",
        "review",
        "remarks",
    ):
        ran = run(name)
        assert ran.code == 2
        assert name in ran.err
