"""主窗口 (main window): menus, tool bar, desk, 审核 and status bar, and how they talk to each other. No domain logic.

What a menu entry does beyond showing stands in ``ui.errands``; the open form is ``ui.session``; the list is ``ui.forms``. What is
seen at once is ``ui.shell``; the rest is imported when the window is furnished, which is after its first picture.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui import regions, theme
from ui.actions import (
    NEED_FORM,
    NEED_FORMS,
    NEED_GOALS,
    NEED_KEEPING,
    NEED_PAST,
    NEED_RETURN,
    NEED_STORE,
    NEED_STORE_FORM,
    NEED_WRITING,
    NEED_YEAR,
)
from ui.locks import AS_SUBMITTED, LOOKING
from ui.regions import Room
from ui.shell import TITLE, Shell
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtGui import QCloseEvent

    from perfdesk.derive import Derived
    from perfdesk.sheet import Cell
    from ui.audit import AuditDock
    from ui.dialogs import Dialogs
    from ui.document import Document
    from ui.errands import Errands
    from ui.findings import FindingsPanel
    from ui.forms import Forms
    from ui.home.page import HomePage
    from ui.reporting import Reporting
    from ui.session import Session
    from ui.statusbar import StatusBar
    from ui.widgets.toast import Toast


class MainWindow(Shell):
    """The window of one store, once it is furnished; until then it only stands there and can be closed."""

    forms: Forms
    session: Session
    status: StatusBar
    panel: FindingsPanel
    dock: AuditDock
    toast: Toast
    errands: Errands
    reporting: Reporting
    is_furnished = False

    def furnish(self, forms: Forms, dialogs: Dialogs, *, now: Callable[[], datetime]) -> None:
        """Bring in everything that works: forms, 审核, errands. ``now`` is the clock of everything that is dated."""
        from ui.audit import AuditDock
        from ui.errands import Errands
        from ui.findings import FindingsPanel
        from ui.session import Session
        from ui.statusbar import StatusBar
        from ui.tools import Tools
        from ui.widgets.toast import Toast

        self.forms = forms
        self.session = Session(forms, self.settings, self.desk)
        self.status = StatusBar(self)
        self.setStatusBar(self.status)
        self.panel = FindingsPanel(self)
        self.dock = AuditDock(self.panel, self.settings, self)
        self.toast = Toast(self, lift=theme.px(self.font(), theme.STATUS_BAR))
        self.errands = Errands(Tools(self, forms, self.settings, dialogs, self.toast, now))
        self.is_furnished = True
        self._connect_forms()
        self._connect_form()
        self._connect_commands()
        self.draw_again()
        self._restore_audit()
        self.session.close()

    # ---------------------------------------------------------- connecting
    def _connect_forms(self) -> None:
        from ui.reception import WELCOME
        from ui.widgets.dropping import FileDrop

        desk, errands, finder = self.desk, self.errands, self.bar.finder
        self.forms.listed.connect(self._show_list)
        self.forms.marked.connect(self._show_mark)
        desk.idle.home_made.connect(self._connect_home)
        desk.idle.failed.connect(self.errands.tell, Qt.ConnectionType.QueuedConnection)
        FileDrop(self, WELCOME).dropped.connect(errands.reception.take)
        errands.form_made.connect(self.session.open)
        errands.auditing.place_chosen.connect(self._show_place)
        errands.comparing.place_chosen.connect(desk.go_to)
        errands.form_going.connect(self.session.leave)
        for page in (desk.rail, desk.start):
            page.new_asked.connect(errands.new_form)
            page.import_asked.connect(errands.intake.import_files)
        desk.rail.trash_asked.connect(errands.bin.show)
        desk.rail.tree.menu_asked.connect(errands.show_form_menu)
        desk.rail.tree.year_shown.connect(self.forms.want)
        for chosen in (desk.rail.tree.chosen, desk.start.chosen, finder.form_chosen):
            chosen.connect(self.session.open)
        finder.place_chosen.connect(desk.go_to)
        finder.left.connect(desk.focus_sheet)
        finder.looked_for.connect(desk.mark_found)
        finder.look_in(self.forms.everything)

    def _connect_home(self, home: HomePage) -> None:
        errands = self.errands
        home.chosen.connect(self.session.open)
        home.menu_asked.connect(errands.show_form_menu)
        home.year_shown.connect(self.forms.want)
        home.search.textChanged.connect(self.forms.pace.hold)
        home.new_asked.connect(errands.new_form)
        errands.charting.serve(home.charts)
        home.roll_asked.connect(errands.rollover.start)
        home.import_asked.connect(errands.intake.import_files)
        home.trash_asked.connect(errands.bin.show)
        home.audit_asked.connect(errands.auditing.show_year)

    def _connect_form(self) -> None:
        from ui.reporting import Reporting

        desk, session = self.desk, self.session
        session.opened.connect(self.errands.freezing.turn_to)
        session.closed.connect(self.errands.freezing.turn_to)
        self.errands.freezing.changed.connect(self._enable)
        desk.page_turned.connect(self._make_room)
        session.opened.connect(self._show_document)
        session.closed.connect(self._show_start)
        session.failed.connect(self.errands.tell)
        session.opened.connect(self.errands.feeding.turn_to)
        session.settled.connect(self._show_derived)
        session.settled.connect(desk.forget_found)
        session.record_saved.connect(self._show_saved)
        self.forms.saved.connect(self._show_left)
        session.save_failed.connect(self._show_save_trouble)
        session.editing_refused.connect(self.errands.refuse)
        session.rest_on(self.errands.deeds)
        self.errands.versions.lock_changed.connect(session.show_again)
        self.errands.versions.place_asked.connect(desk.go_to)
        session.undo_group.canUndoChanged.connect(self.commands["undo"].setEnabled)
        session.undo_group.canRedoChanged.connect(self.commands["redo"].setEnabled)
        desk.cell_changed.connect(self._show_cell)
        desk.zoom_changed.connect(self._show_zoom)
        desk.refused.connect(self.errands.refuse)
        self.reporting = Reporting(session, desk, self.forms, self.commands, dock=self.dock, status=self.status)
        self.reporting.place_changed.connect(self.dock.show_binding)
        desk.list_shown.connect(self.commands["list"].setChecked)
        self.dock.place_chosen.connect(desk.go_to)
        self.panel.fix_chosen.connect(session.apply_fix)
        self.panel.answer_typed.connect(session.write_answer)
        self.panel.answer_left.connect(session.end_answer)
        self.panel.sheet_asked.connect(self.commands["check_sheet"].trigger)
        self.panel.expand_chosen.connect(self.toggle_audit)
        self.panel.step_asked.connect(self.step_finding)
        self.status.zoom.zoom_changed.connect(desk.zoom_to)
        self.errands.safekeeping.stands.connect(self.status.show_backup)
        self.status.backups_asked.connect(self.errands.safekeeping.show)
        self.appearance.changed.connect(self.draw_again)

    def _connect_commands(self) -> None:
        from ui.wiring import slots_of

        own: dict[str, Callable[[], object]] = {
            "keep": self.keep,
            "quit": self.close,
            "audit": self.toggle_audit,
            "fix": self.apply_fix,
            "next_finding": partial(self.step_finding, 1),
            "previous_finding": partial(self.step_finding, -1),
            "next_region": partial(self.step_region, 1),
            "previous_region": partial(self.step_region, -1),
        }
        finder, zoom = self.bar.finder, self.status.zoom
        slots = slots_of(self.errands, self.session, desk=self.desk, finder=finder, zoom=zoom, looks=self.appearance)
        self.commands.connect({**slots, **own})

    # ------------------------------------------------------------- showing
    def _show_document(self, document: Document) -> None:
        if document.lock is LOOKING:
            self.status.show_read_only()
        elif document.is_saved:
            self._show_saved(None)
        self._enable()
        self.forms.want(document.record.year)
        self.dock.show_document(document)
        self._show_derived(document.derived)
        self._show_zoom(self.desk.page.zoom)
        self._show_cell(self.desk.current_cell())

    def _make_room(self) -> None:
        """What stands beside a form takes its place first: the form is then laid out once, in the width it keeps."""
        for part in (self.dock, self.tools):
            part.setVisible(True)

    def _show_start(self) -> None:
        self.dock.show_document(None)
        self.status.show_assessment(None)
        self._show_left()
        self.bar.finder.show_sheet(None)
        self.bar.show_office("")
        self.setWindowTitle(TITLE)
        self._show_list()
        self.desk.focus_sheet()

    def _show_derived(self, derived: Derived) -> None:
        from perfdesk.model import without_fixes

        document = self.session.document
        if document is None:
            return
        self.status.show_form(derived)
        if not document.is_saved:
            self.status.show_pending()
        blanks = derived.completion < 1
        findings = without_fixes(derived.findings) if document.read_only else derived.findings
        submitted = self.forms.submission(derived.record.id) is not None
        sentence = AS_SUBMITTED if submitted else derived.sentence
        self.panel.show_findings(findings, derived.verdict, sentence, blanks=blanks, submitted=submitted)
        self.bar.finder.show_sheet(derived.sheet, record_id=derived.record.id)
        self.bar.show_office(derived.record.bureau or derived.record.value("department"))
        line = self.forms.line(derived.record.id)
        name = line.name if line else derived.sheet.title
        self.desk.location.show_form(f"{derived.record.year} · {name}")
        self.setWindowTitle(f"{name}{f'（{document.lock.word}）' if document.lock else ''} - {TITLE}")

    def _show_cell(self, cell: Cell | None) -> None:
        self.dock.show_binding(cell.binding if cell is not None else None)
        rows = self.desk.page.rows
        why_not = rows.why_not() if self.session.writable else self.session.why_locked
        self.commands.show_rows(rows.word(), on_row=rows.current() is not None, why_not=why_not)
        self.commands.enable(NEED_PAST, on=self.session.writable and self.desk.offers_last_year)

    def _show_list(self) -> None:
        forms = self.forms
        last = next(filter(None, map(forms.line, self.settings.recent_forms())), None)
        read_only = forms.read_only or not forms.ready
        self.desk.show_lines(forms.lines, last=last, trashed=forms.trashed_count, read_only=read_only)
        self.bar.finder.show_lines(forms.lines)
        self.desk.start.show_state(ready=forms.ready, lines=forms.lines, last=last, read_only=forms.read_only)
        self._enable()

    def _show_place(self, record_id: str, place: object) -> None:
        """Open a form, at a place where one is named."""
        self.session.open(record_id)
        if place is not None:
            self.desk.go_to(place)

    def _show_mark(self, record_id: str) -> None:
        line = self.forms.line(record_id)
        if line is not None:
            self.desk.show_line(line)

    def _show_save_trouble(self, trouble: str) -> None:
        from ui.widgets.toast import Link

        self.status.show_trouble(trouble)
        document = self.session.document
        links = (
            Link("另存到别处…", self.errands.save_elsewhere),
            *((Link("重试", document.flush),) if document else ()),
        )
        self.toast.say(trouble, mark=Mark.ERROR, links=links)

    def _show_saved(self, moment: datetime | None) -> None:
        """The open form is saved; another one that was left may not be."""
        if self.forms.why_unsaved:
            self.status.show_trouble(self.forms.why_unsaved)
        else:
            self.status.show_saved(moment)

    def _show_left(self) -> None:
        """No form is open: what was left is saved, or it says why not."""
        if self.session.document is None and self.forms.why_unsaved:
            self.status.show_trouble(self.forms.why_unsaved)
        elif self.session.document is None:
            self.status.show_idle()

    def _show_zoom(self, zoom: float) -> None:
        self.status.zoom.set_value(round(zoom * 100))

    def _enable(self) -> None:
        """Switch off what there is nothing to do with."""
        is_open, group = self.session.document is not None, self.session.undo_group
        self.commands.enable(NEED_STORE, on=self.forms.ready and not self.forms.read_only)
        self.commands.enable(NEED_STORE_FORM, on=is_open and not self.forms.read_only)
        self.commands["freeze"].setChecked(self.errands.freezing.is_on)
        self.commands.enable(NEED_YEAR, on=bool(self.forms.lines) and not self.forms.read_only)
        self.commands.enable(NEED_FORMS, on=bool(self.forms.lines))
        self.commands.enable(NEED_FORM, on=is_open)
        self.commands.enable(NEED_WRITING, on=self.session.writable)
        self.commands.enable(NEED_KEEPING, on=self.errands.versions.may_keep(self.session.document))
        self.commands.enable(NEED_RETURN, on=self.errands.versions.may_send_back(self.session.document))
        self.commands.enable(NEED_GOALS, on=self.errands.feeding.serves(self.session.document))
        self.commands.enable(NEED_PAST, on=self.session.writable and self.desk.offers_last_year)
        self.commands.enable_steps(undo=group.canUndo(), redo=group.canRedo())
        self.dock.setVisible(is_open)
        self.tools.setVisible(not self.desk.shows_home)

    # -------------------------------------------------------------- acting
    def keep(self) -> None:
        """Ctrl+S: there is nothing to save by hand, so save at once and say so."""
        self.desk.settle()
        document = self.session.document
        if document is not None and document.flush():
            self.toast.say("已自动保存")

    def step_finding(self, step: int) -> None:
        """F8 (1), Shift+F8 (-1): the next finding; where there is none to see yet, the next required blank."""
        if not self.session.step_blank(step):
            self.dock.show_audit()
            self.panel.step(step)

    def apply_fix(self) -> None:
        """Ctrl+.: the fix of the current card, as it is after the last key."""
        if self.session.document is not None:
            self.session.document.settle()
        self.panel.apply_fix()

    def step_region(self, step: int) -> None:
        """F6 (1), Shift+F6 (-1): list, sheet, 审核, tool bar."""
        tools = (self.tools, partial(regions.focus_first, self.tools))
        regions.walk((*self.desk.regions(), (self.dock.tabs, self.dock.tabs.take_focus), tools), step)

    def toggle_audit(self) -> None:
        """Ctrl+2: 审核 to a strip and back."""
        self._set_audit(open_it=self.panel.is_collapsed())

    def _set_audit(self, *, open_it: bool) -> None:
        self.dock.set_open(open_it=open_it)
        self.commands["audit"].setChecked(open_it)

    def _restore_audit(self) -> None:
        self._set_audit(open_it=self.settings.flag("audit", default=True))

    # -------------------------------------------------------------- window
    def restore(self) -> None:
        """Stand where the window stood last time, with 审核 as it was left."""
        super().restore()
        if self.is_furnished:
            self._restore_audit()

    def take_room(self, room: Room) -> None:
        """Lay the regions out for a class of sizes."""
        super().take_room(room)
        if self.is_furnished:
            self.status.set_room(narrow=room is Room.NARROW, wide=room is Room.WIDE)
            self.dock.set_room(room)

    def draw_again(self) -> None:
        """After a change of theme or 大字."""
        if self.is_furnished:
            self.commands.set_icons(self)
            self.status.set_icons()
        super().draw_again()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save everything; what cannot be saved is not given up without being asked."""
        if self.is_furnished:
            self.desk.settle()
            if not self.errands.may_close():
                event.ignore()
                return
            self.settings.save_window(self.saveGeometry())
            self.dock.keep_width()
            self.settings.sync()
            self.forms.close()
        super().closeEvent(event)
