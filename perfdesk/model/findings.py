"""审核提示 (findings): what the finance bureau would send back, and the light that follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from perfdesk.kinds import Severity, Verdict
from perfdesk.model.bindings import Binding


class Fix(NamedTuple):
    """改正 (fix): what one click does. ``label`` says the result, for instance 「改为 ≥95%」; ``""`` as text clears the cell.

    ``preview`` are lines that say what changes where the fix touches several cells (「30 → 27　援助案件数」); they are shown before
    it is applied.
    """

    label: str
    edits: tuple[tuple[Binding, str], ...]
    preview: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """审核提示 (finding), as data.

    ``code`` is stable (checks.md); ``title`` is the fact in at most 18 characters or so; ``message`` states the arithmetic;
    ``where`` is the label or indicator name of the place; ``binding`` the cell it points to (``None`` for the whole form);
    ``also`` further cells to mark; ``stated`` and ``computed`` the two figures that disagree; ``consequences`` are the findings
    that only follow from this one (连带): shown inside it, counted like the others. ``answer`` is the 说明 written to it, ``""``
    when there is none; ``is_stale`` when it was written about other figures.
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
    answer: str = ""
    is_stale: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether the office has answered it, and about these figures."""
        return bool(self.answer) and not self.is_stale


def flatten(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings with their consequences, each after its root cause."""
    return tuple(one for finding in findings for one in (finding, *flatten(finding.consequences)))


def without_fixes(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings as they are told where nothing can be changed."""
    return tuple(replace(one, fix=None, consequences=without_fixes(one.consequences)) for one in findings)


def open_findings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return what is still to do, flat: all but the 警告 that are answered; an answered one answers what only follows from it.

    错误 and 提示 always stay: an answer does not put an error right.
    """
    return tuple(one for finding in findings for one in _open(finding, answered=False))


def _open(finding: Finding, *, answered: bool) -> Iterator[Finding]:
    done = answered or finding.is_answered
    if not (done and finding.severity is Severity.WARNING):
        yield finding
    for one in finding.consequences:
        yield from _open(one, answered=done)


def verdict(findings: tuple[Finding, ...]) -> Verdict:
    """审核结论 of a form: any 错误 blocks; any 警告 without a 说明 wants one; 提示 alone do not count."""
    severities = {finding.severity for finding in open_findings(findings)}
    if Severity.ERROR in severities:
        return Verdict.BLOCKED
    return Verdict.TO_EXPLAIN if Severity.WARNING in severities else Verdict.READY
