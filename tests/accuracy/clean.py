"""Forms that are correct by construction: every scored template with every policy; what the checks may not find fault with.

The score is the policy's own (``perfdesk.scoring``), every loss and every excess has its reason, weights and money add up. Nothing
here may ask a check whether the form is clean: a counter-example is a fault of a check, or of this construction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Final

from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit, format_score, plain, round_half_up
from perfdesk.editing import new_record
from perfdesk.model import Assessment, FundRow, Indicator, Record, Score
from perfdesk.policy import Policy
from perfdesk.scoring import assess, band_points
from perfdesk.targets import Kind, read
from perfdesk.template import Field, FieldKind, Filled, Template
from tests.accuracy import clean_rows as rows
from tests.accuracy.clean_rows import REASONS, Pair
from tests.checks.support import POLICIES, TEMPLATES

YEAR: Final = 2024
_KINDS: Final = ("数量", "质量", "时效", "成本", "效益", "可持续", "满意")
_LEVEL1: Final = {"满意": "满意度指标", "效益": "效益指标", "可持续": "效益指标"}
_LEVEL2: Final = {"效益": "社会效益指标", "满意": "服务对象满意度指标", "满意度": "服务对象满意度指标"}
_GOALS: Final = "1.办理法律援助案件，应援尽援。\n2.开展法治宣传，覆盖全部乡镇。"
_RESULTS: Final = "1.法律援助案件全部办结，受援人无投诉。\n2.法治宣传覆盖全部乡镇，群众参与踊跃。"
_CHANGE: Final = "\n3.年中上级下达补助，全年预算相应调整。"
_LOW: Final = "\n3.部分资金年底尚未支付，结转下年使用。"


@cache
def pairs() -> tuple[Template, ...]:
    """Every scored template with every policy, each pair made once."""
    scored = [one for one in TEMPLATES.values() if one.is_scored and not one.rules]
    return tuple(replace(one, policy=policy) for one in scored for policy in POLICIES.values())


@st.composite
def forms(draw: st.DrawFn) -> Filled:
    """Draw a correct form."""
    template = draw(st.sampled_from(pairs()))
    unit = draw(st.sampled_from(MoneyUnit))
    funds, note = draw(_funds(template, unit))
    blank = new_record(template, record_id="1", year=YEAR, bureau="青山县司法局")
    record = replace(
        blank,
        unit=unit,
        values={one.key: _text(one, note) for one in template.fields if not one.raw} | {"title": template.title},
        funds=funds,
    )
    record = replace(record, indicators=draw(_indicators(template, record)))
    return Filled(template, _stated(draw(st.booleans()), template, _explained(template, _scored(template, record))))


# ---------------------------------------------------------------------------------------------------------- money


@st.composite
def _funds(draw: st.DrawFn, template: Template, unit: MoneyUnit) -> tuple[tuple[FundRow, ...], str]:
    """Draw the fund rows: every column adds up; the second value is the sentence that a change or a low rate needs."""
    base = Decimal(draw(st.sampled_from(["8", "15", "26.5", "318.4", "1205.36"])))
    annual = base * (10000 if unit is MoneyUnit.YUAN else 1)
    initial, note = annual, ""
    if draw(st.integers(0, 3)) == 0:
        initial, note = round_half_up(annual * Decimal("0.7"), 2), _CHANGE
    executed = annual
    share = Decimal(draw(st.sampled_from(["1", "1", "0.985", "0.93", "0.72"])))
    if share < 1:
        executed = round_half_up(annual * share, 2)
        note += _LOW if share < Decimal("0.9") else ""
    amounts = {"initial_budget": initial, "annual_budget": annual, "executed": executed}
    share_of_first = Decimal(draw(st.sampled_from(["1", "0.6"])))
    return tuple(_fund(template, key, amounts, share_of_first) for key in range(len(template.funds))), note


def _fund(template: Template, index: int, amounts: Mapping[str, Decimal], share: Decimal) -> FundRow:
    """Make one fund row: the total, its first part, its second part with what is left, the others 0."""
    fund = template.funds[index]
    parts = list(_leaves(template))
    values: dict[str, Decimal] = {}
    for key, amount in amounts.items():
        first = round_half_up(amount * share, 2)
        leaf = {parts[0]: first, parts[1]: amount - first} if len(parts) > 1 else {}
        values[key] = amount if not parts else _sum_of(template, fund.key, leaf)
    if index == 0:
        values = dict(amounts)
    return FundRow(fund.label, **{key: plain(value) for key, value in values.items()})


def _leaves(template: Template) -> tuple[str, ...]:
    """The rows without parts that the total is made of."""
    by_key = {one.key: one for one in template.funds}

    def below(key: str) -> tuple[str, ...]:
        parts = by_key[key].parts
        return tuple(leaf for part in parts for leaf in below(part)) if parts else (key,)

    found = below(template.funds[0].key)
    return found if found != (template.funds[0].key,) else ()


def _sum_of(template: Template, key: str, leaf: Mapping[str, Decimal]) -> Decimal:
    parts = next(one.parts for one in template.funds if one.key == key)
    if not parts:
        return leaf.get(key, Decimal(0))
    return sum((_sum_of(template, part, leaf) for part in parts), Decimal(0))


# ----------------------------------------------------------------------------------------------------- indicators


@st.composite
def _indicators(draw: st.DrawFn, template: Template, record: Record) -> tuple[Indicator, ...]:
    """Draw the rows: each 二级指标 of the form at least once where the policy asks for it, with weights that add up."""
    skeleton = _skeleton(template)
    groups: dict[str, list[Indicator]] = {}
    for one in skeleton:
        times = 1 if template.starter and one.name else draw(st.sampled_from([1, 1, 2]))
        groups.setdefault(one.goal or one.level1, []).extend([one] * times)
    budget = template.policy.budget_weight if template.has_budget_score else Decimal(0)
    wanted = _group_weights(template, tuple(groups), template.policy.total_weight - budget)
    found: list[Indicator] = []
    for label, members in groups.items():
        shares = _split(wanted[label], len(members))
        for one, weight in zip(members, shares, strict=True):
            pair = draw(_pair(one, record))
            found.append(_row(template, one, pair, weight, wanted[label]))
    return _merged(_told_apart(found)) if draw(st.booleans()) else _told_apart(found)


def _skeleton(template: Template) -> list[Indicator]:
    """The groups of the form, with those that its policy asks for besides."""
    found = [replace(one, level1_weight="", level2_weight="") for one in template.starter]
    for kind in template.policy.required_kinds:
        if not any(kind in one.level1 + one.level2 + one.name for one in found):
            level1 = next((name for word, name in _LEVEL1.items() if word in kind), "产出指标")
            made = Indicator(level1=level1, level2=_LEVEL2.get(kind, f"{kind}指标"), goal=found[-1].goal)
            at = max((place + 1 for place, one in enumerate(found) if one.level1 == level1), default=len(found))
            found.insert(len(found) if made.goal else at, made)
    return found


def _group_weights(template: Template, labels: tuple[str, ...], total: Decimal) -> dict[str, Decimal]:
    """Give each group its points: the policy's principle where it has just these groups, else even shares."""
    principle = template.policy.group_weights
    if principle.keys() == set(labels) and sum(principle.values()) == total:
        return {label: principle[label] for label in labels}
    return dict(zip(labels, _split(total, len(labels)), strict=True))


