"""填入财政局的表: a blank workbook from outside and a form of ours, in; the filled workbook and what became of each text, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.errors import UserError
from perfdesk.exchange import guard
from perfdesk.filling import Plan, plan_filling
from perfdesk.recognition import recognise
from perfdesk.source import SourceKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from perfdesk.derive import Derived
    from perfdesk.exchange.xlsx.filling import Blank, Filling
    from perfdesk.template import Template


def read_blank(path: Path) -> Blank:
    """Read the workbook that is to be filled. Raises :class:`UserError`, one sentence with the name and the next step."""
    from perfdesk.exchange.xlsx.filling import open_blank

    data = guard.read_bytes(path)
    kind = guard.kind_of(data, path.name)
    if kind is SourceKind.XLS:
        raise UserError(
            f"“{path.name}”是旧版 Excel 文件（.xls），直接填会丢格式。请用 WPS 或 Excel 另存为 .xlsx，填好后再另存回 .xls 上传。"
        )
    if kind is not SourceKind.XLSX:
        raise UserError(f"“{path.name}”不是 Excel 文件，没有填。请选财政局发的 .xlsx 表。")
    return open_blank(data, path.name)


def fill_form(
    blank: Blank, form: Derived, templates: Mapping[str, Template], *, overwrite: bool = False, system: bool = False
) -> Filling:
    """Write a form of ours into a blank workbook: into the one of its forms that has room for most of it.

    What stands there already is kept unless ``overwrite``; ``system`` refuses the signs that the finance system does not take.
    Raises :class:`UserError` where no form is recognised in the file, or none that has a place for anything of ours.
    """
    from perfdesk.exchange.xlsx.filling import fill

    found = recognise(blank.source, templates)
    plans = [plan_filling(form, blank.source, one, blanks=blank.blanks, system=system) for one in found.forms]
    best = max(plans, key=_room, default=None)
    if best is None:
        raise UserError(
            f"没有认出“{blank.name}”里的表：找不到“项目名称”“绩效指标”这样的格。请看看是不是选错了文件，文件没有动。"
        )
    if not best.entries:
        raise UserError(
            f"“{blank.name}”里的表与“{form.template.title}”对不上，没有一格能填。请看看是不是选错了文件，文件没有动。"
        )
    return fill(blank, best, overwrite=overwrite)


def _room(plan: Plan) -> tuple[int, int]:
    """How many blank cells a form has for ours, then how many at all."""
    return sum(not one.held for one in plan.entries), len(plan.entries)
