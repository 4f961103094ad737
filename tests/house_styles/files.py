"""The files of a style, one for each form or pair of forms, and who writes which format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk.template import Filled
from tests.house_styles import as_docx, as_xls, as_xlsx
from tests.house_styles.corpus import Case, pairs
from tests.house_styles.making import fits, make
from tests.house_styles.pages import Drawn
from tests.house_styles.style import DOCX, XLS, XLSX, Style

WRITERS: Final[dict[str, Callable[[Drawn, Path], Path]]] = {
    DOCX: as_docx.write,
    XLSX: as_xlsx.write,
    XLS: as_xls.write,
}


class Task(NamedTuple):
    """A file to be written: the forms in it, by name, and the drawing."""

    name: str
    forms: tuple[Filled, ...]
    drawn: Drawn


def tasks(found: tuple[Case, ...], style: Style, kind: str) -> Iterator[Task]:
    """Yield the files a bureau of this style would hand in, of all forms it would make such a file of."""
    groups = [(one,) for one in found] if style.together == "alone" else [*pairs(found)]
    for group in groups:
        forms = tuple(case.form for case in group)
        if all(fits(form, style, kind) for form in forms):
            name = "+".join(case.name for case in group)
            yield Task(name, forms, make(forms, style, f"{forms[0].record.year}-{style.name}"))
