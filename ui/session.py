"""当前表 (session): the form that is open on the desk: opening, putting down, undo and fixes.

Whatever it does, it first takes over what is being typed; leaving a form saves it. It shows nothing but the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoGroup, QUndoStack

from perfdesk.answers import write_answer
from perfdesk.errors import UserError
from perfdesk.model import Verdict

if TYPE_CHECKING:
    from perfdesk.model import Finding
    from ui.desk import Desk
    from ui.document import Document
    from ui.forms import Forms
    from ui.settings import Settings


class Session(QObject):
    """The open form; ``document`` is ``None`` on the start page.

    ``opened``: another document is shown. ``closed``: none is. ``settled``, ``record_saved``, ``save_failed`` and
    ``editing_refused`` are those of the open document. ``failed`` carries a :class:`UserError`.
    """

    opened = Signal(object)
    closed = Signal()
    failed = Signal(object)
    settled = Signal(object)
    record_saved = Signal(object)
    save_failed = Signal(str)
    editing_refused = Signal(str)

    def __init__(self, forms: Forms, settings: Settings, desk: Desk) -> None:
        super().__init__(desk)
        self._forms, self._settings, self._desk = forms, settings, desk
        self.document: Document | None = None
        self.undo_group = QUndoGroup(self)
        self._deeds = QUndoStack(self)
        self._deeds_done = 0

    def rest_on(self, deeds: QUndoStack) -> None:
        """Ctrl+Z takes back these steps while no form is open, and right after one of them was made."""
        self._deeds = deeds
        self.undo_group.addStack(deeds)
        deeds.indexChanged.connect(self._turn_to_deeds)

    def _turn_to_deeds(self, done: int) -> None:
        """A step on whole forms was made or taken back: the next Ctrl+Z goes where the last step was made."""
        made, self._deeds_done = done > self._deeds_done, done
        own = self.document.undo_stack if self.document is not None else None
        self.undo_group.setActiveStack(self._deeds if made or own is None else own)

    def _turn_to_form(self, _done: int = 0) -> None:
        """A step in the open form was made."""
        if self.document is not None:
            self.undo_group.setActiveStack(self.document.undo_stack)

    @property
    def writable(self) -> bool:
        """Whether a form is open that can be changed."""
        return self.document is not None and not self.document.read_only

    @property
    def why_locked(self) -> str:
        """The sentence why the open form takes no change."""
        return self.document.why_locked if self.document is not None else ""

    def open(self, record_id: str) -> None:
        """Show a form; what was typed into the one before is saved first."""
        if self.document is not None and self.document.record.id == record_id:
            self._desk.focus_sheet()
            return
        self._put_down()
        try:
            document = self._forms.open(record_id)
        except UserError as error:
            self.close()
            self.failed.emit(error)
            return
        self.document = document
        self.undo_group.addStack(document.undo_stack)
        self.undo_group.setActiveStack(document.undo_stack)
        self._listen(document, on=True)
        self._desk.show_document(document)
        self._settings.remember_form(record_id)
        self.opened.emit(document)

    def close(self) -> None:
        """Put the form down and show the start page."""
        self._put_down()
        self.undo_group.setActiveStack(self._deeds)
        self._desk.show_start()
        self.closed.emit()

    def show_again(self) -> None:
        """The open form was locked or opened: show it as it stands now."""
        if self.document is not None:
            self._desk.show_document(self.document)
            self.opened.emit(self.document)

    def leave(self, record_id: str) -> None:
        """Close the form if it is this one: it is about to go."""
        if self.document is not None and self.document.record.id == record_id:
            self.close()

    def step(self, step: int) -> None:
        """Ctrl+PgUp (-1), Ctrl+PgDn (1): the form above or below in the list."""
        order = self._desk.rail.tree.order()
        here = self.document.record.id if self.document is not None else ""
        at = order.index(here) + step if here in order else 0
        if 0 <= at < len(order):
            self.open(order[at])

    def hand_over(self, errand: Callable[[Document], object]) -> None:
        """Do something with the open form as it stands, the open editor included."""
        if self.document is not None:
            self.commit()
            errand(self.document)

    def commit(self) -> None:
        """Take over what is being typed, and let everything around the page follow it."""
        self._desk.commit()
        if self.document is not None:
            self.document.settle()

    def undo(self) -> None:
        """Ctrl+Z: the last change back, the one in the open editor first."""
        self.commit()
        if not self._refuses():
            self.undo_group.undo()

    def redo(self) -> None:
        """Ctrl+Y."""
        self.commit()
        if not self._refuses():
            self.undo_group.redo()

    def _refuses(self) -> bool:
        """Tell whether the open form is locked, and say why."""
        on_form = self.document is not None and self.undo_group.activeStack() is self.document.undo_stack
        if self.document is None or not on_form or not self.document.read_only:
            return False
        self.editing_refused.emit(self.document.why_locked)
        return True

    def apply_fix(self, finding: Finding) -> None:
        """One click on a fix: one undoable step, and the changed cell shows it for a moment."""
        if self.document is None or finding.fix is None:
            return
        self.commit()
        self.document.apply_fix(finding.fix)
        self._desk.flash(finding)

    def write_answer(self, finding: Finding, text: str) -> None:
        """Keep what is being said to a finding; one stretch of typing is one undo step."""
        if self.document is not None:
            joins = ("answer", finding.code, finding.where, finding.binding)
            self.document.change(write_answer(self.document.record, finding, text), text="写说明", joins=joins)
            self.document.settle()  # the card that is typed into is one of those that follow

    def end_answer(self) -> None:
        """The typing of an answer came to an end."""
        if self.document is not None:
            self.document.end_edit()

    def step_blank(self, step: int) -> bool:
        """Go to the next required blank in a form that is hardly filled or has no findings. False when F8 is for findings."""
        if self.document is None:
            return True
        self.document.settle()
        derived = self.document.derived
        blank_first = derived.verdict is Verdict.FILLING or not derived.findings
        return blank_first and self._desk.go_to_blank(derived, step)

    def _put_down(self) -> None:
        """Save the open form and stop listening to it; its undo steps stay for when it comes back."""
        self._desk.put_down()
        if self.document is not None:
            self.document.settle()
            self.document.flush()
            self._listen(self.document, on=False)
        self.document = None

    def _listen(self, document: Document, *, on: bool) -> None:
        pairs = (
            (document.settled, self.settled),
            (document.record_saved, self.record_saved),
            (document.save_failed, self.save_failed),
            (document.editing_refused, self.editing_refused),
            (document.undo_stack.indexChanged, self._turn_to_form),
        )
        for signal, own in pairs:
            if on:
                signal.connect(own)
            else:
                signal.disconnect(own)
