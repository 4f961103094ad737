"""照抄 (copied): results of the year before that stand in this year's form word for word.

One equal figure proves nothing, and 100 % comes again every year: only when every result is last year's, and at least two of them
are figures of their own (75件 on a target of ≥70件), nobody can have counted anew. A text is compared whole, and only one that
gives figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from perfdesk.checks.catalogue import Place, finding
from perfdesk.checks.context import Context
from perfdesk.checks.row import Row
from perfdesk.checks.wording import quote
from perfdesk.dataitems import plain as without_items
from perfdesk.gathering.chain import name_of
from perfdesk.gathering.facts import Facts
from perfdesk.model import Binding, Block, Finding, Record

_LEAST_ROWS: Final = 3
_LEAST_TELLING: Final = 2
_LEAST_TEXT: Final = 20  # characters
_FIGURES: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_RESULT: Final = "goal_actual"


def copied(context: Context, old: Facts) -> Iterator[Finding]:
    """copied-last-year: results, their description, or paragraphs of a report."""
    yield from _rows(context, old)
    yield from _description(context, old)
    yield from _paragraphs(context.record, old)


def _rows(context: Context, old: Facts) -> Iterator[Finding]:
    """Every 实际完成值 is last year's."""
    known = _results(old)
    rows = [row for row in context.rows if row.named and row.indicator.actual.strip()]
    same = all(known.get(name_of(row.indicator)) == _bare(row.indicator.actual) for row in rows)
    if len(rows) >= _LEAST_ROWS and same and sum(map(_is_telling, rows)) >= _LEAST_TELLING:
        yield finding(
            "copied-last-year",
            Place("整张表", None, tuple(row.bind("actual") for row in rows)),
            title="完成值与上年逐项相同",
            message=f"{len(rows)} 项实际完成值与上年的{quote(old.name)}逐项相同，像是照抄上年。请按本年实际填写；"
            "确实一样的写一句说明。",
        )


@lru_cache(maxsize=512)
def _results(form: Facts) -> Mapping[str, str]:
    return {name_of(row): _bare(row.actual) for row in form.record.indicators}


def _bare(text: str) -> str:
    return "".join(text.split())


def _is_telling(row: Row) -> bool:
    """Tell whether a result is a figure of its own: not the target's, not 0 or 100."""
    number = row.actual.number
    return number is not None and number not in {0, 100} and number != row.target.number


def _description(context: Context, old: Facts) -> Iterator[Finding]:
    """年度总体目标's 实际完成情况 is last year's, figures and all."""
    field, text = context.template.field(_RESULT), context.record.value(_RESULT)
    if field is not None and _has_figures(text) and _bare(text) == _bare(old.record.value(_RESULT)):
        yield finding(
            "copied-last-year",
            Place(field.label, Binding(Block.VALUES, _RESULT)),
            title="完成情况与上年一字不差",
            message=f"{field.label}与上年的{quote(old.name)}一字不差，连其中的数也一样。请按本年实际填写。",
        )


def _paragraphs(record: Record, old: Facts) -> Iterator[Finding]:
    """Paragraphs of a report that stood in last year's, figures and all; told once."""
    before = _old_paragraphs(old) if record.sections else frozenset()
    places = [
        (section.heading.strip(), Binding(Block.SECTIONS, str(number), row=at))
        for at, section in enumerate(record.sections)
        for number, text in enumerate(section.paragraphs)
        if _has_figures(text) and _bare(without_items(text)) in before
    ]
    if places:
        (where, first), *rest = places
        yield finding(
            "copied-last-year",
            Place(where, first, tuple(binding for _, binding in rest)),
            title=f"{len(places)} 段与上年的报告一字不差",
            message=f"这里{f'等 {len(places)} 段' if rest else ''}与上年的{quote(old.name)}一字不差，连其中的数也一样。"
            "请按本年实际改写。",
        )


@lru_cache(maxsize=16)
def _old_paragraphs(old: Facts) -> frozenset[str]:
    return frozenset(_bare(without_items(text)) for one in old.record.sections for text in one.paragraphs)


@lru_cache(maxsize=1024)
def _has_figures(text: str) -> bool:
    """Tell whether a text is long enough and gives at least two figures: a sentence without figures may come again."""
    return len(text) >= _LEAST_TEXT and len(_FIGURES.findall(text)) >= _LEAST_TELLING
