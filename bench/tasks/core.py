"""Scoring and checking a form of 30 indicators, a new value each time: ``core ROUNDS``. Prints the seconds of each step."""

from __future__ import annotations

import json
import sys
import time

from bench import forms
from perfdesk.checks import check
from perfdesk.derive import derive
from perfdesk.scoring import assess


def main(rounds: int) -> dict[str, list[float]]:
    """Return the seconds of scoring, of scoring and all checks, and of everything that follows from a record."""
    drawn, start = forms.template(), forms.record(0, rows=30)
    times: dict[str, list[float]] = {"assess": [], "judge": [], "derive": []}
    for turn in range(rounds + 20):
        record = forms.changed(start, turn)
        begin = time.perf_counter()
        assessment = assess(drawn, record)
        scored = time.perf_counter()
        check(drawn, record, assessment, ())
        judged = time.perf_counter()
        derive(drawn, forms.changed(start, turn + 100_000))
        derived = time.perf_counter()
        if turn >= 20:
            times["assess"].append(scored - begin)
            times["judge"].append(judged - begin)
            times["derive"].append(derived - judged)
    return times


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
