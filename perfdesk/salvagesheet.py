"""找回清单 on paper: what came back of a damaged data file and from where, as pages to print and to keep.

It is a form like the others: drawn in ``resources/salvage-list.toml``, laid out and exported by the same code, but filled by the
program alone and never kept. The words are those of ``perfdesk.store.salvagelist``.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from perfdesk import places
from perfdesk.derive import derive
from perfdesk.exchange.rendering import render
from perfdesk.model import ListRow, Record
from perfdesk.policy import load_policies
from perfdesk.store.salvagelist import further, headline, ordered, where_from
from perfdesk.template import Template, read_template

if TYPE_CHECKING:
    from perfdesk.layout import Layout
    from perfdesk.store.salvage import Salvaged

NAME: Final = "找回清单"


def render_list(done: Salvaged, *, made: datetime) -> bytes:
    """Return the list as a PDF; ``made`` is when it is printed."""
    return render((lay_out_list(done, made=made),), "pdf", title=NAME, made=made, author="")[0]


def lay_out_list(done: Salvaged, *, made: datetime) -> Layout:
    """Return the pages of the list."""
    template = _template()
    return derive(template, fill(template, done, made=made)).layout


@lru_cache(maxsize=1)
def _template() -> Template:
    resources = places.resources()
    return read_template(resources / "salvage-list.toml", load_policies(resources / "policies"))


def fill(template: Template, done: Salvaged, *, made: datetime) -> Record:
    """Return the filled-in list: one row for each form, those first that need looking at."""
    rows = tuple(
        ListRow.of(
            {
                "item": str(number),
                "year": str(one.year or "不明"),
                "name": one.name or "名称不明",
                "source": where_from(one),
            }
        )
        for number, one in enumerate(ordered(done), start=1)
    )
    return Record(
        id="salvage-list",
        template_id=template.id,
        year=made.year,
        values={
            "file": done.aside.name,
            "headline": f"{headline(done)}。",
            "further": "\n".join(further(done)),
            "made_on": f"{made.year}年{made.month}月{made.day}日",
        },
        rows=rows,
    )
