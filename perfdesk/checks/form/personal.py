"""个人信息 (personal data): a mobile number or an identity number in a form that will be published. Nobody's name is looked for.

身份证号 are told from other long numbers by their date and check digit (GB 11643-1999). A landline is the office's, not a person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.checks.catalogue import Place, finding
from perfdesk.checks.context import Context
from perfdesk.dataitems import plain as without_items
from perfdesk.model import Binding, Block, Finding, Indicator, ListRow, Record, Section
from perfdesk.template import TERMS, Template

_MOBILE: Final = re.compile(r"(?<![0-9.])1[3-9][0-9](?:[- ]?[0-9]{4}){2}(?![0-9.])")
_IDENTITY: Final = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
_FACTORS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS: Final = "10X98765432"
_ROW_TEXTS: Final = ("name", "target", "actual", "reason", "remark", "explanation")


class _Hit(NamedTuple):
    """A place of the form, and what of a person its text holds."""

    where: str
    binding: Binding
    kinds: tuple[str, ...]


def personal_data(context: Context) -> Iterator[Finding]:
    """personal-data: mobile and identity numbers; one finding for the form that names the first place and marks all."""
    found = tuple(_hits(context.template, context.record))
    if not found:
        return
    first, *others = found
    told = "、".join(dict.fromkeys(kind for one in found for kind in one.kinds))
    more = f"等 {len(found)} 处" if others else ""
    yield finding(
        "personal-data",
        Place(first.where, first.binding, tuple(one.binding for one in others)),
        title=f"有{told}",
        message=f"{first.where}{more}有{told}。要公开的表请改为办公电话，或在公开前删去；不公开的可不改。",
    )


@lru_cache(maxsize=4096)
def personal_in(text: str) -> tuple[str, ...]:
    """Return what a text holds: 手机号, 身份证号; a hidden number (138****5678) is none."""
    mobile = ("手机号",) if _MOBILE.search(text) else ()
    identity = ("身份证号",) if any(_is_identity(one) for one in _IDENTITY.findall(text)) else ()
    return (*mobile, *identity)


def _is_identity(number: str) -> bool:
    """Tell an identity number by its date of birth (places 7–14) and its check digit."""
    total = sum(int(digit) * factor for digit, factor in zip(number, _FACTORS, strict=False))
    return number[-1].upper() == _CHECK_DIGITS[total % 11] and _is_date(number[6:14])


def _is_date(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100


def _hits(template: Template, record: Record) -> Iterator[_Hit]:
    """Yield every place that a form prints and that holds something of a person."""
    for field in template.fields:
        if kinds := personal_in(record.value(field.key)):
            yield _Hit(field.label, Binding(Block.VALUES, field.key), kinds)
    for index, indicator in enumerate(record.indicators):
        yield from _in_indicator(indicator, index)
    for index, listed in enumerate(record.rows):
        for key, kinds in _in_list_row(listed):
            column = template.column(key)
            yield _Hit(key if column is None else column.label, Binding(Block.ROWS, key, row=index), kinds)
    for index, section in enumerate(record.sections):
        yield from _in_section(section, index)


@lru_cache(maxsize=4096)  # a keystroke changes one row of many
def _in_indicator(row: Indicator, index: int) -> tuple[_Hit, ...]:
    name = row.name.strip()
    found = ((key, personal_in(getattr(row, key))) for key in _ROW_TEXTS)
    return tuple(
        _Hit(
            name if name and key != "name" else TERMS.get(key, "备注"), Binding(Block.INDICATORS, key, row=index), kinds
        )
        for key, kinds in found
        if kinds
    )


@lru_cache(maxsize=4096)
def _in_list_row(listed: ListRow) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key, kinds) for key, text in listed.cells if (kinds := personal_in(text)))


@lru_cache(maxsize=512)  # a keystroke changes one section of many
def _in_section(section: Section, index: int) -> tuple[_Hit, ...]:
    where = section.heading.strip() or "正文"
    found = ((str(number), personal_in(without_items(text))) for number, text in enumerate(section.paragraphs))
    return tuple(_Hit(where, Binding(Block.SECTIONS, key, row=index), kinds) for key, kinds in found if kinds)
