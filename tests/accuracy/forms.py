"""Our own small forms (``forms/*.json``, in the exchange format) and the faults planted into them (``planted.json``).

The forms are clean: in the styles of many provinces, on every template, with invented figures. A planted fault is an edit of one
form (``set``: path -> value; a ``null`` blanks a cell), perhaps with ``others`` of its year beside it, and what must be told of
it: ``expect``, code and place of every finding. Both are read as any file is: the reader of the format is measured too.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from perfdesk.checks import check
from perfdesk.exchange.exchange import read_records
from perfdesk.scoring import assess
from perfdesk.template import Filled
from tests.accuracy.matching import Entry, Outcome, Raised, compare, raised
from tests.checks.support import TEMPLATES

HERE = Path(__file__).parent
#: Worth a look and true of many clean forms, planted or not: a form of full marks, a rule as the finance bureau printed it.
ALWAYS = frozenset({"all-full-marks", "row-too-heavy", "rule-flaw"})

Form = dict[str, Any]


class Planted(NamedTuple):
    """A fault: the form it was planted into, the edits, the other forms of the year, and what must be told."""

    name: str
    form: Form
    others: tuple[Form, ...]
    expect: tuple[Entry, ...]


@cache
def _text(name: str) -> str:
    return (HERE / "forms" / f"{name}.json").read_text(encoding="utf-8")


def form(name: str) -> Form:
    """Return a form as its file holds it, free to be changed."""
    made: Form = json.loads(_text(name))
    return made


def names() -> tuple[str, ...]:
    """Return the names of all clean forms."""
    return tuple(path.stem for path in sorted((HERE / "forms").glob("*.json")))


def edited(base: Form, edits: Mapping[str, Any]) -> Form:
    """Return a form with values put at their paths: ``indicators.0.score``, ``header.项目名称``; a list grows by one at its end."""
    made = copy.deepcopy(base)
    for path, value in edits.items():
        *parents, last = path.split(".")
        node: Any = made
        for part in parents:
            node = node[int(part)] if isinstance(node, list) else node[part]
        if isinstance(node, list) and int(last) == len(node):
            node.append(value)
        else:
            node[int(last) if isinstance(node, list) else last] = value
    return made


def planted() -> tuple[Planted, ...]:
    """Return every planted fault."""
    told = json.loads((HERE / "planted.json").read_text(encoding="utf-8"))
    return tuple(_planted(one) for one in told)


def _planted(one: Form) -> Planted:
    others = tuple(edited(form(other["form"]), other.get("set", {})) for other in one.get("others", ()))
    expect = tuple(Entry(code, where) for code, where in one["expect"])
    return Planted(one["name"], edited(form(one["form"]), one.get("set", {})), others, expect)


def told_of(path: Path, made: Form, others: tuple[Form, ...] = ()) -> tuple[Raised, ...]:
    """Write forms to a file as an office sends them, read it, and return what is told of the first."""
    path.write_text(json.dumps([made, *others], ensure_ascii=False), encoding="utf-8")
    first, *rest = (
        Filled(TEMPLATES[record.template_id], replace(record, id=str(at)))
        for at, record in enumerate(read_records(path, TEMPLATES).records)
    )
    findings = check(first.template, first.record, assess(first.template, first.record), tuple(rest))
    return raised(findings)


def outcome(path: Path, one: Planted) -> Outcome:
    """Set what is told of a planted fault against what must be."""
    got = told_of(path, one.form, one.others)
    expected = {entry.code for entry in one.expect}
    return compare(one.name, one.expect, [each for each in got if each.code in expected or each.code not in ALWAYS])
