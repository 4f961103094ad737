"""替换 (replacing): shows the dialog for the open form, or all forms of its year; what is confirmed is one undoable step.

In a whole year the data file is copied first, all forms are saved or none, and 撤销 puts back what nobody has changed since.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from perfdesk.errors import UserError
from ui import tasks
from ui.deeds import Deed
from ui.dialogs import put_up
from ui.lines import name_of
from ui.widgets.marks import Mark
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from perfdesk.model import Record
    from perfdesk.replacing import FormChanges, Rule
    from perfdesk.sheet import Sheet
    from perfdesk.store import Backup
    from perfdesk.template import Filled
    from ui.deeds import Deeds
    from ui.dialogs.replace import ReplaceDialog
    from ui.document import Document
    from ui.forms import Forms
    from ui.tasks import Task
    from ui.tools import Tools


class Drawn(NamedTuple):
    """A form of the year with the page it prints, in which is searched. ``why_left``: why it may not be changed."""

    form: Filled
    sheet: Sheet
    name: str
    why_left: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one replacing did to the forms of a year: each form before and after."""

    pairs: tuple[tuple[Record, Record], ...]
    hits: int

    @property
    def words(self) -> str:
        """What came of it: 「3 张表里换了 12 处」."""
        return f"{len(self.pairs)} 张表里换了 {self.hits} 处"


class Replacing(QObject):
    """The errand behind 「替换…」. It keeps what was looked for last."""

    def __init__(self, tools: Tools, *, deeds: Deeds) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._deeds = tools.window, tools.forms, deeds
        self._dialogs, self._toast = tools.dialogs, tools.toast
        self._wanted = ""
        self._dialog: ReplaceDialog | None = None

    def show(self, document: Document) -> None:
        """Ask what is to be replaced in the open form, or in all forms of its year."""
        from ui.dialogs.replace import ReplaceDialog

        year = document.record.year
        several = sum(line.year == year and line.kind is not None for line in self._forms.lines) > 1
        find = partial(_changes, document)
        dialog = ReplaceDialog(find, wanted=self._wanted, year=year if several else 0, parent=self._window)
        dialog.confirmed.connect(partial(self._replace, dialog, document))
        dialog.year_asked.connect(partial(self._read_year, year))
        dialog.finished.connect(self._forget)
        self._dialog = dialog
        put_up(dialog)

    def _forget(self, _result: int) -> None:
        self._dialog = None

    # ------------------------------------------------------------ one form
    def _replace(self, dialog: ReplaceDialog, document: Document, found: tuple[FormChanges, ...]) -> None:
        self._wanted = dialog.wanted.text()
        document.end_edit()
        if dialog.in_year.isChecked():
            self._replace_in_year(dialog, found)
            return
        from perfdesk.replacing import replace_all

        document.change(replace_all(document.record, found[0].changes), text="替换")
        self._toast.say(f"换了 {found[0].hits} 处", links=(Link("撤销", document.undo_stack.undo),))

    # -------------------------------------------------------------- a year
    def _read_year(self, year: int) -> None:
        """Draw the forms of the year off the UI thread, then search in them."""
        forms = self._forms.others("", year)
        around = (*forms, *self._forms.others("", year - 1))
        why_left = {one.record.id: self._why_left(one.record) for one in forms}
        tasks.run(self, partial(_draw, forms, around, why_left), self._take_year, failed=self._tell)

    def _take_year(self, drawn: tuple[Drawn, ...]) -> None:
        if self._dialog is not None:
            self._dialog.take_year(partial(_changes_in_year, drawn))

    def _why_left(self, record: Record) -> str:
        if self._forms.is_frozen(record.year):
            return "只供查看，不改"
        return "已上报，不改" if self._forms.submission(record.id) is not None else ""

    def _replace_in_year(self, dialog: ReplaceDialog, found: tuple[FormChanges, ...]) -> None:
        """Save all forms as they stand, make a backup, then save what is changed, all or none."""
        from perfdesk.derive import follow
        from perfdesk.replacing import replace_all

        if self._forms.unsaved():
            self._tell(UserError("刚才的改动还没有存上，所以没有换。先让它存上，再换一次。"))
            return
        templates, pairs = self._forms.templates, []
        for form in found:
            before = self._now_of(form.record_id)
            pairs.append((before, follow(templates[before.template_id], before, replace_all(before, form.changes))))
        step = Step(tuple(pairs), sum(form.hits for form in found))
        dialog.wait()
        work = partial(_save, self._forms, step)
        tasks.run(self, work, partial(self._take_done, step), failed=self._take_failed)

    def _take_done(self, step: Step, backup: Backup) -> None:
        if self._dialog is not None:
            self._dialog.done(self._dialog.DialogCode.Accepted)
        self._follow(tuple(after for _, after in step.pairs))
        deed = Deed("替换", back=partial(self._turn, step, back=True), again=partial(self._turn, step, back=False))
        self._deeds.push(deed)
        words = f"{step.words}；换以前的数据文件备份在“{backup.path.name}”"
        self._toast.say(words, links=(Link("撤销", partial(self._deeds.take_back, deed)),))

    def _take_failed(self, error: UserError) -> None:
        if self._dialog is not None:
            self._dialog.resume()
        self._tell(error)

    def _turn(self, step: Step, *, back: bool) -> bool:
        """撤销 (``back``) or 重做 of a step: forms that were changed since, deleted or handed in stay, and are named."""
        pairs = step.pairs if back else tuple((after, before) for before, after in step.pairs)
        there = [(to, now) for to, now in pairs if self._forms.line(now.id) is not None]
        wanted = tuple(to for to, now in there if self._now_of(now.id) == now and not self._why_left(now))
        left = [name_of(now) for to, now in pairs if to not in wanted]
        try:
            self._forms.store.save_many(wanted)
        except UserError as error:
            self._tell(error)
            return False
        self._follow(wanted)
        words = f"{len(wanted)} 张表{'已换回' if back else '又换了'}"
        rest = f"；后来改过的不动：{'、'.join(f'“{one}”' for one in left)}" if left else ""
        self._toast.say(words + rest, mark=Mark.HINT if left else Mark.OK)
        return bool(wanted)

    def _follow(self, records: tuple[Record, ...]) -> None:
        """The store holds these: open forms show them as one step of their own, the list and the marks follow."""
        for record in records:
            document = self._forms.opened(record.id)
            if document is not None:
                _show(document, record)
        self._forms.reread(tuple(one.id for one in records))

    def _now_of(self, record_id: str) -> Record:
        document = self._forms.opened(record_id)
        return self._forms.store.load(record_id) if document is None else document.record

    def _tell(self, error: UserError) -> None:
        self._dialogs.tell_trouble(error)


