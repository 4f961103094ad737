"""Types of a list that goes out: its heads, its rows as texts, and which columns hold figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Head(NamedTuple):
    """A column: its words, whether its plain numbers are figures to reckon with, and its width in characters of a spreadsheet."""

    words: str
    figures: bool = False
    width: int = 12


@dataclass(frozen=True, slots=True)
class Listing:
    """列表 (list): a name (「2024 年度总览」), its columns, its rows as texts, and a last row of sums (``()`` where there is none).

    Amounts are in the unit their head names, rates end in %. Every row has a text for every column.
    """

    name: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
