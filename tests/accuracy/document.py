"""docs/accuracy.md: the figures of today, written between two marks. What is said around them is written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from perfdesk.checks.catalogue import CATALOGUE
from tests.accuracy import forms, published
from tests.accuracy.matching import Line, Outcome, by_code, total

PAGE: Final = Path(__file__).parents[2] / "docs" / "accuracy.md"


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines of a table: found, missed, beyond the key, recall and precision of every code that occurs."""
    lines = by_code(outcomes, CATALOGUE)
    yield "| code | found | missed | beyond the key | recall | precision |"
    yield "|---|---:|---:|---:|---:|---:|"
    yield from (_row(line) for line in (*lines, total(lines)))


def _row(line: Line) -> str:
    cells = (line.code, str(line.found), str(line.missed), str(line.beyond), line.recall, line.precision)
    return f"| {' | '.join(cells)} |"


def misses() -> Iterator[str]:
    """Yield what the published forms deserve and nobody tells, with the reason."""
    for outcome in published.outcomes():
        for entry in outcome.missed:
            why = published.UNSEEN.get((outcome.form, entry), "**not explained**")
            yield f"- {outcome.form}, {entry.code}, {entry.where}: {why}"


def beyond() -> Iterator[str]:
    """Yield what is raised beyond the key, with the judgement on it."""
    for outcome in published.outcomes():
        for one in outcome.beyond:
            why = published.RIGHT.get((outcome.form, one.entry), "**false alarm**")
            yield f"- {outcome.form}, {one.severity.value} {one.code}, {one.where}: {why}"


def parts() -> dict[str, tuple[str, ...]]:
    """Return the parts of the page that are measured, by the name of their mark."""
    return {
        "published": tuple(table(published.outcomes())),
        "misses": tuple(misses()) or ("None.",),
        "beyond": tuple(beyond()) or ("Nothing.",),
        "planted": tuple(table(_planted())),
        "clean": tuple(_clean()),
    }


@cache
def _planted() -> tuple[Outcome, ...]:
    with TemporaryDirectory() as folder:
        return tuple(forms.outcome(Path(folder) / "form.json", one) for one in forms.planted())


@cache
def _clean() -> tuple[str, ...]:
    """Return how many clean forms were checked, and a line for each one that was blamed."""
    with TemporaryDirectory() as folder:
        told = {name: forms.told_of(Path(folder) / "form.json", forms.form(name)) for name in forms.names()}
    blamed = {name: [one.entry for one in got if one.code not in forms.ALWAYS] for name, got in told.items()}
    wrong = [f"- {name}: {'; '.join(map(' '.join, entries))}" for name, entries in blamed.items() if entries]
    return (f"{len(told)} clean forms, {len(wrong)} blamed; {len(forms.planted())} faults planted into them.", *wrong)


def renewed(page: str) -> str:
    """Return the page with today's figures between its marks."""
    for name, lines in parts().items():
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, mark, rest = page.partition(start)
        _, close, after = rest.partition(end)
        if not mark or not close:
            raise ValueError(f"docs/accuracy.md has no part {name}")
        page = f"{before}{mark}{_joined(lines)}{close}{after}"
    return page


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
