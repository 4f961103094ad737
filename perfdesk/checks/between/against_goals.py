"""与目标表 (against goals): indicators that the goal table has and the form does not, or the reverse, and names spelled otherwise.

Targets are compared cell by cell elsewhere (``across``). Said only of a finished form that shares most of its indicators with the
one goal table of its project: an approved goal is not changed without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.context import Context
from perfdesk.checks.row import Row
from perfdesk.checks.wording import near_name, put, quote, some_of
from perfdesk.gathering.chain import name_of, sources
from perfdesk.gathering.facts import Facts
from perfdesk.model import Binding, Block, Finding

_LEAST_SHARED: Final = 2


def against_goals(context: Context, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """Compare the indicators of a finished form with those of its goal table."""
    found = sources(context.template, context.record, year) if context.finished else ()
    if len(found) != 1:
        return
    goal, mine = _named(found[0]), {name_of(row.indicator): row for row in context.rows if row.named}
    shared = goal.keys() & mine.keys()
    if len(shared) < _LEAST_SHARED or len(shared) * 2 < len(goal):
        return
    gone = {key: name for key, name in goal.items() if key not in mine}
    added = {key: row for key, row in mine.items() if key not in goal}
    for key, row in tuple(added.items()):
        near = next((one for one in gone if near_name(key, one)), "")
        if near:
            yield _spelled(row, gone.pop(near), found[0])
            del added[key]
    yield from _others(tuple(gone.values()), tuple(added.values()), found[0])


@lru_cache(maxsize=256)
def _named(form: Facts) -> Mapping[str, str]:
    """Return the names of a form's indicators by their compared names."""
    return MappingProxyType({name_of(row): row.name.strip() for row in form.record.indicators if name_of(row)})


def _spelled(row: Row, name: str, goal: Facts) -> Finding:
    """name-mismatch: an indicator a character or two from one of the goal table."""
    own, binding = row.indicator.name.strip(), row.bind("name")
    return finding(
        "name-mismatch",
        row.place("name"),
        title="指标名称与目标表不一样",
        message=f"这里写的是{quote(own)}，{quote(goal.name)}写的是{quote(name)}。是同一项指标的，请用同一个名称。",
        figures=Figures(own, name),
        fix=put("改为目标表的名称", binding, name),
    )


def _others(gone: tuple[str, ...], added: tuple[Row, ...], goal: Facts) -> Iterator[Finding]:
    """cross-form: indicators that only one of the two forms has."""
    parts = (
        f"目标表的{some_of(gone, '项')}本表没有" if gone else "",
        f"本表的{some_of([row.where for row in added], '项')}目标表没有" if added else "",
    )
    if gone or added:
        binding = added[0].bind("name") if added else Binding(Block.INDICATORS, "name", row=0)
        yield finding(
            "cross-form",
            Place("绩效指标", binding, tuple(row.bind("name") for row in added[1:])),
            title="指标与目标表不是同一批",
            message=f"{'；'.join(filter(None, parts))}（{quote(goal.name)}）。批复的目标一般不调整，请核对，调整过的写明。",
        )
