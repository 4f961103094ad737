"""What 恢复 shows (view): it reads backups off the UI thread, once each, and compares their forms with the present.

It restores nothing; what can be restored it offers in the dialog.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.derive import derive
from perfdesk.errors import LockedError, UserError
from perfdesk.store.backups import Backup, Reason
from perfdesk.store.holding import Fate, as_it_was, consequences, differences, holding, peek
from perfdesk.store.timeline import Point, wall_clock
from perfdesk.template import Filled
from ui import tasks
from ui.lines import name_of
from ui.timeline.dialog import BACKUPS, READING, VERSIONS, TimelineDialog
from ui.timeline.words import SAME, consequence_words, fate_words, point_lines, point_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from perfdesk.derive import Derived
    from perfdesk.model import Record
    from perfdesk.store import Store
    from perfdesk.store.holding import Difference, Held, Holding
    from ui.forms import Forms
    from ui.tasks import Task

_NOTHING = "还没有备份，也没有版本。每天第一次打开时会自动备份；也可以看别处的备份。"
_MOST_KEPT = 3  # moments: ten years of forms each take tens of megabytes
_UNSEEN = "表上的格都相同，不同的是对审核提示的说明。"


class Sight(NamedTuple):
    """A moment as it was looked at: what was there then, what is there now, and what differs."""

    then: Holding
    now: Holding
    found: tuple[Difference, ...]


class View:
    """The dialog and what it shows. ``keeper`` outlives the reading of backups.

    ``unlock`` asks for the password of a backup and tells whether it was given.
    """

    def __init__(
        self,
        keeper: QObject,
        points: tuple[Point, ...],
        forms: Forms,
        window: QWidget,
        *,
        now: Callable[[], datetime],
        unlock: Callable[[Path], bool],
    ) -> None:
        self._keeper, self._points, self._forms, self._now = keeper, list(points), forms, now
        self._unlock = unlock
        self._sights: dict[Point, Sight] = {}
        self._chosen: Point | None = None
        self._present: Holding | None = None
        self._reading = False
        self.dialog = TimelineDialog(f"现在有 {len(forms.lines)} 张表", window)
        self.dialog.point_chosen.connect(self._look)
        self.dialog.form_chosen.connect(self._compare)
        self.dialog.finished.connect(self._end)

    def begin(self, choose: Path | None) -> None:
        """Show the moments, with the backup of a file chosen if it is among them; where there is none, say so."""
        backups = [(row, one.backup.path) for row, one in enumerate(self._points) if one.backup is not None]
        newest = backups[0][0] if backups else 0
        at = next((row for row, path in backups if path == choose), newest)
        if not self._points:
            self.dialog.show_message(_NOTHING)
        self._list(at)

    def add(self, path: Path) -> None:
        """Show a backup from elsewhere, on top."""
        try:
            told = path.stat()
        except OSError:
            self.dialog.show_message(f"没有找到“{path}”。请检查 U 盘是否插好，再选一次。")
            return
        moment = wall_clock(datetime.fromtimestamp(told.st_mtime).astimezone())
        self._points.insert(0, Point(moment, Backup(path, moment, Reason.ASKED, 0, told.st_size, elsewhere=True)))
        self._list(0)

    @property
    def title(self) -> str:
        """The chosen moment: 「今天 09:30 每天」."""
        return point_name(self._chosen, self._now().date()) if self._chosen is not None else ""

    @property
    def backup(self) -> Backup | None:
        """The backup that is chosen."""
        return self._chosen.backup if self._chosen is not None else None

    @property
    def sight(self) -> Sight | None:
        """What is shown of the chosen moment, ``None`` while it is being read."""
        return self._sights.get(self._chosen) if self._chosen is not None else None

    def _list(self, choose: int) -> None:
        today = self._now().date()
        self.dialog.show_points(
            tuple(
                (VERSIONS if one.version else BACKUPS, point_lines(one, today, self._form_of(one)))
                for one in self._points
            ),
            choose=choose,
        )

    def _form_of(self, point: Point) -> str:
        line = self._forms.line(point.version.record_id) if point.version is not None else None
        return f"{line.name}（{line.year}）" if line is not None else "已删除的表"

    def _end(self, _result: int) -> None:
        """The dialog is closed: what is still being read is not shown any more, and what was read is let go."""
        self._chosen = self._present = None
        self._sights.clear()

    # -------------------------------------------------------------- reading
    def _look(self, place: int) -> None:
        """Show a moment. One is read at a time: who goes through the list with the arrows waits for the last one alone."""
        point = self._chosen = self._points[place]
        if point in self._sights:
            self._show(self._sights[point])
            return
        self.dialog.show_message(READING)
        if not self._reading:
            self._read(point)

    def _read(self, point: Point) -> None:
        self._reading = True
        work = partial(_read, self._forms.store, point, self._present, self._now)
        tasks.run(self._keeper, work, partial(self._take, point), failed=partial(self._fail, point))

    def _take(self, point: Point, sight: Sight) -> None:
        """It was read; meanwhile another moment may have been chosen, or the dialog closed."""
        if self._is_wanted(point):
            self._present = sight.now
            for old in [*self._sights][: 1 - _MOST_KEPT]:
                del self._sights[old]
            self._sights[point] = sight
            self._show(sight)

    def _fail(self, point: Point, error: UserError) -> None:
        if not self._is_wanted(point):
            return
        if isinstance(error, LockedError) and self._unlock(error.path):
            self._look(self._points.index(point))
            return
        self.dialog.show_message(str(error))

    def _is_wanted(self, point: Point) -> bool:
        """Tell whether what was read is still the chosen one; else the chosen one is read, unless it was before."""
        self._reading = False
        if self._chosen is not None and self._chosen is not point and self._chosen not in self._sights:
            self._read(self._chosen)
        return self._chosen is point

    # -------------------------------------------------------------- showing
    def _show(self, sight: Sight) -> None:
        words = consequence_words(consequences(sight.found))
        title = "恢复" if self.backup is None else "全部恢复"
        self._offer(None)
        self.dialog.show_found(self.title, f"{title}：{words}" if words else SAME, sight.found, self._name)

    def _name(self, held: Held) -> str:
        return name_of(held.record, self._forms.templates.get(held.record.template_id))

    def _compare(self, record_id: str) -> None:
        """Show what differs in a form, the present on the left and what would come on the right."""
        sight = self.sight
        one = next((one for one in sight.found if one.id == record_id), None) if sight is not None else None
        if sight is None or one is None:
            return
        self._offer(one)
        name = self._name(one.shown)
        missing = next(
            (held for held in (one.then, one.now) if held is not None and not self._knows(held.record)), None
        )
        if missing is not None:
            words = f"表样“{missing.record.template_id}”不在本机，不能逐格看。{fate_words(one)}。"
            self.dialog.show_cells(name, None, words)
            return
        from perfdesk.comparing import compare

        now, then = self._derived(one.now, one.shown, None), self._derived(one.then, one.shown, sight.then)
        self.dialog.show_cells(name, compare(now, then), _UNSEEN if one.cells else f"{fate_words(one)}。")

    def _knows(self, record: Record) -> bool:
        return record.template_id in self._forms.templates

    def _derived(self, held: Held | None, shown: Held, among: Holding | None) -> Derived:
        """Return a form as it stood among the forms of its time; one that is not there as a blank one."""
        record = held.record if held is not None else _blank(shown.record)
        template = self._forms.templates[record.template_id]
        if among is None or self.backup is None:
            return derive(template, record, self._forms.around(record.id, record.year))
        return derive(template, record, self._around(record, among))

    def _around(self, record: Record, among: Holding) -> tuple[Filled, ...]:
        years = (record.year, record.year - 1)
        others = (one.record for one in among.values() if one.in_use and one.entry.id != record.id)
        templates = self._forms.templates
        near = (one for one in others if one.year in years and one.template_id in templates)
        return tuple(Filled(templates[one.template_id], one) for one in near)

    # ------------------------------------------------------------- offering
    def _offer(self, one: Difference | None) -> None:
        """Offer what can be restored: the chosen form, and all of a backup."""
        sight = self.sight
        if sight is None:
            return
        if self._forms.read_only:
            self.dialog.offer(form="", everything="", hint="现在只能查看，不能恢复。")
            return
        everything = "全部恢复…" if self.backup is not None and not consequences(sight.found).nothing else ""
        if one is None:
            self.dialog.offer(form="", everything=everything, hint="")
            return
        why_not = self._why_not(one)
        hint = why_not or f"恢复这张表：{_alone(one)}，可以撤销。"
        self.dialog.offer(form="" if why_not else "恢复这张表", everything=everything, hint=hint)

    def _why_not(self, one: Difference) -> str:
        """Say why one form alone cannot be restored, ``""`` where it can."""
        if one.then is None:
            return "这张表那时还没有，没有可恢复的。"
        if one.now is not None and not one.cells and one.fate is not Fate.OUT_OF_BIN:
            return "这张表的内容与现在相同，不用恢复。"
        if self._forms.submission(one.id) is not None:
            return "这张表已上报，要先“退回修改”，再来恢复。"
        if self._forms.is_frozen(one.shown.entry.year):
            return f"{one.shown.entry.year} 年只供查看，要先解除，再来恢复。"
        return ""


def _alone(one: Difference) -> str:
    """Say what restoring one form does."""
    if one.now is None:
        return "照那时的内容找回"
    words = f"改回 {one.cells} 格，当前内容先存为一个版本" if one.cells else ""
    return "，".join(filter(None, ("" if one.now.in_use else "从回收站取回", words)))


def _blank(record: Record) -> Record:
    return replace(record, values={}, stated={}, funds=(), indicators=(), rows=(), sections=(), answers=())


def _read(store: Store, point: Point, present: Holding | None, now: Callable[[], datetime], task: Task) -> Sight:
    """Read a moment, and the present unless that was read already."""
    del task
    present = present if present is not None else holding(store)
    if point.backup is not None:
        then = peek(point.backup.path, store.path.parent, now=now)
        return Sight(then, present, differences(then, present))
    if point.version is None:
        raise ValueError("a moment is a backup or a version")
    key = point.version.record_id
    there = present.get(key)
    then = {key: as_it_was(store.versions.record_of(point.version.id), point.version, there)}
    return Sight(then, present, differences(then, {key: there} if there is not None else {}))
