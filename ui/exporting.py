"""导出 (exporting): renders a form off the UI thread and writes the files, asking when one is open elsewhere.

It gets immutable values and a folder; which formats and where is asked by the dialog. Exporters are imported when first used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from perfdesk.errors import UserError
from perfdesk.exchange.rendering import Rendered
from perfdesk.exchange.rendering import render as render_printed
from ui import tasks, theme
from ui.dialogs import CANCEL, Choice
from ui.widgets.marks import Mark
from ui.widgets.progress import ProgressCard
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from perfdesk.charts import Chart
    from perfdesk.derive import Derived
    from perfdesk.fingerprint import Stamp
    from perfdesk.layout import Layout
    from perfdesk.listing import Listing
    from perfdesk.pagesetup import PageSetup
    from perfdesk.template import Filled, Template
    from ui.dialogs import Dialogs
    from ui.forms import Forms
    from ui.tasks import Task
    from ui.widgets.toast import Toast

_JSON: Final = "json"


class Paper(Enum):
    """What is printed of a form: itself, or its 审核单. ``words`` is what that is called beside the form's name."""

    FORM = ""
    CHECK_SHEET = "审核单"

    @property
    def words(self) -> str:
        """「审核单」, nothing for the form itself."""
        return self.value


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: the form as it stood, the files to make, and the moment.

    ``others`` are the other forms of the year; those that a report names as its 附表 go behind it. ``stamp`` is what a form that
    was handed in carries in its foot. ``setups`` are the pages they are printed on, by the id of the form; Word has its own.
    ``sheets`` are the targets that hold the 审核单.
    """

    derived: Derived
    templates: Mapping[str, Template]
    targets: tuple[Path, ...]
    made: datetime
    others: tuple[Filled, ...] = ()
    paper: Paper = Paper.FORM
    stamp: Stamp | None = None
    setups: Mapping[str, PageSetup] = field(default_factory=dict)
    sheets: frozenset[Path] = frozenset()

    def for_target(self, target: Path) -> Order:
        """Return what one of the files is to hold: the 审核单 in those that are named so."""
        return replace(self, paper=Paper.CHECK_SHEET) if target in self.sheets else self

    def layouts(self, kind: str = "pdf") -> tuple[Layout, ...]:
        """Return the form and its annexes, or its 审核单, as they are printed or written into a file of a ``kind``."""
        if self.paper is Paper.CHECK_SHEET:
            from perfdesk.checksheet import lay_out_check_sheet

            return (lay_out_check_sheet(self.derived, made=self.made.date()),)
        from perfdesk.handin import papers

        forms = papers.with_annexes(self.derived, self.others)
        return papers.layouts(forms, kind, setups=self.setups, made=self.made)

    def charts(self) -> tuple[Chart, ...]:
        """Return the charts that go behind a 汇总表 in its PDF."""
        from perfdesk.handin import papers

        return () if self.paper is Paper.CHECK_SHEET else papers.charts(self.derived, self.others)


def handed_in(forms: Forms, wanted: Iterable[Filled]) -> Mapping[str, Stamp]:
    """Return what those of some forms that were handed in carry, by id."""
    from perfdesk.fingerprint import Stamp

    found = ((one.record.id, forms.submission(one.record.id)) for one in wanted)
    return {record_id: Stamp(one.label, one.code) for record_id, one in found if one is not None}


@dataclass(frozen=True, slots=True)
class Sheets:
    """The 审核单 of several forms, one behind the other in each file."""

    forms: tuple[Derived, ...]
    targets: tuple[Path, ...]
    made: datetime

    def layouts(self, kind: str = "pdf") -> tuple[Layout, ...]:
        """Return the check sheets as they are printed; a file of any ``kind`` has the same."""
        del kind
        from perfdesk.checksheet import lay_out_check_sheet

        return tuple(lay_out_check_sheet(one, made=self.made.date()) for one in self.forms)


@dataclass(frozen=True, slots=True)
class ListOrder:
    """Lists to be written; they are made by ``make`` when the file is, off the UI thread. ``author`` is the office."""

    targets: tuple[Path, ...]
    make: Callable[[], tuple[Listing, ...]]
    made: datetime
    author: str = ""

    def render(self, target: Path) -> Rendered:
        """Return the bytes of the file."""
        from perfdesk.exchange.rendering import render_lists

        kind = target.suffix.removeprefix(".").lower()
        return render_lists(self.make(), kind, title=target.stem, made=self.made, author=self.author)


AnyOrder = Order | Sheets | ListOrder


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order: the files written, what to know about them, and a file that another program holds open."""

    written: tuple[Path, ...]
    notes: tuple[str, ...] = ()
    held: Path | None = None
    trouble: str = ""


