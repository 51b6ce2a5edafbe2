"""Reading a command's arguments, with help and complaints in the language in use.

    Parser("check", …).add("paths", …) -> help: usage, what it does, arguments, options, common options, example

argparse does the reading. Its help is replaced (it measures Chinese as if every character took one column), its own
English words are translated through `_of_argparse`, and a wrong word ends as UsageError: exit code 2, one sentence.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any, NoReturn

from portfolio_desktop.cli.width import pad, width, wrap
from portfolio_desktop.errors import UsageError
from portfolio_desktop.messages import LANGUAGES, N_, _

PROGRAM = "portfolio-desktop"
COLUMNS = 96
INDENT = "  "
WIDEST_NAME = 26
LIBRARY_HELP = N_("用哪一個學習歷程庫（否則看 PORTFOLIO_LIBRARY，再否則用上一次的）")


class Parser(argparse.ArgumentParser):
    """One command's arguments; the common ones are there already."""

    def __init__(self, command: str, description: str, example: str) -> None:
        super().__init__(
            prog=f"{PROGRAM} {command}".strip(),
            description=description,
            epilog=example,
            add_help=False,
            allow_abbrev=False,
        )
        self._own: list[argparse.Action] = []
        self._shared = [
            self.add_argument("--library", type=Path, metavar=_("資料夾"), help=_(LIBRARY_HELP)),
            self.add_argument("--home", type=Path, metavar=_("資料夾"), help=_("設定、紀錄檔和快取放在這裡")),
            self.add_argument("--lang", type=language, metavar="|".join(LANGUAGES), help=_("顯示的語言")),
            self.add_argument("--json", action="store_true", help=_("輸出 JSON，供程式讀取")),
            self.add_argument("-h", "--help", action="store_true", help=_("顯示這份說明")),
        ]

    @property
    def shared_help(self) -> list[str]:
        """The heading and lines of the common options."""
        return [_("共通選項："), *definitions([(_name(action), action.help or "") for action in self._shared])]

    def add(self, *names: str, **options: Any) -> None:
        """Declare an argument or an option, as argparse's `add_argument` takes it."""
        self._own.append(self.add_argument(*names, **options))

    def read(self, given: Sequence[str]) -> argparse.Namespace:
        """Parse; raises UsageError with one sentence for anything wrong."""
        found, unknown = self.parse_known_args(self._sorted(given))
        words = [word for word in unknown if word != "--"]  # `_sorted` put it there, not the user
        if words:
            self.error(_("不認得 {words}").format(words=" ".join(words)))
        return found

    def _sorted(self, words: Sequence[str]) -> list[str]:
        """Options before arguments, divided by `--`, so that they may be given in any order.

        (argparse's own intermixed parsing loses a `--` that the user wrote.) An option that takes several values takes
        the words with `=` that follow it.
        """
        end = words.index("--") if "--" in words else len(words)
        known = {name: action for action in self._actions for name in action.option_strings}
        options: list[str] = []
        arguments: list[str] = []
        place = 0
        while place < end:
            word = words[place]
            place += 1
            if not _is_option(word):
                arguments.append(word)
                continue
            action = known.get(word)
            options.append(word)
            if action is None or action.nargs == 0 or place == end or words[place] in known:
                continue
            if action.nargs is None:
                options[-1] = f"{word}={words[place]}"  # so that a value may begin with a dash
                place += 1
            else:
                taken = len(list(takewhile(lambda value: "=" in value, words[place:end])))
                options += words[place : place + taken]
                place += taken
        arguments += words[end + 1 :]
        return [*options, "--", *arguments] if arguments else options

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with what is wrong and where the help is."""
        raise UsageError(_("{what}。說明：{program} --help").format(what=message.rstrip("。"), program=self.prog))

    def format_usage(self) -> str:
        """The usage: arguments, what has to be given, what may be given; lines are broken between them only."""
        groups = sorted(self._own, key=lambda action: (bool(action.option_strings), not action.required))
        lines = [_("用法：") + self.prog]
        for word in map(_usage_word, groups):
            if width(lines[-1]) + 1 + width(word) > COLUMNS:
                lines.append(INDENT * 2 + word)
            else:
                lines[-1] += f" {word}"
        return "\n".join(lines)

    def format_help(self) -> str:
        """The whole help of the command."""
        arguments = [action for action in self._own if not action.option_strings]
        options = [action for action in self._own if action.option_strings]
        parts = [self.format_usage(), "\n".join(wrap(self.description or "", COLUMNS))]
        for heading, actions in ((_("參數："), arguments), (_("選項："), options)):
            if actions:
                parts.append("\n".join([heading, *definitions([(_name(a), a.help or "") for a in actions])]))
        parts.append("\n".join(self.shared_help))
        parts.append("\n".join([_("範例："), *(f"{INDENT}{line}" for line in (self.epilog or "").splitlines())]))
        return "\n\n".join(parts) + "\n"


def definitions(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Names and their explanations in two straight columns; a long name gets a line of its own."""
    column = min(max((width(name) for name, _text in pairs), default=0), WIDEST_NAME) + 2
    lines: list[str] = []
    for name, text in pairs:
        first, *rest = wrap(text, COLUMNS - column - len(INDENT))
        if width(name) + 2 > column:
            lines.append(f"{INDENT}{name}")
            lines.append(f"{INDENT}{' ' * column}{first}")
        else:
            lines.append(f"{INDENT}{pad(name, column)}{first}".rstrip())
        lines += [f"{INDENT}{' ' * column}{line}" for line in rest]
    return lines


