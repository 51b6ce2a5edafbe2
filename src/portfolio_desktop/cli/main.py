"""The command line's road.

    argv -> command word -> its module -> Parser -> Call -> run -> exit code
    Cancelled, Ctrl-C 130 · UsageError 2 · DamageError 3 · PortfolioError, OSError 4 · anything else: logged, 70

Common options may stand before and after the command.
"""

from __future__ import annotations

import errno
import importlib
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from portfolio_desktop import messages
from portfolio_desktop.bootstrap.ground import Ground, keep_log, lay
from portfolio_desktop.cli.bar import Bar
from portfolio_desktop.cli.command import Call, Command, OpenWindow
from portfolio_desktop.cli.commands import COMMANDS, GROUPS
from portfolio_desktop.cli.console import Console, shown, speak_utf8
from portfolio_desktop.cli.interrupt import INTERRUPTED, cancels
from portfolio_desktop.cli.parser import PROGRAM, Parser, definitions
from portfolio_desktop.errors import BUG_EXIT, PortfolioError, UsageError
from portfolio_desktop.library.system_words import reason_words
from portfolio_desktop.messages import N_, _
from portfolio_desktop.progress import Cancelled, Progress

VALUE_OPTIONS = ("--library", "--home", "--lang")
"""The common options that are followed by a value."""
BROKEN_PIPE = 141
"""What a shell sees of a program whose reader went away."""

logger = logging.getLogger(__name__)


def main(words: Sequence[str], open_window: OpenWindow) -> int:
    """Run what `words` (without the program's name) ask for; returns the exit code."""
    speak_utf8()
    try:
        code = _guarded(list(words), open_window)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader left (`| head`): quiet, also when the interpreter flushes once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    return code


def _guarded(words: list[str], open_window: OpenWindow) -> int:
    console = Console(as_json="--json" in words)
    try:
        home, language = _home_and_language(words)
        ground = lay(home, language)
    except UsageError as error:
        console.complain(f"{PROGRAM}: {error}")
        return error.exit_code
    with keep_log(ground.places) as log:
        try:
            return _run(words, ground, console, open_window)
        except (Cancelled, KeyboardInterrupt):
            console.complain(_("已取消，沒有留下做到一半的東西。"))
            return INTERRUPTED
        except PortfolioError as error:
            console.complain(f"{PROGRAM}: {error}")
            return error.exit_code
        except BrokenPipeError:
            raise
        except OSError as error:
            logger.info("the world in the way", exc_info=True)
            console.complain(f"{PROGRAM}: {_world(error)}")
            return PortfolioError.exit_code
        except Exception as error:
            logger.critical("bug in: %s", " ".join(words), exc_info=True)
            said = _("程式出錯了（{kind}），這是程式的問題，不是你的。經過記在 {log}，回報時請附上。")
            console.complain(f"{PROGRAM}: {said.format(kind=type(error).__name__, log=log)}")
            return BUG_EXIT


def _run(words: list[str], ground: Ground, console: Console, open_window: OpenWindow) -> int:
    name, rest = split(words)
    if name is None:
        if "--version" in rest:
            # Read from the package's metadata, by a module that nothing else needs at the start.
            console.say(f"{PROGRAM} {importlib.import_module('importlib.metadata').version(PROGRAM)}")
            return 0
        if asks_help(rest):
            console.say(overview())
            return 0
        options = Parser("", "", "").read(rest)
        return open_window(options.home, options.library)
    if name in GROUPS:
        if asks_help(rest):
            console.say(overview(name))
            return 0
        known = "、".join(command for command in COMMANDS if command.startswith(f"{name} "))
        raise UsageError(_("{name} 後面還要一個字：{known}").format(name=name, known=known))
    if name not in COMMANDS:
        raise UsageError(_("沒有 {name} 這個指令。全部的指令：{program} --help").format(name=name, program=PROGRAM))
    module, _does = COMMANDS[name]
    table: Mapping[str, Command] = importlib.import_module(module).COMMANDS
    command = table[name]
    parser = Parser(name, _(command.does), command.example)
    command.arguments(parser)
    if asks_help(rest):
        console.say(parser.format_help().rstrip("\n"))
        return 0
    bar = Bar(live=console.live)
    progress = Progress(bar.show)
    call = Call(parser.read(rest), ground, console, bar, progress, open_window)
    try:
        with cancels(progress):
            return command.run(call)
    finally:
        bar.wipe()


