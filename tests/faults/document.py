"""The table of the faults, and docs/reliability.md: written by ``make faults WRITE=1`` between two marks, the rest by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from tests.faults.outcome import Outcome

PAGE: Final = Path(__file__).parents[2] / "docs" / "reliability.md"
_FOLDER: Final = re.compile(r"“[^“”]*/([^/“”]+)”")
_NUMBERED: Final = re.compile(r"-\d{8}-\d{4}-\d{6}-(\w+)\.db")
_FOLDERS: Final = {"disks", "export", "edit", "back_up", "migrate", "restore", "full", "away", "locked", "round"}


def table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| fault | rounds | acknowledged | lost | invented | left lying | said |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    numbers: dict[str, int] = {}
    yield from (_row(one, numbers) for one in outcomes)


def _row(one: Outcome, numbers: dict[str, int]) -> str:
    if one.skipped:
        return f"| {one.fault} | – | – | – | – | – | not here: {one.skipped} |"
    said = dict.fromkeys(map(plain, one.said))
    marks = [str(numbers.setdefault(sentence, len(numbers) + 1)) for sentence in said]
    counts = (one.rounds, one.acknowledged, one.lost, one.invented, len(one.left))
    return f"| {one.fault} | {' | '.join(map(str, counts))} | {', '.join(marks) or '–'} |"


def sentences(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield what was said, numbered as in the table."""
    said = dict.fromkeys(plain(sentence) for one in outcomes if not one.skipped for sentence in one.said)
    yield from (f"{number}. {sentence}" for number, sentence in enumerate(said, 1))


def plain(sentence: str) -> str:
    """Return a sentence without what differs from machine to machine: folders, days, numbers of backups, sizes."""
    text = _FOLDER.sub(lambda told: f"“…/{'文件夹' if told[1] in _FOLDERS else told[1]}”", sentence)
    text = _NUMBERED.sub(r"-日期-编号-\1.db", text)
    text = re.sub(r"-\d{8}-\d{4}\.db", "-日期.db", text)
    text = re.sub(r"restore\.\d\.db", "备份.db", text)
    text = re.sub(r"表\.\w+", "表.pdf", text)
    return re.sub(r"\d+( KB| 字节)|今天 \d+:\d+", lambda told: f"…{told[1] or ''}", text)


def renewed(page: str, outcomes: Sequence[Outcome], today: date) -> str:
    """Return the page with the results of a run."""
    parts = {
        "date": (f"Run of {today:%Y-%m-%d}: {sum(one.rounds for one in outcomes)} rounds.",),
        "table": tuple(table(outcomes)),
        "said": tuple(sentences(outcomes)),
    }
    for name, lines in parts.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        head, _, rest = page.partition(begin)
        tail = rest.partition(end)[2]
        page = head + begin + "\n" + "\n".join(lines) + "\n" + end + tail
    return page
