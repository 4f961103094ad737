"""导入 (intake): files are chosen or dropped, read, looked at where that is needed, and taken in; 撤销 takes it back.

Word and Excel files are always looked at before anything is written; a data file (JSON) only where one of its forms is there
already and differs. It asks and tells; recognition understands, the review decides, the store saves.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from ui import tasks, theme
from ui.deeds import Deed
from ui.dialogs import CANCEL, Choice, put_up
from ui.widgets.marks import Mark
from ui.widgets.progress import ProgressCard
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfdesk.model import Record
    from ui.deeds import Deeds
    from ui.importing.dialog import ImportDialog
    from ui.importing.reading import FileRead
    from ui.importing.review import Desk, Review
    from ui.importing.saving import Outcome
    from ui.output import Output
    from ui.tools import Tools

PACKAGE: Final = ".zip"
ENDINGS: Final = (".docx", ".xlsx", ".xls", ".doc", ".rtf", ".csv", ".txt", ".json", PACKAGE)
_EVERY: Final = " ".join(f"*{one}" for one in ENDINGS)
FILES: Final = f"Word、Excel、数据文件和数据包 ({_EVERY})"


class Intake(QObject):
    """The errand behind 导入…. ``form_made`` carries the id of a form to open, ``form_going`` of one about to go.

    ``taken_in``: something was saved, origins among it. ``package_chosen`` carries the path of a 数据包, which others take in.
    """

    form_made = Signal(str)
    form_going = Signal(str)
    taken_in = Signal()
    package_chosen = Signal(object)

    def __init__(self, tools: Tools, *, output: Output, deeds: Deeds) -> None:
        super().__init__(tools.window)
        self._window, self._forms = tools.window, tools.forms
        self._dialogs, self._output, self._toast, self._deeds = tools.dialogs, output, tools.toast, deeds
        self._card = ProgressCard(tools.window, lift=theme.px(tools.window.font(), theme.STATUS_BAR))
        self._dialog: ImportDialog | None = None

    # ------------------------------------------------------------- reading
    def import_files(self) -> None:
        """Ctrl+O: choose files and take them in."""
        paths = self._dialogs.open_files("导入", FILES, self._output.source_folder())
        if paths:
            self.import_paths(paths)

    def import_paths(self, paths: tuple[Path, ...]) -> None:
        """Take files in: read them off the UI thread, show what is to be looked at, save the rest."""
        if not self._forms.ready or self._forms.read_only:
            self._toast.say("现在只能查看，不能导入", mark=Mark.HINT)
            return
        if [one.suffix.lower() for one in paths] == [PACKAGE]:  # among others it is told how it comes in
            self.package_chosen.emit(paths[0])
            return
        from perfdesk.arriving import Known
        from ui.importing.reading import read_all

        self._output.came_from(paths[0])
        self._forms.unsaved()  # what was typed a moment ago counts when a form is compared with those in the files
        self._forms.restock()
        said = self._forms.store.mappings
        known = Known(self._forms.templates, said.all(), said.templates())
        self._card.begin("正在读文件", len(paths))
        work = partial(read_all, paths, known)
        task = tasks.run(self, work, self._take_read, failed=self._fail)
        task.advanced.connect(self._card.advance)
        self._card.stop_asked.connect(task.stop)
        task.finished.connect(self._card.finish)

    def _take_read(self, read: tuple[FileRead, ...]) -> None:
        """Look at what asks for it; files of our own that bring nothing new to decide go in at once."""
        from ui.importing.review import Review

        founds = [one for file in read for one in file.founds]
        review = Review(founds, self._desk())
        asks = [number for number in range(len(founds)) if _asks(review, number)]
        if not asks:
            self._save(review, read)
            return
        shown = Review([founds[one] for one in asks], self._desk())
        rest = Review([one for number, one in enumerate(founds) if number not in asks], self._desk())
        self._show(shown, rest, read)

    def _desk(self) -> Desk:
        from perfdesk.recognition import again, spot_of
        from ui.importing.review import Desk

        forms, years = self._forms, dict[int, "tuple[Record, ...]"]()

        def there(year: int) -> Sequence[Record]:
            if year not in years:
                years[year] = forms.store.load_year(year)
            return years[year]

        return Desk(forms.templates, there, self._why_kept, forms.is_frozen, again, spot_of)

    def _why_kept(self, record_id: str) -> str:
        return "已上报" if self._forms.submission(record_id) is not None else ""

    # ------------------------------------------------------------- looking
    def _show(self, review: Review, rest: Review, read: tuple[FileRead, ...]) -> None:
        from ui.importing.dialog import ImportDialog

        dialog = ImportDialog(review, self._window)
        dialog.confirmed.connect(partial(self._save_all, review, rest, read))
        dialog.leave_asked.connect(partial(self._ask_to_leave, dialog))
        dialog.all_asked.connect(partial(self._ask_for_all, dialog))
        dialog.refused.connect(self._refuse)
        dialog.finished.connect(self._forget)
        self._dialog = dialog
        put_up(dialog)

    def _forget(self, _result: int) -> None:
        self._dialog = None

    def _refuse(self, words: str) -> None:
        self._dialogs.tell("没有改", words, mark=Mark.HINT)

    def _ask_to_leave(self, dialog: ImportDialog) -> None:
        """取消 where forms are decided already: nothing was written, so they would be lost."""
        advice = "到现在什么都没有写进数据文件。离开后，核对过的要再核对一次。"
        choices = (Choice(CANCEL, "接着核对"), Choice("leave", "不导入", primary=True))
        if self._dialogs.ask("还没有导入", advice, choices) == "leave":
            dialog.leave()

    def _ask_for_all(self, dialog: ImportDialog) -> None:
        """全部导入: the forms nobody looked at are imported as they were understood."""
        unseen, points = dialog.review.unseen()
        if unseen:
            fact = f"还有 {unseen} 张表没有看过"
            advice = f"里面有 {points} 处需要看一眼。" if points else "里面没有存疑的地方。"
            advice += "没看懂的文字都存为备注，已有同名表的存为新版本；以后可以照着来处再核对。"
            choices = (Choice(CANCEL, "接着核对"), Choice("all", "全部导入", primary=True))
            if self._dialogs.ask(fact, advice, choices) != "all":
                return
        dialog.confirmed.emit()

    # -------------------------------------------------------------- saving
    def _save_all(self, review: Review, rest: Review, read: tuple[FileRead, ...]) -> None:
        """Save what was looked at, and with it what needed no look."""
        from ui.importing.review import Review

        whole = Review([], review.desk)
        whole.cases = [*review.cases, *rest.cases]
        if self._dialog is not None:
            self._dialog.set_busy(on=True)
        self._save(whole, read)

    def _save(self, review: Review, read: tuple[FileRead, ...]) -> None:
        from ui.importing.saving import save

        if self._forms.unsaved():
            self._fail(UserError("刚才的改动还没有存上，所以没有导入。先让它存上，再导入一次。"))
            return
        tasks.run(self, partial(save, self._forms.store, review, read), self._take_outcome, failed=self._fail)

    def _fail(self, error: UserError) -> None:
        """Nothing was saved; what was decided stands."""
        if self._dialog is not None:
            self._dialog.set_busy(on=False)
        self._dialogs.tell_trouble(error)

    def _take_outcome(self, outcome: Outcome) -> None:
        from ui.dialogs.import_report import ImportReport, summary

        if self._dialog is not None:
            self._dialog.done(self._dialog.DialogCode.Accepted)
        self.taken_in.emit()
        self._follow(tuple(after for _, after in outcome.updated))
        if outcome.shown:
            self.form_made.emit(outcome.shown)
        links: tuple[Link, ...] = ()
        if outcome.made or outcome.updated:
            deed = Deed("导入", back=partial(self._take_back, outcome), again=partial(self._do_again, outcome))
            self._deeds.push(deed)  # after it: Ctrl+Z takes back what was done last
            links = (Link("撤销", partial(self._deeds.take_back, deed)),)
        if any(report.notes or report.trouble for report in outcome.reports):
            put_up(ImportReport(outcome.reports, self._window))
        else:
            self._toast.say(summary(outcome.reports), links=links)

    def _follow(self, records: tuple[Record, ...]) -> None:
        """The store holds these: open forms show them as one step of their own, the list and the marks follow."""
        for record in records:
            document = self._forms.opened(record.id)
            if document is not None:
                document.restore(record, text="导入")
                document.flush()
        self._forms.reread(tuple(one.id for one in records))

    # ---------------------------------------------------------------- undo
    def _take_back(self, outcome: Outcome) -> bool:
        """撤销: new forms go into the 回收站, others get back what they held; what was changed since stays."""
        return self._turn(outcome, back=True)

    def _do_again(self, outcome: Outcome) -> bool:
        return self._turn(outcome, back=False)

    def _turn(self, outcome: Outcome, *, back: bool) -> bool:
        pairs = [pair if back else pair[::-1] for pair in outcome.updated]
        wanted = tuple(to for to, now in pairs if self._now_of(now.id) == now)
        try:
            if back:
                for one in outcome.made:
                    self.form_going.emit(one)
                self._forms.trash(*(one for one in outcome.made if self._forms.line(one) is not None))
            else:
                for one in outcome.made:
                    self._forms.restore(one)
            self._forms.store.save_many(wanted)
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return False
        self._follow(wanted)
        left = len(pairs) - len(wanted)
        words = "导入已撤销，新的表在回收站里" if back else "又导入了"
        self._toast.say(f"{words}；后来改过的 {left} 张不动" if left else words, mark=Mark.HINT)
        return True

    def _now_of(self, record_id: str) -> Record | None:
        if self._forms.line(record_id) is None:
            return None
        document = self._forms.opened(record_id)
        return self._forms.store.load(record_id) if document is None else document.record


def _asks(review: Review, number: int) -> bool:
    """Tell whether a form is looked at before it is saved: all but those of our own files that are new, or there word for word."""
    if review.cases[number].found.source is not None:
        return True
    same = review.same(number)
    return same is not None and not same.equal
