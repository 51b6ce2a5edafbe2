"""`bundle verify PATH` and `import BUNDLE --new DIR`: what was exported is proved, and becomes a library again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from portfolio_desktop.bundle.importing import import_bundle
from portfolio_desktop.bundle.verify import Verified, verify
from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import shown
from portfolio_desktop.cli.interrupt import INTERRUPTED
from portfolio_desktop.cli.libraries import looked_deeper
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.settling import warn_of_place
from portfolio_desktop.cli.words import finding_lines, size
from portfolio_desktop.errors import DamageError
from portfolio_desktop.messages import N_, _


def _verify_arguments(parser: Parser) -> None:
    parser.add("bundle", type=Path, metavar=_("成果包"), help=_("資料夾或 .zip"))


def _verify(call: Call) -> int:
    checked = verify(call.bundle, call.progress)
    call.bar.wipe()
    if call.console.as_json:
        call.console.document(
            {
                "path": str(call.bundle),
                "files": checked.files,
                "bytes": checked.bytes,
                "sound": checked.sound,
                "problems": [finding.to_json() for finding in checked.problems],
            }
        )
    else:
        for line in finding_lines(checked.problems, ""):
            call.console.say(line)
        told = _("核對了 {files} 個檔案（{size}）：").format(files=checked.files, size=size(checked.bytes))
        call.console.say(told + _end(checked))
    return 0 if checked.sound else DamageError.exit_code


def _end(checked: Verified) -> str:
    if checked.sound:
        return _("全部相符。")
    return _("有 {count} 個問題。").format(count=len(checked.problems))


def _import_arguments(parser: Parser) -> None:
    parser.add("bundle", type=Path, metavar=_("成果包"), help=_("用 export --all 匯出的資料夾或 .zip"))
    parser.add(
        "--new", type=Path, required=True, metavar=_("資料夾"), help=_("新的學習歷程庫放這裡，要是新的或空的資料夾")
    )


def _import(call: Call) -> int:
    warn_of_place(call, call.new, new=True)
    with import_bundle(call.bundle, call.new, call.progress) as library:
        call.bar.wipe()
        call.ground.remember(call.new)
        count = len(library.pieces())
        stopped = not looked_deeper(call, library)
    if call.console.as_json:
        call.console.document({"library": str(call.new), "pieces": count})
    else:
        call.console.say(_("匯入了 {count} 件，學習歷程庫在：{path}").format(count=count, path=shown(call.new)))
    return INTERRUPTED if stopped else 0


COMMANDS: Mapping[str, Command] = {
    "bundle verify": Command(
        N_("重新計算成果包裡每個檔案的雜湊值，和清單核對：少了、改過、多出來的都會說。有問題時結束代碼是 3。"),
        "portfolio-desktop bundle verify ~/成果包113",
        _verify,
        _verify_arguments,
    ),
    "import": Command(
        N_("用完整的成果包（export --all）建立一個學習歷程庫，內容和原來的完全相同。"),
        "portfolio-desktop import 全部.zip --new ~/學習歷程2",
        _import,
        _import_arguments,
    ),
}
