"""文中合计 (sums in a text): what a paragraph says of sums, shares and rates, and figures left blank in it.

A list that may be incomplete (「其中」) is wrong only where it is more than its whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfdesk.amounts import plain
from perfdesk.checks.catalogue import Figures, finding
from perfdesk.checks.report.amounts import Sum, decimals, sums, tolerance, totals
from perfdesk.checks.report.paragraphs import Paragraph
from perfdesk.checks.report.rates import changes, portions, rates, shares
from perfdesk.checks.wording import add, difference, percent
from perfdesk.model import Finding

_BLANK: Final = re.compile(r"(?P<before>[\u4e00-\u9fff]{1,2})[ \u3000_＿]{2,}(?P<unit>万元|亿元|元|人|件|个|次|%|％)")
_LONGEST: Final = 12  # of a name in the title of a finding
_SHORT: Final = re.compile(r"(?:支出|经费|收入|资金)+$")


def in_paragraph(paragraph: Paragraph) -> Iterator[Finding]:
    """Yield what is wrong in one paragraph, whatever the others say."""
    for found in (*sums(paragraph.text), *totals(paragraph.text)):
        yield from _wrong_sum(paragraph, found)
    yield from _wrong_rates(paragraph)
    yield from _wrong_shares(paragraph)
    yield from _blanks(paragraph)


def _wrong_sum(paragraph: Paragraph, found: Sum) -> Iterator[Finding]:
    """text-sum: the parts are more than the whole, or less in a list that is complete."""
    total = sum((one.value for one in found.parts), Decimal(0))
    room = tolerance(found)
    if any(abs(one.value - total) <= room for one in found.wholes):
        return
    whole = found.wholes[-1]
    if total > whole.value or (found.complete and len(found.parts) > 1):
        parts = f"{add(one.value for one in found.parts)} ＝ " if len(found.parts) > 1 else ""
        yield finding(
            "text-sum",
            paragraph.place,
            title=f"{whole.name if 0 < len(whole.name) <= _LONGEST else '合计'}与各项之和不符",
            message=f"{whole.name} {whole.shown}，其中 {parts}{plain(total)}，{difference(total, whole.value)} {whole.unit}。",
            figures=Figures(plain(whole.value), plain(total)),
        )


def _wrong_rates(paragraph: Paragraph) -> Iterator[Finding]:
    """text-sum: a rate is not the quotient of its two amounts: of what was done, of a part, of a change."""
    text = paragraph.text
    for one in dict.fromkeys((*rates(text), *portions(text), *changes(text))):
        if not one.is_right:
            yield finding(
                "text-sum",
                paragraph.place,
                title="文中的比率不对",
                message=f"{plain(one.done)} ÷ {plain(one.whole)} ＝ {percent(one.done / one.whole)}，文中写 {one.rate}%。",
                figures=Figures(f"{one.rate}%", percent(one.done / one.whole)),
            )


def _wrong_shares(paragraph: Paragraph) -> Iterator[Finding]:
    """text-sum: a share of the whole is not that of the amount which the same paragraph gives."""
    parts = {
        _SHORT.sub("", part.name): (part, found.wholes[-1]) for found in sums(paragraph.text) for part in found.parts
    }
    for share in shares(paragraph.text):
        part, whole = parts.get(_SHORT.sub("", share.name), (None, None))
        if part is None or whole is None or not whole.value:
            continue
        ratio = part.value / whole.value
        if abs(ratio * 100 - Decimal(share.rate)) > Decimal((0, (1,), -decimals(share.rate))):
            yield finding(
                "text-sum",
                paragraph.place,
                title=f"{share.name[:_LONGEST]}的比例不对",
                message=f"{part.name} {plain(part.value)} ÷ {plain(whole.value)} ＝ {percent(ratio)}，"
                f"文中写{share.name}占 {share.rate}%。",
                figures=Figures(f"{share.rate}%", percent(ratio)),
            )


def _blanks(paragraph: Paragraph) -> Iterator[Finding]:
    """blank-field: a unit with nothing but spaces where its figure belongs."""
    for match in _BLANK.finditer(paragraph.text):
        yield finding(
            "blank-field",
            paragraph.place,
            title="文中的数没有填",
            message=f"“{match['before']}____{match['unit']}”中间是空的，请填上数，没有变化的写明。",
        )
