"""打印多张表 (print job): several forms of a year in one PDF, in one order, for one preview and one job of the printer.

Each form stands on the page it is set up for and is numbered for itself; one that was handed in carries its version and 校验码.
Each form is there once: the 附表 of a report are printed where they are chosen, not behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui import tasks, theme
from ui.dialogs import put_up
from ui.exporting import handed_in
from ui.forms import name_of
from ui.widgets.progress import ProgressCard

if TYPE_CHECKING:
    from perfdesk.fingerprint import Stamp
    from perfdesk.layout import Layout
    from perfdesk.pagesetup import PageSetup
    from perfdesk.template import Filled
    from ui.output import Output
    from ui.tasks import Task
    from ui.tools import Tools


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """The forms in their order, the forms of this year and the last among which they stand, and the moment."""

    forms: tuple[Filled, ...]
    around: tuple[Filled, ...]
    made: datetime
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    setups: Mapping[str, PageSetup] = field(default_factory=dict)


def draw(order: PrintOrder, title: str, task: Task) -> bytes:
    """Return the PDF of the forms; nothing when somebody said 停止. Raises :class:`UserError` as an export does."""
    from perfdesk.exchange import pdf

    layouts = tuple(_layouts(order, task))
    return b"" if task.stopped else pdf.render(layouts, title=title, made=order.made)


def _layouts(order: PrintOrder, task: Task) -> Iterator[Layout]:
    from perfdesk.derive import derive
    from perfdesk.handin import papers

    for done, form in enumerate(order.forms):
        if task.stopped:
            return
        task.advance(done, name_of(form.record, form.template))
        derived = derive(form.template, form.record, order.around)
        found = papers.laid_out(derived, order.setups.get(form.record.id), made=order.made)
        stamp = papers.stamp_of(derived.record, order.stamps)
        yield papers.stamped(found, stamp)


class PrintJob(QObject):
    """The errand behind 「打印多张表…」."""

    def __init__(self, tools: Tools, *, output: Output) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._dialogs = tools.window, tools.forms, tools.dialogs
        self._output, self._toast, self._now = output, tools.toast, tools.now
        self._card = ProgressCard(tools.window, lift=theme.px(tools.window.font(), theme.STATUS_BAR))
        self._running = False

    def show(self, year: int | None = None, *, marked: tuple[str, ...] = ()) -> None:
        """Ask which forms, those of ``year`` or of the latest one; ``marked`` are ticked beforehand, all where there are none.

        Marked forms say the year themselves; a single one is only where the cursor stands.
        """
        from ui.dialogs.print_forms import PrintFormsDialog

        years = sorted({line.year for line in self._forms.lines}, reverse=True)
        if not years or self._running:
            return
        line = self._forms.line(marked[0]) if marked else None
        wanted = year if line is None else line.year
        dialog = PrintFormsDialog(
            years,
            wanted if wanted in years else years[0],
            forms=self._choices,
            ticked=frozenset(marked) if len(marked) > 1 else None,
            parent=self._window,
        )
        dialog.confirmed.connect(self._begin)
        put_up(dialog)

    def _choices(self, year: int) -> tuple[tuple[str, str], ...]:
        """Return id and words of the forms of a year: 「法律援助工作经费 · 项目支出绩效自评表」."""
        return tuple(
            (one.record.id, f"{name_of(one.record, one.template)} · {one.template.title}")
            for one in self._forms.others("", year)
        )

    def _begin(self, year: int, ids: tuple[str, ...]) -> None:
        forms = {one.record.id: one for one in self._forms.others("", year)}
        chosen = tuple(forms[one] for one in ids if one in forms)
        around = (*forms.values(), *self._forms.others("", year - 1))
        order = PrintOrder(chosen, around, self._now(), handed_in(self._forms, chosen), self._output.pages.of(ids))
        self._running = True
        self._card.begin("正在排版", len(chosen))
        title = f"{year}年度{len(chosen)}张表"
        task = tasks.run(
            self,
            partial(draw, order, title),
            partial(self._show, year, order, title),
            failed=self._dialogs.tell_trouble,
        )
        task.advanced.connect(self._card.advance)
        task.finished.connect(self._finish)
        self._card.stop_asked.connect(task.stop)

    def _finish(self) -> None:
        self._running = False
        self._card.finish()

    def _show(self, year: int, order: PrintOrder, title: str, data: bytes) -> None:
        if not data:
            self._toast.say("已停止，没有打印")
            return
        from ui.dialogs.preview import PreviewDialog

        about = f"{year} 年度 · {len(order.forms)} 张表"
        dialog = PreviewDialog(
            data, title=title, about=about, dialogs=self._dialogs, exports=False, parent=self._window
        )
        dialog.printed.connect(self._toast.say)
        dialog.failed.connect(self._dialogs.tell_trouble)
        put_up(dialog)
