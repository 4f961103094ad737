"""核对 (proof): whether change log, forms and versions of a data file hold together, in a sentence of the first place where not.

The lines are judged by ``changelog``; here is what is held against them, and how the break and the way out of it are called.
Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perfdesk.snapshots import content_of, state_of
from perfdesk.store import changelog, faults, records
from perfdesk.store.changelog import Break, Line, Proof
from perfdesk.store.engine import reading_engine

if TYPE_CHECKING:
    from sqlalchemy import Connection

Names = Mapping[str, str]
"""Form -> how it is called."""


def prove(connection: Connection) -> Proof:
    """Hold the lines, the forms and their versions against each other."""
    states = {one.id: state_of(content_of(one)) for one in records.load_every(connection)}
    return changelog.prove(connection, states)


def names_of(connection: Connection) -> Names:
    """Return how the forms are called, those in the 回收站 too: 「“普法经费”（2026）」."""
    there = (*records.entries(connection), *records.trashed(connection))
    return {one.id: f"“{one.project_name or one.title}”（{one.year}）" for one in there}


def prove_file(path: Path) -> tuple[Proof, Names]:
    """Prove a data file of today that nobody has open, such as a backup. Raises :class:`UserError`."""
    engine = reading_engine(path)
    try:
        with faults.in_plain_words(path), engine.begin() as connection:
            return prove(connection), names_of(connection)
    finally:
        engine.dispose()


def mark_of(proof: Proof) -> str:
    """Return what a break is known by, ``""`` where there is none: a later look finds the same one again."""
    return "" if proof.broken is None else f"{proof.broken}:{proof.line.digest if proof.line else proof.lines}"


def sentence(path: Path, proof: Proof, names: Names) -> str:
    """Name the first break and the next step; ``proof`` has one."""
    if proof.broken is None:
        raise ValueError("nothing is broken")
    return f"“{path}”{_WORDS[proof.broken](proof, names)}{_NEXT[proof.broken]}"


def _of_line(proof: Proof, names: Names) -> str:
    if proof.line is None:
        return f"的改动记录从第 {proof.lines} 行起读不出来，被别的程序改过。"
    return f"的改动记录到第 {proof.line.number} 行（{_about(proof.line, names)}）接不上，这一行或前一行被别的程序改过或删掉了。"


def _of_end(proof: Proof, names: Names) -> str:
    if proof.line is None:
        return "的改动记录全被别的程序删掉了。"
    return f"的改动记录末尾少了：第 {proof.line.number} 行（{_about(proof.line, names)}）后面的被别的程序删掉了。"


def _of_form(proof: Proof, names: Names) -> str:
    if proof.line is None or proof.line.record_id not in names:
        return "里少了一张表：改动记录里有它，没有删除它的记录，是别的程序删掉的。"
    return f"里的{names[proof.line.record_id]}和它最后一次改动（{_moment(proof.line)}）以后的样子不同，被别的程序改过。"


def _of_version(proof: Proof, names: Names) -> str:
    if proof.line is None:
        return "里的版本被别的程序改过。"
    name = names.get(proof.line.record_id, "一张已删的表")
    return f"里{name}在 {_moment(proof.line)} 留的版本不在了，或者被别的程序改过。"


def _about(line: Line, names: Names) -> str:
    return f"{_moment(line)}，{names.get(line.record_id, '已删的表')}{line.deed.words}"


def _moment(line: Line) -> str:
    return f"{line.moment:%Y-%m-%d %H:%M}"


_WORDS: Final[Mapping[Break, Callable[[Proof, Names], str]]] = {
    Break.LINE: _of_line,
    Break.END: _of_end,
    Break.FORM: _of_form,
    Break.VERSION: _of_version,
}
_CHAIN: Final = (
    "表都在，照常能填。请把这个数据文件另存一份，再在“恢复”里拿这一刻以前的备份逐张对照；"
    "要让记录重新接上，请管电脑的同事用命令 perfdesk salvage。"
)
_NEXT: Final[Mapping[Break, str]] = {
    Break.LINE: _CHAIN,
    Break.END: _CHAIN,
    Break.FORM: "请在“恢复”里拿以前的备份对照这张表，不对的恢复过来；恢复或者改过一格再保存，记录就重新接上。",
    Break.VERSION: (
        "表本身在。请在“恢复”里看这一刻以后的备份，里面可能还有这个版本；没有的，以盖章的那份和当时导出的文件为准，"
        "要再有上报版，“退回修改”后重新上报。"
    ),
}
