"""What a form tells the others: its name, its amounts, its score; each form is read once and kept while it stays the same.

Forms are compared by identity here: a record never changes, so what was read from it holds for good. Nothing is judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from perfdesk.amounts import (
    MoneyUnit,
    format_score,
    from_yuan,
    parse_amount,
    parse_number,
    parse_score,
    plain,
    round_half_up,
    to_yuan,
)
from perfdesk.model import Assessment, FormKind, FundRow, Record
from perfdesk.scoring import assess
from perfdesk.template import Field, Filled, Template

#: Kinds of which an office hands in one for each project.
OF_PROJECTS = frozenset({FormKind.PROJECT_SELF, FormKind.PROJECT_GOAL, FormKind.PROJECT_MONITORING})
_AMOUNTS = ("initial_budget", "annual_budget", "executed")
_NO_ROW = FundRow("")


@dataclass(frozen=True, slots=True, eq=False)  # made once per form, compared and cached by identity
class Facts:
    """A form, read for the others. ``unit`` is the one its amounts are meant in: 16905537.09 under a 万元 header is in 元."""

    template: Template
    record: Record
    assessment: Assessment
    unit: MoneyUnit

    @property
    def kind(self) -> FormKind:
        """表种."""
        return self.template.kind

    @property
    def project(self) -> str:
        """项目名称, ``""`` on a form of the whole office or while it is blank."""
        return self.record.value("project_name").strip()

    @property
    def name(self) -> str:
        """What people call the form: 「项目支出绩效自评表（法律援助经费）」, 「部门整体支出绩效自评表」."""
        words = self.record.value("title").strip() or self.template.title
        return f"{words}（{self.project}）" if self.project and self.kind in OF_PROJECTS else words

    @property
    def total(self) -> FundRow:
        """年度资金总额: the row of that label where it is filled, else the first fund row."""
        return _total_row(self.record)

    def amount(self, key: str) -> Decimal | None:
        """Return an amount of 年度资金总额 in 元."""
        return self.yuan(getattr(self.total, key))

    def yuan(self, text: str) -> Decimal | None:
        """Read an amount of this form in 元."""
        value = parse_amount(text, self.unit)
        return None if value is None else to_yuan(value, self.unit)

    @property
    def score_text(self) -> str:
        """总分 as the form prints it: the stated one, else the computed one once every indicator is scored."""
        stated = self.record.stated.get("total_score", "").strip()
        points = [one.effective for one in self.assessment.scores]
        return stated if stated or not points or None in points else format_score(self.assessment.total)

    @property
    def score(self) -> Decimal | None:
        """总分 in points."""
        return parse_score(self.score_text)

    @property
    def grade(self) -> str:
        """等级: the stated one, else the computed one."""
        return self.record.stated.get("grade", "").strip() or self.assessment.grade or ""

    def breakdown(self, word: str) -> Field | None:
        """Return the field of 资金明细 whose label holds a word: 项目支出, 政府性基金."""
        return next((one for one in self.template.fields if one.group and word in one.label), None)


def facts_of(template: Template, record: Record, assessment: Assessment) -> Facts:
    """Read a form."""
    return Facts(template, record, assessment, _meant_unit(template, record))


def budget_of(form: Filled) -> Decimal | None:
    """Return the budget that the 执行率 of a form counts from, in 元, without reading the rest of the form."""
    template, record = form
    unit = _meant_unit(template, record)
    amount = parse_amount(getattr(_total_row(record), template.rate_of[1]), unit)
    return None if amount is None else to_yuan(amount, unit)


def _total_row(record: Record) -> FundRow:
    named = (row for row in record.funds if "总额" in row.label and any(getattr(row, key) for key in _AMOUNTS))
    return next(named, record.funds[0] if record.funds else _NO_ROW)


def _meant_unit(template: Template, record: Record) -> MoneyUnit:
    """Return the unit of the amounts: 元 where 年度资金总额 is too large for 万元 (``unit-header`` of the checks)."""
    numbers = (parse_number(getattr(row, key)) for row in record.funds[:1] for key in _AMOUNTS)
    if record.unit is MoneyUnit.WAN and any(one is not None and one >= template.policy.most_in_wan for one in numbers):
        return MoneyUnit.YUAN
    return record.unit


class Others:
    """The forms handed round as a key: equal while every single record is the same object."""

    __slots__ = ("_hash", "forms")

    def __init__(self, forms: tuple[Filled, ...]) -> None:
        self.forms = forms
        self._hash = hash(tuple([id(one.record) for one in forms]))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Others) and same_forms(self.forms, other.forms)


def same_forms(first: tuple[Filled, ...], second: tuple[Filled, ...]) -> bool:
    """Tell whether two years hold the very same records in the same order: then nothing that follows from them differs."""
    if len(first) != len(second):
        return False
    return all(
        one.record is two.record and one.template is two.template for one, two in zip(first, second, strict=True)
    )


@lru_cache(maxsize=1024)
def _read(one: Others) -> Facts:
    """Read a single form, kept by its identity."""
    template, record = one.forms[0]
    return facts_of(template, record, assess(template, record))


def year_of(record: Record, others: tuple[Filled, ...]) -> tuple[Facts, ...]:
    """Return the other forms of the same office and year, read; ``()`` for the first form of a year."""
    return forms_of(Others(others), record.id, record.year, offices_of(record)) if others else ()


def year_before(record: Record, others: tuple[Filled, ...]) -> tuple[Facts, ...]:
    """Return the forms of the same office and the year before, read; ``()`` where they are not handed round."""
    return forms_of(Others(others), record.id, record.year - 1, offices_of(record)) if others else ()


@lru_cache(maxsize=512)
def forms_of(others: Others, own: str, year: int, offices: tuple[str, ...]) -> tuple[Facts, ...]:
    """Read the other forms of an office's year; kept, because a keystroke in one form changes none of the others.

    A form that shares one name with the office tells its other one: 昌吉州司法局 in its cell, made as 昌吉回族自治州司法局.
    """
    return tuple(one for one in _of_office(others, year, offices) if one.record.id != own)


@lru_cache(maxsize=64)
def _of_office(others: Others, year: int, offices: tuple[str, ...]) -> tuple[Facts, ...]:
    """Read the forms of an office's year, once for all of them where each is judged among the same ones."""
    fitting = tuple(one for one in others.forms if one.record.year == year)
    named = (offices_of(one.record) for one in fitting)
    known = tuple(
        dict.fromkeys((*offices, *(one[0] for one in named if offices and one and same_office(one, offices))))
    )
    return tuple(_read(Others((one,))) for one in fitting if same_office(offices_of(one.record), known))


