"""The computed figures of a form as they are printed, and whether a stated text says the same."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from perfdesk.amounts import format_rate, format_score, parse_percent, parse_score, plain
from perfdesk.model import Assessment, Gathered
from perfdesk.scoring import agrees
from perfdesk.template import GRADE_KEY, SUM_PREFIX, Align, Slot, Template


class Computed(NamedTuple):
    """算得 (computed): the number, ``None`` where there is none, and how it is printed."""

    value: Decimal | None
    shown: str
    align: Align = Align.CENTER


@lru_cache(maxsize=4096)
def points(value: Decimal | None) -> Computed:
    """Return points as a form prints them; kept, because most scores are asked again at once."""
    return Computed(value, "" if value is None else format_score(value))


@lru_cache(maxsize=4096)
def worded(text: str, *, align: Align = Align.CENTER) -> Computed:
    """Return a gathered text: a number where it is one, so that 8 and 8.00 are the same figure."""
    number = parse_percent(text) if text.strip().endswith(("%", "％")) else parse_score(text)
    return Computed(number, text, align)


def differs(stated: str, figure: Computed, *, rounding: bool = False) -> bool:
    """Tell whether a stated text says something else than the computed figure; where nothing was computed, nothing differs."""
    if not stated or not figure.shown:
        return False
    if figure.value is None:
        return stated.strip() != figure.shown.strip()
    return not agrees(stated, figure.value, rounding=rounding)


def fixed_figure(slot: Slot, template: Template, result: Assessment, gathered: Gathered) -> Computed:
    """Return the computed figure of a cell that stands once on the form."""
    if slot.key == "execution_rate":
        rate = result.execution_rate
        return Computed(rate, "" if rate is None else format_rate(rate, sign=template.rate_sign))
    if slot.key == "total_weight":
        given = any(one.weight is not None for one in result.scores)
        return Computed(result.weight_total, plain(result.weight_total) if given else "")
    if slot.key == "total_score":
        return points(result.total if result.is_scored else None)
    if slot.key == GRADE_KEY:
        return Computed(None, result.grade or "")
    if slot.key.startswith(SUM_PREFIX):
        return worded(gathered.total.text(slot.key.removeprefix(SUM_PREFIX)))
    return points(result.budget.computed if result.budget else None)
