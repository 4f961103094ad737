"""``perfdesk export``: every chosen form as PDF, Excel or record file, one file each, whole or not at all.

It formats nothing itself. A form that one exporter refuses (a character no face can draw) is a trouble; the rest is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.cli import forms
from perfdesk.derive import Derived
from perfdesk.errors import UserError
from perfdesk.exchange.files import safe_name, write_atomically

if TYPE_CHECKING:
    from datetime import datetime

    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal
    from perfdesk.template import Template


@dataclass(frozen=True, slots=True)
class _Order:
    """What is common to all files of one run."""

    folder: Path
    templates: Mapping[str, Template]
    made: datetime


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Export the chosen forms."""
    known = forms.templates(terminal)
    found = forms.chosen(arguments, known, terminal)
    order = _Order(_folder(arguments.out), known, forms.now())
    taken: set[str] = set()
    for _, derived in forms.derive_all(found, known, terminal):
        stem = _stem(derived, taken)
        for kind in arguments.to:
            try:
                _write(order, derived, stem, kind, terminal)
            except UserError as error:
                terminal.trouble(error)


def _folder(path: Path) -> Path:
    """Return the folder, made when it is not there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UserError(f"“{path}”不是文件夹。文件没有写出，请换个位置。") from error
    except OSError as error:
        raise UserError(f"“{path}”建不了文件夹。文件没有写出，请检查写入权限，或换个位置。") from error
    return path


def _stem(derived: Derived, taken: set[str]) -> str:
    """Name a form's files 「2020-法律援助工作经费」; a second form of that name in this run gets 「（2）」."""
    base = safe_name(f"{derived.record.year}-{forms.name_of(derived.record)}")
    stem, number = base, 2
    while stem.casefold() in taken:
        stem = f"{base}（{number}）"
        number += 1
    taken.add(stem.casefold())
    return stem


def _write(order: _Order, derived: Derived, stem: str, kind: str, terminal: Terminal) -> None:
    """Write one file and say so."""
    path = order.folder / f"{stem}.{kind}"
    data, notes = _render(order, derived, kind)
    write_atomically(path, data)
    terminal.say(f"已导出 {path}")
    for note in notes:
        terminal.note(note)


def _render(order: _Order, derived: Derived, kind: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the bytes of one file, and what of the form it could not take over."""
    record, title = derived.record, forms.name_of(derived.record)
    if kind == "json":
        from perfdesk.exchange.exchange import write_records

        return write_records((record,), order.templates).encode(), ()
    if kind == "pdf":
        from perfdesk.exchange import pdf

        return pdf.render((derived.layout,), title=title, made=order.made, author=record.bureau), ()
    from perfdesk.exchange import xlsx

    made = xlsx.render((derived.layout,), title=title, made=order.made, author=record.bureau)
    return made.data, made.notes
