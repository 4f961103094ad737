"""改动流水 (edit journal): a file beside the data file that only grows, a line for each committed change of a form.

Each line is on the disk at once. What was typed and not yet saved when the machine went down is in it, and so is everything since
the last backup, should the data file itself be lost. Each line bears its checksum, and is encrypted as a whole where the data file
is; a torn last line is what a power cut leaves and counts for nothing. Lines are written and synced by a thread of their own, so
that typing never waits for a disk. What is made of the lines is the business of ``recovery``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from threading import Condition, Thread
from typing import Any, Final, NamedTuple

from perfdesk import private
from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.snapshots import Content, content_of, record_of, state_of
from perfdesk.store import faults
from perfdesk.store.blocks import read_what_reads
from perfdesk.store.changes import Change, apply, difference
from perfdesk.store.files import sync_folder
from perfdesk.store.keys import Key, open_line

LIMIT: Final = 8 << 20
"""Bytes that a journal may grow to before it is written anew with each form as it stands."""

_MARK = 16  # characters of the checksum that begins a line


Seal = Callable[[bytes], bytes]
"""Encrypts a line; the result holds no line break."""


class Note(NamedTuple):
    """One line: the form as it stood after a change, with the digests of its states before (``""``: unknown) and after.

    ``number`` grows from line to line, over all sessions.

    ``record`` is ``None`` where the form was deleted for good.
    """

    number: int
    moment: datetime
    record_id: str
    was: str
    state: str
    record: Record | None


class Reading(NamedTuple):
    """What a journal holds: its notes in order, and how many lines could not be read (a torn last line is not counted)."""

    notes: tuple[Note, ...]
    damaged: int


class _Job(NamedTuple):
    """What is to be put down: the form as it stands, or ``None`` where it was deleted for good."""

    number: int
    moment: datetime
    record_id: str
    record: Record | None
    before: Record | None


class _Known(NamedTuple):
    content: Content
    state: str


def _known(record: Record) -> _Known:
    content = content_of(record)
    return _Known(content, state_of(content))


def journal_beside(path: Path) -> Path:
    """Return where the journal of a data file lies: ``perfdesk.db`` -> ``perfdesk.db.edits``."""
    return path.with_name(f"{path.name}.edits")


class Journal:
    """The journal of one data file, open for writing. Make one, ``close`` it; the calls may come from any thread.

    ``first`` is the number of its next line, beyond all numbers given before. ``on_trouble`` is called, by the writing thread, with
    the :class:`UserError` of lines that the disk did not take; they are kept and tried again with the next ones. ``seal`` encrypts
    a line (``None``: it stays plain); it may be changed while nothing waits to be written.
    """

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime],
        first: int = 1,
        on_trouble: Callable[[UserError], object] | None = None,
        seal: Seal | None = None,
    ) -> None:
        self.path = path
        self.seal = seal
        self.on_trouble = on_trouble
        self._now = now
        self.first = self._next = first
        self._numbers: dict[str, tuple[Record, int]] = {}
        self._last: dict[str, _Known] = {}
        self._jobs: list[_Job] = []
        self._lines: list[bytes] = []
        self._busy = self._closing = self._again = False
        self._change = Condition()
        self._thread: Thread | None = None

    def number_of(self, record: Record) -> int:
        """Return the number of the line that tells how a form stands, whether it was noted already or will be."""
        with self._change:
            known = self._numbers.get(record.id)
            return known[1] if known is not None and known[0] == record else self._next

    def note(self, record: Record, *, before: Record | None = None) -> None:
        """Put down how a form stands now; nothing where it stands as last noted. Returns at once.

        The first note of a form holds all of it, later ones what changed; ``before`` says what the first one followed.
        """
        with self._change:
            known = self._numbers.get(record.id)
            if known is None or known[0] != record:
                self._numbers[record.id] = record, self._next
                self._take(record.id, record, before)

    def note_deleted(self, record_id: str) -> None:
        """Put down that a form was deleted for good."""
        with self._change:
            self._numbers.pop(record_id, None)
            self._take(record_id, None, None)

    def _take(self, record_id: str, record: Record | None, before: Record | None) -> None:
        self._jobs.append(_Job(self._next, self._now(), record_id, record, before))
        self._next += 1
        if self._thread is None:
            self._thread = Thread(target=self._run, name="journal", daemon=True)
            self._thread.start()
        self._change.notify_all()

    def settle(self, timeout: float = 5.0) -> bool:
        """Wait until what was noted is on the disk, ``timeout`` seconds at most; tell whether it is."""
        with self._change:
            self._again = True
            self._change.notify_all()
            return self._change.wait_for(lambda: not (self._jobs or self._lines or self._busy), timeout)

    def begin_anew(self) -> None:
        """Start an empty journal: what it held is in a verified backup. The one before is kept as ``….edits.1``."""
        self.settle()
        with self._change:
            self._last.clear()
            self._numbers.clear()
            with faults.in_plain_words(self.path):
                if self.path.exists():
                    self.path.replace(_before(self.path))

    def put_away(self) -> None:
        """Start an empty journal that goes with another content of the data file, see :func:`put_away`."""
        self.settle()
        with self._change:
            self._last.clear()
            self._numbers.clear()
            put_away(self.path)

    def reseal(self, key: Key | None) -> None:
        """Write the lines that are there again, encrypted with ``key`` or plain, as the coming ones will be.

        Raises :class:`UserError`.
        """
        from perfdesk.store.resealing import reseal_journals  # which reads journals itself

        with self._change:
            self._change.wait_for(lambda: not self._busy)  # nothing is appended while this is held
            self.seal = None if key is None else key.seal
            reseal_journals(self.path.with_name(self.path.name.removesuffix(".edits")), key)

    def close(self) -> None:
        """Write what is waiting and end the thread. Closing twice does nothing."""
        with self._change:
            self._closing = True
            self._change.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while self._wait_for_work():
            with self._change:
                jobs, self._jobs, self._busy = self._jobs, [], True
                self._lines += map(self._line_of, jobs)
            trouble = self._try_to_append(b"".join(self._lines))
            with self._change:
                self._busy = False
                if trouble is None:
                    self._lines.clear()
                self._change.notify_all()
            if trouble is not None and not self._tell(trouble):
                return

    def _wait_for_work(self) -> bool:
        """Wait for something to write; ``False`` when the journal is closed."""
        with self._change:
            self._change.wait_for(lambda: self._jobs or self._lines or self._closing)
            return bool(self._jobs or self._lines)

    def _tell(self, trouble: UserError) -> bool:
        """Tell why lines were not written and wait for a reason to try again; ``False`` when the program ends without one."""
        if self.on_trouble is not None:
            self.on_trouble(trouble)
        with self._change:
            self._again = False
            self._change.wait_for(lambda: self._jobs or self._again or self._closing)
            return bool(self._jobs or self._again)

    def _line_of(self, job: _Job) -> bytes:
        """Return the line of a job: the whole form, or what changed since its line before."""
        known = self._last.get(job.record_id)
        line = {"n": job.number, "at": job.moment.isoformat(), "id": job.record_id}
        if job.record is None:
            self._last.pop(job.record_id, None)
            return self._encode({**line, "was": "", "is": ""})
        now = self._last[job.record_id] = _known(job.record)
        if known is None:
            was = _known(job.before).state if job.before is not None else ""
            return self._encode({**line, "was": was, "is": now.state, "form": now.content})
        changes = [tuple(one) for one in difference(known.content, now.content)]
        return self._encode({**line, "was": known.state, "is": now.state, "changes": changes})

    def _encode(self, line: Mapping[str, Any]) -> bytes:
        text = json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass")
        whole = _checksum(text) + b" " + text
        return (whole if self.seal is None else self.seal(whole)) + b"\n"

    def _try_to_append(self, data: bytes) -> UserError | None:
        if not data:
            return None
        try:
            with faults.in_plain_words(self.path):
                append(self.path, data)
                if self.path.stat().st_size > LIMIT:
                    self._write_anew()
        except UserError as error:
            return error
        return None

    def _write_anew(self) -> None:
        """Write each form as it stood last into a new file, and put it in the place of the old ones."""
        last = {note.record_id: note for note in read_journal(self.path).notes}
        lines = (
            {"n": one.number, "at": one.moment.isoformat(), "id": one.record_id, "was": "", "is": one.state}
            | {"form": content_of(one.record)}
            for one in sorted(last.values(), key=lambda one: one.number)
            if one.record is not None
        )
        fresh = self.path.with_name(f"{self.path.name}.new")
        fresh.unlink(missing_ok=True)
        append(fresh, b"".join(map(self._encode, lines)))
        fresh.replace(self.path)
        _before(self.path).unlink(missing_ok=True)
        sync_folder(self.path.parent)


def _before(path: Path) -> Path:
    return path.with_name(f"{path.name}.1")


def put_away(path: Path) -> None:
    """Give the journal ``path``, and the one before it, names under which nobody looks for lost edits: ``….edits.old``.

    What lay there under these names goes. Raises :class:`UserError` when the folder cannot be written.
    """
    with faults.in_plain_words(path):
        for one in (path, _before(path)):
            if one.exists():
                one.replace(one.with_name(f"{one.name}.old"))


def append(path: Path, data: bytes) -> None:
    """Add bytes to the end of a file, made when absent for its owner alone, and see them on the disk; all or nothing.

    Raises :class:`OSError`; the file then ends where it did.
    """
    handle = private.opener(str(path), os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0))
    try:
        end = os.lseek(handle, 0, os.SEEK_END)
        try:
            if end and not _ends_a_line(handle, end):
                data = b"\n" + data
            _write_all(handle, data)
            os.fsync(handle)
            if not end:
                sync_folder(path.parent)
        except OSError:
            os.ftruncate(handle, end)
            raise
    finally:
        os.close(handle)


def _ends_a_line(handle: int, end: int) -> bool:
    os.lseek(handle, end - 1, os.SEEK_SET)
    return os.read(handle, 1) == b"\n"


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _checksum(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest()[:_MARK].encode()


def read_journal(path: Path) -> Reading:
    """Return what a journal holds, and the one before it; nothing where there is none.

    Raises :class:`UserError` where it is there and cannot be read.
    """
    forms: dict[str, dict[str, Any]] = {}
    notes: list[Note] = []
    damaged = 0
    for line in _lines(path):
        note = None if line is None else _take(line, forms)
        damaged += note is None
        notes += () if note is None else (note,)
    return Reading(tuple(notes), damaged)


def last_number(path: Path) -> int:
    """Return the number of the last whole line of a journal, 0 where there is none. Raises :class:`UserError`."""
    for one in (path, _before(path)):
        with faults.in_plain_words(one):
            data = read_what_reads(one) if one.exists() else b""
        lines = (_decode(line) for line in reversed(data.split(b"\n")) if line)
        last = next((line for line in lines if line is not None), None)
        if last is not None:
            return int(last["n"])
    return 0


def _lines(path: Path) -> Iterator[dict[str, Any] | None]:
    """Give the lines of both files, ``None`` for each that is not as it was written; a torn end is left out."""
    for one in (_before(path), path):
        with faults.in_plain_words(one):
            data = read_what_reads(one) if one.exists() else b""
        *whole, torn = data.split(b"\n")
        yield from (_decode(line) for line in whole if line)
        if torn and (last := _decode(torn)) is not None:
            yield last


def _decode(line: bytes) -> dict[str, Any] | None:
    mark, _, text = (open_line(line) or b"").partition(b" ")
    if mark != _checksum(text):
        return None
    told: dict[str, Any] = json.loads(text.decode("utf-8", "surrogatepass"))
    return told


def _take(line: Mapping[str, Any], forms: dict[str, dict[str, Any]]) -> Note | None:
    """Bring a form up to a line; ``None`` where the line before it is missing."""
    number, key, state = line["n"], line["id"], line["is"]
    moment = datetime.fromisoformat(line["at"])
    if not state:
        forms.pop(key, None)
        return Note(number, moment, key, "", "", None)
    try:
        content = line["form"] if "form" in line else apply(forms[key], _changes(line))
    except (KeyError, ValueError):
        return None
    if state_of(content) != state:
        return None
    forms[key] = content
    return Note(number, moment, key, line["was"], state, record_of(content))


def _changes(line: Mapping[str, Any]) -> Iterator[Change]:
    return (Change(tuple(path), old, new) for path, old, new in line["changes"])
