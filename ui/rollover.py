"""由上年建立的差事 (rollover): shows the wizard, has a backup made, saves the forms of the new year, and takes them back.

Which form becomes what is decided in the core; the forms are made off the UI thread and saved all or none.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from ui import tasks
from ui.forms import name_of, new_id
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from perfdesk.model import Record
    from perfdesk.rolling import Plan, Source
    from perfdesk.store import Backup
    from perfdesk.template import Template
    from ui.forms import Forms
    from ui.freezing import Freezing
    from ui.rolling import RollingDialog
    from ui.tasks import Task
    from ui.widgets.toast import Toast


class Rollover(QObject):
    """The wizard and its work. ``form_chosen`` carries the id of a form to open, ``form_going`` of one about to go."""

    form_chosen = Signal(str)
    form_going = Signal(str)
    failed = Signal(object)

    def __init__(self, window: QWidget, forms: Forms, *, freezing: Freezing, toast: Toast) -> None:
        super().__init__(window)
        self._window, self._forms, self._freezing = window, forms, freezing
        self._toast = toast
        self._dialog: RollingDialog | None = None
        self._made: tuple[str, ...] = ()
        self._froze: int | None = None

    def start(self, year: int | None = None) -> None:
        """Show the wizard for a year, the latest one without one."""
        from ui.rolling import RollingDialog

        years = sorted({line.year for line in self._forms.lines if line.kind is not None}, reverse=True)
        if not years:
            return
        self._forms.restock()
        old = year if year in years else years[0]
        self._made = ()
        dialog = RollingDialog(self._plan(old, old + 1), years, self._targets, self._window)
        dialog.years_chosen.connect(self._show_years)
        dialog.confirmed.connect(self._make)
        dialog.undo_asked.connect(self._take_back_here)
        dialog.open_asked.connect(self._open_first)
        dialog.finished.connect(self._put_away)
        self._dialog = dialog
        dialog.open()

    def _plan(self, old_year: int, year: int) -> Plan:
        from perfdesk.rolling import begin

        forms = tuple((name_of(one.record, one.template), one) for one in self._forms.others("", old_year))
        count = Counter(name for name, _form in forms)
        named = ((f"{name} · {one.template.kind.words}" if count[name] > 1 else name, one) for name, one in forms)
        return begin(named, self._forms.others("", year), old_year=old_year, year=year)

    def _targets(self, source: Source) -> tuple[Template, ...]:
        """Return the templates a form can go on with, its own first."""
        from perfdesk.rolling import follows

        own = source.form.template
        others = (one for one in self._forms.templates.values() if one.id != own.id and follows(own, one))
        return (own, *sorted(others, key=lambda one: (one.kind is not own.kind, one.title, one.id)))

    def _show_years(self, old_year: int, year: int) -> None:
        if self._dialog is not None:
            self._dialog.show_plan(self._plan(old_year, year))

    def _make(self, plan: Plan) -> None:
        """Make a backup, then save the new forms, off the UI thread."""
        self._forms.unsaved()
        tasks.run(self, partial(_make, self._forms, plan), partial(self._show_made, plan), failed=self._tell)

    def _show_made(self, plan: Plan, outcome: tuple[Backup, tuple[Record, ...]]) -> None:
        backup, records = outcome
        self._made = tuple(one.id for one in records)
        self._forms.relist()
        freezes = plan.freezes and not self._forms.is_frozen(plan.old_year)
        self._froze = plan.old_year if freezes and self._freezing.freeze(plan.old_year, on=True) else None
        templates = self._forms.templates
        names = tuple(f"{name_of(one)} · {templates[one.template_id].title}" for one in records)
        words = f"已由 {plan.old_year} 年建立 {plan.year} 年的 {len(names)} 张表"
        self._toast.say(words, links=(Link("撤销", partial(self._take_back, self._made, self._froze)),))
        if self._dialog is not None:
            self._dialog.show_made(names, backup.path.name)

    def _tell(self, error: UserError) -> None:
        """Nothing was made; the wizard stands where it stood."""
        if self._dialog is not None:
            self._dialog.show_trouble(str(error))
        self.failed.emit(error)

    def _take_back_here(self) -> None:
        """撤销建立 in the wizard: the forms go, and so does the wizard."""
        made = self._made
        if self._dialog is not None:
            self._dialog.reject()
        self._take_back(made, self._froze)

    def _take_back(self, made: tuple[str, ...], froze: int | None) -> None:
        """Put the forms that were made into the 回收站, in one step; the old year is as it was before."""
        there = tuple(one for one in made if self._forms.line(one) is not None)
        for one in there:
            self.form_going.emit(one)
        try:
            self._forms.trash(*there)
        except UserError as error:
            self.failed.emit(error)
            return
        if froze is not None:
            self._freezing.freeze(froze, on=False)
        self._toast.say(f"已撤销建立，{len(there)} 张表在回收站，可以取回", mark=None)

    def _open_first(self) -> None:
        if self._made:
            self.form_chosen.emit(self._made[0])

    def _put_away(self, _result: int) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()


def _make(forms: Forms, plan: Plan, task: Task) -> tuple[Backup, tuple[Record, ...]]:
    """Make and save the forms, after a backup."""
    from perfdesk.store import Reason

    del task
    backup = forms.store.safekeeping.make(Reason.ROLL_FORWARD).backup
    made = plan.made(new_id)
    forms.store.save_many(made)
    forms.store.page_setups.carry({one.id: fresh.id for one, fresh in zip(plan.forms, made, strict=True)})
    return backup, made
