"""The open form: the one thing in the program that changes. Holds the current record, its undo stack and the autosave timer.

Every change goes through :meth:`Document.change`; undo puts the record before it back. Everything shown follows from
``derived``. Nothing here paints, and nothing here knows SQL: ``save`` is handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from perfdesk import editing
from perfdesk.derive import Derived, derive, follow
from perfdesk.errors import UserError
from perfdesk.gathering import same_forms
from perfdesk.model import Block, FormKind
from ui.locks import LOOKING, SUBMITTED

if TYPE_CHECKING:
    from perfdesk.model import Binding, Fix, Record
    from perfdesk.template import Filled, Template
    from ui.locks import Lock

AUTOSAVE_MS = 800
RETRY_MS = 15_000
"""How long after the disk did not take a form it is tried again, though nobody types."""
SETTLE_MS = 24
"""How long 审核, status bar and list may lag behind a key: the key is painted by then, and no eye sees the difference."""
_COMMAND_ID = 1


class ReplaceRecord(QUndoCommand):
    """The one command: the record before and after. Merges with the previous one while the same cell is being edited."""

    def __init__(self, document: Document, before: Record, after: Record, *, text: str, merge_key: object) -> None:
        super().__init__(text)
        self._show = document.show_record
        self._went = document.went_to
        self._done = False
        self.before = before
        self.after = after
        self.merge_key = merge_key

    def id(self) -> int:
        """All commands are of one kind."""
        return _COMMAND_ID

    def redo(self) -> None:
        """Show the record after the change; when it is done again, go where it happens."""
        self._show(self.after)
        if self._done:
            self._went.emit(editing.first_difference(self.before, self.after))
        self._done = True

    def undo(self) -> None:
        """Show the record before the change, and go where it was."""
        self._show(self.before)
        self._went.emit(editing.first_difference(self.after, self.before))

    def belongs_to(self, session: int) -> bool:
        """Tell whether the command is a keystroke of that editing session."""
        return isinstance(self.merge_key, tuple) and self.merge_key[1] == session

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take up the next keystroke in the same cell; a change back to the start is no change."""
        if not isinstance(other, ReplaceRecord) or self.merge_key is None or other.merge_key != self.merge_key:
            return False
        self.after = other.after
        self.setObsolete(self.after == self.before)
        return True


