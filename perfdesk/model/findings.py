"""审核提示 (findings): what the finance bureau would send back, and the light that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from perfdesk.model.bindings import Binding


class Severity(StrEnum):
    """错误 blocks 上报, 警告 must be explained, 提示 is worth a look. The values are those of ``check --json``."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Verdict(StrEnum):
    """审核结论: the one light of a form."""

    READY = "可上报"
    TO_EXPLAIN = "有待说明"
    BLOCKED = "不可上报"
    FILLING = "填写中"  # less than half of the form is filled; nothing is judged yet


class Fix(NamedTuple):
    """改正 (fix): what one click does. ``label`` says the result, for instance 「改为 ≥95%」; ``""`` as text clears the cell."""

    label: str
    edits: tuple[tuple[Binding, str], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """审核提示 (finding), as data.

    ``code`` is stable (checks.md); ``title`` is the fact in at most 18 characters or so; ``message`` states the arithmetic;
    ``where`` is the label or indicator name of the place; ``binding`` the cell it points to (``None`` for the whole form);
    ``also`` further cells to mark; ``stated`` and ``computed`` the two figures that disagree; ``consequences`` are the findings
    that only follow from this one (连带): shown inside it, counted like the others.
    """

    code: str
    severity: Severity
    title: str
    message: str
    where: str
    binding: Binding | None = None
    also: tuple[Binding, ...] = ()
    stated: str = ""
    computed: str = ""
    fix: Fix | None = None
    consequences: tuple[Finding, ...] = ()


def flatten(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings with their consequences, each after its root cause."""
    return tuple(one for finding in findings for one in (finding, *flatten(finding.consequences)))


def verdict(findings: tuple[Finding, ...]) -> Verdict:
    """审核结论 of a form: any 错误 blocks; any 警告 wants an explanation; 提示 alone do not count."""
    severities = {finding.severity for finding in flatten(findings)}
    if Severity.ERROR in severities:
        return Verdict.BLOCKED
    return Verdict.TO_EXPLAIN if Severity.WARNING in severities else Verdict.READY
