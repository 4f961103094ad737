"""The door to the store: one object per open data file; each call is one transaction.

What is more than forms stands at attributes of its own: versions, the change log, pages, the office's own files, imports and
where they came from, data packages, backups. Everything that disk or file can do wrong leaves here as a :class:`UserError` in
Chinese. No SQL stands here and no clock: the present moment is passed in as ``now``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from perfdesk import private
from perfdesk.errors import UserError
from perfdesk.model import Record, VersionKind
from perfdesk.store import changelog, faults, frozen, records, resealing, rights, session, trash
from perfdesk.store.arrivals import Arrivals
from perfdesk.store.backup import copy_to
from perfdesk.store.backups import Reason
from perfdesk.store.engine import origin_of, writing_engine
from perfdesk.store.files import examine, refuse_unreadable
from perfdesk.store.gate import Gate
from perfdesk.store.history import History
from perfdesk.store.journal import Journal, journal_beside, last_number, read_journal
from perfdesk.store.keys import Key
from perfdesk.store.leftovers import clear_leftovers
from perfdesk.store.lock import Lock
from perfdesk.store.mappings import Mappings
from perfdesk.store.opening import engine_to_fill_in, engine_to_look
from perfdesk.store.origins import Origins
from perfdesk.store.ownfiles import OwnFiles
from perfdesk.store.pagesetups import PageSetups
from perfdesk.store.parcels import Parcels
from perfdesk.store.records import Entry
from perfdesk.store.recovery import Lost, lost_edits
from perfdesk.store.safekeeping import Safekeeping, remove_halves
from perfdesk.store.session import Recovered
from perfdesk.store.trash import Cleared
from perfdesk.store.twins import twins
from perfdesk.store.unlocking import key_of, refuse_locked
from perfdesk.store.versions import Versions

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


class Store:
    """An open data file. Make one with :meth:`open`, give it back with :meth:`close`; safe to use from several threads."""

    def __init__(self, path: Path, engine: Engine, lock: Lock | None, now: Callable[[], datetime]) -> None:
        self.path = path
        self.read_only = lock is None
        self._lock = lock
        self._gate = Gate()
        self._use(engine)
        self._now = now
        self._closed = self._doubted = False
        self._origin = self._read_origin()
        self._journal = self._open_journal() if lock is not None else None
        self.history = History(self._transaction)
        self.versions = Versions(self._transaction, self._writing, _save, now)
        self.page_setups = PageSetups(self._transaction, self._writing)
        self.own_files = OwnFiles(self._transaction, self._writing)
        self.origins = Origins(self._transaction)
        self.mappings = Mappings(self._transaction, self._writing)
        self.arrivals = Arrivals(self._writing, now, note=self.note, number_of=self._number_of)
        self.parcels = Parcels(self._transaction, self._writing, now, note=self.note, number_of=self._number_of)
        self.safekeeping = Safekeeping(path, now=now, secured=self._begin_journal_anew)

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], datetime], read_only: bool = False) -> Store:
        """Open the data file ``path``.

        For writing, folder and file are made when absent, the lock is taken, and a file of an older version is backed up beside
        itself and migrated; what others could read is closed to them. With ``read_only`` nothing on the disk is changed, and no
        lock is needed. ``now`` gives the moments that are stored (ISO 8601, as given).

        Raises ``StoreLocked`` when it has a password that was not given yet, ``StoreBusy`` when another window fills in,
        ``StoreReadOnly`` when file or folder cannot be written (both: offer ``read_only``), ``StoreDamaged`` when it is not our
        file or not whole (offer ``salvage``), :class:`UserError` for every other fault: newer, disk full.
        """
        path = path.absolute()
        if read_only:
            return cls(path, engine_to_look(path), None, now)
        with faults.where_full(faults.full_to_open, path):
            return cls._open_to_fill_in(path, now)

    @classmethod
    def _open_to_fill_in(cls, path: Path, now: Callable[[], datetime]) -> Store:
        moment = now()
        refuse_locked(path)  # before the lock is taken: it knows whether the last session was closed
        try:
            with faults.in_plain_words(path):
                private.make_folder(path.parent)
            lock = Lock.take(path, moment=moment)
        except faults.StoreReadOnly:
            refuse_unreadable(path)
            raise
        try:
            rights.put_right(path)
            remove_halves(path, moment=moment)
            clear_leftovers(path, moment)
            return cls(path, engine_to_fill_in(path, now()), lock, now)
        except BaseException:
            lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def entries(self, *, year: int | None = None) -> tuple[Entry, ...]:
        """Return the list of forms, of one year or all: the latest year first, each year in its order; no 回收站."""
        with self._transaction() as connection:
            return records.entries(connection, year=year)

    def load(self, record_id: str) -> Record:
        """Return one form as typed, also from the 回收站. Raises :class:`UserError` when there is none of this id."""
        with self._transaction() as connection:
            record = records.load_one(connection, record_id)
        if record is None:
            raise self._no_such_form(record_id)
        return record

    def load_year(self, year: int) -> tuple[Record, ...]:
        """Return all forms of a year in their order."""
        with self._transaction() as connection:
            return records.load_year(connection, year)

    def load_all(self) -> tuple[Record, ...]:
        """Return all forms, the latest year first."""
        with self._transaction() as connection:
            return records.load_year(connection)

    def twins(self, forms: Iterable[Record]) -> tuple[str, ...]:
        """Return for each record the id of a form that is the same word for word, ``""`` where there is none.

        The form may be stored or stand earlier among ``forms``; what lies in the 回收站 does not count.
        """
        return twins(forms, self.load_year)

    def save(self, record: Record) -> datetime:
        """Save one form; on return it is on the disk. Returns when it last changed (earlier if nothing differs).

        A form in the 回收站 comes out of it. Raises :class:`UserError` when it could not be saved; the file then holds what it
        held before.
        """
        with self._writing() as connection:
            frozen.refuse(connection, (record.year,))
            moment = records.save(connection, record, moment=self._now(), noted=self._number_of(record))
        self.note(record)
        return moment

    def save_many(self, forms: Iterable[Record]) -> datetime:
        """Save several forms, all or none (导入). Returns the moment of saving."""
        moment = self._now()
        ready = tuple(forms)  # before the transaction: what goes wrong in reading them is no fault of this file
        with self._writing() as connection:
            frozen.refuse(connection, (record.year for record in ready))
            for record in ready:
                records.save(connection, record, moment=moment, noted=self._number_of(record))
                self.note(record)
        return moment

    def note(self, record: Record, before: Record | None = None) -> None:
        """Put down in the edit journal how a form stands, before it is saved. Returns at once, whatever the disk does."""
        if self._journal is not None:
            self._journal.note(record, before=before)

    def settled(self, timeout: float = 5.0) -> bool:
        """Wait until what was noted is on the disk, ``timeout`` seconds at most; tell whether it is."""
        return self._journal is None or self._journal.settle(timeout)

    def lost_edits(self, *, before: bool = False) -> tuple[Lost, ...]:
        """Return the forms of which the edit journal knows more than the data file: what was typed and not saved.

        ``before`` leaves out what was typed since this store was opened. Raises :class:`UserError` when journal or data file cannot
        be read.
        """
        notes = read_journal(journal_beside(self.path)).notes
        if before and self._journal is not None:
            notes = tuple(one for one in notes if one.number < self._journal.first)
        with self._transaction() as connection:
            return lost_edits(notes, changelog.noted(connection), partial(records.load_one, connection))

    def take_lost(self, lost: Iterable[Lost]) -> None:
        """收回: save forms as the journal has them; what is stored of each is kept as a version first.

        Raises :class:`UserError` at the first that is 已上报 or of a year that is only looked at; its content is as it was.
        """
        for one in lost:
            if one.stored is not None:
                self.versions.keep(one.stored, VersionKind.REPLACED, name="收回没存上的改动以前")
            self.save(one.record)

    def drop_lost(self, lost: Iterable[Lost]) -> None:
        """不要: the journal goes on from what the data file has, and nobody is asked about these again."""
        for one in lost:
            if one.stored is not None:
                self.note(one.stored)
            elif self._journal is not None:
                self._journal.note_deleted(one.record.id)

    def tell_of_journal(self, told: Callable[[UserError], object]) -> None:
        """Have ``told`` called when the disk does not take the edit journal; in the thread that writes it."""
        if self._journal is not None:
            self._journal.on_trouble = told

    def _open_journal(self) -> Journal:
        path = journal_beside(self.path)
        with self._transaction() as connection:
            saved = changelog.last_noted(connection)
        key = key_of(self.path)
        if key is not None:
            resealing.reseal_journals(self.path, key)  # which a crash may have left plain
        seal = None if key is None else key.seal
        return Journal(path, now=self._now, first=max(saved, last_number(path)) + 1, seal=seal)

    def _begin_journal_anew(self) -> None:
        """A backup holds what the edit journal was kept for; not where the journal knows what the data file does not."""
        with suppress(UserError):  # the backup is good all the same, and the journal goes on as it is
            if self._journal is not None and not self.lost_edits():
                self._journal.begin_anew()

    def _number_of(self, record: Record) -> int:
        return self._journal.number_of(record) if self._journal is not None else 0

    def trash(self, *ids: str) -> None:
        """Put forms into the 回收站, all or none. Raises :class:`UserError` when there is none of an id."""
        moment = self._now()
        with self._writing() as connection:
            for record_id in ids:
                self._mark(connection, record_id, moment, into=True)

    def restore(self, record_id: str) -> None:
        """Take a form out of the 回收站, to its old place. Raises :class:`UserError` when there is none of this id."""
        with self._writing() as connection:
            self._mark(connection, record_id, self._now(), into=False)

    def trashed(self) -> tuple[Entry, ...]:
        """Return what lies in the 回收站, the latest first."""
        with self._transaction() as connection:
            return records.trashed(connection)

    def overdue(self) -> tuple[Entry, ...]:
        """Return what has lain in the 回收站 for more than its 30 days, the latest first; what is only looked at is kept."""
        with self._transaction() as connection:
            return trash.overdue(connection, self._now().date())

    def empty_bin(self) -> Cleared:
        """Remove what is :meth:`overdue` for good, all or none, after a backup.

        The versions of these forms go too, the 上报版 stay. Returns what went. Raises :class:`UserError` when the backup or the
        removal could not be made; nothing is removed then.
        """
        if not self.overdue():
            return Cleared()
        if self.read_only:
            raise faults.looking_only(self.path)
        backup = self.safekeeping.make(Reason.EMPTYING).backup
        with self._writing() as connection:
            gone = trash.overdue(connection, self._now().date())
            trash.remove(connection, gone, moment=self._now())
        if self._journal is not None:
            for one in gone:
                self._journal.note_deleted(one.id)
        return Cleared(gone, backup)

    def frozen_years(self) -> frozenset[int]:
        """Return the years whose forms are only looked at (整年只供查看)."""
        with self._transaction() as connection:
            return frozen.years(connection)

    def freeze(self, year: int, *, on: bool) -> None:
        """整年只供查看: from now on, or no longer. Saving, deleting and taking back its forms is refused meanwhile."""
        with self._writing() as connection:
            held = frozen.years(connection)
            frozen.write(connection, held | {year} if on else held - {year})

    def copy_to(self, target: Path) -> None:
        """备份: write a verified copy of the whole file to ``target``, replacing an older one only when the copy is good."""
        copy_to(self.path, target.absolute())

    def become(self, source: Path) -> None:
        """恢复: hold from now on what the data file ``source`` holds, the forms, versions and all; make a backup before.

        Nobody may save meanwhile. Raises :class:`UserError` when ``source`` is no data file, damaged or newer, or this file cannot
        be written; it then holds what it held before.
        """
        from perfdesk.store.restoring import brought_up, pour  # which open stores themselves

        if self._journal is None:
            raise faults.looking_only(self.path)
        full = faults.where_full(faults.full_to_restore, self.path)
        with full, brought_up(source, self.path.parent, now=self._now) as ready:
            self._journal.put_away()
            self._engine.dispose()
            pour(ready, self.path)
        self._origin = self._read_origin()

    @property
    def key(self) -> Key | None:
        """The key that the data file is encrypted with; ``None`` where it is plain."""
        return key_of(self.path)

    def reseal(self, key: Key | None) -> None:
        """换一种存法: be encrypted with ``key``, or plain; who saves waits. Raises :class:`UserError`; all is then as it was."""
        if self._journal is None:
            raise faults.looking_only(self.path)
        with self._gate.alone():
            if key is None:
                self._journal.reseal(None)  # before the file: who opens a plain one is not asked for a key
            self._engine.dispose()
            try:
                resealing.reseal_file(self.path, key)
            finally:
                self._use(writing_engine(self.path))
                self._journal.reseal(self.key)

    def _use(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(deferred=True)

    def recovered(self) -> tuple[Recovered, ...]:
        """Return what the session before had changed if it was not closed (没有正常关闭), the form saved last first.

        What it had not yet saved is taken over from the edit journal.
        """
        if self._lock is None or self._lock.left is None:
            return ()
        self.save_many(one.record for one in self.lost_edits() if one.follows and one.stored is not None)
        with self._transaction() as connection:
            return session.changed_since(connection, self._lock.left.since)

    def close(self) -> None:
        """Give file and lock back. Closing twice does nothing."""
        if self._closed:
            return
        self._closed = True
        if self._journal is not None:
            self._journal.close()
        self._engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def _mark(self, connection: Connection, record_id: str, moment: datetime, *, into: bool) -> None:
        frozen.refuse(connection, (frozen.year_of(connection, record_id),))
        if not records.mark_trashed(connection, record_id, moment=moment, into=into):
            raise self._no_such_form(record_id)

    def _no_such_form(self, record_id: str) -> UserError:
        return UserError(f"“{self.path}”里没有编号为“{record_id}”的表，可能已被删除。请在列表里重新选择。")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.read_only:
            raise faults.looking_only(self.path)
        with self._transaction(reading=False) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, reading: bool = True) -> Iterator[Connection]:
        """One transaction; after a fault the connection is thrown away, so that the next call starts on a checked one.

        The file may have gone and another one come in its place (U 盘换了): nothing is written into that.
        """
        if self._closed:
            raise RuntimeError("the store is closed")
        try:
            with self._gate.passing(), faults.in_plain_words(self.path):
                self._make_sure()
                with (self._reader if reading else self._engine).begin() as connection:
                    yield connection
        except UserError:
            self._doubted = True
            self._engine.dispose()
            raise

    def _make_sure(self) -> None:
        """After a fault: is it still a whole data file, and the one that was opened?"""
        if self._doubted:
            examine(self.path)
            self._doubted = False
            if self._read_origin() != self._origin:
                raise faults.replaced(self.path)

    def _read_origin(self) -> str:
        with self._transaction() as connection:
            return origin_of(connection)


def _save(connection: Connection, record: Record, moment: datetime) -> datetime:
    frozen.refuse(connection, (record.year,))
    return records.save(connection, record, moment=moment)
