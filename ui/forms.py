"""表 (forms): the forms of the open store with their marks, and the documents that are open in this session.

Between the window and the store: it opens, makes, takes in and throws away forms, and has the verdict of every form computed
off the UI thread. It shows nothing and asks nothing; trouble leaves it as :class:`UserError`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from ui import tasks
from ui.kept import Kept
from ui.lines import Line, by_year, name_of, new_id
from ui.locks import SUBMITTED
from ui.marking import Marking, Pace, state_of

if TYPE_CHECKING:
    from datetime import datetime

    from perfdesk.amounts import MoneyUnit
    from perfdesk.derive import Derived
    from perfdesk.model import Record, Version
    from perfdesk.store import Entry, Store
    from perfdesk.template import Filled, Shelf, Template
    from ui.document import Document
    from ui.marking import Marked

__all__ = ["Forms", "name_of", "new_id"]


class Forms(QObject):
    """The forms of one store. ``listed``: the list itself changed; ``marked``: one line of it (its id); ``saved``: one was."""

    listed = Signal()
    marked = Signal(str)
    document_made = Signal(object)
    saved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: Store | None = None
        self._templates: Mapping[str, Template] = {}
        self._read_shelf: Callable[[], Shelf] | None = None
        self._shelf: Shelf | None = None
        self._lines: dict[str, Line] = {}
        self._years: Mapping[int, tuple[str, ...]] = {}
        self._trashed = 0
        self._submitted: Mapping[str, Version] = {}
        self._documents: dict[str, Document] = {}
        self._resting: dict[str, Document] = {}
        self._kept = Kept()
        self._stale: set[int] = set()
        self._looked_at: set[int] = set()
        self.pace = Pace()
        self._frozen: frozenset[int] = frozenset()

    def attach(self, store: Store, read_shelf: Callable[[], Shelf]) -> None:
        """Work on an open store from now on. Raises :class:`UserError` when it cannot be read.

        ``read_shelf`` reads the templates; it is asked again whenever somebody looks for one (:meth:`restock`).
        """
        self._store = store
        self._read_shelf = read_shelf
        self.restock()
        self.relist()

    def restock(self) -> None:
        """Read the files of the office again: a template put into the folder is usable at once, another policy counts at once.

        A template that an open form is pinned to keeps its drawing; its policy is the one the office uses now.
        """
        if self._read_shelf is None:
            return
        from perfdesk.template import as_scored

        shelf, old = self._read_shelf(), self._templates
        pinned = {one.template.id: as_scored(one.template, shelf) for one in self._documents.values()}
        known = {**shelf.templates, **pinned}
        self._shelf = shelf._replace(templates=known)
        self._templates = known
        if any(known[name].policy is not one.policy for name, one in old.items() if name in known):
            self._score_anew()

    def _score_anew(self) -> None:
        """A policy changed: open forms are scored and checked anew, the marks of all others follow."""
        for document in self._documents.values():
            template = self._templates[document.template.id]
            if template is not document.template:
                document.take_template(template)
        for document in self._documents.values():
            document.look_around()
        self._mark(self._lines.values())

    @property
    def shelf(self) -> Shelf:
        """The templates to choose from, with those that cannot be used; asking before there is a store is a mistake of ours."""
        if self._shelf is None:
            raise RuntimeError("no template was read yet")
        return self._shelf

    @property
    def store(self) -> Store:
        """The open store; asking before there is one is a mistake of ours."""
        if self._store is None:
            raise RuntimeError("no store is open yet")
        return self._store

    @property
    def ready(self) -> bool:
        """Whether a store is open."""
        return self._store is not None

    @property
    def read_only(self) -> bool:
        """Whether the forms can only be looked at."""
        return self._store is not None and self._store.read_only

    @property
    def templates(self) -> Mapping[str, Template]:
        """The templates by id."""
        return self._templates

    @property
    def lines(self) -> tuple[Line, ...]:
        """All forms, the latest year first."""
        return tuple(self._lines.values())

    @property
    def trashed_count(self) -> int:
        """How many forms lie in the 回收站."""
        return self._trashed

    def line(self, record_id: str) -> Line | None:
        """Return the line of a form."""
        return self._lines.get(record_id)

    def relist(self) -> None:
        """Read the list from the store; forms of the years that are looked at get their marks in the background."""
        old, self._submitted, self._frozen = self._lines, self.store.versions.submitted(), self.store.frozen_years()
        self._lines = {one.id: self._line(one, old.get(one.id)) for one in self.store.entries()}
        self._trashed = len(self.store.trashed())
        self._years = by_year(self._lines.values())
        self._looked_at |= {max(self._years)} if self._years else set()
        looked_at = frozenset(self._looked_at)  # another year that is asked for by who shows the list is marked by that
        self.pace.hold()
        self.listed.emit()
        for document in self._documents.values():
            document.look_around()
        self._mark(one for one in self._lines.values() if one.state is None and one.year in looked_at)

    def want(self, year: int) -> None:
        """Somebody looks at a year: its forms that have no mark get theirs in the background."""
        if year not in self._looked_at:
            self._looked_at.add(year)
            self._mark(one for one in self._lines.values() if one.state is None and one.year == year)

    def _mark(self, lines: Iterable[Line]) -> None:
        """Have the marks of forms computed in the background, among the others of their year as they stand now."""
        wanted = tuple(one for one in lines if one.kind is not None and one.id not in self._documents)
        if wanted:
            open_now = {record_id: document.record for record_id, document in self._documents.items()}
            asked = {one.year for one in wanted}
            years = {year: self._ids_of(year) for year in asked | {year - 1 for year in asked}}
            ids = tuple(one.id for one in wanted)
            work = Marking(self.store, self._templates, ids, years=years, open_now=open_now, pace=self.pace)
            tasks.run(self, work, partial(self._take_marks, self._kept.age), failed=self._no_marks)

    def _ids_of(self, year: int) -> tuple[str, ...]:
        """Return the forms of a year in the order of the list, without those whose template is not there."""
        return self._years.get(year, ())

    def others(self, record_id: str, year: int) -> tuple[Filled, ...]:
        """Return the other forms of a year as they stand now: open ones as typed, those in the 回收站 not.

        A form that the store cannot read is left out; opening it says why.
        """
        from perfdesk.template import Filled

        ids = [one for one in self._ids_of(year) if one != record_id]
        self._kept.read(self.store, year, ids)
        now = ((one, self._documents.get(one)) for one in ids)
        records = (self._kept.get(one) if document is None else document.record for one, document in now)
        return tuple(Filled(self._templates[one.template_id], one) for one in records if one is not None)

    def around(self, record_id: str, year: int) -> tuple[Filled, ...]:
        """Return the forms among which a form is judged: the others of its year, and those of the year before."""
        return (*self.others(record_id, year), *self.others(record_id, year - 1))

    def open(self, record_id: str) -> Document:
        """Return the document of a form, with its undo steps when it was open before. Raises :class:`UserError`."""
        from ui.document import Document  # with it comes the core, and the window is to stand before that

        self._wake(record_id)
        if record_id not in self._documents:
            record = self.store.load(record_id)
            template = self.template_of(record)
            document = Document(
                template,
                record,
                save=self.store.save,
                others=partial(self.around, record_id, record.year),
                read_only=self.read_only or record.year in self._frozen,
                lock=SUBMITTED if record_id in self._submitted else None,
                parent=self,
            )
            document.committed.connect(self.store.note)
            document.settled.connect(self._follow)
            document.record_saved.connect(partial(self._take_moment, record_id))
            self._documents[record_id] = document
            self._follow(document.derived)
            self.document_made.emit(document)
        else:
            self._documents[record_id].look_around()
        self._mark_stale()
        return self._documents[record_id]

    def _wake(self, record_id: str) -> None:
        """A form that was deleted and taken back goes on with the undo steps it had."""
        document = self._resting.pop(record_id, None) if record_id in self._lines else None
        if document is not None:
            self._documents[record_id] = document
            if self._templates[document.template.id] is not document.template:
                document.take_template(self._templates[document.template.id])

    def opened(self, record_id: str) -> Document | None:
        """Return the document of a form that is open, or was in this session."""
        return self._documents.get(record_id)

    def reread(self, ids: tuple[str, ...]) -> None:
        """These forms were changed in the store, past their documents: the list, the marks and the forms beside them follow."""
        self._kept.forget(ids)
        self.relist()
        self._mark(self._lines[one] for one in ids)

    def submission(self, record_id: str) -> Version | None:
        """Return the 上报版 of a form that is 已上报, ``None`` of any other."""
        return self._submitted.get(record_id)

    def _mark_stale(self) -> None:
        """Another form is opened: what changed in the one before may have changed the marks of its year and the next one."""
        years, self._stale = self._stale, set()
        judged = years | {year + 1 for year in years}
        self._mark(one for one in self._lines.values() if one.year in judged)

    def everything(self) -> tuple[tuple[Record, Template], ...]:
        """Return all forms as they stand now, what is not saved yet included; without those whose template is not there."""
        now = {record_id: document.record for record_id, document in self._documents.items()}
        records = (now.get(one.id, one) for one in self.store.load_all()) if self.ready else ()
        return tuple((one, self._templates[one.template_id]) for one in records if one.template_id in self._templates)

    def template_of(self, record: Record) -> Template:
        """Return the template a record is pinned to. Raises :class:`UserError` that names the missing one."""
        try:
            return self._templates[record.template_id]
        except KeyError:
            raise UserError(
                f"“{name_of(record)}”用的表样“{record.template_id}”不在本机，所以打不开，内容没有动。"
                "请装上带这份表样的参数包，或把它放进表样文件夹，再打开一次。"
            ) from None

    def create(
        self, template_id: str, *, year: int, name: str, bureau: str, code: str = "", unit: MoneyUnit | None = None
    ) -> str:
        """新建表: make and save a blank form with what the office (主管部门代码, 金额单位) begins its forms with; return its id."""
        from perfdesk.editing import Office, for_office, new_record

        template = self._templates[template_id]
        blank = new_record(template, record_id=new_id(), year=year)
        self.store.save(record := for_office(template, blank, Office(bureau, code, unit), project=name))
        self.relist()
        return record.id

    def adopt(self, records: Iterable[Record]) -> tuple[str, ...]:
        """导入: save records as new forms, all or none; one whose id is taken gets a new one. Returns the ids.

        May be called off the UI thread; :meth:`relist` then shows them.
        """
        taken = {one.id for one in (*self.store.entries(), *self.store.trashed())}
        made: list[Record] = []
        for record in records:
            fresh = replace(record, id=new_id()) if not record.id or record.id in taken else record
            taken.add(fresh.id)
            made.append(fresh)
        self.store.save_many(made)
        return tuple(one.id for one in made)

    def trash(self, *ids: str) -> None:
        """删除: one form or several into the 回收站, all or none; their undo steps wait for when they come back."""
        self._settle(ids)
        self.store.trash(*ids)
        self._resting |= {one: self._documents.pop(one) for one in ids if one in self._documents}
        self._let_go(ids)

    def is_frozen(self, year: int) -> bool:
        """Tell whether the forms of a year are only looked at."""
        return year in self._frozen

    def freeze(self, year: int, *, on: bool) -> None:
        """整年只供查看, or no longer; the session's undo steps of its forms end here."""
        ids = [one.id for one in self._lines.values() if one.year == year]
        self._settle(ids)
        self.store.freeze(year, on=on)
        self._let_go(ids)

    def _settle(self, ids: Iterable[str]) -> None:
        """Save what is open of these forms. Raises :class:`UserError` where the store does not take it."""
        if not all(self._documents[one].flush() for one in ids if one in self._documents):
            raise UserError("刚才的改动还没有存上，所以没有做。先让它存上，再做一次。")

    def _let_go(self, ids: Iterable[str]) -> None:
        """These forms are other ones from now on: what is known of them is read again."""
        self._kept.forget(ids)
        for one in ids:
            document = self._documents.pop(one, None)
            if document is not None:
                document.deleteLater()
        self.relist()

    def start_over(self) -> None:
        """The data file holds something else: what was open, with its undo steps, ends here."""
        ids, self._lines, self._resting = {*self._lines, *self._documents}, {}, {}
        self._let_go(ids)

    def restore(self, record_id: str) -> None:
        """Take a form out of the 回收站."""
        self.store.restore(record_id)
        self.relist()

    @property
    def why_unsaved(self) -> str:
        """Why a form that is open, or was, is not on the disk yet; ``""`` where all of them are."""
        return next((one.save_trouble for one in self._documents.values() if one.save_trouble), "")

    def unsaved(self) -> tuple[Document, ...]:
        """Save everything that is open; return the documents the store did not take."""
        return tuple(one for one in self._documents.values() if not one.flush())

    def close(self) -> None:
        """Give the store back; what is open is saved if that is possible, and never tried again."""
        tasks.stop(self)
        self.pace.go_on()
        tasks.wait()
        self.unsaved()
        if self._store is not None:
            self._store.close()

    def _line(self, entry: Entry, old: Line | None) -> Line:
        template = self._templates.get(entry.template_id)
        kind = None if template is None else template.kind
        state = None if old is None else old.state
        submitted = entry.id in self._submitted
        name, frozen = self.entry_name(entry), entry.year in self._frozen
        return Line(entry.id, name, entry.year, kind, state, entry.changed, submitted=submitted, frozen=frozen)

    def entry_name(self, entry: Entry) -> str:
        """Return what a form is called, also one in the 回收站."""
        template = self._templates.get(entry.template_id)
        return entry.project_name or entry.title or (template.title if template else entry.template_id)

    def _follow(self, derived: Derived) -> None:
        """Keep the line of an open form up to date."""
        record = derived.record
        old = self._lines.get(record.id)
        if old is None:
            return
        document = self._documents.get(record.id)
        if document is not None and document.undo_stack.count():
            self._stale.add(record.year)
        name = name_of(record, derived.template)
        line = replace(old, name=name, state=state_of(derived))
        if line != old:
            self._lines[record.id] = line
            self.marked.emit(record.id)

    def _take_moment(self, record_id: str, moment: datetime) -> None:
        """An open form was saved."""
        line = self._lines.get(record_id)
        if line is not None:
            self._lines[record_id] = replace(line, changed=moment)
        self.saved.emit()

    def _take_marks(self, age: int, found: Marked) -> None:
        """Take what was done in the background; what was opened meanwhile knows better."""
        self._kept.take(found.read, age=age)
        for record_id, state in found.states.items():
            line = self._lines.get(record_id)
            if line is not None and record_id not in self._documents:
                self._lines[record_id] = replace(line, state=state)
                self.marked.emit(record_id)

    def _no_marks(self, error: UserError) -> None:
        """The store could not be read in the background: the list stays without marks, opening a form says why."""
        logging.getLogger(__name__).warning("no marks", exc_info=error)
