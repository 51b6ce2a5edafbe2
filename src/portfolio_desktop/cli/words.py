"""How the command line says amounts, times and judgements to people.

size(5242880) == "5.00 MB"      1 MB = 1,048,576 bytes, as the platforms' 4 MB is taken
moment("2025-03-22T18:41:07+08:00") == "2025-03-22 18:41"
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portfolio_desktop.cli.width import clean
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.messages import N_, _

MARKS: Mapping[str, str] = {"pass": "✓", "warn": "△", "fail": "✗"}
SEVERITIES: Mapping[str, str] = {"error": N_("錯誤"), "warning": N_("提醒"), "hint": N_("建議")}


def size(count: int) -> str:
    """Bytes in the unit that people read."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{count / 1024:.0f} KB"
    return f"{count / 1024 / 1024:.2f} MB"


def length(seconds: float) -> str:
    """A duration as minutes and seconds: 1:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def moment(stamp: str) -> str:
    """An ISO time without seconds and offset."""
    return stamp[:16].replace("T", " ")


def finding_lines(
    findings: Iterable[Finding], indent: str = "    ", labels: Mapping[str, str] | None = None
) -> list[str]:
    """Each finding in a line, why it matters and what to do in the next; `labels` name what a finding is about."""
    lines: list[str] = []
    for finding in findings:
        name = (labels or {}).get(finding.about or "", finding.about or "")
        about = f"［{clean(name)}］" if name else ""
        lines.append(f"{indent}{_(SEVERITIES[finding.severity])}  {about}{clean(finding.message)}")
        lines.append(f"{indent}      {clean(finding.explanation)}")
    return lines
