"""The worst that a form may hold, as seconds of processor time: ``limits``. The tests hold its growth, this is the figure.

A hostile 指标值 of 200 characters, an article of 20,000 without a full stop, the largest file of each template.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench import year
from perfdesk.checks.report.amounts import amounts, sums, totals
from perfdesk.checks.report.rates import changes, portions, rates, shares
from perfdesk.derive import derive
from perfdesk.exchange.exchange import MAX_ROWS, read_records, write_records
from perfdesk.targets import numbers_in, read, unit_in_name
from perfdesk.targets.reading import MAX_TEXT
from tests.checks.report.test_report import ARTICLES
from tests.exchange.test_large_files import large
from tests.test_targets import HOSTILE

LETTERS: Final = 20_000


def _value(piece: str) -> None:
    text = (piece * MAX_TEXT)[:MAX_TEXT]
    read(text, year=year.YEAR)
    numbers_in(text)
    unit_in_name(text)


def _article(words: str) -> None:
    text = (words * LETTERS)[:LETTERS]
    for reading in (amounts, sums, totals, shares, rates, portions, changes):
        tuple(reading(text))


def _worst(work: Callable[[str], None], given: Iterable[str]) -> float:
    times = []
    for one in given:
        begin = time.process_time()
        work(one)
        times.append(time.process_time() - begin)
    return max(times)


def _files() -> float:
    """Read, derive and write the largest form of each template; making the file is not counted."""
    known, times = year.templates(), []
    with TemporaryDirectory(prefix="perfdesk-limits-") as folder:
        path = Path(folder) / "large.json"
        for name in sorted(known):
            path.write_text(large(known, name, MAX_ROWS), encoding="utf-8")
            begin = time.process_time()
            (record,) = read_records(path, known).records
            derive(known[name], record)
            write_records((record,), known)
            times.append(time.process_time() - begin)
    return max(times)


if __name__ == "__main__":
    print(json.dumps({"value": _worst(_value, HOSTILE), "article": _worst(_article, ARTICLES), "file": _files()}))
