"""``perfdesk explain [CODE]``: why a finding matters, the source of the rule, what to do; without a code the whole catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.checks.catalogue import CATALOGUE
from perfdesk.checks.explaining import explain
from perfdesk.cli.terminal import table

if TYPE_CHECKING:
    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Explain one code, or list them all with their names and severities."""
    if not arguments.id:
        rows = [(code, entry.name, _severity(code)) for code, entry in CATALOGUE.items()]
        terminal.say("\n".join(table([("代码", "名称", "级别"), *rows])))
        return
    found = explain(arguments.id)
    lines = (
        f"{CATALOGUE[arguments.id].name}（{arguments.id}，{_severity(arguments.id)}）",
        f"为什么：{found.why}",
        f"依据：{found.source}",
        f"怎么办：{found.what}",
    )
    terminal.say("\n".join(lines))


def _severity(code: str) -> str:
    entry = CATALOGUE[code]
    return "、".join(one.words for one in (entry.severity, entry.mild) if one)
