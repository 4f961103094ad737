"""The list of 年度总览: one row for each form, amounts in 万元 to the last digit, and the 合计 of the 项目自评表."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfdesk.amounts import format_rate, format_score, plain
from perfdesk.listing.types import Head, Listing
from perfdesk.model import FormKind
from perfdesk.overview import Figures, Row, figures_of, in_wan, standing, year_sum

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from decimal import Decimal

    from perfdesk.derive import Derived

AUTOMATIC: Final = "自动"
_HEADS: Final = (
    Head("年度", width=7),
    Head("审核", width=10),
    Head("项目名称", width=34),
    Head("表种", width=24),
    Head("全年预算数（万元）", figures=True, width=20),
    Head("全年执行数（万元）", figures=True, width=20),
    Head("执行率", figures=True, width=10),
    Head("总分", figures=True, width=9),
    Head("等级", width=7),
    Head("填写进度", figures=True, width=11),
    Head("最近改动", width=18),
)


def row_of(form: Derived, *, name: str, changed: datetime | None = None, submitted: bool = False) -> Row:
    """Return the row of a form in 年度总览, from what follows from it."""
    record, kind = form.record, form.template.kind
    return Row(
        record.id,
        name,
        record.year,
        kind,
        changed,
        form.verdict,
        form.completion,
        figures_of(form),
        submitted=submitted,
    )


def list_forms(rows: Iterable[Row], *, name: str) -> Listing:
    """List forms in the order given. The last row is the 合计 of the 项目自评表 among them, where there are any.

    2650 元 are 「0.265」 万元: nothing is rounded, so that sums of the list are those of the forms.
    """
    found = tuple(rows)
    total = year_sum(found)
    last = ("", "", f"合计 {total.projects} 个项目", "", *_amounts(Figures(total.budget, total.executed, total.rate)))
    blank = ("",) * (len(_HEADS) - len(last))
    return Listing(name, _HEADS, tuple(map(_texts, found)), (*last, *blank) if total.projects else ())


def _texts(row: Row) -> tuple[str, ...]:
    figures = row.figures or Figures()
    return (
        *(str(row.year), standing(row).value, row.name, row.kind_words),
        *_amounts(figures),
        "" if figures.score is None else format_score(figures.score),
        figures.grade,
        _progress(row),
        "" if row.changed is None else f"{row.changed.astimezone():%Y-%m-%d %H:%M}",
    )


def _amounts(figures: Figures) -> tuple[str, str, str]:
    return _wan(figures.budget), _wan(figures.executed), "" if figures.rate is None else format_rate(figures.rate)


def _wan(yuan: Decimal | None) -> str:
    return "" if yuan is None else plain(in_wan(yuan))


def _progress(row: Row) -> str:
    if row.kind is FormKind.SUMMARY:
        return AUTOMATIC
    return "" if row.completion is None else f"{int(row.completion * 100)}%"
