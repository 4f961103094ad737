"""``perfdesk verify`` without a file: whether the data file's change log, forms and versions still hold together.

The sentences name the first place where they do not, and the next step. It changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from perfdesk.cli import forms
from perfdesk.cli.terminal import Exit

if TYPE_CHECKING:
    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal
    from perfdesk.store import Store
    from perfdesk.store.changelog import Line, Proof

_NEXT: Final = "请把这个数据文件另存一份，再拿这一刻以前的备份核对。"


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Say whether the data file was changed by anything but this program since its log began."""
    with forms.open_store(arguments, read_only=True) as store:
        proof = store.history.prove()
        names = _names(store)
        path = store.path
    if proof.broken is None:
        terminal.say(f"“{path}”的改动记录 {proof.lines} 行、{proof.forms} 张表逐一相符，没有被别的程序改过。")
        return
    terminal.say(f"“{path}”{_WORDS[proof.broken](proof, names)}{_NEXT}")
    terminal.reach(Exit.FLAWED)


def _names(store: Store) -> Mapping[str, str]:
    there = (*store.entries(), *store.trashed())
    return {one.id: f"“{one.project_name or one.title}”（{one.year}）" for one in there}


def _of_line(proof: Proof, names: Mapping[str, str]) -> str:
    if proof.line is None:
        return f"的改动记录从第 {proof.lines} 行起读不出来，被别的程序改过。"
    return f"的改动记录到第 {proof.line.number} 行（{_about(proof.line, names)}）接不上，这一行或前一行被别的程序改过或删掉了。"


def _of_end(proof: Proof, names: Mapping[str, str]) -> str:
    if proof.line is None:
        return "的改动记录全被别的程序删掉了。"
    return f"的改动记录末尾少了：第 {proof.line.number} 行（{_about(proof.line, names)}）后面的被别的程序删掉了。"


def _of_form(proof: Proof, names: Mapping[str, str]) -> str:
    if proof.line is None or proof.line.record_id not in names:
        return "里少了一张表：改动记录里有它，没有删除它的记录，是别的程序删掉的。"
    return f"里的{names[proof.line.record_id]}和它最后一次改动（{_moment(proof.line)}）以后的样子不同，被别的程序改过。"


def _of_version(proof: Proof, names: Mapping[str, str]) -> str:
    if proof.line is None:
        return "里的版本被别的程序改过。"
    name = names.get(proof.line.record_id, "一张已删的表")
    return f"里{name}在 {_moment(proof.line)} 留的版本被别的程序改过或删掉了。"


def _about(line: Line, names: Mapping[str, str]) -> str:
    return f"{_moment(line)}，{names.get(line.record_id, '已删的表')}{line.deed.words}"


def _moment(line: Line) -> str:
    return f"{line.moment:%Y-%m-%d %H:%M}"


# by the value of Break, so that the store is imported only when it is opened
_WORDS: Final[Mapping[str, Callable[[Proof, Mapping[str, str]], str]]] = {
    "line": _of_line,
    "end": _of_end,
    "form": _of_form,
    "version": _of_version,
}