def _split(total: Decimal, count: int) -> list[Decimal]:
    """Split points into whole ones: 50 of 4 -> 14, 12, 12, 12."""
    each = total // count
    return [total - each * (count - 1), *([each] * (count - 1))]


@st.composite
def _pair(draw: st.DrawFn, one: Indicator, record: Record) -> Pair:
    """Draw target and actual that suit the 二级指标."""
    kind = next((word for word in _KINDS if word in one.name + one.level2), "效益")
    if kind != "成本" and not one.name and draw(st.integers(0, 3)) == 0:
        return draw(rows.ordinary(kind))
    if kind == "数量":
        return draw(rows.count())
    if kind == "质量":
        return draw(rows.rate())
    if kind == "时效":
        return draw(
            st.one_of(rows.deadline(YEAR), rows.in_time(), rows.term(), rows.rate(rows.TIMELY)),
        )
    if kind == "成本":
        total = record.funds[0]
        return draw(rows.cost(Decimal(total.annual_budget), Decimal(total.executed), record.unit))
    return draw(rows.satisfaction() if kind == "满意" else rows.effect())


def _row(template: Template, one: Indicator, pair: Pair, weight: Decimal, group: Decimal) -> Indicator:
    columns = template.indicator_columns
    row = replace(one, name=one.name or pair.name, target=pair.target, actual=pair.actual)
    if "goal" in columns:
        row = replace(row, goal_weight=plain(group))
    if "level1_weight" in columns:
        row = replace(row, level1_weight=plain(group))
    return replace(row, weight=plain(weight)) if "weight" in columns else row


