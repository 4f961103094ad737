"""派生 (derive): template + record -> everything that follows from them; the one public verb of the core.

``derive`` is called after every keystroke and recomputes all of it; there are no dirty flags. What the eye does not need within
the frame of the key, the findings and the layout, is computed when it is first asked for. ``follow`` is the one rule about what
happens to typed-over figures when the figures they were computed from change.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import cached_property

from perfdesk.amounts import plain
from perfdesk.answers import attach
from perfdesk.checks import check
from perfdesk.dataitems import figures_of, refresh
from perfdesk.editing import get_text, set_text
from perfdesk.gathering import gather, renew
from perfdesk.layout import Layout, lay_out
from perfdesk.model import (
    Assessment,
    Binding,
    Block,
    Finding,
    Gathered,
    Record,
    Severity,
    Verdict,
    flatten,
    open_findings,
    verdict,
)
from perfdesk.scoring import agrees, assess
from perfdesk.sheet import Sheet, build
from perfdesk.template import Filled, Template

_HALF = Decimal("0.5")


@dataclass(frozen=True)
class Derived:
    """派生结果. ``gathered`` is what the year's forms offer, ``others`` are the forms it was derived among.

    Findings, completion and layout are made when they are first asked for: while a cell is being typed in, the screen keeps its
    rows where they are, shows texts and scores at once and the findings a moment later (no slots, so that all three can be kept).
    """

    record: Record
    template: Template
    assessment: Assessment
    sheet: Sheet
    gathered: Gathered
    others: tuple[Filled, ...]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """审核提示 on what is printed, data items with the figures of now, and the 说明 written to them."""
        as_printed = refresh(self.record, figures_of(self.gathered))
        return attach(check(self.template, as_printed, self.assessment, self.others), self.record.answers)

    @cached_property
    def completion(self) -> Decimal:
        """The share of required cells that are filled, 0 … 1."""
        return _completion(self.sheet)

    @cached_property
    def layout(self) -> Layout:
        """排版: lines, heights and pages of the sheet."""
        return lay_out(self.sheet)

    @property
    def verdict(self) -> Verdict:
        """审核结论; 填写中 while less than half is filled, or something is left to fill and nothing else to say."""
        found = verdict(self.findings)
        least = Decimal(1) if found is Verdict.READY else _HALF
        return Verdict.FILLING if self.completion < least else found

    @property
    def sentence(self) -> str:
        """The verdict in one sentence: what is to do, or how far the filling has come."""
        if self.verdict is not Verdict.FILLING:
            return sentence(self.findings)
        filled = f"必填的格填了 {plain(self.completion * 100)}%"
        return (
            f"{filled}；{sentence(self.findings)}"
            if verdict(self.findings) is not Verdict.READY
            else f"{filled}，填完再看结论"
        )


def derive(template: Template, record: Record, others: tuple[Filled, ...] = ()) -> Derived:
    """Compute assessment and sheet of a record, and on demand its findings and its layout.

    ``others`` are the forms of the same year and of the year before, with the record itself or without it; what is gathered and
    offered comes from the same year alone. A whole year is judged fastest with one and the same tuple for every form of it.
    """
    record = renew(template, record, others)
    assessment = assess(template, record)
    gathered = gather(template, record, others)
    return Derived(record, template, assessment, build(template, record, assessment, gathered), gathered, others)


def _completion(sheet: Sheet) -> Decimal:
    blank = [cell.blank for cell in sheet.cells if cell.required]
    if not blank:
        return Decimal(1)
    share = Decimal(blank.count(False)) / Decimal(len(blank))
    return share.quantize(Decimal("0.01"), rounding=ROUND_DOWN)  # 100 % only when nothing is missing


def sentence(findings: tuple[Finding, ...]) -> str:
    """Say findings in one sentence with their counts, consequences included; a 警告 that is answered is done.

    Examples: 「2 处错误须改正，5 处警告须说明」; 「没有错误；1 处警告须说明」; 「没有要改的地方，可以上报；3 处警告已说明」.
    """
    todo = open_findings(findings)
    count = Counter(finding.severity for finding in todo)
    errors, warnings, hints = (count[one] for one in (Severity.ERROR, Severity.WARNING, Severity.HINT))
    if errors:
        return f"{errors} 处错误须改正" + (f"，{warnings} 处警告须说明" if warnings else "")
    if warnings:
        return f"没有错误；{warnings} 处警告须说明"
    answered = len(flatten(findings)) - len(todo)
    parts = (f"{answered} 处警告已说明" if answered else "", f"{hints} 处提示可不改" if hints else "")
    return "；".join(("没有要改的地方，可以上报", *filter(None, parts)))


def _computed(assessment: Assessment) -> dict[Binding, Decimal | None]:
    """Every computed figure of a form by its place."""
    figures: dict[Binding, Decimal | None] = {score.binding: score.computed for score in assessment.scores}
    if assessment.budget is not None:
        figures[assessment.budget.binding] = assessment.budget.computed
    figures[Binding(Block.FUNDS, "execution_rate", row=0)] = assessment.execution_rate
    figures[Binding(Block.STATED, "total_weight")] = assessment.weight_total
    figures[Binding(Block.STATED, "total_score")] = assessment.total
    return figures


def follow(template: Template, before: Record, after: Record) -> Record:
    """Let stated figures that were right follow the edit.

    An imported form states every figure it prints. A stated figure that agreed with the computed one is a copy, not somebody's
    decision: when an edit changes the computed figure, the copy gives way and the cell shows the computed figure. A stated figure
    that already differed, or that the edit itself typed, stays. Rows that were inserted, deleted or moved keep their own figures;
    the totals follow.
    """
    if len(before.funds) != len(after.funds) or not _states_anything(before):
        return after
    old, result = _computed(assess(template, before)), after
    followed = (
        old if _rows_stay(before, after) else {b: one for b, one in old.items() if b.block is not Block.INDICATORS}
    )
    copies = [b for b, figure in followed.items() if figure is not None and _is_copy(before, after, b, figure)]
    while copies:
        new = _computed(assess(template, result))
        gone = [binding for binding in copies if get_text(result, binding) and new[binding] != old[binding]]
        if not gone:
            break
        for binding in gone:
            result = set_text(result, binding, "")
    return result


def _states_anything(record: Record) -> bool:
    """Tell whether a form states any figure that is computed; one that is filled in here hardly ever does."""
    return (
        any(record.stated.values())
        or any(row.score for row in record.indicators)
        or any(row.score or row.execution_rate for row in record.funds)
    )


def _rows_stay(before: Record, after: Record) -> bool:
    """Tell whether a row number means the same indicator before and after: no row came, went or moved."""
    if len(before.indicators) != len(after.indicators):
        return False
    pairs = zip(before.indicators, after.indicators, strict=True)
    changed = [(old, new) for old, new in pairs if old != new]
    return len(changed) < 2 or Counter(old for old, _ in changed) != Counter(new for _, new in changed)


def _is_copy(before: Record, after: Record, binding: Binding, figure: Decimal) -> bool:
    """Tell whether the stated text at a binding agreed with the computed figure and was not itself edited."""
    text = get_text(before, binding)
    same_text = bool(text) and get_text(after, binding) == text
    return same_text and agrees(text, figure, rounding=binding.key == "execution_rate")
