"""The list of 指标库: the indicators an office has used, and those it may begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfdesk.listing.types import Head, Listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfdesk.library import Entry

_HEADS: Final = (
    Head("业务", width=16),
    Head("一级指标", width=14),
    Head("二级指标", width=18),
    Head("三级指标", width=36),
    Head("指标值", width=20),
    Head("用过（次）", figures=True, width=11),
    Head("最近一次年度", width=13),
    Head("最近一次项目", width=32),
)


def list_library(entries: Iterable[Entry]) -> Listing:
    """List entries of the library in the order given."""
    return Listing("指标库", _HEADS, tuple(map(_texts, entries)))


def _texts(entry: Entry) -> tuple[str, ...]:
    one = entry.indicator
    used = (str(entry.uses) if entry.uses else "", "" if entry.year is None else str(entry.year), entry.project)
    return (entry.group, one.level1, one.level2, one.name, entry.usual, *used)