def _told_apart(found: list[Indicator]) -> tuple[Indicator, ...]:
    """Give rows of one name under one 二级指标 names of their own."""
    seen: set[tuple[str, str, str]] = set()
    apart = []
    for one in found:
        row = one
        while (row.level1, row.level2, row.name) in seen:
            row = replace(row, name=f"新增{row.name}")
        seen.add((row.level1, row.level2, row.name))
        apart.append(row)
    return tuple(apart)


def _merged(rows_: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Leave the 一级指标 out where it is that of the row above, as merged cells are often typed off."""
    pairs = zip((None, *rows_), rows_, strict=False)
    return tuple(
        replace(row, level1="", level1_weight="") if above is not None and above.level1 == row.level1 else row
        for above, row in pairs
    )


# --------------------------------------------------------------------------------------------------------- scores


def _scored(template: Template, record: Record) -> Record:
    """Type a score where the policy leaves it to the clerk: the middle of the band of 部分达成, else the full weight."""
    scores = assess(template, record).scores
    typed = tuple(_typed(template.policy, row, score) for row, score in zip(record.indicators, scores, strict=True))
    return replace(record, indicators=typed)


def _typed(policy: Policy, row: Indicator, score: Score) -> Indicator:
    if score.computed is not None or score.weight is None:
        return row
    if "部分" not in row.actual:
        late = read(row.target, year=YEAR).kind is Kind.DATE
        return replace(row, score=format_score(score.weight * (Decimal("0.9") if late else 1)))
    low, high = band_points(policy.partly, score.weight)
    return replace(row, score=format_score(round_half_up((low + high) / 2, 2)))


def _explained(template: Template, record: Record) -> Record:
    """Give a reason to every row that lost points or did more than was asked, where the form has a column for it."""
    scores = assess(template, record).scores
    changed = tuple(
        replace(row, reason=REASONS[place % len(REASONS)]) if _wants_reason(row, score) else row
        for place, (row, score) in enumerate(zip(record.indicators, scores, strict=True))
    )
    if "reason" in template.indicator_columns:
        return replace(record, indicators=changed)
    return replace(record, values={**record.values, "deviation": REASONS[0]})


def _wants_reason(row: Indicator, score: Score) -> bool:
    lost = score.effective is not None and score.weight is not None and score.effective < score.weight
    target, actual = read(row.target, year=YEAR).number, read(row.actual, year=YEAR).number
    return lost or (target is not None and actual is not None and actual > target)


def _stated(stated: bool, template: Template, record: Record) -> Record:
    """Print the computed figures as an imported form does: rate, scores and total."""
    if not stated:
        return record
    found = assess(template, record)
    rows_ = tuple(
        replace(row, score=row.score or ("" if score.computed is None else plain(score.computed)))
        for row, score in zip(record.indicators, found.scores, strict=True)
    )
    total: dict[str, str] = {"total_score": format_score(found.total)}
    if "weight" in template.indicator_columns:
        total["total_weight"] = plain(found.weight_total)
    return replace(record, indicators=rows_, stated=total, funds=_stated_funds(template, record.funds, found))


def _stated_funds(template: Template, funds: tuple[FundRow, ...], found: Assessment) -> tuple[FundRow, ...]:
    if found.budget is None or found.execution_rate is None or found.budget.computed is None:
        return funds
    weight = plain(template.policy.budget_weight)
    score = format_score(found.budget.computed)
    return (replace(funds[0], weight=weight, execution_rate=f"{found.execution_rate}%", score=score), *funds[1:])


def _text(field: Field, note: str) -> str:
    """Fill a single cell."""
    if field.choices:
        return field.choices[0]
    if field.kind is FieldKind.DATE:
        return f"{YEAR + 1}年1月23日"
    if field.kind is FieldKind.NUMBER:
        return ""
    if field.kind is FieldKind.LONG:
        return {"goal_expected": _GOALS, "goal_actual": _RESULTS + note}.get(field.key, f"{_RESULTS}{note}")
    return {"project_name": "公共法律服务专项经费", "department": "青山县司法局", "agency": "青山县司法局"}.get(
        field.key, ""
    )
