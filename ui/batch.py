"""全年导出 (batch): every form of a year into files or a 报送包, off the UI thread, with progress and 停止.

What the files are and how they are written is in ``perfdesk.handin``. A form that cannot be written keeps none of the others out
and can be tried again; what is there already is kept.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from perfdesk.handin import Order, Outcome, Wanted, plan, with_summary, workplace_of
from perfdesk.handin.naming import PATTERN
from ui import tasks, theme
from ui.dialogs import CANCEL, Choice, put_up
from ui.exporting import handed_in
from ui.widgets.marks import Mark
from ui.widgets.progress import ProgressCard
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from perfdesk.errors import UserError
    from perfdesk.template import Filled
    from ui.output import Output
    from ui.tasks import Task
    from ui.tools import Tools

_MOST_TOLD: Final = 8  # sentences in one message; more would not fit on the screen
_PARTS: Final = ("contents", "summary", "check_sheets", "merged", "zipped")


class Batch(QObject):
    """The errand behind 「全年导出…」."""

    def __init__(self, tools: Tools, *, output: Output) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._settings, self._dialogs, self._toast, self._now = tools
        self._output = output
        self._card = ProgressCard(tools.window, lift=theme.px(tools.window.font(), theme.STATUS_BAR))
        self._running = False

    def show(self, year: int | None = None) -> None:
        """Ask what is to be exported; without a year the latest. One batch runs at a time."""
        from ui.dialogs.batch import BatchDialog

        years = sorted({line.year for line in self._forms.lines}, reverse=True)
        if not years or self._running:
            return
        first = self._remembered(year if year in years else years[0])
        dialog = BatchDialog(years, first, plan=self._files, dialogs=self._dialogs, parent=self._window)
        dialog.confirmed.connect(self._begin)
        put_up(dialog)

    def _remembered(self, year: int) -> Wanted:
        """Return what was wanted the last time, for a year."""
        word = self._settings.word
        parts = {*word("handin_parts", "contents").split(",")}
        kinds = tuple(filter(None, word("handin_kinds", "pdf,xlsx").split(",")))
        return Wanted(
            year,
            self._output.folder(),
            kinds,
            recipient=word("handin_to"),
            pattern=word("handin_names", PATTERN),
            contents="contents" in parts,
            summary="summary" in parts,
            check_sheets="check_sheets" in parts,
            merged="merged" in parts,
            zipped="zipped" in parts,
        )

    def _remember(self, wanted: Wanted) -> None:
        parts = ",".join(part for part in _PARTS if getattr(wanted, part))
        told = {"folder": str(wanted.folder), "handin_parts": parts, "handin_kinds": ",".join(wanted.kinds)}
        for name, text in {**told, "handin_to": wanted.recipient, "handin_names": wanted.pattern}.items():
            self._settings.set_word(name, text)

    def _forms_of(self, wanted: Wanted) -> tuple[Filled, ...]:
        forms, templates = self._forms.others("", wanted.year), self._forms.templates
        return with_summary(forms, templates, year=wanted.year, office=self._office(forms)) if wanted.summary else forms

    def _office(self, forms: tuple[Filled, ...]) -> str:
        """Return who hands in: the office all forms name, else the one of this computer."""
        names = {form.record.bureau.strip() for form in forms} - {""}
        return names.pop() if len(names) == 1 else self._settings.word("bureau")

    def _files(self, wanted: Wanted) -> tuple[Path, ...]:
        """Return the files of an answer. Raises :class:`UserError` for a pattern that cannot be used."""
        return tuple(workplace_of(wanted) / item.name for item in plan(self._forms_of(wanted), wanted))

    def _begin(self, wanted: Wanted) -> None:
        self._remember(wanted)
        forms = self._forms_of(wanted)
        around = (*forms, *self._forms.others("", wanted.year - 1))
        setups = self._output.pages.of(one.record.id for one in forms)
        stamps, office = handed_in(self._forms, forms), self._office(forms)
        self._run(Order(wanted, forms, around, self._now(), office, stamps, setups))

    def _run(self, order: Order) -> None:
        self._running = True
        self._card.begin("正在导出全年的表", len(plan(order.forms, order.wanted)))
        task = tasks.run(self, partial(_write, order), partial(self._take, order), failed=self._fail)
        task.advanced.connect(self._card.advance)
        task.finished.connect(self._finish)
        self._card.stop_asked.connect(task.stop)

    def _finish(self) -> None:
        self._running = False
        self._card.finish()

    def _take(self, order: Order, outcome: Outcome) -> None:
        """Tell what came of it; what was not written is offered again."""
        if outcome.written or outcome.kept or outcome.stopped:
            self._say(outcome, len(plan(order.forms, order.wanted)))
        if outcome.notes:
            self._dialogs.tell("已导出，有几处和表里不同", _few(outcome.notes), mark=Mark.HINT)
        if not outcome.failed:
            return
        choices = (Choice(CANCEL, "知道了"), Choice("again", "重试", primary=True))
        reasons = _few(tuple(one.why for one in outcome.failed))
        if self._dialogs.ask(f"有 {len(outcome.failed)} 个文件没有写出，别的都写好了", reasons, choices) == "again":
            self._run(replace(order, made=self._now()))

    def _say(self, outcome: Outcome, total: int) -> None:
        made, kept = len(outcome.written), len(outcome.kept)
        words = f"已导出 {made} 个文件" if made or not kept else "都在，没有要重写的"
        if outcome.stopped:
            words = f"已停止，{total} 个文件写好了 {made + kept} 个，都是完整的；再导出一次就接着写"
        elif made and kept:
            words += f"，另有 {kept} 个没有变，没有重写"
        if outcome.code:
            words += f"；本包校验码 {outcome.code}"
        folder = outcome.place if outcome.place.is_dir() else outcome.place.parent
        links = (Link("打开文件夹", partial(_show_folder, folder)),) if folder.is_dir() else ()
        self._toast.say(words, mark=Mark.HINT if outcome.stopped else Mark.OK, links=links)

    def _fail(self, error: UserError) -> None:
        self._dialogs.tell("没有导出", str(error), mark=Mark.ERROR)


def _write(order: Order, task: Task) -> Outcome:
    from perfdesk.handin.writing import write

    return write(order, task)


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _few(sentences: tuple[str, ...]) -> str:
    """Join the first sentences, and say how many more there are."""
    more = len(sentences) - _MOST_TOLD
    return "\n".join((*sentences[:_MOST_TOLD], *((f"另有 {more} 处。",) if more > 0 else ())))
