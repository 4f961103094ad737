"""``perfdesk export``: every chosen form as PDF, Excel, Word or record file, one file each, whole or not at all.

It formats nothing itself and judges nothing: a form is scored and laid out, but not checked (``perfdesk.derive`` would do that
too, and a draft with 错误 is printed all the same). A form that one exporter refuses (a character no face can draw) is a trouble;
the rest is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfdesk import private
from perfdesk.cli import forms
from perfdesk.errors import UserError
from perfdesk.exchange.files import safe_name, write_atomically
from perfdesk.exchange.rendering import Rendered, render
from perfdesk.fingerprint import Stamp, fingerprint
from perfdesk.gathering import annexes, gather, renew
from perfdesk.layout import Layout, lay_out
from perfdesk.model import FormKind, Record
from perfdesk.scoring import assess
from perfdesk.sheet import build
from perfdesk.template import Filled

if TYPE_CHECKING:
    from datetime import datetime

    from perfdesk.charts import Chart
    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal
    from perfdesk.template import Template


class _Order(NamedTuple):
    """What is common to all files of one run."""

    folder: Path
    templates: Mapping[str, Template]
    made: datetime


class _Paper(NamedTuple):
    """A form as it goes out, with its annexes, and what it carries in its foot."""

    layouts: tuple[Layout, ...]
    record: Record
    stamp: Stamp | None
    charts: tuple[Chart, ...] = ()


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Export the chosen forms."""
    known = forms.templates(terminal)
    found = forms.chosen(arguments, known, terminal)
    order = _Order(folder_of(arguments.out), known, forms.now())
    taken: set[str] = set()
    usable = list(forms.with_templates(found, known, terminal))
    for form, template in usable:
        stem = stem_of(form.record, taken)
        others = forms.others(form, usable)
        record = renew(template, form.record, others)
        layouts = _with_annexes(Filled(template, record), others)
        charts = _charts(Filled(template, record), others)
        paper = _Paper(layouts, record, _stamp(form, record, wanted=arguments.code), charts)
        for kind in arguments.to:
            try:
                _write(order, paper, stem=stem, kind=kind, terminal=terminal)
            except UserError as error:
                terminal.trouble(error)


def laid_out(template: Template, record: Record, others: tuple[Filled, ...] = ()) -> Layout:
    """Return the layout of a record as it stands on paper, with what it takes from the other forms of its year."""
    gathered = gather(template, record, others)
    return lay_out(build(template, record, assess(template, record), gathered))


def _with_annexes(form: Filled, others: tuple[Filled, ...]) -> tuple[Layout, ...]:
    """Return the layout of a form, and behind that of a report those of its annexes."""
    found = [laid_out(form.template, form.record, others)]
    for annex in annexes(form.record, others):
        near = (form, *(one for one in others if one is not annex))
        found.append(laid_out(annex.template, renew(annex.template, annex.record, near), near))
    return tuple(found)


def _charts(form: Filled, others: tuple[Filled, ...]) -> tuple[Chart, ...]:
    """Return the charts that go behind a 汇总表."""
    if form.template.kind is not FormKind.SUMMARY:
        return ()
    from perfdesk.charts import of_summary  # what it needs is not to be loaded for all other forms

    return of_summary(form, gather(form.template, form.record, others), others)


def folder_of(path: Path) -> Path:
    """Return the folder, made when it is not there. Raises :class:`UserError`."""
    try:
        private.make_folder(path)
    except (FileExistsError, NotADirectoryError) as error:
        raise UserError(f"“{path}”不是文件夹。文件没有写出，请换个位置。") from error
    except OSError as error:
        raise UserError(f"“{path}”建不了文件夹。文件没有写出，请检查写入权限，或换个位置。") from error
    return path


def stem_of(record: Record, taken: set[str]) -> str:
    """Name a form's files 「2020-法律援助工作经费」; a second form of that name in this run gets 「（2）」."""
    base = safe_name(f"{record.year}-{forms.name_of(record)}")
    stem, number = base, 2
    while stem.casefold() in taken:
        stem = f"{base}（{number}）"
        number += 1
    taken.add(stem.casefold())
    return stem


def _stamp(form: forms.Form, record: Record, *, wanted: bool) -> Stamp | None:
    """Return what a form carries: that of its 上报版, where it still holds that; else its code alone, where one is wanted."""
    code = fingerprint(record)
    if form.stamp is not None and form.stamp.code == code:
        return form.stamp
    return Stamp("", code) if wanted else None


def _write(order: _Order, paper: _Paper, *, stem: str, kind: str, terminal: Terminal) -> None:
    """Write one file and say so."""
    path = order.folder / f"{stem}.{kind}"
    data, notes = _render(order, paper, kind=kind)
    write_atomically(path, data)
    terminal.say(f"已导出 {path}")
    for note in notes:
        terminal.note(note)


def _render(order: _Order, paper: _Paper, *, kind: str) -> Rendered:
    """Return the bytes of one file, and what of the form it could not take over."""
    layouts, record, stamp, charts = paper
    title = forms.name_of(record)
    if kind == "json":
        from perfdesk.exchange.exchange import write_records

        return Rendered(write_records((record,), order.templates, with_codes=stamp is not None).encode())
    if kind == "xlsx" and order.templates[record.template_id].kind is FormKind.REPORT:
        raise UserError(f"“{title}”是报告，不是表格，没有做成 Excel。请导出为 Word（docx）或 PDF。")
    return render(layouts, kind, title=title, made=order.made, author=record.bureau, stamp=stamp, charts=charts)