def offices_of(record: Record) -> tuple[str, ...]:
    """Return the names a form gives its office: the one it was made with, and what stands in its cell (昌吉州司法局)."""
    names = ("".join(name.split()) for name in (record.bureau, record.value("agency")))
    return tuple(dict.fromkeys(filter(None, names))) if record.bureau.strip() else ()


def same_office(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Tell whether two forms may be of one office: a name is equal or the end of the other's (永州市零陵区司法局), or not typed."""
    if not first or not second:
        return True
    return any(one.endswith(two) or two.endswith(one) for one in first for two in second)


@lru_cache(maxsize=256)  # a keystroke in one form changes none of the others
def of_kind(year: tuple[Facts, ...], kind: FormKind) -> tuple[Facts, ...]:
    """Return the forms of one kind."""
    return tuple(one for one in year if one.kind is kind)


def money(yuan: Decimal, unit: MoneyUnit) -> str:
    """Print an amount in 元 in another form's unit, at most two decimals: 4429287.6 元 -> ``442.93`` 万元."""
    return plain(round_half_up(from_yuan(yuan, unit), 2))


def summed(year: tuple[Facts, ...], key: str) -> Decimal | None:
    """Add up an amount of forms in 元; ``None`` where one of them has not filled it in, or there is none."""
    amounts = [one.amount(key) for one in year]
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None