def language(word: str) -> str:
    """One of LANGUAGES; for `type=`."""
    if word not in LANGUAGES:
        raise argparse.ArgumentTypeError(
            _("沒有這種語言：{word}（{known}）").format(word=word, known="、".join(LANGUAGES))
        )
    return word


def _is_option(word: str) -> bool:
    """Whether a word is meant as an option: a dash and a letter; not `-`, not a number, not a sentence."""
    return len(word) > 1 and word[0] == "-" and not word[1].isdigit() and " " not in word.partition("=")[0]


def _name(action: argparse.Action) -> str:
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest
    if not action.option_strings:
        return metavar
    names = ", ".join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {metavar}"


def _usage_word(action: argparse.Action) -> str:
    if action.option_strings:
        word = f"{action.option_strings[0]}" + ("" if action.nargs == 0 else f" {action.metavar}")
        return word if action.required else f"[{word}]"
    name = str(action.metavar)
    return {"*": f"[{name}…]", "+": f"{name}…", "?": f"[{name}]"}.get(str(action.nargs), name)


_WORDS = {
    "argument %(argument_name)s: %(message)s": N_("%(argument_name)s：%(message)s"),
    "expected one argument": N_("後面要有一個值"),
    "expected at most one argument": N_("後面最多一個值"),
    "expected at least one argument": N_("後面至少要有一個值"),
    "expected %s argument": N_("後面要有 %s 個值"),
    "expected %s arguments": N_("後面要有 %s 個值"),
    "the following arguments are required: %s": N_("少了 %s"),
    "ignored explicit argument %r": N_("不帶值，卻給了 %r"),
    "not allowed with argument %s": N_("不能和 %s 一起用"),
    "one of the arguments %s is required": N_("要給其中一個：%s"),
    "invalid %(type)s value: %(value)r": N_("看不懂 %(value)r"),
    "invalid choice: %(value)r (choose from %(choices)s)": N_("沒有 %(value)r，可用的有 %(choices)s"),
    "unrecognized arguments: %s": N_("不認得 %s"),
}
"""argparse's own sentences, and ours for them; one that a later Python adds stays English."""


def _of_argparse(text: str) -> str:
    return _(_WORDS[text]) if text in _WORDS else text


def _of_argparse_counted(singular: str, plural: str, count: int) -> str:
    return _of_argparse(singular if count == 1 else plural)


# argparse looks its words up through these two names of its own, in every supported Python.
argparse._ = _of_argparse  # type: ignore[attr-defined]
argparse.ngettext = _of_argparse_counted  # type: ignore[attr-defined]
