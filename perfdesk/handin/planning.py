"""Which files a hand-in package is made of, and what its folder is called. Nothing is written and nothing computed here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perfdesk.exchange.files import safe_name
from perfdesk.handin.naming import stems
from perfdesk.handin.types import Item, Wanted, What
from perfdesk.model import FormKind, Record

if TYPE_CHECKING:
    from perfdesk.template import Filled, Template

PDF, XLSX, DOCX = "pdf", "xlsx", "docx"
CONTENTS: Final = "目录"
CHECK_SHEETS: Final = "审核单"
MERGED: Final = "全部（打印用）"
MANIFEST: Final = "校验清单.json"
UNFINISHED: Final = "（没有写完）"


def folder_name(wanted: Wanted) -> str:
    """Return what the package is called: 「2020年度绩效表」, 「2020年度绩效表-报县财政局」."""
    recipient = wanted.recipient.strip()
    return safe_name(f"{wanted.year}年度绩效表" + (f"-报{recipient}" if recipient else ""))


def place_of(wanted: Wanted) -> Path:
    """Return the folder, or the zip, that the package becomes."""
    name = folder_name(wanted)
    return wanted.folder / (f"{name}.zip" if wanted.zipped else name)


def workplace_of(wanted: Wanted) -> Path:
    """Return the folder in which the files are written; for a zip it is there only until the zip is whole."""
    name = folder_name(wanted)
    return wanted.folder / (f"{name}{UNFINISHED}" if wanted.zipped else name)


def plan(forms: tuple[Filled, ...], wanted: Wanted) -> tuple[Item, ...]:
    """Return the files of a package in their order; a report goes to Word in place of Excel, each format once.

    Raises :class:`UserError` for a pattern that cannot be used.
    """
    names = stems(forms, wanted.pattern, recipient=wanted.recipient, folder=str(workplace_of(wanted)))
    found: list[Item] = []
    for place, (form, stem) in enumerate(zip(forms, names, strict=True)):
        report = form.template.kind is FormKind.REPORT
        kinds = dict.fromkeys(DOCX if report and kind == XLSX else kind for kind in wanted.kinds)
        found += [Item(f"{stem}.{kind}", What.FORM, kind, place) for kind in kinds]
    if not forms:
        return ()
    return (*_before(wanted), *found, *_behind(wanted, len(forms)))


def _before(wanted: Wanted) -> tuple[Item, ...]:
    """The 目录 stands first: to be signed as PDF, and in Word where files go out in Word."""
    if not wanted.contents or not wanted.kinds:
        return ()
    kinds = (PDF, *((DOCX,) if DOCX in wanted.kinds else ()))
    return tuple(Item(f"{0:02}-{CONTENTS}.{kind}", What.CONTENTS, kind) for kind in kinds)


def _behind(wanted: Wanted, count: int) -> tuple[Item, ...]:
    number = f"{count + 1:0{max(2, len(str(count)))}}"
    sheets = (Item(f"{number}-{CHECK_SHEETS}.{PDF}", What.CHECK_SHEETS, PDF),) if wanted.check_sheets else ()
    merged = (Item(f"{MERGED}.{PDF}", What.MERGED, PDF),) if wanted.merged else ()
    return (*sheets, *merged)


def with_summary(
    forms: tuple[Filled, ...], templates: Mapping[str, Template], *, year: int, office: str
) -> tuple[Filled, ...]:
    """Return the forms with a 汇总表 behind them, where the year has none and has forms that one gathers; it is not kept."""
    kinds = {form.template.kind for form in forms}
    if FormKind.SUMMARY in kinds:
        return forms
    template = next((one for one in templates.values() if one.gathers in kinds and one.gathers is not None), None)
    if template is None:
        return forms
    from perfdesk.editing import new_record
    from perfdesk.template import Filled

    record: Record = new_record(template, record_id=f"handin-{year}", year=year, bureau=office)
    return (*forms, Filled(template, record))
