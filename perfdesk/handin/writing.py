"""Writing a hand-in package: file after file, each whole or not there, with progress and 停止; what is there already stays.

After every file the 校验清单 says what is there and from what it was made. A second run over the same folder therefore makes only
what is missing or has changed. A form that cannot be written keeps none of the others out.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perfdesk import private
from perfdesk.errors import UserError, reason
from perfdesk.exchange.files import write_atomically
from perfdesk.handin import making
from perfdesk.handin.manifest import Entry, Manifest, code_of, read_manifest, write_manifest
from perfdesk.handin.naming import name_of
from perfdesk.handin.planning import MANIFEST, PDF, folder_name, place_of, plan, workplace_of
from perfdesk.handin.types import Failure, Item, Order, Outcome, Progress, What

if TYPE_CHECKING:
    from perfdesk.exchange.rendering import Rendered
    from perfdesk.handin.contents import Line
    from perfdesk.handin.making import Paper

_LARGEST_MANIFEST: Final = 20_000_000  # bytes


class _StoppedError(Exception):
    """Somebody said 停止 in the middle of a file."""


@dataclass
class _Run:
    """One run over a folder: what was there, what is there by now."""

    order: Order
    folder: Path
    task: Progress
    known: dict[str, Entry]
    there: dict[str, Entry] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)

    def still(self) -> None:
        """Go on, unless somebody said 停止."""
        if self.task.stopped:
            raise _StoppedError

    def put(self, item: Item, entry: Entry, make: Callable[[], Rendered]) -> None:
        """Have a file there: as it is, where it was made from the same, else made and written. ``entry`` lacks its digest."""
        self.still()
        self.task.advance(len(self.written) + len(self.kept) + len(self.failed), item.name)
        old = self.known.get(item.name)
        if old is not None and old.source == entry.source and digest_of(self.folder / item.name) == old.sha256:
            self.there[item.name] = old
            self.kept.append(item.name)
            return
        try:
            data, notes = make()
            write_atomically(self.folder / item.name, data)
        except UserError as error:
            self.failed.append(Failure(item, f"“{item.name}”：{error}"))
            return
        made = hashlib.sha256(data).hexdigest()
        self.there[item.name] = replace(entry, sha256=made, size=len(data))
        self.written.append(item.name)
        self.notes += [f"“{item.name}”：{note}" for note in notes]
        self.note_down(complete=False)

    def note_down(self, *, complete: bool) -> None:
        """Write the 校验清单 as things stand."""
        wanted, order = self.order.wanted, self.order
        files = tuple(self.there[name] for name in sorted(self.there))
        manifest = Manifest(wanted.year, order.office, wanted.recipient.strip(), order.made, complete, files)
        write_atomically(self.folder / MANIFEST, write_manifest(manifest))


def write(order: Order, task: Progress) -> Outcome:
    """Write a package until the end, or until it is stopped; what is there already, made from the same, stays as it is.

    Raises :class:`UserError` for a place that takes no folder and a pattern that cannot be used.
    """
    folder = workplace_of(order.wanted)
    items = plan(order.forms, order.wanted)
    _make_folder(folder)
    run = _Run(order, folder, task, _earlier(folder))
    try:
        _write_all(run, items)
    except _StoppedError:
        return _outcome(run, folder, stopped=True)
    removed = _remove_left_over(run, items)
    run.note_down(complete=not run.failed)
    if run.failed:
        return _outcome(run, folder, removed=removed)
    place = _pack(order, folder, tuple(run.there)) if order.wanted.zipped else folder
    return _outcome(run, place, removed=removed, code=code_of(run.there.values()))


def _outcome(
    run: _Run, place: Path, *, removed: tuple[str, ...] = (), stopped: bool = False, code: str = ""
) -> Outcome:
    made, failed = (tuple(run.written), tuple(run.kept)), tuple(run.failed)
    return Outcome(place, *made, removed, tuple(run.notes), failed, stopped=stopped, code=code)


def _make_folder(folder: Path) -> None:
    try:
        private.make_folder(folder)
    except OSError as error:
        raise UserError(f"“{folder}”建不了文件夹（{reason(error)}）。没有写出文件，请换个位置。") from error


def _earlier(folder: Path) -> dict[str, Entry]:
    """Return what an earlier run left in the folder, by name; nothing where there was none that can be understood."""
    path = folder / MANIFEST
    try:
        if path.stat().st_size > _LARGEST_MANIFEST:
            return {}
        return {one.name: one for one in read_manifest(path.read_bytes(), name=folder.name).files}
    except (OSError, UserError):
        return {}


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, ``""`` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


# ------------------------------------------------------------------------------------------------------- one after the other
def _write_all(run: _Run, items: tuple[Item, ...]) -> None:
    lines, sources, sheets = _write_forms(run, items)
    others = [one for one in items if one.what is not What.FORM]
    head, order = making.head_of(run.order), run.order
    for item in (one for one in others if one.what is What.CHECK_SHEETS):
        make = partial(making.render_check_sheets, order, title=_stem(item), still=run.still)
        run.put(item, _entry(item, source=making.digest(sheets)), make)
    for item in (one for one in others if one.what is What.MERGED):
        make = partial(making.render_merged, order, title=_stem(item), still=run.still)
        run.put(item, _entry(item, source=making.digest((sources, sheets, head))), make)
    code = "" if run.failed else code_of(run.there.values())
    for item in (one for one in others if one.what is What.CONTENTS):
        make = partial(making.render_contents, order, lines, title=_stem(item), kind=item.kind, code=code)
        run.put(item, _entry(item, source=making.digest((lines, code, head))), make)


def _write_forms(run: _Run, items: tuple[Item, ...]) -> tuple[tuple[Line, ...], list[str], list[str]]:
    """Write the files of the forms; return the lines of the 目录, and digests of the forms and of their 审核单."""
    lines, sources, sheets = [], [], []
    with_sheets = run.order.wanted.check_sheets
    for place, form in enumerate(run.order.forms):
        run.still()
        paper = making.paper_of(run.order, form)
        source = making.source_of(run.order, paper)
        own = [one for one in items if one.what is What.FORM and one.form == place]
        pages = _put_form(run, paper, own, source)
        sources.append(source)
        sheets += [making.check_sheet_source(run.order, paper)] if with_sheets else []
        lines.append(making.line_of(form, paper.stamp, extent=str(pages) if pages else "—"))
    return tuple(lines), sources, sheets


def _put_form(run: _Run, paper: Paper, items: list[Item], source: str) -> int:
    """Write the files of one form; return its pages in print, 0 where it is not printed."""
    name = name_of(paper.derived.record, paper.derived.template)
    code = paper.stamp.code if paper.stamp is not None else ""
    pages = 0
    for item in items:
        marked = making.digest((source, item.kind, item.name))
        old = run.known.get(item.name)
        if item.kind == PDF:
            pages = old.pages if old is not None and old.source == marked else making.pages_of(run.order, paper)
        entry = Entry(item.name, "", 0, item.what, name, pages if item.kind == PDF else 0, code, marked)
        run.put(item, entry, partial(making.render_form, run.order, paper, title=_stem(item), kind=item.kind))
    return pages


def _entry(item: Item, *, source: str) -> Entry:
    return Entry(item.name, "", 0, item.what, source=making.digest((source, item.name)))


def _stem(item: Item) -> str:
    return item.name.rpartition(".")[0]


def _remove_left_over(run: _Run, items: tuple[Item, ...]) -> tuple[str, ...]:
    """Remove what an earlier run wrote and this one does not want; not what somebody has changed since."""
    wanted = {one.name for one in items}
    removed = []
    for name, entry in run.known.items():
        path = run.folder / name
        if name not in wanted and digest_of(path) == entry.sha256:
            with contextlib.suppress(OSError):  # held by another program; `perfdesk verify` then names it
                path.unlink()
                removed.append(name)
    return tuple(removed)


# --------------------------------------------------------------------------------------------------------------------- zip
def _pack(order: Order, folder: Path, names: tuple[str, ...]) -> Path:
    """Put the files into one zip and remove the folder they were written in."""
    place, inside = place_of(order.wanted), folder_name(order.wanted)
    files = (*sorted(names), MANIFEST)
    buffer = io.BytesIO()
    moment = order.made.timetuple()[:6]
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in files:
            about = zipfile.ZipInfo(f"{inside}/{name}", (max(moment[0], 1980), *moment[1:]))
            about.create_system = 3  # the same bytes on every system
            about.external_attr = 0o600 << 16
            archive.writestr(about, (folder / name).read_bytes())  # they are packed already: stored as they are
    write_atomically(place, buffer.getvalue())
    for name in files:
        (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # somebody put a file of his own there, which stays
        folder.rmdir()
    return place
