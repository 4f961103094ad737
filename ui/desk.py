"""案头 (desk): the middle of the window: list of forms, location bar, and the sheet or the start page.

It shows one document and remembers its zoom; in narrow windows the list lies over the sheet. It opens and saves nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from perfdesk.kinds import FormKind
from ui import theme
from ui.blanks import next_blank
from ui.home.idle import IdlePages
from ui.home.rail import Rail
from ui.location import LocationBar, explanation_of, path_of
from ui.regions import Room

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from perfdesk.derive import Derived
    from perfdesk.model import Finding
    from perfdesk.sheet import Cell
    from ui.appearance import Appearance
    from ui.document import Document
    from ui.home.page import HomePage
    from ui.home.start import StartPage
    from ui.lines import Line
    from ui.report.rows import SectionRows
    from ui.report.view import ReportView
    from ui.settings import Settings
    from ui.sheet.rows import Rows
    from ui.sheet.view import SheetView


class Desk(QWidget):
    """List, location bar and sheet.

    ``report_made`` carries the view of reports, once there is one. ``cell_changed`` carries the current cell, ``zoom_changed``
    the zoom (1.0 is 100 %), ``list_shown`` whether the list is seen.
    """

    cell_changed = Signal(object)
    zoom_changed = Signal(float)
    list_shown = Signal(bool)
    report_made = Signal(object)
    page_turned = Signal()  # the page of a form is about to show one: what stands beside it may take its place
    refused = Signal(str)

    def __init__(
        self, settings: Settings, appearance: Appearance, *, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._room = Room.NONE
        self._document: Document | None = None
        self._wants_list = settings.flag("rail", default=True)
        self.rail, self.idle, self.location = Rail(self), IdlePages(today, self), LocationBar(self)
        self._appearance, self._today = appearance, today
        self._sheet: SheetView | None = None
        self._report: ReportView | None = None
        self._build()
        self.rail.fold_asked.connect(self.toggle_list)
        self.location.list_asked.connect(self.toggle_list)
        self.rail.tree.chosen.connect(self._put_list_away)
        self.rail.tree.installEventFilter(self)

    def _build(self) -> None:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.idle)
        self._right = QWidget(self)
        column = self._column = QVBoxLayout(self._right)
        column.addWidget(self.location)
        column.addWidget(self._stack, 1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.rail)
        self._row.addWidget(self._right, 1)
        for layout in (column, self._row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)

    def lay_above(self, strip: QWidget) -> None:
        """Lay a strip over location bar and page; it shows itself when it has something to say."""
        self._column.insertWidget(0, strip)

    @property
    def sheet(self) -> SheetView:
        """The sheet. It is made for the first form: with it comes most of the core, and the window is to stand before that."""
        if self._sheet is None:
            from ui.sheet.view import SheetView

            looks = self._appearance
            self._sheet = SheetView(looks.tokens, looks.faces, today=self._today, parent=self)
            self._stack.addWidget(self._sheet)
            self._sheet.cell_changed.connect(self._show_cell)
            self._sheet.zoom_changed.connect(self.zoom_changed)
            self._sheet.refused.connect(self.refused)
        return self._sheet

    @property
    def report(self) -> ReportView:
        """The view of reports, made for the first one."""
        if self._report is None:
            from ui.report.view import ReportView

            looks = self._appearance
            self._report = ReportView(looks.tokens, looks.faces, parent=self)
            self._stack.addWidget(self._report)
            self._row.insertWidget(self._row.count() - 1, self._report.outline)
            self._report.zoom_changed.connect(self.zoom_changed)
            self._report.refused.connect(self.refused)
            self._fit_outline()
            self.report_made.emit(self._report)
        return self._report

    @property
    def start(self) -> StartPage:
        """The start page."""
        return self.idle.start

    @property
    def home(self) -> HomePage:
        """年度总览."""
        return self.idle.home

    @property
    def shows_home(self) -> bool:
        """Whether 年度总览 is shown."""
        return self._stack.currentWidget() is self.idle and self.idle.shows_home

    @property
    def shows_report(self) -> bool:
        """Whether the open form is a report: a text, not a sheet."""
        return self._document is not None and self._document.template.kind is FormKind.REPORT

    @property
    def page(self) -> SheetView | ReportView:
        """What shows the open form: the sheet, or the page of a report."""
        return self.report if self.shows_report else self.sheet

    def _pages(self) -> tuple[SheetView | ReportView, ...]:
        return tuple(page for page in (self._sheet, self._report) if page is not None)

    def current_cell(self) -> Cell | None:
        """Return the current cell of the sheet; a report has none."""
        return None if self.shows_report else self.sheet.current_cell()

    @property
    def offers_last_year(self) -> bool:
        """Whether the current cell can take over what it held the year before."""
        return self._document is not None and not self.shows_report and self.sheet.last_year.is_offered

    def take_last_year(self) -> None:
        """取上年值: put what the current cell held the year before into it."""
        if self.offers_last_year:
            self.sheet.last_year.take()

    def on_sheet(self, act: Callable[[SheetView | ReportView], object]) -> None:
        """Have the sheet or the report do something, once a form is open."""
        if self._document is not None:
            act(self.page)

    def on_rows(self, act: Callable[[Rows | SectionRows], object]) -> None:
        """Have the row functions do something, once a form is open."""
        if self._document is not None:
            act(self.page.rows)

    def focus_sheet(self) -> None:
        """Give the keyboard to the sheet, or to the start page."""
        if self._document is not None:
            self.page.setFocus()
        else:
            self.idle.take_focus()

    def draw_again(self) -> None:
        """After a change of theme or 大字."""
        self.rail.set_icons()
        self.idle.set_icons()
        for page in self._pages():
            page.set_tokens(self._appearance.tokens)

    def show_document(self, document: Document) -> None:
        """Show a form in the zoom last used for its template."""
        self.put_down()
        self._document = document
        self.idle.prefer_year(document.record.year)
        page = self.page
        self._stack.setCurrentWidget(page)  # before the form: a page that knows its size lays a report out once
        self._fit_location()
        self._set_list(shown=self._list_belongs)
        self.page_turned.emit()
        page.show_document(document)
        zoom = self._settings.zoom(document.template.id)
        if zoom is None:
            from ui.sheet.paper import FIRST_MOST

            page.fit_width(most=FIRST_MOST)
        else:
            page.set_zoom(zoom)
        self.location.show_lock(document.lock)
        self.rail.tree.set_current(document.record.id)
        page.setFocus()
        self._show_cell(self.current_cell())

    def show_start(self) -> None:
        """Show the start page."""
        self.put_down()
        for page in self._pages():
            page.show_document(None)
        self._show_idle()
        self.location.show_form("")
        self.location.show_cell((), "")
        self.location.show_lock(None)
        self.rail.tree.set_current("")

    def _show_idle(self) -> None:
        """Without a form: 年度总览, or the start page while there are no forms at all."""
        self._stack.setCurrentWidget(self.idle)
        self._set_list(shown=self._list_belongs)
        self._fit_location()

    def commit(self) -> None:
        """Take over what is being typed."""
        if self._document is not None:
            self.page.commit_editor()

    def settle(self) -> None:
        """Take over what is being typed and remember the zoom."""
        if self._document is not None:
            self.commit()
            zoom = None if self.page.is_fitting else self.page.zoom
            self._settings.set_zoom(self._document.template.id, zoom)

    def put_down(self) -> None:
        """The form is about to go."""
        self.settle()
        self.forget_found()
        self._document = None

    def show_lines(self, lines: tuple[Line, ...], *, last: Line | None, trashed: int, read_only: bool) -> None:
        """Show the forms, in the list and in 年度总览; ``last`` is the one to go on with."""
        self.rail.tree.show_lines(lines)
        self.rail.show_state(trashed=trashed, read_only=read_only)
        before = self.idle.currentWidget()
        self.idle.show_lines(lines, last=last, trashed=trashed, read_only=read_only)
        if self._document is None and self.idle.currentWidget() is not before:
            self._show_idle()
            self.focus_sheet()

    def show_line(self, line: Line) -> None:
        """Show one form of the list anew."""
        self.rail.tree.show_line(line)
        self.idle.show_line(line)

    def zoom_to(self, percent: int) -> None:
        """Zoom the sheet to ``percent``."""
        if self._document is not None:
            self.page.set_zoom(percent / 100)

    def go_to(self, place: object) -> None:
        """Make the cell of a binding current; the focus stays where it is."""
        self.page.go_to(place)  # type: ignore[arg-type]  # a signal carries objects

    def mark_found(self, wanted: str) -> None:
        """Mark what is looked for (reduced by ``plain_text``) in the form; ``""`` takes the marks away."""
        if self._document is None:
            return
        if self.shows_report:
            self.report.mark_found(wanted)
            return
        from ui.sheet.delegate import mark_found

        mark_found(self.sheet, wanted)

    def forget_found(self) -> None:
        """Whoever looked for something has found it and goes on filling in."""
        self.mark_found("")

    def flash(self, finding: Finding) -> None:
        """Show for a moment what a fix changed."""
        if finding.fix is not None and finding.fix.edits:
            self.page.flash(finding.fix.edits[0][0])

    def go_to_blank(self, derived: Derived, step: int) -> bool:
        """Go to the next (or previous) required cell that is still blank. False when there is none."""
        current = self.report.cell_at(derived) if self.shows_report else self.current_cell()
        wanted = next_blank(derived, current, step)
        go = self.report.go_to_blank if self.shows_report else self.sheet.go_to
        return wanted is not None and wanted.binding is not None and go(wanted.binding)

    def _show_cell(self, cell: Cell | None) -> None:
        document = self._document
        if document is None:
            return
        if cell is None:
            self.location.show_cell((), "")
        else:
            derived = document.derived
            words = self.sheet.currentIndex().data(Qt.ItemDataRole.AccessibleDescriptionRole) or ""
            explanation, last_year = explanation_of(cell, derived), self.sheet.last_year.words
            spelt, path = self.sheet.spelt(), path_of(cell, derived)
            self.location.show_cell(path, explanation, description=str(words), last_year=last_year, spelt=spelt)
        self.cell_changed.emit(cell)

    def regions(self) -> tuple[tuple[QWidget, Callable[[], object]], ...]:
        """Return the desk's stops for F6 and how each takes the keyboard."""
        heads = () if self._report is None else ((self._report.outline, self._report.outline.list.setFocus),)
        years = ((self.home.years, self.home.years.list.setFocus),) if self.shows_home else ()
        return (self.rail, self.rail.tree.setFocus), *heads, *years, (self._stack, self.focus_sheet)

    @property
    def list_is_shown(self) -> bool:
        """Whether the list can be seen."""
        return not self.rail.isHidden()

    def set_room(self, room: Room) -> None:
        """Fit list and location bar to the width of the window."""
        self._room = room
        narrow = room is Room.NARROW
        self.rail.setFixedWidth(theme.px(self.font(), room.rail))
        self.location.set_narrow(narrow=narrow)
        self._fit_location()
        self.idle.set_narrow(narrow=narrow)
        if narrow:
            self._row.removeWidget(self.rail)
        elif self._row.indexOf(self.rail) < 0:
            self._row.insertWidget(0, self.rail)
        self._fit_outline()
        self._set_list(shown=self._list_belongs)

    def _fit_location(self) -> None:
        """A sheet has the location bar; in narrow windows it holds the button of the list, so that all but 年度总览 have it."""
        own = self._document is not None and not self.shows_report
        self.location.setVisible(own or (self._room is Room.NARROW and not self.shows_home))

    def toggle_list(self) -> None:
        """Ctrl+1: show or hide the list; in narrow windows it lies over the sheet until a form is chosen."""
        shown = not self.list_is_shown
        if self._room is not Room.NARROW and not self.shows_report and not self.shows_home:
            self._wants_list = shown
            self._settings.set_flag("rail", on=shown)
        self._lay_list_over()
        self._set_list(shown=shown)
        self.rail.raise_()
        if shown:
            self.rail.tree.setFocus()
        else:
            self.focus_sheet()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the list closes it where it lies over the sheet, and gives the keyboard back to the sheet."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._put_list_away()
            self.focus_sheet()
            return True
        if event.type() is QEvent.Type.FocusOut and self._room is Room.NARROW:
            focus = QApplication.focusWidget()
            if focus is not None and not self.rail.isAncestorOf(focus):
                self._put_list_away()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list over the sheet as high as the desk."""
        super().resizeEvent(event)
        self._lay_list_over()

    def _lay_list_over(self) -> None:
        if self._room is Room.NARROW:
            top = self._stack.y()
            self.rail.setGeometry(0, top, self.rail.width(), self.height() - top)

    @property
    def _list_belongs(self) -> bool:
        """Whether the list has its place at the left: beside a report stands the outline, in 年度总览 the years."""
        return self._wants_list and self._room is not Room.NARROW and not self.shows_report and not self.shows_home

    def _put_list_away(self) -> None:
        if self._room is Room.NARROW or self.shows_report or self.shows_home:
            self._set_list(shown=False)

    def _set_list(self, *, shown: bool) -> None:
        self.rail.setVisible(shown)
        if self._report is not None:
            beside = not shown and self._room is not Room.NARROW
            self._report.outline.setVisible(self.shows_report and beside)
        self.list_shown.emit(shown)

    def _fit_outline(self) -> None:
        """Give the outline the width of a wide list, for headings are long; in narrow windows the report's own bar opens it."""
        if self._report is not None:
            self._report.outline.setFixedWidth(theme.px(self.font(), Room.WIDE.rail))
            self._report.tools.set_narrow(narrow=self._room is Room.NARROW)
