"""数据包的差事 (parceling): a package of some years is written, or one is taken in as one deed that can be taken back.

What a package is and how forms are merged is in the core. Reading, comparing and saving are done off the UI thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from ui import tasks
from ui.deeds import Deed
from ui.dialogs import put_up
from ui.exporting import links_to
from ui.lines import name_of
from ui.widgets.marks import Mark
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from perfdesk.merging.fields import Difference
    from perfdesk.merging.types import Offer
    from perfdesk.model import Record
    from perfdesk.parcels import Choice, Look, Received
    from ui.deeds import Deeds
    from ui.forms import Forms
    from ui.output import Output
    from ui.parcels import ReceiveDialog
    from ui.parcels.packing import PackChoice
    from ui.tasks import Task
    from ui.tools import Tools

FILES: Final = "数据包 (*.perfdesk.zip *.zip)"


class Parceling(QObject):
    """The errand behind 「数据包…」. ``form_going`` carries the id of a form that is about to hold something else."""

    form_going = Signal(str)

    def __init__(self, tools: Tools, *, output: Output, deeds: Deeds) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._settings = tools.window, tools.forms, tools.settings
        self._dialogs, self._output, self._toast, self._deeds = tools.dialogs, output, tools.toast, deeds
        self._dialog: ReceiveDialog | None = None

    # ---------------------------------------------------------------- out
    def show(self, year: int | None = None) -> None:
        """Ask what goes into a package; where there are no forms yet, which package is to be taken in."""
        from ui.parcels import PackDialog

        counts = Counter(line.year for line in self._forms.lines)
        if not counts:
            self.receive()
            return
        dialog = PackDialog(
            counts,
            year if year is not None and year in counts else max(counts),
            office=self._settings.word("bureau"),
            folder=self._output.folder(),
            dialogs=self._dialogs,
            parent=self._window,
        )
        dialog.confirmed.connect(self._pack)
        dialog.receive_asked.connect(self.receive)
        put_up(dialog)

    def _pack(self, choice: PackChoice) -> None:
        self._settings.set_word("folder", str(choice.folder))
        if self._forms.unsaved():
            self._tell(UserError("刚才的改动还没有存上，所以没有写出。先让它存上，再写一次。"))
            return
        tasks.run(self, partial(_write, self._forms, choice), self._show_packed, failed=self._tell)

    def _show_packed(self, done: tuple[Path, int]) -> None:
        path, count = done
        self._toast.say(f"{count} 张表已写进“{path.name}”", mark=Mark.OK, links=links_to(path)[1:])

    # ----------------------------------------------------------------- in
    def receive(self) -> None:
        """Choose a package and look into it."""
        chosen = self._dialogs.open_files("收进数据包", FILES, self._output.folder())
        if chosen:
            self.look(chosen[0])

    def look(self, path: Path) -> None:
        """Look into a package, off the UI thread, and show what it offers."""
        if not self._forms.ready or self._forms.read_only:
            self._toast.say("现在只能查看，不能收进数据包", mark=Mark.HINT)
            return
        if self._forms.unsaved():
            self._tell(UserError("刚才的改动还没有存上，所以没有收进。先让它存上，再收一次。"))
            return
        tasks.run(self, partial(_look, self._forms, path), self._show, failed=self._tell)

    def _show(self, found: Look) -> None:
        from ui.parcels import ReceiveDialog

        dialog = ReceiveDialog(found, name_of=self._name, fields_of=self._fields, parent=self._window)
        dialog.confirmed.connect(partial(self._take_in, found))
        dialog.finished.connect(self._forget)
        self._dialog = dialog
        put_up(dialog)

    def _forget(self, _result: int) -> None:
        self._dialog = None

    def _name(self, offer: Offer) -> str:
        record = offer.parcel.record
        template = self._forms.templates.get(record.template_id)
        return name_of(record, template) + (f" · {template.kind.words}" if template is not None else "")

    def _fields(self, offer: Offer) -> tuple[Difference, ...] | None:
        from perfdesk.parcels import derived

        found = derived(offer, self._forms.templates)
        return None if found is None else found[2]

    def _take_in(self, found: Look) -> None:
        """Carry out what was chosen, off the UI thread; the forms that change are put down first."""
        dialog = self._dialog
        if dialog is None:
            return
        choices, taken = dialog.choices(), dialog.taken()
        for one in choices:
            if self._forms.line(one) is not None:
                self.form_going.emit(one)
        dialog.set_busy(on=True)
        from perfdesk.parcels import receive

        store, templates = self._forms.store, self._forms.templates
        work = partial(_receive, partial(receive, store, found, choices, templates, taken=taken))
        tasks.run(self, work, partial(self._take_done, found, choices), failed=self._fail)

    def _fail(self, error: UserError) -> None:
        """Nothing was taken in; what was answered stands."""
        if self._dialog is not None:
            self._dialog.set_busy(on=False)
        self._tell(error)

    def _take_done(self, found: Look, choices: Mapping[str, Choice], done: Received) -> None:
        if self._dialog is not None:
            self._dialog.done(self._dialog.DialogCode.Accepted)
        if done.files:
            self._forms.restock()
        self._follow(done.after)
        deed = Deed("收进数据包", back=partial(self._take_back, done), again=_never)
        self._deeds.push(deed)
        more = f"，并放进了对方的表样、计分办法 {len(done.files)} 份" if done.files else ""
        whose, backup = found.package.office or "数据包", done.backup.path.name
        words = f"收进“{whose}”的 {len(choices)} 张表{more}；收以前的数据文件备份在“{backup}”"
        self._toast.say(words, mark=Mark.OK, links=(Link("撤销", partial(self._deeds.take_back, deed)),))

    def _take_back(self, done: Received) -> bool:
        """撤销: what was here before is there again, what was not goes into the 回收站; what was edited since stays."""
        from perfdesk.parcels import take_back

        if self._forms.unsaved():
            self._tell(UserError("刚才的改动还没有存上，所以没有撤销。先让它存上，再撤销一次。"))
            return False
        for one in done.after:
            if self._forms.line(one.id) is not None:
                self.form_going.emit(one.id)
        try:
            left = take_back(self._forms.store, done)
        except UserError as error:
            self._tell(error)
            return False
        self._follow(tuple(one.record for one in done.before if one.record is not None))
        words = "收进数据包已撤销，新的表在回收站里"
        self._toast.say(f"{words}；后来改过的 {left} 张不动" if left else words, mark=Mark.HINT)
        return True

    def _follow(self, records: tuple[Record, ...]) -> None:
        """The store holds other forms: those that were open take them over, list and marks follow."""
        self._forms.relist()
        there = tuple(one.id for one in records if self._forms.line(one.id) is not None)
        for one in there:
            document = self._forms.opened(one)
            if document is not None:
                document.restore(self._forms.store.load(one), text="收进数据包")
                document.flush()
        self._forms.reread(there)

    def _tell(self, error: UserError) -> None:
        self._dialogs.tell_trouble(error)


def _never() -> bool:
    """重做: the package is taken in again from its file."""
    return False


def _write(forms: Forms, choice: PackChoice, task: Task) -> tuple[Path, int]:
    from perfdesk import private
    from perfdesk.errors import reason
    from perfdesk.exchange.files import write_atomically
    from perfdesk.exchange.package import write_package
    from perfdesk.parcels import file_name, pack

    del task
    package = pack(forms.store, choice.years, office=choice.office, made=forms.store.parcels.moment())
    try:
        private.make_folder(choice.folder)
    except OSError as error:
        raise UserError(f"“{choice.folder}”建不了文件夹（{reason(error)}）。没有写出，请换个位置。") from error
    path = choice.folder / file_name(package)
    write_atomically(path, write_package(package))
    return path, len(package.forms)


def _look(forms: Forms, path: Path, task: Task) -> Look:
    from perfdesk.exchange.package import read_package
    from perfdesk.parcels import look

    del task
    return look(forms.store, read_package(path))


def _receive(work: Callable[[], Received], task: Task) -> Received:
    del task
    return work()