class Document(QObject):
    """The current record of one form with undo and autosave.

    ``others`` gives the other forms of the year, and those of the year before, as they stand now; what follows from them (the
    rows of a 汇总表, data items, findings between forms) is brought up to date by :meth:`look_around`.

    ``save`` writes a record and returns the time; it raises :class:`UserError` when the disk does not take it, and the document
    then keeps the record and tries again with the next change.
    """

    committed = Signal(object, object)  # the record after each change that is finished, and the one before
    derived_changed = Signal(object)  # at once: what stands on the page is another
    settled = Signal(object)  # after it: what stands around the page may follow; after a key once that is painted
    record_saved = Signal(object)
    save_failed = Signal(str)
    editing_refused = Signal(str)  # the sentence why
    went_to = Signal(object)  # the binding that an undo or redo changed, None when nothing printed did

    def __init__(
        self,
        template: Template,
        record: Record,
        *,
        save: Callable[[Record], datetime],
        others: Callable[[], tuple[Filled, ...]] = tuple,
        read_only: bool = False,
        lock: Lock | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._template = template
        self._save = save
        self._lock = LOOKING if read_only else lock
        self._others = others
        self._session = 0
        self._seen = self._look()
        self._derived = derive(template, record, self._seen)
        self._noted = self._saved = self.record  # rows that follow from other forms are no change of this one
        self.undo_stack = QUndoStack(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AUTOSAVE_MS)
        self._timer.timeout.connect(self.flush)
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(partial(self._save_now, again=True))
        self.trace: Callable[[Binding], str] = _from_nowhere
        """Says of a cell which file and cell it was imported from, ``""`` where it was typed here."""
        self.save_trouble = ""
        """Why the store did not take the form when it was last tried, ``""`` where it did."""
        self._typing = False
        self._pending = QTimer(self)
        self._pending.setSingleShot(True)
        self._pending.setInterval(SETTLE_MS)
        self._pending.timeout.connect(self._settle)

    @property
    def template(self) -> Template:
        """The template the record is pinned to."""
        return self._template

    @property
    def record(self) -> Record:
        """The current record."""
        return self._derived.record

    @property
    def derived(self) -> Derived:
        """Everything that follows from the current record."""
        return self._derived

    @property
    def read_only(self) -> bool:
        """Whether the form can only be looked at."""
        return self._lock is not None

    @property
    def lock(self) -> Lock | None:
        """Why the form takes no change, ``None`` where it takes them."""
        return self._lock

    @property
    def why_locked(self) -> str:
        """The sentence why the form takes no change, ``""`` where it takes them."""
        return self._lock.why if self._lock is not None else ""

    def set_lock(self, lock: Lock | None) -> None:
        """上报 locks the form, 退回修改 opens it again."""
        self._lock = lock
        self.look_around()

    def _look(self) -> tuple[Filled, ...]:
        """Return the forms that this one follows: a report that was handed in keeps the figures it was handed in with."""
        frozen = self._lock is SUBMITTED and self._template.kind is FormKind.REPORT
        return () if frozen else self._others()

    @property
    def is_saved(self) -> bool:
        """Whether the store holds exactly the current record."""
        return self.record == self._saved

    def edit(self, binding: Binding, text: str) -> None:
        """Put ``text`` at the binding; keystrokes of one editing session become one undo step.

        Every keystroke starts from the record as it was when the session began: a text typed and taken back leaves no trace, not
        even in the stated figures that followed it.
        """
        merge_key = (binding, self._session)
        start = self._start_of(merge_key)
        changed = editing.set_text(start, binding, text)
        self._push(start, changed, text="填写" if text else "清空", merge_key=merge_key)

    def _start_of(self, merge_key: object) -> Record:
        """The record before the undo step that the next keystroke would join; the current one where it would join none."""
        top = self.undo_stack.command(self.undo_stack.index() - 1)
        return top.before if isinstance(top, ReplaceRecord) and top.merge_key == merge_key else self.record

    def end_edit(self) -> None:
        """Close the editing session: the next keystroke, even in the same cell, is a new undo step."""
        self._session += 1
        self._jot()
        self.settle()

    def settle(self) -> None:
        """Have everything around the page follow now that would follow in a moment."""
        if self._pending.isActive():
            self._settle()

    def _settle(self) -> None:
        self._pending.stop()
        self.settled.emit(self._derived)

    def cancel_edit(self) -> None:
        """Esc: give up what was typed since the editor opened."""
        top = self.undo_stack.command(self.undo_stack.index() - 1)
        if isinstance(top, ReplaceRecord) and top.belongs_to(self._session):
            before = top.before
            top.setObsolete(True)  # an obsolete step is dropped, not undone: 重做 does not bring it back
            self.undo_stack.undo()
            self.show_record(before)
        self.end_edit()

    def apply_fix(self, fix: Fix) -> None:
        """Apply a finding's fix as one undoable step."""
        record = self.record
        for binding, text in fix.edits:
            record = editing.set_text(record, binding, text)
        self.change(record, text=fix.label)

    def insert_row(self, index: int, block: Block = Block.INDICATORS) -> None:
        """插入行 at ``index`` of the indicators, list rows or sections."""
        what = "插入指标" if block is Block.INDICATORS else "插入行"
        self.change(editing.insert_row(self.record, block, index), text=what)

    def delete_rows(self, index: int, count: int = 1, block: Block = Block.INDICATORS) -> None:
        """删除行."""
        kept = self._template.kept_rows
        self.change(editing.delete_rows(self.record, block, index, count, kept=kept), text="删除行")

    def duplicate_row(self, index: int, block: Block = Block.INDICATORS) -> None:
        """复制行."""
        self.change(editing.duplicate_row(self.record, block, index), text="复制行")

    def move_row(self, index: int, to: int, block: Block = Block.INDICATORS) -> None:
        """移动行."""
        self.change(editing.move_row(self.record, block, index, to), text="移动行")

    def change(self, record: Record, *, text: str, joins: object = None) -> None:
        """Make ``record`` the current one, undoably. A locked form only says so.

        Changes that name the same thing they join (a paragraph) are one undo step until :meth:`end_edit`.
        """
        self._push(self.record, record, text=text, merge_key=None if joins is None else (joins, self._session))

    def restore(self, record: Record, *, text: str) -> None:
        """Put a kept version in the place of the form, to the letter, as one undoable step."""
        if self._lock is not None:
            self.editing_refused.emit(self._lock.why)
        elif record != self.record:
            self.undo_stack.push(ReplaceRecord(self, self.record, record, text=text, merge_key=None))

    def _push(self, start: Record, record: Record, *, text: str, merge_key: object = None) -> None:
        after = record if record == start else follow(self._template, start, record)
        if after == self.record:
            return
        if self._lock is not None:
            self.editing_refused.emit(self._lock.why)
            return
        self._typing = merge_key is not None
        self.undo_stack.push(ReplaceRecord(self, self.record, after, text=text, merge_key=merge_key))
        self._typing = False

    def show_record(self, record: Record) -> None:
        """Show a record: called by the undo commands only. Of keys, the page is shown at once, what stands around it settles."""
        self._seen = self._look()
        self._derived = derive(self._template, record, self._seen)
        if not self._timer.isActive():  # not put off by further typing: sudden death may cost the last second, no more
            self._timer.start()
        self.derived_changed.emit(self._derived)
        if not self._typing:
            self._jot()
            self._settle()
        elif not self._pending.isActive():  # not put off by further typing either
            self._pending.start()

    def _jot(self) -> None:
        """Tell of a change that is no more in the making: it can be put where sudden death does not reach it."""
        if self.record != self._noted:
            self.committed.emit(self.record, self._noted)
            self._noted = self.record

    def look_around(self) -> None:
        """Follow the other forms of the year where one of them changed; this form is then no less saved than before."""
        others = self._look()
        if same_forms(others, self._seen):
            return
        was_saved, self._seen = self.is_saved, others
        self._derived = derive(self._template, self.record, others)
        if was_saved:
            self._saved = self.record
        self.derived_changed.emit(self._derived)
        self._settle()

    def take_template(self, template: Template) -> None:
        """Follow another policy: the same drawn form, scored and checked anew. What was typed stays, undo steps included."""
        was_saved, self._template = self.is_saved, template
        self._derived = derive(template, self.record, self._seen)
        if was_saved:
            self._saved = self.record
        self.derived_changed.emit(self._derived)
        self._settle()

    @property
    def around(self) -> tuple[Filled, ...]:
        """The forms that what is shown was derived among."""
        return self._seen

    @property
    def others(self) -> tuple[Filled, ...]:
        """The other forms of the year as they stand now."""
        return self._others()

    def flush(self) -> bool:
        """Save now if anything changed. False when the store did not take it; the record is kept and ``save_failed`` says why."""
        return self._save_now()

    def _save_now(self, *, again: bool = False) -> bool:
        """Save; what fails ``again`` for the same reason, with nobody asking, is not told twice."""
        self._timer.stop()
        self._retry.stop()
        if self.is_saved:
            self.save_trouble = ""
            return True
        record = self.record
        try:
            moment = self._save(record)
        except UserError as error:
            known, self.save_trouble = self.save_trouble, str(error)
            self._retry.start()
            if not again or known != self.save_trouble:
                self.save_failed.emit(self.save_trouble)
            return False
        self._saved, self.save_trouble = record, ""
        self.record_saved.emit(moment)
        return True


def _from_nowhere(_binding: Binding) -> str:
    return ""
