"""``perfdesk list``: what is in the data file, on the terminal; or one of its lists as CSV or Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk import places
from perfdesk.cli import forms
from perfdesk.cli.terminal import table
from perfdesk.errors import UserError
from perfdesk.exchange.files import write_atomically
from perfdesk.exchange.rendering import CSV, XLSX, render_lists

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal
    from perfdesk.derive import Derived
    from perfdesk.listing import Listing
    from perfdesk.store import Entry


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Print the forms of the data file, or write the list that is asked for."""
    path = arguments.store or places.default_store()
    if arguments.store is None and not path.exists():
        terminal.say(f"还没有表（“{path}”还没有建立）。可以先用 perfdesk import 收进来。")
    elif arguments.csv is None and arguments.xlsx is None:
        _print(arguments, path, terminal)
    else:
        _write(arguments, terminal)


def _print(arguments: Arguments, path: Path, terminal: Terminal) -> None:
    """Print the forms of the data file, the latest year first."""
    known = forms.templates(terminal)
    with forms.open_store(arguments, read_only=True) as store:
        entries = store.entries(year=arguments.year)
    rows = []
    for entry in entries:
        template = known.get(entry.template_id)
        title = template.title if template else f"{entry.template_id}（表样不在本机）"
        rows.append(
            (str(entry.year), entry.project_name or entry.title or title, title, f"{entry.changed:%Y-%m-%d %H:%M}")
        )
    if rows:
        terminal.say("\n".join(table([("年度", "表", "表样", "改于"), *rows])))
    when = "" if arguments.year is None else f" {arguments.year} 年的"
    terminal.say(f"共 {len(rows)} 张表。" if rows else f"“{path}”里还没有{when}表。")


# ----------------------------------------------------------------------------------------------------- as a file


def _write(arguments: Arguments, terminal: Terminal) -> None:
    """Write one list as CSV, Excel or both; of several 汇总表 and 公开目录 a workbook has a sheet for each."""
    found, made = _listings(arguments, terminal), forms.now()
    rows = sum(len(one.rows) for one in found)
    for kind, path in ((CSV, arguments.csv), (XLSX, arguments.xlsx)):
        if path is None:
            continue
        rendered = render_lists(found, kind, title=path.stem, made=made)
        write_atomically(path, rendered.data)
        terminal.say(f"已写出 {path}（{'、'.join(one.name for one in found)}，{rows} 行）")
        for note in rendered.notes:
            terminal.note(note)


def _listings(arguments: Arguments, terminal: Terminal) -> tuple[Listing, ...]:
    """Return the lists that are asked for. Raises :class:`UserError` where there is nothing to list."""
    from perfdesk import listing

    if arguments.what == "library":
        return (_library(arguments, terminal),)
    found = _derived(arguments, terminal)
    when = "" if arguments.year is None else f"{arguments.year} 年"
    if arguments.what == "indicators":
        return (listing.list_indicators(found, name=f"{when}全部指标"),)
    if arguments.what == "findings":
        return (listing.list_findings(found, name=f"{when}审核提示"),)
    if arguments.what == "forms":
        return (_overview(arguments, found, name=f"{when}各张表"),)
    lists = (listing.list_rows(form, name=f"{form.record.year} 年{called}") for called, form in found)
    rows = tuple(one for one in lists if one is not None)
    if not rows:
        raise UserError(f"数据文件里{when}还没有汇总表和公开目录。文件没有写出。")
    return rows


def _derived(arguments: Arguments, terminal: Terminal) -> list[tuple[str, Derived]]:
    """Derive the forms of the data file among those of their year and of the year before."""
    from perfdesk.derive import derive

    known = forms.templates(terminal)
    usable = list(forms.with_templates(forms.chosen(arguments, known, terminal), known, terminal))
    around = forms.around(usable, forms.year_before(arguments, known))
    return [
        (forms.name_of(form.record), derive(template, form.record, around[form.record.year]))
        for form, template in usable
    ]


def _overview(arguments: Arguments, found: list[tuple[str, Derived]], *, name: str) -> Listing:
    from perfdesk.listing import list_forms, row_of

    with forms.open_store(arguments, read_only=True) as store:
        entries: Mapping[str, Entry] = {one.id: one for one in store.entries(year=arguments.year)}
        submitted = store.versions.submitted()
    rows = (
        row_of(form, name=called, changed=entries[form.record.id].changed, submitted=form.record.id in submitted)
        for called, form in found
    )
    return list_forms(rows, name=name)


def _library(arguments: Arguments, terminal: Terminal) -> Listing:
    """List the indicators of all years, whatever year was asked for: the library knows no other."""
    from perfdesk.library import own_entries, starter
    from perfdesk.listing import list_library
    from perfdesk.template import Filled

    known = forms.templates(terminal)
    with forms.open_store(arguments, read_only=True) as store:
        records = store.load_all()
    filled = (Filled(known[one.template_id], one) for one in records if one.template_id in known)
    return list_library((*own_entries(filled), *starter().entries))
