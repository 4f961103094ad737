"""The list of 审核: one row for each finding of some forms, with the 说明 written to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfdesk.listing.types import Head, Listing
from perfdesk.model import flatten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfdesk.derive import Derived
    from perfdesk.model import Finding

_HEADS: Final = (
    Head("年度", width=7),
    Head("表种", width=24),
    Head("项目名称", width=30),
    Head("轻重", width=7),
    Head("问题", width=32),
    Head("情况", width=60),
    Head("位置", width=32),
    Head("填的", width=14),
    Head("算得", width=14),
    Head("说明", width=40),
    Head("说明过时", width=9),
    Head("代码", width=24),
)


def list_findings(forms: Iterable[tuple[str, Derived]], *, name: str) -> Listing:
    """List the findings of forms, each given with what it is called: gravest first, consequences behind their cause."""
    rows = tuple(
        (str(form.record.year), form.template.kind.words, called, *_texts(one))
        for called, form in forms
        for one in flatten(form.findings)
    )
    return Listing(name, _HEADS, rows)


def _texts(one: Finding) -> tuple[str, ...]:
    stale = "是" if one.answer and one.is_stale else ""
    told = (one.severity.words, one.title, one.message, one.where or "整张表")
    return (*told, one.stated, one.computed, one.answer, stale, one.code)