def split(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """The command among `words` (None where there is none), and the words without it.

    A first word of GROUPS takes the next one with it: `bundle --json verify x` is `bundle verify`.
    """
    rest = list(words)
    name: str | None = None
    place = 0
    while place < len(rest):
        word = rest[place]
        if word in VALUE_OPTIONS:
            place += 2
        elif word.startswith("-") and word != "-":
            if word == "--":
                break
            place += 1
        elif name is None:
            name = rest.pop(place)
            if name not in GROUPS:
                break
        else:
            name = f"{name} {rest.pop(place)}"
            break
    return name, rest


def asks_help(words: Sequence[str]) -> bool:
    """Whether help is among the options (what follows `--` is no option)."""
    options = words[: words.index("--")] if "--" in words else words
    return "-h" in options or "--help" in options


def overview(group: str | None = None) -> str:
    """The help of the whole program, or of the commands that begin with `group`."""
    pairs = [(name, _(does)) for name, (_module, does) in COMMANDS.items() if group is None or name.split()[0] == group]
    start = f"{PROGRAM} {group}" if group else PROGRAM
    parts = [_("用法：{program} 指令 [選項]").format(program=start)]
    if group is None:
        parts.append(_("學習歷程工作臺：把學習歷程檔案整理到可以上傳。沒有指令時開啟視窗。"))
    parts.append("\n".join([_("指令："), *definitions(pairs)]))
    parts.append(_("每個指令的說明和範例：{program} 指令 --help").format(program=PROGRAM))
    if group is None:
        parts.append("\n".join(Parser("", "", "").shared_help))
        example = [f"{PROGRAM} demo", f"{PROGRAM} check {_('報告.pdf')}"]
        parts.append("\n".join([_("範例："), *(f"  {line}" for line in example)]))
        codes = _("結束代碼：0 完成，1 有要修正的錯誤，2 用法不對，3 資料損壞，4 環境有阻礙，70 程式錯誤，130 已取消")
        parts.append(codes)
    return "\n\n".join(parts)


def _home_and_language(words: Sequence[str]) -> tuple[Path | None, str | None]:
    """What has to be known before anything can be said: --home and --lang, wherever they stand."""
    options = words[: words.index("--")] if "--" in words else words
    values: dict[str, str] = {}
    for number, word in enumerate(options):
        name, equals, value = word.partition("=")
        if name in VALUE_OPTIONS and equals:
            values[name] = value
        elif name in VALUE_OPTIONS and number + 1 < len(options):
            values[name] = options[number + 1]
    language = values.get("--lang")
    if language is not None and language not in messages.LANGUAGES:
        known = "、".join(messages.LANGUAGES)
        raise UsageError(_("沒有這種語言：{word}（{known}）").format(word=language, known=known))
    return Path(values["--home"]) if "--home" in values else None, language


def _world(error: OSError) -> str:
    """One sentence for what the operating system refused: why, and what to do about it where that is known."""
    what, advice = reason_words(error), _ADVICE.get(error.errno)
    if advice is not None:
        what = _("{reason}，{advice}").format(reason=what, advice=_(advice))
    return what if error.filename is None else f"{shown(error.filename)}：{what}"


_ADVICE: Mapping[int | None, str] = {
    errno.ENOSPC: N_("清出空間後再試一次"),
    errno.EDQUOT: N_("清出空間後再試一次"),
    errno.EROFS: N_("換一個可以寫入的位置"),
    errno.EACCES: N_("換一個位置或請管理者開放權限"),
    errno.EPERM: N_("換一個位置或請管理者開放權限"),
    errno.ENOENT: N_("看看路徑有沒有寫錯"),
    errno.EEXIST: N_("換一個名稱"),
    errno.ENOTDIR: N_("換一個路徑"),
    errno.ENAMETOOLONG: N_("取一個短一點的名稱"),
    errno.EIO: N_("檢查連接線或換一個磁碟"),
}
