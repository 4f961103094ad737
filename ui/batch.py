"""全年导出 (batch): every form of a year into files, off the UI thread, with progress and 停止.

Each file is written whole or not at all; a form that cannot be written keeps none of the others out and can be tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from perfdesk import private
from perfdesk.errors import UserError, reason
from perfdesk.exchange.files import safe_name
from perfdesk.model import FormKind
from ui import tasks, theme
from ui.dialogs import CANCEL, Choice, put_up
from ui.exporting import Order, handed_in, render, stamp_of
from ui.output import file_name
from ui.widgets.marks import Mark
from ui.widgets.progress import ProgressCard
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from perfdesk.fingerprint import Stamp
    from perfdesk.pagesetup import PageSetup
    from perfdesk.template import Filled, Template
    from ui.dialogs import Dialogs
    from ui.dialogs.batch import BatchChoice
    from ui.forms import Forms
    from ui.output import Output
    from ui.settings import Settings
    from ui.tasks import Task
    from ui.widgets.toast import Toast

_MOST_TOLD: Final = 8  # sentences in one message; more would not fit on the screen


class Job(NamedTuple):
    """A form and the files to make of it."""

    form: Filled
    targets: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """What is to be written: the jobs, the forms of this year and the last among which they stand, and the moment.

    ``handed_in`` are version and 校验码 of the forms that were handed in, by id, ``setups`` the pages they are printed on.
    """

    jobs: tuple[Job, ...]
    around: tuple[Filled, ...]
    templates: Mapping[str, Template]
    made: datetime
    handed_in: Mapping[str, Stamp]
    setups: Mapping[str, PageSetup] = field(default_factory=dict)

    @property
    def targets(self) -> tuple[Path, ...]:
        """All files, in their order."""
        return tuple(target for job in self.jobs for target in job.targets)


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What was written, what to know about it, and what was not written and why. ``stopped``: somebody said 停止."""

    written: tuple[Path, ...]
    notes: tuple[str, ...]
    failed: tuple[tuple[Job, str], ...]
    stopped: bool


def plan(forms: tuple[Filled, ...], choice: BatchChoice) -> tuple[Job, ...]:
    """Return which files each form makes: 「2024年度/01-法律援助工作经费-自评表.pdf」; a report goes to Word in place of Excel.

    The number keeps the order of the list, and two forms of one name apart.
    """
    folder, digits = choice.folder / f"{choice.year}年度绩效表", max(2, len(str(len(forms))))
    jobs: list[Job] = []
    for number, form in enumerate(forms, start=1):
        stem = safe_name(f"{number:0{digits}}-{file_name(form.record, form.template)}")
        report = form.template.kind is FormKind.REPORT
        endings = ("docx" if report and kind == "xlsx" else kind for kind in choice.kinds)
        jobs.append(Job(form, tuple(folder / f"{stem}.{ending}" for ending in endings)))
    return tuple(job for job in jobs if job.targets)


def write_all(order: BatchOrder, task: Task) -> BatchOutcome:
    """Write the files one after the other until the end, or until it is stopped. Raises :class:`UserError` without a folder."""
    from perfdesk.derive import derive

    written: list[Path] = []
    notes: list[str] = []
    failed: list[tuple[Job, str]] = []
    done = 0
    for job in order.jobs:
        if _is_over(task):
            break
        _make_folder(job.targets[0].parent)
        form = job.form
        derived = derive(form.template, form.record, order.around)
        others = tuple(one for one in order.around if one.record.id != form.record.id)
        stamp = stamp_of(derived.record, order.handed_in)
        one = Order(derived, order.templates, job.targets, order.made, others, stamp=stamp, setups=order.setups)
        for target in job.targets:
            if _is_over(task):
                break
            task.advance(done, target.name)
            try:
                notes += _write(one, target)
                written.append(target)
            except UserError as error:
                failed.append((Job(form, (target,)), f"“{target.name}”：{error}"))
            done += 1
    return BatchOutcome(tuple(written), tuple(notes), tuple(failed), stopped=done < len(order.targets))


def _is_over(task: Task) -> bool:
    """Whether somebody said 停止; asked anew each time, because that happens in another thread."""
    return task.stopped


