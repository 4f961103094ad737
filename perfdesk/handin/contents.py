"""目录 (contents): the page on top of a hand-in package: what it holds, with pages and 校验码, to be signed and stamped.

It is a form like the others: drawn in ``resources/handin-contents.toml``, laid out and exported by the same code, but filled by
the program alone and never kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from perfdesk import places
from perfdesk.derive import derive
from perfdesk.layout import Layout
from perfdesk.model import ListRow, Record
from perfdesk.policy import load_policies
from perfdesk.template import Template, read_template


class Line(NamedTuple):
    """One line: what the material is called, of which kind, its pages (a count, or 「4—5」), and the 校验码 of its form."""

    name: str
    kind: str
    extent: str
    code: str = ""


class Head(NamedTuple):
    """Who hands in to whom for which year, on which day, and the 校验码 of the whole package (``""``: there is none)."""

    year: int
    office: str
    recipient: str
    made: date
    code: str = ""


def lay_out_contents(head: Head, lines: Iterable[Line]) -> Layout:
    """Return the pages of the 目录."""
    template = _template()
    return derive(template, fill(template, head, tuple(lines))).layout


@lru_cache(maxsize=1)
def _template() -> Template:
    resources = places.resources()
    return read_template(resources / "handin-contents.toml", load_policies(resources / "policies"))


def fill(template: Template, head: Head, lines: tuple[Line, ...]) -> Record:
    """Return the filled-in 目录, a row for each line."""
    rows = (
        ListRow.of({"item": str(at), "name": one.name, "kind": one.kind, "extent": one.extent, "code": one.code})
        for at, one in enumerate(lines, start=1)
    )
    return Record(
        id="handin-contents",
        template_id=template.id,
        year=head.year,
        unit=template.unit,
        bureau=head.office,
        values={
            "office": head.office,
            "recipient": head.recipient,
            "made_on": f"{head.made.year}年{head.made.month}月{head.made.day}日",
            "count": f"{len(lines)} 份材料",
            "code": head.code or "—",
        },
        rows=tuple(rows),
    )
