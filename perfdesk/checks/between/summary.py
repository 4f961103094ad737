"""汇总表 (summary): a 汇总表 that stays empty because of a name, and figures typed over those of the self-assessments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perfdesk.amounts import parse_number, plain, same
from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.context import Context
from perfdesk.checks.wording import adopt, put, quote
from perfdesk.gathering.summary import computed_rows, gathered_forms
from perfdesk.model import Binding, Block, Finding

_GATHERED: Final = ("initial_budget", "annual_budget", "executed", "score")


def not_gathered(context: Context) -> Iterator[Finding]:
    """name-mismatch: a 汇总表 stays empty because the self-assessments of its year name another office."""
    template, record = context.template, context.record
    if template.gathers is None or gathered_forms(template, record, context.others):
        return
    left = [one for one in context.others if one.template.kind is template.gathers and one.record.year == record.year]
    if not left:
        return
    own, theirs = record.value("agency").strip() or record.bureau, left[0].record.bureau
    binding = Binding(Block.VALUES, "agency")
    yield finding(
        "name-mismatch",
        Place("填报单位", binding),
        title="没有汇总到自评表",
        message=f"本年有 {len(left)} 张自评表，单位是{quote(theirs)}，本表是{quote(own)}。是一个单位的，请写成一样的名称。",
        figures=Figures(own, theirs),
        fix=put(f"改为 {theirs}", binding, theirs),
    )


def typed_over(context: Context) -> Iterator[Finding]:
    """Figures typed into a 汇总表 over those of the self-assessments."""
    forms = gathered_forms(context.template, context.record, context.others)
    if not forms:
        return
    pairs = zip(context.record.rows, computed_rows(context.record, forms), strict=True)
    for at, (row, computed) in enumerate(pairs):
        for key in _GATHERED:
            typed, figure = parse_number(row.text(key)), parse_number(computed.text(key))
            if typed is None or figure is None or same(typed, figure):
                continue
            column, name = context.template.column(key), row.text("project_name").strip() or f"第 {at + 1} 行"
            label = key if column is None else column.label
            binding = Binding(Block.ROWS, key, row=at)
            yield finding(
                "cross-form",
                Place(name, binding),
                title="与自评表的数不一样",
                message=f"{label}填的是{quote(row.text(key))}，{quote(name)}的自评表是 {plain(figure)}。请核对后改其中一处。",
                figures=Figures(row.text(key), plain(figure)),
                fix=adopt(binding, plain(figure)),
            )
