"""数据项 (figures): every figure of the year's forms that a report can take, with a key that names it for good.

Worked examples of keys: 「部门整体支出绩效自评表·全年执行数」, 「项目支出绩效自评表·法律援助经费·自评总分」,
「部门评价表·在职人数」, 「项目支出绩效自评表·合计·全年执行数」, 「本年·单位名称」. A project's name is always part of the key, so
that a second project changes no key; the second of equal names is 「法律援助经费（2）」.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from perfdesk.amounts import MoneyUnit, format_rate, is_blank, narrow, parse_amount
from perfdesk.gathering.facts import OF_PROJECTS, Facts, Others, forms_of, money, of_kind, offices_of, summed
from perfdesk.model import Figure, FormKind, Gathered, Record
from perfdesk.scoring import execution_rate
from perfdesk.template import TERMS, Field, FieldKind, Filled

#: The kinds in the order in which a report asks for them; reports and lists give no figures.
_ORDER: Final = (
    FormKind.DEPARTMENT_SELF,
    FormKind.DEPARTMENT_RATING,
    FormKind.PROJECT_SELF,
    FormKind.DEPARTMENT_GOAL,
    FormKind.PROJECT_GOAL,
    FormKind.PROJECT_MONITORING,
)
_FUNDS: Final = ("executed", "annual_budget", "initial_budget", "expected_executed", "interim_executed")
_VALUES: Final = ("actual", "target", "target_value")
_TOTAL: Final = "年度资金总额"


def figures(record: Record, others: tuple[Filled, ...]) -> tuple[Figure, ...]:
    """Return the figures of the year's forms for a form: those of the whole office first, single indicators last.

    Amounts are in the form's own unit with at most two decimals; 4429287.6 元 is 「442.93」 in a report in 万元.
    """
    return gathered(record, others).figures


def gathered(record: Record, others: tuple[Filled, ...]) -> Gathered:
    """Return what a report gathers: the same object as long as the year's forms are the same."""
    return _gathered(Others(others), record.id, record.year, (record.bureau, *offices_of(record)), record.unit)


@lru_cache(maxsize=16)
def _gathered(others: Others, own: str, year: int, names: tuple[str, ...], unit: MoneyUnit) -> Gathered:
    """Collect the figures; kept, because a report asks for them with every keystroke.

    ``names``: the 单位 to print, then every name the form gives its office.
    """
    bureau, *offices = names
    forms = forms_of(others, own, year, tuple(offices))
    named = tuple(_named(forms))
    heads = {name: tuple(_of_form(name, one, unit)) for name, one in named}
    whole = (figure for name, one in named if one.kind not in OF_PROJECTS for figure in heads[name])
    sums = (figure for kind in (FormKind.PROJECT_SELF, FormKind.PROJECT_GOAL) for figure in _sums(forms, kind, unit))
    single = (figure for name, one in named if one.kind in OF_PROJECTS for figure in heads[name])
    rows = (figure for name, one in named for figure in _of_indicators(name, one))
    return Gathered(figures=tuple(_numbered((*whole, *sums, *single, *_of_year(year, bureau), *rows))))


def _named(forms: tuple[Facts, ...]) -> Iterator[tuple[str, Facts]]:
    """Yield the forms with the first part of their keys, in the order of their kinds."""
    seen: Counter[str] = Counter()
    for kind in _ORDER:
        for one in of_kind(forms, kind):
            name = f"{kind.words}·{one.project or '未写项目名称'}" if kind in OF_PROJECTS else kind.words
            seen[name] += 1
            yield name if seen[name] == 1 else f"{name}（{seen[name]}）", one


def _numbered(found: Iterable[Figure]) -> Iterator[Figure]:
    """Make every key the only one of its kind."""
    seen: Counter[str] = Counter()
    for one in found:
        seen[one.key] += 1
        yield one if seen[one.key] == 1 else one._replace(key=f"{one.key}（{seen[one.key]}）")


def _of_year(year: int, bureau: str) -> Iterator[Figure]:
    yield Figure("本年·年度", "年度", "本表", str(year), "年")
    if bureau.strip():
        yield Figure("本年·单位名称", "单位名称", "本表", bureau.strip())


