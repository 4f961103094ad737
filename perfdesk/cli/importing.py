"""``perfdesk import``: forms of data files, Word and Excel into the data file, and what of them was not understood.

A Word or Excel file is recognised, never believed: every point a person should look at is printed with its place, and texts that
belong to no field are kept beside the form. What the window would ask is said on the command line: ``--same`` for forms that are
there already. Nothing is computed here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from perfdesk import places
from perfdesk.arriving import (
    Case,
    Found,
    Gravity,
    Known,
    Point,
    Say,
    arrived,
    as_chosen,
    origin_of,
    points_of,
    same_of,
)
from perfdesk.cli import forms
from perfdesk.cli.terminal import Exit
from perfdesk.errors import UserError
from perfdesk.exchange import opening
from perfdesk.exchange.exchange import read_records, write_records
from perfdesk.exchange.files import write_atomically
from perfdesk.json_file import NOTHING_DONE
from perfdesk.model import Origin, Record
from perfdesk.recognition import again, recognise
from perfdesk.source import SourceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal
    from perfdesk.store import Arrival, Store

_OURS = frozenset({SourceKind.JSON, SourceKind.PACKAGE})


class _Taken(NamedTuple):
    """One form to be saved: where it came from, the points about it, and whether it was recognised (and not read as data)."""

    record: Record
    origin: Origin
    points: tuple[Point, ...] = ()
    recognised: bool = False


class _File(NamedTuple):
    """What a file holds: its forms, and sentences about the file."""

    path: Path
    forms: tuple[_Taken, ...]
    notes: tuple[str, ...] = ()


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Take the forms of the files in, all in one step, after a backup; or only show or write out what was understood."""
    known = forms.templates(terminal)
    files = list(_read(arguments, _remembered(arguments, known), terminal))
    if arguments.look or arguments.target is not None:
        for one in files:
            _describe(one, known, terminal)
        _write_json(arguments.target, files, known, terminal)
        return
    if not files:
        return
    with forms.open_store(arguments, read_only=False) as store:
        saved = _save(store, files, known, arguments, terminal)
        path = store.path
    for one in files:
        _tell(one, saved, known, terminal)
    terminal.say(f"收进 {len(saved)} 张表，在“{path}”。")


# --------------------------------------------------------------------------------------------------------------- reading


def _read(arguments: Arguments, known: Known, terminal: Terminal) -> Iterator[_File]:
    """Yield what each file holds; one that cannot be read, or holds no form, is a trouble."""
    for path in forms.expand(arguments.files):
        try:
            yield _recognised(path, known) if _is_foreign(path) else _own(path, known.templates)
        except UserError as error:
            terminal.trouble(str(error).removesuffix(NOTHING_DONE))  # of the other files something may well be imported


def _is_foreign(path: Path) -> bool:
    """Tell Word and Excel from data files; what opens as neither is left to the reader of data files, which says why."""
    try:
        return opening.kind_of(path) not in _OURS
    except UserError:
        if path.suffix.lower() in {".json", ""}:
            return False
        raise


def _own(path: Path, known: forms.Templates) -> _File:
    found = read_records(path, known)
    origin = Origin(path.name, SourceKind.JSON, hashlib.sha256(path.read_bytes()).hexdigest())
    return _File(path, tuple(_Taken(record, origin) for record in found.records), found.notes)


def _recognised(path: Path, known: Known) -> _File:
    source = opening.read(path)
    found = recognise(source, known.templates, known=known.corrections)
    if not found.forms:
        raise UserError(
            f"“{path.name}”里没有认出绩效表。请核对是否选错了文件，或先把表样放进“{places.own_templates()}”。"
        )
    taken = [as_chosen(source, one, known, again) for one in found.forms]
    plain = Found(path.name, source.kind, source.digest, source, taken[0], count=len(taken))
    first = replace(plain, strays=found.leftovers, notes=source.notes)
    others = (replace(plain, form=form, number=number) for number, form in enumerate(taken[1:], start=2))
    return _File(path, tuple(_taken(Case(one, one.form)) for one in (first, *others)))


def _taken(case: Case) -> _Taken:
    record = replace(arrived(case), id=uuid4().hex)
    return _Taken(record, origin_of(case, record), points_of(case), recognised=True)


