"""Figures of the budget in the text of a report (基本支出, 公用经费 …): with two values, or spent beyond what was planned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.amounts import plain, round_half_up
from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.report.amounts import Amount, amounts, decimals
from perfdesk.checks.report.paragraphs import Paragraph
from perfdesk.checks.wording import percent, quote
from perfdesk.model import Binding, Finding

#: What the budget calls by several names; in a text the words are matched whole.
CONCEPTS: Final = (
    ("基本支出", re.compile(r"基本支出")),
    ("项目支出", re.compile(r"(?:项目|专项)(?:支出|经费|资金)")),
    ("公用经费", re.compile(r"公用(?:经费|支出)|(?:一般)?商品和?服务支出")),
    ("工资福利支出", re.compile(r"工资(?:和)?福利支出")),
    ("对个人和家庭的补助", re.compile(r"对个人和家庭的?补助(?:支出)?")),
    ("“三公”经费", re.compile(r"三公经费")),
    ("公务接待费", re.compile(r"公务接待费")),
)
_SPENT: Final = re.compile(r"[，,](?:全年|年末|本年)?(?:实际|决算)(?:支出|执行|开支|完成)?(?:数)?(?:为|了|共)?")
_TOTAL: Final = re.compile(r"支出(?:共计|合计)?|共支出")


class Overspent(NamedTuple):
    """A concept (公用经费) of which a report says that more was spent than planned, and where it says so."""

    concept: str
    planned: Amount
    spent: Amount
    planned_at: Binding
    spent_at: Binding


class Named(NamedTuple):
    """An amount of a known concept (公用经费) in its paragraph."""

    concept: str
    amount: Amount
    paragraph: Paragraph


#: Amounts by their concept and whether they are planned.
ByConcept = Mapping[tuple[str, bool], Sequence[Named]]


def named_in(paragraph: Paragraph) -> Iterator[Named]:
    """Yield the amounts in 万元 whose name is a concept of the budget."""
    before: Named | None = None
    for amount in amounts(paragraph.text):
        concept = next((name for name, words in CONCEPTS if words.fullmatch(amount.name)), "")
        if not concept and before and _continues(paragraph.text, before.amount, amount):
            concept = before.concept
        if not concept and "项目支出" in paragraph.heading and _says_total(paragraph.text, amount):
            concept = "项目支出"
        if concept and amount.unit == "万元":
            before = Named(concept, amount, paragraph)
            yield before


def _continues(text: str, planned: Amount, amount: Amount) -> bool:
    """Tell whether an amount is what was spent of the one planned just before it: 「公用经费预算165万元，实际支出160.2万元」."""
    between = text[planned.end : amount.start]
    spent = not amount.planned and _SPENT.fullmatch(between) is not None
    return planned.planned and spent


def _says_total(text: str, amount: Amount) -> bool:
    """Tell whether an amount is 支出共计 and the like, whose subject is that of the heading."""
    return bool(_TOTAL.fullmatch(amount.name)) and text[: amount.start].rstrip().endswith(("共计", "合计", "共支出"))


def by_concept(named: Iterable[Named]) -> ByConcept:
    """Sort amounts by what they are of and whether they are planned."""
    found: dict[tuple[str, bool], list[Named]] = {}
    for one in named:
        found.setdefault((one.concept, one.amount.planned), []).append(one)
    return found


def two_values(named: ByConcept) -> Iterator[Finding]:
    """text-sum: the same figure has another value in another paragraph."""
    for _, (first, *rest) in sorted(named.items()):
        other = next((one for one in rest if _differ(first, one)), None)
        if other:
            yield _contradiction(first, other)


@lru_cache(maxsize=256)  # a keystroke changes few of the figures
def _contradiction(first: Named, other: Named) -> Finding:
    gap = plain(abs(first.amount.value - other.amount.value))
    what = f"{first.concept}{'预算' if first.amount.planned else ''}"
    places = (first.paragraph.where, other.paragraph.where)
    return finding(
        "text-sum",
        Place("／".join(dict.fromkeys(places)), other.paragraph.binding, (first.paragraph.binding,)),
        title=f"{what}前后不一",
        message=f"{what}在{quote(places[0])}是 {first.amount.shown}，在{quote(places[1])}是 {other.amount.shown}，"
        f"相差 {gap} 万元。",
        figures=Figures(plain(other.amount.value), plain(first.amount.value)),
    )


def _differ(first: Named, other: Named) -> bool:
    """Tell whether two amounts contradict each other: in different paragraphs, and not one the other rounded."""
    elsewhere = first.paragraph.binding != other.paragraph.binding
    return elsewhere and not _is_rounded(first.amount.value, other.amount.value)


@lru_cache(maxsize=4096)
def _is_rounded(first: Decimal, other: Decimal) -> bool:
    """Tell whether two values are one at the places of the coarser: 32.8 and 32.75."""
    places = min(decimals(plain(one)) for one in (first, other))
    return round_half_up(first, places) == round_half_up(other, places)


def exceeding(named: ByConcept) -> Iterator[Overspent]:
    """Yield the concepts of which more was spent than planned; what stands beside the planned figure comes first."""
    for concept, _ in CONCEPTS:
        planned = next(iter(named.get((concept, True), ())), None)
        spent = named.get((concept, False), ())
        if planned is None or not planned.amount.value:
            continue
        beside = [one for one in spent if one.paragraph is planned.paragraph]
        most = max(beside or spent, key=lambda one: one.amount.value, default=planned)
        if most.amount.value > planned.amount.value:
            at = (planned.paragraph.binding, most.paragraph.binding)
            yield Overspent(concept, planned.amount, most.amount, *at)


def over_budget(named: ByConcept) -> Iterator[Finding]:
    """over-budget: more was spent than planned."""
    return map(_excess, exceeding(named))


@lru_cache(maxsize=256)  # a keystroke changes few of the figures
def _excess(one: Overspent) -> Finding:
    concept, planned, spent, planned_at, spent_at = one
    gap = plain(spent.value - planned.value)
    return finding(
        "over-budget",
        Place(concept, spent_at, (planned_at,)),
        title=f"{concept}超预算",
        message=f"{concept}预算 {planned.shown}，实际 {spent.shown}，"
        f"是预算的 {percent(spent.value / planned.value)}，多 {gap} 万元，请核对或说明来源。",
        figures=Figures(plain(spent.value), plain(planned.value)),
    )
