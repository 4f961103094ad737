"""The rows of a list form (汇总表, 公开目录) without the paper around them: one row for each, under the heads of the form.

What somebody typed over a gathered figure counts, as on paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.listing.types import Head, Listing
from perfdesk.model import ListRow
from perfdesk.template import FUND_KEYS, BlockRole, FieldKind

if TYPE_CHECKING:
    from perfdesk.derive import Derived
    from perfdesk.template import Field, Template

_WIDE = 30


def list_rows(form: Derived, *, name: str) -> Listing | None:
    """List the rows of a list form; ``None`` for a form that is no list. The last row is what it gathers as its 合计."""
    template = form.template
    if template.repeated is None or template.repeated.role is not BlockRole.LIST:
        return None
    columns = _columns(template)
    heads = tuple(Head(one.label, _holds_figures(one), 16 if _holds_figures(one) else _WIDE) for one in columns)
    gathered = form.gathered.rows or (ListRow(),) * len(form.record.rows)
    rows = tuple(
        tuple(typed.text(one.key) or found.text(one.key) for one in columns)
        for typed, found in zip(form.record.rows, gathered, strict=True)
    )
    sums = tuple(form.gathered.total.text(one.key) for one in columns)
    return Listing(name, heads, rows, ("合计", *sums[1:]) if any(sums) else ())


def _columns(template: Template) -> tuple[Field, ...]:
    """Return the columns of the list from left to right, as its row is drawn."""
    block = template.repeated
    keys = dict.fromkeys(slot.key for slot in block.body) if block is not None else {}
    return tuple(found for key in keys if (found := template.column(key)) is not None)


def _holds_figures(column: Field) -> bool:
    return column.kind is FieldKind.NUMBER or column.key in FUND_KEYS
