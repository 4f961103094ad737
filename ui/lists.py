"""导出列表 (lists): any list the program shows as Excel or CSV: asks which one and where, and has it made off the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from perfdesk.exchange.files import safe_name
from perfdesk.exchange.rendering import OF_LISTS, XLSX
from ui.dialogs import put_up
from ui.dialogs.lists import ALL_YEARS, Kind, ListChoice, ListsDialog
from ui.exporting import ListOrder
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from perfdesk.derive import Derived
    from perfdesk.listing import Listing
    from perfdesk.overview import Row
    from perfdesk.template import Filled
    from ui.lines import Line
    from ui.output import Output
    from ui.tools import Tools

FILES: Final = "Excel 工作簿 (*.xlsx);;CSV 文件 (*.csv)"


@dataclass(frozen=True, slots=True)
class _Source:
    """The forms a list is made of, by year, with the lines that know how they stand. Nothing in it ever changes."""

    forms: Mapping[int, tuple[Filled, ...]]
    years: tuple[int, ...]
    lines: Mapping[str, Line]

    def derived(self) -> tuple[tuple[str, Derived], ...]:
        """Derive every form among those of its year and of the year before, with what it is called."""
        from perfdesk.derive import derive

        return tuple(
            (self._name(one), derive(one.template, one.record, around))
            for year in self.years
            for around in [(*self.forms[year], *self.forms.get(year - 1, ()))]
            for one in self.forms[year]
        )

    def _name(self, form: Filled) -> str:
        line = self.lines.get(form.record.id)
        return form.template.title if line is None else line.name


class Lists(QObject):
    """The dialog 导出列表 and its work; whatever shows a list hands it over to :meth:`export`."""

    def __init__(self, tools: Tools, *, output: Output) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._settings, self._dialogs, self._toast, self._now = tools
        self._output = output

    def show(self, year: int | None = None) -> None:
        """导出列表…: which list of which year; without one the latest."""
        years = sorted({line.year for line in self._forms.lines}, reverse=True)
        if not years:
            return
        dialog = ListsDialog(years, years[0] if year is None else year, kind=Kind.FORMS, parent=self._window)
        dialog.confirmed.connect(self._make)
        put_up(dialog)

    def _make(self, choice: ListChoice) -> None:
        """Ask for the file of a chosen list; the list itself is made when the file is written."""
        when = "" if choice.year == ALL_YEARS else f"{choice.year} 年"
        if choice.kind is Kind.ROWS and not self._has_rows(choice.year):
            self._toast.say(f"{when or '数据里'}还没有汇总表和公开目录", mark=Mark.HINT)
            return
        name = f"{when}{choice.kind.words}"
        self._ask(name, partial(_listings, choice.kind, self._source(choice), name))

    def export(self, listing: Listing) -> None:
        """Write a list that is shown where somebody says."""
        self._ask(listing.name, lambda: (listing,))

    def _has_rows(self, year: int) -> bool:
        from perfdesk.model import FormKind

        kinds = {FormKind.SUMMARY, FormKind.PUBLICATION_LIST}
        return any(line.kind in kinds and year in {ALL_YEARS, line.year} for line in self._forms.lines)

    def _source(self, choice: ListChoice) -> _Source:
        every = sorted({line.year for line in self._forms.lines}, reverse=True)
        years = tuple(every) if choice.year == ALL_YEARS else (choice.year,)
        wanted = {year for one in years for year in (one, one - 1)}
        forms = {year: self._forms.others("", year) for year in sorted(wanted)}
        return _Source(forms, years, {line.id: line for line in self._forms.lines})

    def _ask(self, name: str, make: Callable[[], tuple[Listing, ...]]) -> None:
        suggested = self._output.folder() / f"{safe_name(name)}.{XLSX}"
        target = self._dialogs.save_file("导出列表", suggested, FILES)
        if target is None:
            return
        if target.suffix.lower().removeprefix(".") not in OF_LISTS:
            target = target.with_name(f"{target.name}.{XLSX}")
        self._settings.set_word("folder", str(target.parent))
        author = self._settings.word("bureau")
        self._output.write(ListOrder((target,), make, self._now(), author))


def _row(called: str, form: Derived, lines: Mapping[str, Line]) -> Row:
    from perfdesk.listing import row_of

    line = lines.get(form.record.id)
    changed, submitted = (None, False) if line is None else (line.changed, line.submitted)
    return row_of(form, name=called, changed=changed, submitted=submitted)


def _listings(kind: Kind, source: _Source, name: str) -> tuple[Listing, ...]:
    """Make a list from its source; of several 汇总表 one for each."""
    from perfdesk import listing

    if kind is Kind.LIBRARY:
        from perfdesk.library import own_entries, starter

        own = own_entries(one for forms in source.forms.values() for one in forms)
        return (listing.list_library((*own, *starter().entries)),)
    found = source.derived()
    if kind is Kind.FORMS:
        rows = (_row(called, form, source.lines) for called, form in found)
        return (listing.list_forms(rows, name=name),)
    if kind is Kind.INDICATORS:
        return (listing.list_indicators(found, name=name),)
    if kind is Kind.FINDINGS:
        return (listing.list_findings(found, name=name),)
    lists = (listing.list_rows(form, name=f"{form.record.year} 年{called}") for called, form in found)
    return tuple(one for one in lists if one is not None)