def _write(order: Order, target: Path) -> tuple[str, ...]:
    """Write one file, whole or not at all; return what the format could not take over."""
    from perfdesk.exchange.files import write_atomically

    data, notes = render(order, target)
    write_atomically(target, data)
    return tuple(f"“{target.name}”：{note}" for note in notes)


def _make_folder(folder: Path) -> None:
    try:
        private.make_folder(folder)
    except OSError as error:
        raise UserError(f"“{folder}”建不了文件夹（{reason(error)}）。没有写出文件，请换个位置。") from error


class Batch(QObject):
    """The errand behind 「全年导出…」."""

    def __init__(
        self,
        window: QWidget,
        forms: Forms,
        settings: Settings,
        *,
        dialogs: Dialogs,
        output: Output,
        toast: Toast,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(window)
        self._window, self._forms, self._settings = window, forms, settings
        self._dialogs, self._output, self._toast, self._now = dialogs, output, toast, now
        self._card = ProgressCard(window, lift=theme.px(window.font(), theme.STATUS_BAR))
        self._running = False

    def show(self, year: int | None = None) -> None:
        """Ask what is to be exported; without a year the latest. One batch runs at a time."""
        from ui.dialogs.batch import BatchDialog

        years = sorted({line.year for line in self._forms.lines}, reverse=True)
        if not years or self._running:
            return
        dialog = BatchDialog(
            years,
            year if year in years else years[0],
            folder=self._output.folder(),
            plan=self._targets,
            dialogs=self._dialogs,
            parent=self._window,
        )
        dialog.confirmed.connect(self._begin)
        put_up(dialog)

    def _targets(self, choice: BatchChoice) -> tuple[Path, ...]:
        jobs = plan(self._forms.others("", choice.year), choice)
        return tuple(target for job in jobs for target in job.targets)

    def _begin(self, choice: BatchChoice) -> None:
        self._settings.set_word("folder", str(choice.folder))
        forms = self._forms.others("", choice.year)
        around = (*forms, *self._forms.others("", choice.year - 1))
        jobs, setups = plan(forms, choice), self._output.pages.of(one.record.id for one in forms)
        self._run(BatchOrder(jobs, around, self._forms.templates, self._now(), handed_in(self._forms, forms), setups))

    def _run(self, order: BatchOrder) -> None:
        self._running = True
        self._card.begin("正在导出全年的表", len(order.targets))
        task = tasks.run(self, partial(write_all, order), partial(self._take, order), failed=self._fail)
        task.advanced.connect(self._card.advance)
        task.finished.connect(self._finish)
        self._card.stop_asked.connect(task.stop)

    def _finish(self) -> None:
        self._running = False
        self._card.finish()

    def _take(self, order: BatchOrder, outcome: BatchOutcome) -> None:
        """Tell what came of it; what was not written is offered again."""
        if outcome.written or outcome.stopped:
            self._say(outcome, len(order.targets))
        if outcome.notes:
            self._dialogs.tell("已导出，有几处和表里不同", _few(outcome.notes), mark=Mark.HINT)
        if not outcome.failed:
            return
        choices = (Choice(CANCEL, "知道了"), Choice("again", "重试", primary=True))
        reasons = _few(tuple(why for _job, why in outcome.failed))
        if self._dialogs.ask(f"有 {len(outcome.failed)} 个文件没有写出，别的都写好了", reasons, choices) == "again":
            self._run(replace(order, jobs=tuple(job for job, _why in outcome.failed)))

    def _say(self, outcome: BatchOutcome, total: int) -> None:
        count = len(outcome.written)
        words = f"已停止，{total} 个文件写好了 {count} 个，都是完整的" if outcome.stopped else f"已导出 {count} 个文件"
        links = (Link("打开文件夹", partial(_show_folder, outcome.written[0].parent)),) if outcome.written else ()
        self._toast.say(words, mark=Mark.HINT if outcome.stopped else Mark.OK, links=links)

    def _fail(self, error: UserError) -> None:
        self._dialogs.tell("没有导出", str(error), mark=Mark.ERROR)


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _few(sentences: tuple[str, ...]) -> str:
    """Join the first sentences, and say how many more there are."""
    more = len(sentences) - _MOST_TOLD
    return "\n".join((*sentences[:_MOST_TOLD], *((f"另有 {more} 处。",) if more > 0 else ())))
