"""``perfdesk import``: forms into the data file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.cli import forms
from perfdesk.model import Record

if TYPE_CHECKING:
    from pathlib import Path

    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal


def run_import(arguments: Arguments, terminal: Terminal) -> None:
    """Save the forms of the files, all in one step, after a backup; one that is there word for word is not saved twice."""
    from perfdesk.store import Reason

    known = forms.templates(terminal)
    read = list(forms.read_files(arguments.files, known, terminal))
    if not read:
        return
    with forms.open_store(arguments, read_only=False) as store:
        pairs = [(path, record) for path, found in read for record in found.records]
        twins = store.twins(record for _, record in pairs)
        fresh = [pair for pair, twin in zip(pairs, twins, strict=True) if not twin]
        if fresh:
            store.safekeeping.make(Reason.IMPORT)
        store.save_many(record for _, record in fresh)
        if fresh:
            forms.carry_backups(store, terminal)
    for path, found in read:
        new = [record for source, record in fresh if source is path]
        _tell(path, found.records, new, known, terminal)
        for note in found.notes:
            terminal.say(f"    {note}")
    terminal.say(f"收进 {len(fresh)} 张表，在“{store.path}”。")


def _tell(
    path: Path, records: tuple[Record, ...], new: list[Record], known: forms.Templates, terminal: Terminal
) -> None:
    """Say what became of one file's forms."""
    for record in records:
        word = "已收进" if record in new else "已经有"
        terminal.say(
            f"{word}  {record.year}  {forms.name_of(record)}（{known[record.template_id].title}，{path.name}）"
        )
