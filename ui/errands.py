"""差事 (errands): what the menu entries do beyond showing: new form, closing.

Each asks with a dialog and has the work done elsewhere. The window hears of it through ``form_made`` and ``form_going``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from perfdesk import places, private
from perfdesk.errors import UserError
from ui.auditing import Auditing
from ui.batch import Batch
from ui.bin import Bin
from ui.charting import Charting
from ui.comparing import Comparing
from ui.deeds import Deeds
from ui.dialogs import CANCEL, Choice, put_up
from ui.drafts import Drafts
from ui.facts import FormFacts
from ui.feeding import Feeding
from ui.filling import FormFilling
from ui.forms import name_of
from ui.freezing import Freezing
from ui.helping import Helping
from ui.intake import Intake
from ui.library import Library
from ui.lists import Lists
from ui.output import Output
from ui.ownfiles import OwnFiles
from ui.parceling import Parceling
from ui.passwords import Passwords
from ui.policies import Policies
from ui.printjob import PrintJob
from ui.reception import Reception
from ui.recovering import Recovering
from ui.replacing import Replacing
from ui.restoring import Restoring
from ui.rollover import Rollover
from ui.safekeeping import Safekeeping
from ui.tracing import Tracing
from ui.versions import Versions
from ui.widgets.marks import Mark
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from perfdesk.model import FormKind, Record
    from ui.dialogs.new_form import NewForm
    from ui.dialogs.thumbnails import Thumbnails
    from ui.tools import Tools

JSON_FILES: Final = "数据文件 (*.json)"


class Errands(QObject):
    """Everything that asks first. ``form_made`` carries the id of a form to open, ``form_going`` of one about to be deleted.

    ``samples_asked``: the samples are wanted in a window of their own; ``guide_asked``: somebody wants to be led;
    ``update_asked``: an update is to be installed.
    """

    form_made = Signal(str)
    form_going = Signal(str)
    samples_asked = Signal()
    guide_asked = Signal()
    update_asked = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._settings, self._dialogs, self._toast, self._now = tools
        window, forms, toast = tools.window, tools.forms, tools.toast
        self.feeding = Feeding(tools)
        self.library = Library(window, forms, toast=toast)
        self.charting = Charting(window, forms, tools.settings)
        self.comparing = Comparing(window, forms, toast=toast)
        self.policies = Policies(window, forms)
        self.facts = FormFacts(window, tools.settings, Tracing(forms))
        self.output = Output(tools)
        self.safekeeping = Safekeeping(tools, folder=self.output.folder)
        self.passwords = Passwords(tools, folder=self.output.folder)
        self.versions = Versions(tools, output=self.output)
        self.batch = Batch(tools, output=self.output)
        self.printjob = PrintJob(tools, output=self.output)
        self.auditing = Auditing(tools, output=self.output)
        self.drafts = Drafts(tools, output=self.output)
        self.drafts.new_asked.connect(self.new_form)
        self.filling = FormFilling(tools, output=self.output)
        self.lists = Lists(tools, output=self.output)
        for shows in (self.library, self.comparing, self.auditing):
            shows.list_asked.connect(self.lists.export)
        self.helping = Helping(window, forms, toast)
        self.freezing = Freezing(self, forms, dialogs=tools.dialogs, toast=toast)
        self.rollover = Rollover(window, forms, freezing=self.freezing, toast=toast)
        self.deeds = Deeds(self)
        self.bin = Bin(tools, deeds=self.deeds)
        self.replacing = Replacing(tools, deeds=self.deeds)
        self.intake = Intake(tools, output=self.output, deeds=self.deeds)
        self.parceling = Parceling(tools, output=self.output, deeds=self.deeds)
        self.reception = Reception(window, intake=self.intake, parceling=self.parceling, toast=toast)
        self.recovering = Recovering(tools)
        self.restoring = Restoring(tools, deeds=self.deeds, versions=self.versions)
        self.own_files = OwnFiles(tools)
        self._thumbnails: Thumbnails | None = None
        self.is_ending = False
        """Whether the window is being closed, or was: nothing new is begun."""
        self._connect()

    def _connect(self) -> None:
        """Pass on which forms are to be opened, and which are about to go."""
        self.intake.form_made.connect(self.form_made)
        self.intake.taken_in.connect(self.facts.tracing.forget)
        self.intake.package_chosen.connect(self.parceling.look)
        self.recovering.form_chosen.connect(self.form_made)
        self.restoring.form_chosen.connect(self.form_made)
        self.restoring.exchanged.connect(self.own_files.begin)
        for puts_down in (self.intake, self.parceling, self.restoring, self.bin):
            puts_down.form_going.connect(self.form_going)
        self.bin.form_back.connect(self.form_made)
        for part in (self.rollover, self.freezing):
            part.form_chosen.connect(self.form_made)
            part.form_going.connect(self.form_going)
            part.failed.connect(self.tell)

    # -------------------------------------------------------------- saying
    def say(self, words: str) -> None:
        """Say something in passing."""
        self._toast.say(words, mark=Mark.HINT)

    def tell(self, error: UserError) -> None:
        """Tell a trouble in its own words."""
        self._dialogs.tell_trouble(error)

    def refuse(self, words: str) -> None:
        """Something was wanted of a form that cannot be: a locked year says the way out, all else its own ``words``."""
        if not self.freezing.refuse():
            self.say(words)

    # --------------------------------------------------------------- forms
    def new_form(self, year: int | None = None, kind: FormKind | None = None, project: str = "") -> None:
        """Ctrl+N; for a year, of a kind and of a project where 年度总览 has said so."""
        from ui.dialogs.new_form import NewFormDialog, template_for
        from ui.dialogs.thumbnails import Thumbnails

        self._forms.restock()
        self._thumbnails = self._thumbnails or Thumbnails(self)
        year = year or max((line.year for line in self._forms.lines), default=self._first_year())
        bureau = self._settings.word("bureau")
        shelf, thumbnails = self._forms.shelf, self._thumbnails
        dialog = NewFormDialog(shelf, thumbnails=thumbnails, year=year, bureau=bureau, parent=self._window)
        last = self._settings.word("template")
        dialog.choose(last if kind is None else template_for(kind, shelf, last))
        dialog.name.setText(project)
        dialog.folder_asked.connect(self.open_templates)
        dialog.confirmed.connect(self._make_form)
        put_up(dialog)

    def _first_year(self) -> int:
        """The year somebody named at the first start, else the one that is worked on today."""
        from perfdesk.cycle import office_cycle, year_in_work

        text = self._settings.word("year")
        return int(text) if text.isascii() and text.isdigit() else year_in_work(office_cycle()[0], self._now().date())

    def tell_of_refused(self) -> None:
        """Some files of the office or of a 参数包 cannot be used: say how many, the list of 表样 says why."""
        count = len(self._forms.shelf.refused)
        if count:
            words = f"表样或计分办法有 {count} 份用不了，别的照常"
            self._toast.say(words, mark=Mark.WARNING, links=(Link("看原因", self.new_form),))

    def open_templates(self) -> None:
        """打开表样文件夹: where the office's own templates lie; made when it is not there yet."""
        folder = places.own_templates()
        private.make_folder(folder)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _make_form(self, wanted: NewForm) -> None:
        code = self._settings.word("code") if wanted.bureau == self._settings.word("bureau") else ""
        unit = self._settings.unit()
        self._settings.set_word("bureau", wanted.bureau)
        self._settings.set_word("template", wanted.template_id)
        year, name, bureau = wanted.year, wanted.name, wanted.bureau
        try:
            made = self._forms.create(wanted.template_id, year=year, name=name, bureau=bureau, code=code, unit=unit)
        except UserError as error:
            self.tell(error)
            return
        self.form_made.emit(made)

    def show_form_menu(self, record_id: str, at: QPoint) -> None:
        """The menu of a form in the list."""
        menu = QMenu(self._window)
        menu.addAction("打开", partial(self.form_made.emit, record_id))
        delete = menu.addAction("删除本表", partial(self.bin.trash, record_id))
        delete.setEnabled(not self._forms.read_only and self._forms.submission(record_id) is None)
        menu.popup(at)

    # -------------------------------------------------------------- keeping
    def may_close(self) -> bool:
        """Save everything, then make a backup. What the disk does not take is offered another place; the clerk decides."""
        self.is_ending = True
        self.is_ending = self._may_close()
        return self.is_ending

    def _may_close(self) -> bool:
        while True:
            unsaved = self._forms.unsaved()
            if not unsaved:
                return self.safekeeping.may_end()
            names = "、".join(f"“{name_of(one.record, one.template)}”" for one in unsaved)
            choices = (Choice("leave", "仍然关闭"), Choice("copy", "另存一份…"), Choice("again", "重试", primary=True))
            advice = f"{names}最后的改动还没有写进数据文件。可以重试，或者先另存一份，以后再导入。"
            answer = self._dialogs.ask("还有改动没有存上", advice, choices, mark=Mark.ERROR)
            if answer == CANCEL:
                return False
            if answer == "leave" or (answer == "copy" and self._save_copy(tuple(one.record for one in unsaved))):
                return True

    def save_elsewhere(self) -> None:
        """另存到别处: what the data file does not take, into a file of its own; the forms stay open and are tried again."""
        records = tuple(one.record for one in self._forms.unsaved())
        if not records:
            self._toast.say("都已存上，不用另存")
        elif self._save_copy(records):
            self._toast.say(f"{len(records)} 张表已另存一份，以后用“导入”收进来；数据文件能写了，还会自动存上")

    def _save_copy(self, records: tuple[Record, ...]) -> bool:
        """Write records to a file the clerk chooses; tell whether they are safe there."""
        from perfdesk.exchange import exchange
        from perfdesk.exchange.files import safe_name, write_atomically

        name = f"{safe_name(name_of(records[0]))}-另存.json"
        target = self._dialogs.save_file("另存一份", self.output.folder() / name, JSON_FILES)
        if target is None:
            return False
        try:
            write_atomically(target, exchange.write_records(records, self._forms.templates).encode())
        except UserError as error:
            self.tell(error)
            return False
        return True