def _show(document: Document, record: Record) -> None:
    """Show a form as the store has it: by its own step where it has one, else by a new one."""
    stack = document.undo_stack
    before, after = stack.command(stack.index() - 1), stack.command(stack.index())
    if getattr(before, "before", None) == record:
        stack.undo()
    elif getattr(after, "after", None) == record:
        stack.redo()
    else:
        document.restore(record, text="替换")
    document.flush()


def _changes(document: Document, rule: Rule) -> tuple[FormChanges, ...]:
    from perfdesk.replacing import FormChanges, find_changes

    found = find_changes(document.derived.sheet, document.record, rule)
    return (FormChanges(document.record.id, "", "", found),) if found else ()


def _draw(
    forms: tuple[Filled, ...], around: tuple[Filled, ...], why_left: dict[str, str], task: Task
) -> tuple[Drawn, ...]:
    from perfdesk.derive import derive

    del task
    derived = ((one, derive(one.template, one.record, around)) for one in forms)
    return tuple(
        Drawn(one._replace(record=its.record), its.sheet, name_of(one.record, one.template), why_left[one.record.id])
        for one, its in derived
    )


def _changes_in_year(drawn: tuple[Drawn, ...], rule: Rule) -> tuple[FormChanges, ...]:
    """Return what a rule would change in each form that it touches, those that stay as they are behind the others."""
    from perfdesk.replacing import FormChanges, find_changes

    found = (
        FormChanges(one.form.record.id, one.name, one.why_left, find_changes(one.sheet, one.form.record, rule))
        for one in drawn
    )
    return tuple(sorted((one for one in found if one.changes), key=lambda one: bool(one.why_left)))


def _save(forms: Forms, step: Step, task: Task) -> Backup:
    from perfdesk.store import Reason

    del task
    backup = forms.store.safekeeping.make(Reason.REPLACE).backup
    forms.store.save_many(after for _, after in step.pairs)
    return backup
