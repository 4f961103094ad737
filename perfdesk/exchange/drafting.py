"""起草表样 from a file: a blank form of Word or Excel is read, and what was drafted is written where the office keeps its own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfdesk import private
from perfdesk.drafting import Draft, draft_template, form_to_draft, write_template
from perfdesk.errors import UserError, reason
from perfdesk.exchange import guard, opening
from perfdesk.exchange.files import safe_name, write_atomically
from perfdesk.source import SourceKind
from perfdesk.template import read_template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfdesk.model import FormKind
    from perfdesk.policy import Policy
    from perfdesk.recognition import RecognisedForm
    from perfdesk.source import SourceFile
    from perfdesk.template import Template

_ENDING = ".toml"


class Drafted(NamedTuple):
    """A file as it was read, the draft that was made of it, and the form in it with the nearest template."""

    source: SourceFile
    draft: Draft
    form: RecognisedForm


def draft_file(path: Path, templates: Mapping[str, Template], kind: FormKind | None = None) -> Drafted:
    """Draft a template of the form in a Word or Excel file. Raises :class:`UserError` as reading does, or without a table."""
    source, blanks = _read(path)
    form = form_to_draft(source, templates, kind)
    return Drafted(source, draft_template(source, form, blanks=blanks), form)


def _read(path: Path) -> tuple[SourceFile, Mapping[int, tuple[tuple[int, int], ...]]]:
    data = guard.read_bytes(path)
    if guard.kind_of(data, path.name) is not SourceKind.XLSX:
        return opening.read(path), {}
    from perfdesk.exchange.xlsx.filling import open_blank

    blank = open_blank(data, path.name)
    return blank.source, blank.blanks


def checked(draft: Draft, policies: Mapping[str, Policy]) -> Template:
    """Read a draft as the template it will be. Raises :class:`UserError` where it does not fit the grammar."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft{_ENDING}"
        with open(path, "x", encoding="utf-8", opener=private.opener) as file:
            file.write(write_template(draft))
        return read_template(path, policies)


def save_draft(draft: Draft, path: Path, policies: Mapping[str, Policy]) -> Path:
    """Write a draft as a template file that is not there yet. Raises :class:`UserError`; then nothing is written."""
    checked(draft, policies)
    target = path if path.suffix == _ENDING else path.with_name(f"{path.name}{_ENDING}")
    if target.exists():
        raise UserError(f"“{target.name}”已经有了，没有动它。请换个名字。")
    try:
        private.make_folder(target.parent)
    except OSError as error:
        raise UserError(f"“{target.parent}”写不进去（{reason(error)}），表样没有存。请换个位置。") from error
    write_atomically(target, write_template(draft).encode())
    return target


def suggested_name(path: Path) -> str:
    """Return what a template drafted of a file is called: the file's name, without what no file name may hold."""
    return safe_name(path.stem, fallback="表样")
