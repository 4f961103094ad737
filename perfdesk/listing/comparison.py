"""The list of 对比: one row for each field of two forms or two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.listing.types import Head, Listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfdesk.comparing import Line


def list_comparison(lines: Iterable[Line], heads: tuple[str, str], *, name: str) -> Listing:
    """List compared fields in the order given; ``heads`` name the earlier and the later form.

    变化 is the difference of two figures as 对比 shows it, else 「不同」 or nothing.
    """
    columns = (
        *(Head("部分", width=20), Head("行或格", width=36)),
        *(Head(words, figures=True, width=36) for words in heads),
        Head("变化", width=12),
    )
    rows = tuple((line.group, line.name, line.was, line.now, _change(line)) for line in lines)
    return Listing(name, columns, rows)


def _change(line: Line) -> str:
    if line.change is not None and line.differs:
        return line.change.words
    return "不同" if line.differs else ""