def _remembered(arguments: Arguments, templates: forms.Templates) -> Known:
    """Return what was said in the window about the layouts of other offices; nothing where there is no data file yet."""
    path = arguments.store or places.default_store()
    if not path.exists():
        return Known(templates, {}, {})
    with forms.open_store(arguments, read_only=True) as store:
        return Known(templates, store.mappings.all(), store.mappings.templates())


# ---------------------------------------------------------------------------------------------------------------- saving


def _save(
    store: Store, files: Sequence[_File], known: forms.Templates, arguments: Arguments, terminal: Terminal
) -> Mapping[str, str]:
    """Save what is not there word for word; return for each saved form what became of it."""
    from perfdesk.store import Reason

    arrivals: list[Arrival] = []
    words: dict[str, str] = {}
    there = {year: store.load_year(year) for year in {one.record.year for file in files for one in file.forms}}
    for one in (one for file in files for one in file.forms):
        decided = _decided(one, there[one.record.year], known, arguments.same)
        if decided is not None:
            arrival, words[one.record.id] = decided
            arrivals.append(arrival)
            there[one.record.year] = (*there[one.record.year], one.record)
    if arrivals:
        store.safekeeping.make(Reason.IMPORT)
        store.arrivals.take_in(arrivals)
        forms.carry_backups(store, terminal)
    return words


def _decided(one: _Taken, there: Sequence[Record], known: forms.Templates, same: str) -> tuple[Arrival, str] | None:
    """Decide about one form: nothing for one that is there word for word, else as ``--same`` says."""
    from perfdesk.store import Arrival, Way

    found = same_of(one.record, known[one.record.template_id], there, known)
    if found is None:
        return Arrival(one.record, one.origin), "已收进"
    if found.equal or same == "skip":
        return None
    if same == "new" or found.other_template:
        return Arrival(one.record, one.origin), "另收一张"
    record = replace(one.record, id=found.record.id)
    if same == "update":
        return Arrival(record, one.origin, Way.UPDATE), "已更新"
    return Arrival(record, one.origin, Way.VERSION), "存为版本"


# --------------------------------------------------------------------------------------------------------------- telling


def _tell(file: _File, saved: Mapping[str, str], known: forms.Templates, terminal: Terminal) -> None:
    """Say what became of one file's forms, and what a person should look at."""
    for one in file.forms:
        record = one.record
        word = saved.get(record.id, "已经有")
        terminal.say(f"{word}  {_named(file, record, known)}")
        if record.id in saved:
            _say_points(one, terminal)
    for note in file.notes:
        terminal.say(f"    {note}")


def _describe(file: _File, known: forms.Templates, terminal: Terminal) -> None:
    """Say what was understood of a file that is only looked at."""
    for one in file.forms:
        record = one.record
        read = f"，读出 {sum(bool(field.text) for field in one.origin.fields)} 格" if one.recognised else ""
        terminal.say(f"{_named(file, record, known)}{read}")
        _say_points(one, terminal)
    for note in file.notes:
        terminal.say(f"    {note}")


def _named(file: _File, record: Record, known: forms.Templates) -> str:
    """Name a form: 「2020  普法经费（项目支出绩效自评表，2020年.docx）」."""
    return f"{record.year}  {forms.name_of(record)}（{known[record.template_id].title}，{file.path.name}）"


def _say_points(one: _Taken, terminal: Terminal) -> None:
    """Print the points of a form; one that wants an answer makes the exit code 1."""
    for point in one.points:
        where = f"（{point.where}）" if point.where else ""
        kept = "，随表存为备注" if point.answers[0] is Say.NOTE else ""
        terminal.say(f"    {point.title}{where}：{point.words}{kept}。")
        if point.gravity is Gravity.ASKS:
            terminal.reach(Exit.FLAWED)


def _write_json(target: Path | None, files: Sequence[_File], known: forms.Templates, terminal: Terminal) -> None:
    """Write what was understood as a data file, where one was asked for and there is something to write."""
    records = tuple(one.record for file in files for one in file.forms)
    if target is None or not records:
        return
    write_atomically(target, write_records(records, known).encode())
    terminal.say(f"已写出 {target}，{len(records)} 张表；没有收进数据文件。")
