"""审核单 (check sheet): verdict, findings with their arithmetic, and the answers of one form, to be signed and handed in with it.

It is a form like the others: drawn in ``resources/check-sheet.toml``, laid out and exported by the same code, but filled by the
program alone and never kept. Nothing is judged here; that is ``perfdesk.checks``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from perfdesk import places
from perfdesk.amounts import format_score, plain
from perfdesk.derive import Derived, derive
from perfdesk.layout import Layout
from perfdesk.model import Finding, ListRow, Record
from perfdesk.policy import load_policies
from perfdesk.template import Template, read_template

NAME: Final = "审核单"
_NO_FINDING: Final = "没有要改的地方。"
_WHOLE_FORM: Final = "整张表"


def lay_out_check_sheet(derived: Derived, *, made: date) -> Layout:
    """Return the pages of the 审核单 of a form as it stands; ``made`` is the day that is printed as 审核日期."""
    template = _template()
    return derive(template, fill(template, derived, made=made)).layout


@lru_cache(maxsize=1)
def _template() -> Template:
    resources = places.resources()
    return read_template(resources / "check-sheet.toml", load_policies(resources / "policies"))


def fill(template: Template, derived: Derived, *, made: date) -> Record:
    """Return the filled-in 审核单: one row for each finding, what only follows from another one (连带) right behind it."""
    record = derived.record
    rows = tuple(ListRow.of(texts) for texts in _numbered(derived.findings))
    nothing = ListRow.of({"where": _WHOLE_FORM, "message": _NO_FINDING})
    return Record(
        id=f"{record.id}-check",
        template_id=template.id,
        year=record.year,
        unit=record.unit,
        bureau=record.bureau,
        values={
            "form": derived.sheet.title,
            "project_name": record.value("project_name") or "—",
            "agency": record.bureau or record.value("agency"),
            "checked_on": f"{made.year}年{made.month}月{made.day}日",
            "verdict": f"{derived.verdict.value}：{derived.sentence}。",
            "results": _results(derived),
        },
        rows=rows or (nothing,),
    )


def _results(derived: Derived) -> str:
    """Return the figures of a scored form in one line: 「总分 97.85，等级 优，执行率 98.46%，分值合计 100」."""
    found = derived.assessment
    parts = [
        f"总分 {format_score(found.total)}" if found.is_scored else "",
        f"等级 {found.grade}" if found.grade else "",
    ]
    parts += [f"执行率 {found.execution_rate}%" if found.execution_rate is not None else ""]
    parts += [f"分值合计 {plain(found.weight_total)}" if found.weight_total else ""]
    return "，".join(filter(None, parts)) or "—"


def _numbered(findings: tuple[Finding, ...]) -> Iterator[dict[str, str]]:
    for number, one in enumerate(findings, start=1):
        yield from _rows(one, str(number), follows="")


def _rows(finding: Finding, number: str, *, follows: str) -> Iterator[dict[str, str]]:
    """Yield the row of a finding and those of its consequences, numbered 3.1, 3.2; ``follows`` is the number of its cause."""
    yield {
        "item": number,
        "severity": finding.severity.words,
        "where": finding.where or _WHOLE_FORM,
        "message": f"{finding.title}。{finding.message}",
        "answer": _answer(finding) or (f"由第 {follows} 项引起" if follows else ""),
    }
    for place, one in enumerate(finding.consequences, start=1):
        yield from _rows(one, f"{number}.{place}", follows=number)


def _answer(finding: Finding) -> str:
    return f"（过时）{finding.answer}" if finding.is_stale else finding.answer