def render(order: AnyOrder, target: Path) -> Rendered:
    """Return the bytes of one file and what of the form it could not take over. Raises :class:`UserError`."""
    if isinstance(order, ListOrder):
        return order.render(target)
    order = order.for_target(target) if isinstance(order, Order) else order
    record = (order.derived if isinstance(order, Order) else order.forms[0]).record
    kind = target.suffix.removeprefix(".").lower()
    if kind == _JSON and isinstance(order, Order):
        from perfdesk.exchange import exchange

        stamped = order.stamp is not None
        return Rendered(exchange.write_records((record,), order.templates, with_codes=stamped).encode())
    stamp = order.stamp if isinstance(order, Order) and order.paper is Paper.FORM else None
    charts = order.charts() if isinstance(order, Order) else ()
    about = {"title": target.stem, "author": record.bureau}
    return render_printed(order.layouts(kind), kind, **about, made=order.made, stamp=stamp, charts=charts)


def write(order: AnyOrder, task: Task | None = None) -> Outcome:
    """Render and write every file of an order; stops at the first that is open in another program."""
    from perfdesk.exchange.files import FileInUse, write_atomically

    written: list[Path] = []
    notes: list[str] = []
    for target in order.targets:
        if task is not None:
            if task.stopped:
                break
            task.advance(len(written), target.name)
        data, remarks = render(order, target)
        try:
            write_atomically(target, data)
        except FileInUse as error:
            return Outcome(tuple(written), tuple(notes), held=target, trouble=str(error))
        written.append(target)
        notes += remarks
    return Outcome(tuple(written), tuple(notes))


class Exporting(QObject):
    """Carries orders out, one after another, and tells the window what became of them."""

    def __init__(self, window: QWidget, *, dialogs: Dialogs, toast: Toast) -> None:
        super().__init__(window)
        self._dialogs = dialogs
        self._toast = toast
        self._card = ProgressCard(window, lift=theme.px(window.font(), theme.STATUS_BAR))
        self._done: tuple[Path, ...] = ()
        self._notes: tuple[str, ...] = ()
        self._failed: Callable[[], object] | None = None

    def start(
        self,
        order: AnyOrder,
        *,
        finished: Callable[[tuple[Path, ...]], object] | None = None,
        failed: Callable[[], object] | None = None,
    ) -> None:
        """Begin; ``finished`` gets the files once all are written, ``failed`` is called before a trouble is told."""
        self._done, self._notes, self._failed = (), (), failed
        self._run(order, finished)

    def _run(self, order: AnyOrder, finished: Callable[[tuple[Path, ...]], object] | None) -> None:
        self._card.begin("正在导出", len(order.targets))

        def work(task: Task) -> Outcome:
            return write(order, task)

        def done(outcome: Outcome) -> None:
            self._take(order, outcome, finished)

        task = tasks.run(self, work, done, failed=self._fail)
        task.advanced.connect(self._card.advance)
        task.finished.connect(self._card.finish)
        self._card.stop_asked.connect(task.stop)

    def _take(self, order: AnyOrder, outcome: Outcome, finished: Callable[[tuple[Path, ...]], object] | None) -> None:
        self._done += outcome.written
        self._notes += outcome.notes
        if outcome.held is not None:
            self._ask_about_held(order, outcome.held, outcome.trouble, finished)
            return
        if not self._done:
            return
        self._tell()
        if finished is not None:
            finished(self._done)

    def _ask_about_held(
        self, order: AnyOrder, held: Path, trouble: str, finished: Callable[[tuple[Path, ...]], object] | None
    ) -> None:
        """Offer 重试 and a name with （2）."""
        from perfdesk.exchange.files import free_name

        choices = (Choice(CANCEL, "取消"), Choice("other", "另存为（2）"), Choice("again", "重试", primary=True))
        answer = self._dialogs.ask("文件正被别的程序打开", trouble, choices)
        if answer == CANCEL:
            return
        left = order.targets[order.targets.index(held) :]
        order = replace(order, targets=left)
        self._run(_renamed(order, held, free_name(held)) if answer == "other" else order, finished)

    def _tell(self) -> None:
        """「已导出：…」 with 打开 and 定位."""
        first = self._done[0]
        words = (
            f"已导出：{first.name}" if len(self._done) == 1 else f"已导出 {len(self._done)} 个文件到“{first.parent}”"
        )
        self._toast.say(words, mark=Mark.OK, links=links_to(first))
        if self._notes:
            self._dialogs.tell("已导出，有几处和表里不同", "\n".join(self._notes), mark=Mark.HINT)

    def _fail(self, error: UserError) -> None:
        if self._failed is not None:
            self._failed()
        self._dialogs.tell_trouble(error)


def _renamed(order: AnyOrder, old: Path, new: Path) -> AnyOrder:
    """Return the order with another name for one of its files, which holds what it was to hold."""
    targets = tuple(new if one == old else one for one in order.targets)
    if not isinstance(order, Order):
        return replace(order, targets=targets)
    return replace(order, targets=targets, sheets=frozenset(new if one == old else one for one in order.sheets))


def links_to(path: Path) -> tuple[Link, Link]:
    """打开 and 定位 of a file."""
    return Link("打开", _Opener(path)), Link("定位", _Opener(path.parent))


class _Opener:
    """Opens a file or folder with the system's program."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))