def _of_form(name: str, one: Facts, unit: MoneyUnit) -> Iterator[Figure]:
    """The figures of a form beyond its indicators: amounts, rate, score, grade, breakdown, raw figures."""
    for key in _FUNDS:
        text = _printed(one, getattr(one.total, key), unit)
        if text:
            yield Figure(f"{name}·{TERMS[key]}", TERMS[key], f"{one.name} › {_TOTAL}", text, unit.value)
    rate = _rate(one)
    if rate:
        yield Figure(f"{name}·执行率", "执行率", f"{one.name} › {_TOTAL}", rate, "")
    if one.score_text:
        yield Figure(f"{name}·自评总分", "自评总分", f"{one.name} › 总分", one.score_text.removesuffix("分"), "分")
    if one.grade:
        yield Figure(f"{name}·等级", "等级", f"{one.name} › 总分", one.grade)
    for field in one.template.fields:
        text = _field_text(one, field, unit)
        if text:
            place = f"{one.name} › {field.group or ('评分数据' if field.raw else field.label)}"
            yield Figure(f"{name}·{field.label}", field.label, place, text, _field_unit(field, unit))


def _rate(one: Facts) -> str:
    """执行率 with its sign: the printed one where it is a figure, else the computed one."""
    stated = narrow(one.total.execution_rate).strip()
    if not is_blank(stated):
        return stated if stated.endswith("%") else f"{stated}%"
    rate = one.assessment.execution_rate
    return "" if rate is None else format_rate(rate)


def _field_text(one: Facts, field: Field, unit: MoneyUnit) -> str:
    text = one.record.value(field.key).strip()
    if is_blank(text) or field.choices or not (field.group or field.raw or field.kind is FieldKind.NUMBER):
        return ""
    if field.group:
        return _printed(one, text, unit)
    if field.unit not in set(MoneyUnit):
        return narrow(text).removesuffix(field.unit) if field.unit else text
    own = MoneyUnit(field.unit)
    value = parse_amount(text, own)
    return text if value is None or own is unit else money(value * own.factor, unit)


def _field_unit(field: Field, unit: MoneyUnit) -> str:
    return unit.value if field.group or field.unit in set(MoneyUnit) else field.unit


def _printed(one: Facts, text: str, unit: MoneyUnit) -> str:
    """An amount in the taking form's unit, as typed where that is the same one; ``""`` where there is none."""
    value = one.yuan(text)
    if value is None:
        return ""
    bare = narrow(text).strip()
    return bare if one.unit is unit and bare.replace(".", "", 1).isdecimal() else money(value, unit)


def _sums(forms: tuple[Facts, ...], kind: FormKind, unit: MoneyUnit) -> Iterator[Figure]:
    """What all forms of a kind come to: how many they are, their amounts, 执行率 of the sums."""
    chosen = of_kind(forms, kind)
    if not chosen:
        return
    name, place = f"{kind.words}·合计", f"{kind.words} › {len(chosen)} 张合计"
    yield Figure(f"{name}·项目个数", "项目个数", place, str(len(chosen)), "个")
    totals = {key: summed(chosen, key) for key in _FUNDS[:3]}
    for key, value in totals.items():
        if value is not None:
            yield Figure(f"{name}·{TERMS[key]}", f"{TERMS[key]}合计", place, money(value, unit), unit.value)
    rate = execution_rate(totals["annual_budget"], totals["executed"])
    if rate is not None:
        yield Figure(f"{name}·执行率", "执行率（合计）", place, format_rate(rate), "")


def _of_indicators(name: str, one: Facts) -> Iterator[Figure]:
    """The targets and results of the indicators, as typed: 「法律援助案件数·实际完成值」."""
    place = f"{one.name} › 绩效指标"
    for row in one.record.indicators:
        title = " ".join(row.name.split())
        for key in _VALUES if title else ():
            text = getattr(row, key).strip()
            unit = row.measure_unit.strip() if key == "target_value" else ""
            if text:
                yield Figure(f"{name}·{title}·{TERMS[key]}", f"{title}　{TERMS[key]}", place, text, unit)
