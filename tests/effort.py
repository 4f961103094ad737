"""Effort in calls instead of seconds: how the work grows with what it is given, the same on every machine and under any load.

Seconds belong to the bench. What is counted here are the calls of Python and of C functions, resumed generators among them; the
time inside one call (a regular expression over a long text) and the making of objects are not seen.
"""

from __future__ import annotations

from collections import Counter
from cProfile import Profile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SPARE: Final = 0.25
"""So much more than twice the calls may twice the work take: pages, caches and sorting do not come out even."""


def calls(work: Callable[[], object]) -> Counter[str]:
    """Return how often each function is called while ``work`` runs."""
    profile = Profile()
    profile.enable()
    try:
        work()
    finally:
        profile.disable()
    counted: Counter[str] = Counter()
    for entry in profile.getstats():
        code = entry.code
        name = code if isinstance(code, str) else f"{code.co_qualname} ({code.co_filename}:{code.co_firstlineno})"
        counted[name] += entry.callcount + entry.reccallcount
    return counted


def assert_grows_evenly(work: Callable[[int], object], size: int) -> None:
    """Hold the growth of ``work(size)`` to linear: twice the size may take twice the calls, not four times.

    The work is done once before, with a fourth, so that what is loaded or remembered at the first use does not count.
    """
    work(max(size // 4, 1))
    once, twice = calls(lambda: work(size)), calls(lambda: work(2 * size))
    before, after = once.total(), twice.total()
    grown = (twice - once).most_common(5)
    assert after <= (2 + SPARE) * before, (
        f"{before:,} calls at {size:,}, {after:,} at twice that; the most of them: {grown}"
    )
