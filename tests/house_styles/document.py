"""The lines of the report, and the page docs/recognition.md that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from tests.house_styles.corpus import ROOT
from tests.house_styles.measuring import Measured
from tests.house_styles.style import STYLES

PAGE: Final = ROOT / "docs" / "recognition.md"
_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"
_COLUMNS: Final = "| 样式 | 文件 | 表 | 有字的格 | 读对 | 读错 | 没读到 | 多读 | 剩下的字 | 没点名 | 完全一样的文件 |"


def figures(measured: Sequence[Measured]) -> tuple[str, ...]:
    """Return the figures of some files in the order of the columns, from the forms on."""
    fields = sum(one.fields for one in measured)
    wrong, missing, invented = (sum(one.count(what) for one in measured) for what in ("wrong", "missing", "invented"))
    right = fields - wrong - missing
    return (
        str(sum(len(one.outcomes) for one in measured)),
        str(fields),
        f"{100 * right / max(fields, 1):.2f}%",
        str(wrong),
        str(missing),
        str(invented),
        str(sum(len(one.leftovers) for one in measured)),
        str(sum(len(one.unnamed) for one in measured)),
        f"{sum(one.is_equal for one in measured)}/{len(measured)}",
    )


def line(measured: Sequence[Measured]) -> str:
    """Return one line for the terminal."""
    if not measured:
        return "nothing of this kind"
    forms, fields, right, wrong, missing, invented, left, unnamed, equal = figures(measured)
    first = measured[0]
    return (
        f"{first.style:<12} {first.kind:<5} {forms:>5} {fields:>7} {right:>7} {wrong:>6} {missing:>8} {invented:>9}"
        f" {left:>10} {unnamed:>8}  {equal:>11}"
    )


def lines(measured: Iterable[Measured]) -> list[str]:
    """Return the table of the page: a row for each style and kind of file."""
    words = {one.name: one.words for one in STYLES}
    rows = [_COLUMNS, "|" + "---|" * 11]
    for (style, kind), group in groupby(measured, key=lambda one: (one.style, one.kind)):
        rows.append(f"| {style}（{words[style]}） | {kind} | " + " | ".join(figures(list(group))) + " |")
    return rows


def write(measured: Iterable[Measured]) -> None:
    """Put the table into the page, between its marks."""
    page = PAGE.read_text("utf-8")
    head, _, rest = page.partition(_BEGIN)
    _, _, tail = rest.partition(_END)
    table = "\n".join(lines(measured))
    PAGE.write_text(f"{head}{_BEGIN}\n{table}\n{_END}{tail}", encoding="utf-8", newline="\n")
