"""How well forms come back: each drawn file recognised and held against what was drawn, field by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk.errors import UserError
from perfdesk.exchange import opening
from perfdesk.recognition import Recognition, recognise
from perfdesk.source import SourceFile
from perfdesk.template import Filled, Template
from tests.house_styles.as_source import source
from tests.house_styles.content import content
from tests.house_styles.corpus import Case
from tests.house_styles.equality import Difference, Outcome, expected, flat, outcome
from tests.house_styles.files import WRITERS, Task, tasks
from tests.house_styles.mixing import mixed
from tests.house_styles.pages import Drawn
from tests.house_styles.style import Style

_ADDED: Final = re.compile(r"^[①-⑧]|[（(].*")


class Measured(NamedTuple):
    """One file: how its forms came back, texts left over that belong to a form, strangers that nobody named."""

    style: str
    kind: str
    name: str
    outcomes: tuple[Outcome, ...]
    leftovers: tuple[str, ...]
    unnamed: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        """Whether every form came back as it was drawn, and everything else was named."""
        return not (self.unnamed or self.leftovers or any(one.differences for one in self.outcomes))

    @property
    def fields(self) -> int:
        """Fields that hold something."""
        return sum(one.fields for one in self.outcomes)

    def count(self, what: str) -> int:
        """Sum ``wrong``, ``missing`` or ``invented`` over the forms."""
        return sum(getattr(one, what) for one in self.outcomes)


def measure(
    found: tuple[Case, ...], style: Style, kind: str, templates: Mapping[str, Template], folder: Path
) -> Iterator[Measured]:
    """Write every file of a style, read it again and compare."""

    def through_file(task: Task) -> SourceFile:
        return opening.read(WRITERS[kind](task.drawn, folder))

    return measured(tasks(found, style, kind), style, kind, templates, through_file)


def measured(
    files: Iterator[Task],
    style: Style,
    kind: str,
    templates: Mapping[str, Template],
    seen: Callable[[Task], SourceFile],
) -> Iterator[Measured]:
    """Recognise each file as ``seen`` and compare."""
    for task in files:
        try:
            read = recognise(seen(task), templates)
        except UserError as error:  # nothing of the file comes back, and the report says why
            lost = tuple(_lost(form, style) for form in task.forms)
            yield Measured(style.name, kind, task.name, lost, (str(error),), ())
        else:
            yield judged(task, style, kind, read)


def judged(task: Task, style: Style, kind: str, read: Recognition) -> Measured:
    """Hold what was recognised against what was drawn; forms in the order of the file."""
    outcomes = tuple(
        outcome(form, style, read.forms[number].record) if number < len(read.forms) else _lost(form, style)
        for number, form in enumerate(task.forms)
    )
    left = [one.text for form in read.forms for one in form.leftovers] + [one.text for one in read.leftovers]
    told = "\n".join([*left, *(one.words for form in read.forms for one in form.queries)])
    leftovers = tuple(text for text in left if not _is_known(text, task.drawn))
    extra = tuple(f"a form too many: {one.template.id}" for one in read.forms[len(task.forms) :])
    unnamed = tuple(one for one in task.drawn.strangers if one not in told)
    return Measured(style.name, kind, task.name, outcomes, leftovers + extra, unnamed)


def _is_known(text: str, drawn: Drawn) -> bool:
    """Tell whether a text is a stranger, or a label that only bureaus print."""
    label = _ADDED.sub("", "".join(text.split()))
    return any(one in text for one in drawn.strangers) or label in {_ADDED.sub("", one) for one in drawn.tolerated}


def _lost(form: Filled, style: Style) -> Outcome:
    """Return the outcome of a form that was not seen at all."""
    record = expected(form, style)
    texts = flat(content(form), record)
    lost = tuple(Difference(place, text, "") for place, text in texts.items() if text)
    return Outcome(len(lost), lost)


def measure_mixed(
    found: tuple[Case, ...], templates: Mapping[str, Template], *, seed: int, count: int
) -> Iterator[Measured]:
    """Draw every third form in each of ``count`` mixed styles and recognise it, without writing files."""
    for number, style in enumerate(mixed(seed, count)):
        kind = style.kinds[0]
        files = tasks(found[number % 3 :: 3], style, kind)
        yield from measured(files, style, kind, templates, partial(_seen, kind=kind))


def _seen(task: Task, *, kind: str) -> SourceFile:
    return source(task.drawn, kind)
