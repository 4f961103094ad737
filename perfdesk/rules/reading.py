"""Reading of the ``rules`` of a ``[[starter]]`` item, each mistake with place and remedy. Declarative: nothing is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from perfdesk.rules.deducting import DeductPerStep, DeductRatio
from perfdesk.rules.earning import Bands, Cliff, FractionOf, RatioCapped
from perfdesk.rules.ticking import SEPARATOR, CriteriaCount, Grade
from perfdesk.rules.types import Measure, MeasureKind, Raw, Rule
from perfdesk.toml_file import Table, did_you_mean

Raws = Mapping[str, Raw]
_SIGNS = ("≤", "≥", "")


def read_rules(table: Table, raws: Raws) -> tuple[Rule, ...]:
    """Read the rules of a starter table: ``rules = [{ kind = "bands", … }]``; none when it has none.

    ``raws`` are the raw fields of the template by key. Raises :class:`UserError`, for instance
    ``starter[5].rules[0].kind：没有评分规则 "band"，是否为 "bands"？``.
    """
    return tuple(_rule(one, raws) for one in table.tables("rules", required=False))


def _rule(table: Table, raws: Raws) -> Rule:
    kind = table.text("kind")
    if kind not in KINDS:
        raise table.fail(f'没有评分规则 "{kind}"{did_you_mean(kind, KINDS)}', at="kind")
    rule = KINDS[kind](table, raws)
    table.finish()
    return rule


def _raw(table: Table, raws: Raws, key: str, name: str) -> Raw:
    if name not in raws:
        raise table.fail(f'未知字段 "{name}"{did_you_mean(name, raws.keys())}', at=key)
    return raws[name]


def _positive(table: Table, key: str) -> Decimal:
    number = table.number(key)
    if number <= 0:
        raise table.fail(f'"{number}" 应为大于 0 的数。', at=key)
    return number


def _measure(table: Table, raws: Raws) -> Measure:
    """Read the one measure of a rule: ``ratio``, ``change`` or ``difference`` of two lists of fields, or a ``value``."""
    given = [kind for kind in MeasureKind if kind.value in table.names()]
    if len(given) != 1:
        raise table.fail(f"应写 {'、'.join(MeasureKind)} 其中一项。")
    kind, name = given[0], table.text("name", "")
    if kind is MeasureKind.VALUE:
        return Measure(kind, (_raw(table, raws, kind, table.text(kind)),), name=name)
    sides = table.rows(kind)
    if len(sides) != 2 or not all(sides):
        raise table.fail('应为两组字段，如 [["spent"], ["budget"]]。', at=kind)
    over, under = (tuple(_raw(table, raws, kind, one) for one in side) for side in sides)
    return Measure(kind, over, under, name=name)


def _tiers(table: Table, key: str) -> tuple[tuple[Decimal, Decimal], ...]:
    """Read pairs (at least, points), the highest first."""
    pairs = table.pairs(key)
    if not pairs:
        raise table.fail("至少要有一档，如 [[100, 3], [90, 2]]。", at=key)
    floors = [floor for floor, _ in pairs]
    if floors != sorted(floors, reverse=True):
        raise table.fail("各档应从高到低排。", at=key)
    if min(points for _, points in pairs) < 0:
        raise table.fail("得分应为 0 或更大的数。", at=key)
    return pairs


def _criteria_count(table: Table, raws: Raws) -> Rule:
    field = _raw(table, raws, "field", table.text("field"))
    rule = CriteriaCount(field, _tiers(table, "tiers"))
    if not rule.criteria:
        raise table.fail(f'字段 "{field.key}" 没有写 choices，没有可勾的要点。', at="field")
    if any(SEPARATOR in one for one in field.choices):
        raise table.fail(f'字段 "{field.key}" 的要点里有顿号，顿号用来分隔勾选的要点，请换成逗号。', at="field")
    most = max(floor for floor, _ in rule.tiers)
    if most > len(rule.criteria):
        raise table.fail(f"要点只有 {len(rule.criteria)} 条，不会符合 {most} 条。", at="tiers")
    return rule


def _grade(table: Table, raws: Raws) -> Rule:
    field, points = _raw(table, raws, "field", table.text("field")), table.table("points")
    levels = tuple((name, points.number(name)) for name in points.names())
    strange = [name for name, _ in levels if name not in field.choices]
    if strange:
        raise points.fail(
            f'"{strange[0]}" 不在字段 "{field.key}" 的 choices 里{did_you_mean(strange[0], field.choices)}'
        )
    if not levels or min(given for _, given in levels) < 0:
        raise points.fail('应为各等级的得分，如 "优秀" = 5。')
    return Grade(field, levels)


def _bands(table: Table, raws: Raws) -> Rule:
    return Bands(_measure(table, raws), _tiers(table, "bands"))


def _ratio_capped(table: Table, raws: Raws) -> Rule:
    measure, names = _measure(table, raws), table.names()
    return RatioCapped(
        measure,
        _positive(table, "full"),
        target=_positive(table, "target") if "target" in names else None,
        target_from=_raw(table, raws, "target_from", table.text("target_from")) if "target_from" in names else None,
        times=_positive(table, "times") if "times" in names else None,
    )


def _deduct_per_step(table: Table, raws: Raws) -> Rule:
    sign = table.text("sign", "")
    if sign not in _SIGNS:
        raise table.fail(f'"{sign}" 应为 ≤ 或 ≥；表上没有印方向的不写。', at="sign")
    return DeductPerStep(
        _measure(table, raws),
        _positive(table, "full"),
        target=table.number("target"),
        step=_positive(table, "step"),
        each=_positive(table, "each"),
        sign=sign,
    )


def _deduct_ratio(table: Table, raws: Raws) -> Rule:
    return DeductRatio(
        _measure(table, raws),
        _positive(table, "full"),
        times=_positive(table, "times"),
        most=_positive(table, "most"),
        target=table.number("target", Decimal(0)),
    )


def _cliff(table: Table, raws: Raws) -> Rule:
    return Cliff(
        _measure(table, raws),
        _positive(table, "full"),
        edge=_positive(table, "edge"),
        loss=_positive(table, "loss"),
    )


def _fraction_of(table: Table, raws: Raws) -> Rule:
    field = _raw(table, raws, "field", table.text("field"))
    return FractionOf(
        field, _positive(table, "full"), _positive(table, "whole") if "whole" in table.names() else Decimal(100)
    )


KINDS: Mapping[str, Callable[[Table, Raws], Rule]] = MappingProxyType(
    {
        "criteria-count": _criteria_count,
        "bands": _bands,
        "ratio-capped": _ratio_capped,
        "deduct-per-step": _deduct_per_step,
        "deduct-ratio": _deduct_ratio,
        "cliff": _cliff,
        "grade": _grade,
        "fraction-of": _fraction_of,
    }
)
