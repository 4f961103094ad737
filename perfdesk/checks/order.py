"""先后 (order): what only follows from another finding of its row is left out; errors come first, root causes before all.

The table below says which finding makes which other one on the same row pointless. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from perfdesk.model import Block, Finding, Severity, flatten
from perfdesk.template import Template

#: code -> the findings of the same indicator row from which it only follows.
FOLLOWS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "score-vs-actual": frozenset(
            {"target-missing", "actual-missing", "unit-mismatch", "comparator", "qualitative-band", "score-range"}
        ),
        "lost-points-unexplained": frozenset({"actual-missing"}),
        "target-not-scorable": frozenset({"target-missing", "actual-missing", "unit-mismatch", "actual-not-measured"}),
        "actual-not-measured": frozenset({"target-missing", "unit-mismatch"}),
        "over-achieved-unexplained": frozenset({"rate-over-100"}),
        "comparator": frozenset({"placeholder-text"}),
        "target-missing": frozenset({"placeholder-text"}),
        "unit-mismatch": frozenset({"placeholder-text", "target-missing"}),
        "weight-missing": frozenset({"placeholder-text"}),
    }
)
_SEVERITIES: Final = tuple(Severity)
_BLOCKS: Final = (Block.VALUES, Block.FUNDS, Block.INDICATORS, Block.ROWS, Block.SECTIONS, Block.STATED)


def arrange(template: Template, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Leave out what only follows, then sort: by severity, findings with consequences first, then as the cells stand on paper."""
    raised = {(one.code, _row(one)) for one in findings}
    roots = [one for one in findings if not any((code, _row(one)) in raised for code in FOLLOWS.get(one.code, ()))]
    fields = [field.key for field in template.fields]
    return tuple(sorted(roots, key=lambda one: _rank(one, fields)))


def _row(one: Finding) -> int:
    """Return the indicator row of a finding; those elsewhere share -1 with no code in the table."""
    return one.binding.row if one.binding and one.binding.block is Block.INDICATORS else -1


def _rank(one: Finding, fields: list[str]) -> tuple[int, int, int, int]:
    severity = min(_SEVERITIES.index(each.severity) for each in flatten((one,)))
    if one.binding is None:
        return severity, not one.consequences, len(_BLOCKS), 0
    block = _BLOCKS.index(one.binding.block)
    if one.binding.block is Block.VALUES:
        key = one.binding.key
        return severity, not one.consequences, block, fields.index(key) if key in fields else len(fields)
    return severity, not one.consequences, block, one.binding.row
