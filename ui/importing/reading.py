"""读文件 (reading): every file that was chosen is opened and recognised, off the UI thread; what cannot be read keeps nothing out.

A file of our own format (JSON) holds its forms as they are; a Word or Excel file is recognised. Nothing is saved here.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from perfdesk import recognition
from perfdesk.arriving import Found, Known, as_chosen
from perfdesk.errors import UserError
from perfdesk.exchange import exchange, opening
from perfdesk.json_file import NOTHING_DONE
from perfdesk.recognition import RecognisedForm
from perfdesk.source import SourceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from perfdesk.model import Record
    from perfdesk.template import Template
    from ui.tasks import Task

NOTHING_FOUND = "没有认出“{}”里的表：找不到表样上的栏名。请检查是否选错了文件，或在“新建表”里照着填。"


class FileRead(NamedTuple):
    """What one file holds: its forms, what to know about it, or the trouble that kept it out."""

    name: str
    founds: tuple[Found, ...] = ()
    notes: tuple[str, ...] = ()
    trouble: str = ""


def read_all(paths: Sequence[Path], known: Known, task: Task) -> tuple[FileRead, ...]:
    """Read the files; after 停止 the rest is left out."""
    found: list[FileRead] = []
    for done, path in enumerate(paths):
        if task.stopped:
            break
        task.advance(done, path.name)
        found.append(_read(path, known))
    return tuple(found)


def _read(path: Path, known: Known) -> FileRead:
    try:
        if path.suffix.lower() == ".json" or opening.kind_of(path) is SourceKind.JSON:
            return _read_ours(path, known.templates)
        return _read_foreign(path, known)
    except UserError as error:  # of the other files something may come in
        return FileRead(path.name, trouble=str(error).removesuffix(NOTHING_DONE))


def _read_ours(path: Path, templates: Mapping[str, Template]) -> FileRead:
    taken = exchange.read_records(path, templates)
    digest, count = hashlib.sha256(path.read_bytes()).hexdigest(), len(taken.records)
    founds = tuple(
        Found(path.name, SourceKind.JSON, digest, None, _as_it_is(record, templates), number, count)
        for number, record in enumerate(taken.records, 1)
    )
    return FileRead(path.name, founds, taken.notes)


def _as_it_is(record: Record, templates: Mapping[str, Template]) -> RecognisedForm:
    return RecognisedForm(templates[record.template_id], record, (), (), (), (), None, (), "")


def _read_foreign(path: Path, known: Known) -> FileRead:
    source = opening.read(path)
    seen = recognition.recognise(source, known.templates, known=known.corrections)
    if not seen.forms:
        return FileRead(path.name, notes=source.notes, trouble=NOTHING_FOUND.format(path.name))
    count = len(seen.forms)
    founds = [
        Found(
            source.name,
            source.kind,
            source.digest,
            source,
            as_chosen(source, form, known, recognition.again),
            number,
            count,
        )
        for number, form in enumerate(seen.forms, 1)
    ]
    founds[0] = replace(founds[0], strays=seen.leftovers, notes=source.notes)
    return FileRead(path.name, tuple(founds))
