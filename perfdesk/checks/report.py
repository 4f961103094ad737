"""报告 (reports): sums and shares in the text, one figure with two values, blank amounts, empty sections, overspending.

A report is checked as it reads: what its own sentences say about each other. The year's forms are compared elsewhere
(``cross-form``). A list that may be incomplete (「其中」) is wrong only where it is more
than its whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.amounts import plain, round_half_up
from perfdesk.checks.amounts_in_text import Amount, Sum, amounts, decimals, portions, rates, shares, sums, tolerance
from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.context import Context
from perfdesk.checks.wording import add, difference, percent, put, quote
from perfdesk.dataitems import plain as without_items
from perfdesk.model import Binding, Block, Finding, Section
from perfdesk.template import Heading

_NUMBERING: Final = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|[0-9]+[.．、])")
_BLANK: Final = re.compile(r"(?P<before>[\u4e00-\u9fff]{1,2})[ \u3000_＿]{2,}(?P<unit>万元|亿元|元|人|件|个|次|%|％)")
_ALIKE: Final = 0.75
_LONGEST: Final = 12  # of a name in the title of a finding
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
_SHORT: Final = re.compile(r"(?:支出|经费|收入|资金)+$")


class _Paragraph(NamedTuple):
    """A paragraph as it is read: its text, its place in words (二、（一）), its binding, the heading it stands under."""

    text: str
    where: str
    binding: Binding
    heading: str

    @property
    def place(self) -> Place:
        return Place(self.where, self.binding)


class Overspent(NamedTuple):
    """A concept (公用经费) of which a report says that more was spent than planned, and where it says so."""

    concept: str
    planned: Amount
    spent: Amount
    planned_at: Binding
    spent_at: Binding


class _Named(NamedTuple):
    """An amount of a known concept (公用经费) in its paragraph."""

    concept: str
    amount: Amount
    paragraph: _Paragraph


#: Amounts by their concept and whether they are planned.
_ByConcept = Mapping[tuple[str, bool], Sequence[_Named]]


class _Read(NamedTuple):
    """A section as it is read: what is wrong in its paragraphs, and the amounts of known concepts in them."""

    findings: tuple[Finding, ...]
    named: tuple[_Named, ...]


def report(context: Context) -> Iterator[Finding]:
    """Yield what is wrong in the text of a report; a form has none."""
    sections = context.record.sections
    if not sections:
        return
    yield from _empty_sections(sections, context.template.outline)
    read = _read_all(sections)
    for one in read:
        yield from one.findings
    named = _by_concept(one for section in read for one in section.named)
    yield from _two_values(named)
    yield from _over_budget(named)


def _read_all(sections: tuple[Section, ...]) -> list[_Read]:
    pairs = zip(sections, places(sections), strict=True)
    return [_read(section, where, row) for row, (section, where) in enumerate(pairs)]


@lru_cache(maxsize=256)  # a keystroke changes one section of many
def _read(section: Section, where: str, row: int) -> _Read:
    """Judge each paragraph of a section by itself and note the amounts it names."""
    paragraphs = tuple(_paragraphs(section, where, row))
    return _Read(
        tuple(found for one in paragraphs for found in _in_paragraph(one)),
        tuple(named for one in paragraphs for named in _named(one)),
    )


def _in_paragraph(paragraph: _Paragraph) -> Iterator[Finding]:
    for found in sums(paragraph.text):
        yield from _wrong_sum(paragraph, found)
    yield from _wrong_rates(paragraph)
    yield from _wrong_shares(paragraph)
    yield from _blanks(paragraph)


def _paragraphs(section: Section, where: str, row: int) -> Iterator[_Paragraph]:
    for number, text in enumerate(section.paragraphs):
        binding = Binding(Block.SECTIONS, str(number), row=row)
        yield _Paragraph(without_items(text), where, binding, section.heading)


def places(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """Return for every section how people call its place: 二、（一）."""
    return _places(tuple((one.level, one.heading) for one in sections))


@lru_cache(maxsize=64)
def _places(headings: tuple[tuple[int, str], ...]) -> tuple[str, ...]:
    """Return for every section, given by level and heading, how people call its place.

    二、（一）; a heading without a number by its own words.
    """
    found: list[str] = []
    chain: dict[int, str] = {}
    for index, (level, heading) in enumerate(headings):
        match = _NUMBERING.match(heading)
        number = match[0].strip() if match else quote(_called(heading, index))
        chain = {above: name for above, name in chain.items() if above < level} | {level: number}
        found.append("".join(chain.values()).rstrip("、"))
    return tuple(found)


# ------------------------------------------------------------------------------------------------------ sections


def _called(heading: str, index: int) -> str:
    """What people call a section: its heading, or 第几个标题 while that is blank."""
    return heading.strip() or f"第 {index + 1} 个标题"


def _empty_sections(sections: tuple[Section, ...], outline: tuple[Heading, ...]) -> Iterator[Finding]:
    """empty-section: a heading is blank or nothing stands under it, or its words are nearly those of the outline."""
    right = {_bare(heading.text) for heading in outline}
    for index, section in enumerate(sections):
        called = _called(section.heading, index)
        place = Place(called, Binding(Block.SECTIONS, "heading", row=index))
        meant = "" if _bare(section.heading) in right else _meant(section, outline)
        if not section.heading.strip():
            message = f"{called}空着，请写上标题，用不着的小节可以删除。"
            yield finding("empty-section", place, title="标题空着", message=message)
        elif _is_empty(sections, index):
            yield finding(
                "empty-section",
                place,
                title="标题下没有正文",
                message=f"{quote(section.heading)}下面没有写，"
                + (f"标题应为{quote(meant)}，" if meant else "")
                + "没有这方面情况的写“无”。",
            )
        elif meant:
            yield finding(
                "empty-section",
                place,
                title="标题与提纲不符",
                message=f"标题{quote(section.heading)}，提纲是{quote(meant)}，可能有错字。",
                fix=put("改为提纲的标题", Binding(Block.SECTIONS, "heading", row=index), meant),
            )


def _is_empty(sections: tuple[Section, ...], index: int) -> bool:
    if any(text.strip() for text in sections[index].paragraphs):
        return False
    return index + 1 == len(sections) or sections[index + 1].level <= sections[index].level


def _meant(section: Section, outline: tuple[Heading, ...]) -> str:
    """The heading of the outline that a garbled one stands for; ``""`` when it is another one altogether."""
    own = _bare(section.heading)
    for heading in outline:
        other = _bare(heading.text)
        is_near = heading.level == section.level and abs(len(own) - len(other)) <= 1
        if is_near and SequenceMatcher(None, own, other, autojunk=False).ratio() >= _ALIKE:
            return heading.text
    return ""


@lru_cache(maxsize=256)
def _bare(heading: str) -> str:
    return re.sub(r"[\s，。；;,.：:]", "", heading)


# ----------------------------------------------------------------------------------------------- within a paragraph


def _wrong_sum(paragraph: _Paragraph, found: Sum) -> Iterator[Finding]:
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


def _wrong_rates(paragraph: _Paragraph) -> Iterator[Finding]:
    """text-sum: a rate is not the quotient of the two amounts before it, nor a share that of its part in the whole."""
    for one in dict.fromkeys((*rates(paragraph.text), *portions(paragraph.text))):
        exact = one.done / one.whole * 100
        if round_half_up(exact, decimals(one.rate)) != Decimal(one.rate):
            yield finding(
                "text-sum",
                paragraph.place,
                title="文中的比率不对",
                message=f"{plain(one.done)} ÷ {plain(one.whole)} ＝ {percent(one.done / one.whole)}，文中写 {one.rate}%。",
                figures=Figures(f"{one.rate}%", percent(one.done / one.whole)),
            )


def _wrong_shares(paragraph: _Paragraph) -> Iterator[Finding]:
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


def _blanks(paragraph: _Paragraph) -> Iterator[Finding]:
    """blank-field: a unit with nothing but spaces where its figure belongs."""
    for match in _BLANK.finditer(paragraph.text):
        yield finding(
            "blank-field",
            paragraph.place,
            title="文中的数没有填",
            message=f"“{match['before']}____{match['unit']}”中间是空的，请填上数，没有变化的写明。",
        )


# ---------------------------------------------------------------------------------------------- across the report


def _named(paragraph: _Paragraph) -> Iterator[_Named]:
    """Yield the amounts in 万元 whose name is a concept of the budget."""
    before: _Named | None = None
    for amount in amounts(paragraph.text):
        concept = next((name for name, words in CONCEPTS if words.fullmatch(amount.name)), "")
        if not concept and before and _continues(paragraph.text, before.amount, amount):
            concept = before.concept
        if not concept and "项目支出" in paragraph.heading and _says_total(paragraph.text, amount):
            concept = "项目支出"
        if concept and amount.unit == "万元":
            before = _Named(concept, amount, paragraph)
            yield before


def _continues(text: str, planned: Amount, amount: Amount) -> bool:
    """Tell whether an amount is what was spent of the one planned just before it: 「公用经费预算165万元，实际支出160.2万元」."""
    between = text[planned.end : amount.start]
    spent = not amount.planned and _SPENT.fullmatch(between) is not None
    return planned.planned and spent


def _says_total(text: str, amount: Amount) -> bool:
    """Tell whether an amount is 支出共计 and the like, whose subject is that of the heading."""
    return bool(_TOTAL.fullmatch(amount.name)) and text[: amount.start].rstrip().endswith(("共计", "合计", "共支出"))


def _by_concept(named: Iterable[_Named]) -> _ByConcept:
    """Sort amounts by what they are of and whether they are planned."""
    found: dict[tuple[str, bool], list[_Named]] = {}
    for one in named:
        found.setdefault((one.concept, one.amount.planned), []).append(one)
    return found


def _two_values(named: _ByConcept) -> Iterator[Finding]:
    """text-sum: the same figure has another value in another paragraph."""
    for _, (first, *rest) in sorted(named.items()):
        other = next((one for one in rest if _differ(first, one)), None)
        if other:
            yield _contradiction(first, other)


@lru_cache(maxsize=256)  # a keystroke changes few of the figures
def _contradiction(first: _Named, other: _Named) -> Finding:
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


def _differ(first: _Named, other: _Named) -> bool:
    """Tell whether two amounts contradict each other: in different paragraphs, and not one the other rounded."""
    elsewhere = first.paragraph.binding != other.paragraph.binding
    return elsewhere and not _is_rounded(first.amount.value, other.amount.value)


@lru_cache(maxsize=4096)
def _is_rounded(first: Decimal, other: Decimal) -> bool:
    """Tell whether two values are one at the places of the coarser: 32.8 and 32.75."""
    places = min(decimals(plain(one)) for one in (first, other))
    return round_half_up(first, places) == round_half_up(other, places)


def overspent(sections: tuple[Section, ...]) -> tuple[Overspent, ...]:
    """Return what a report says was spent beyond its budget: 公用经费 341.62 万元 planned, 546.1 万元 spent."""
    return tuple(_exceeding(_by_concept(one for read in _read_all(sections) for one in read.named)))


def _exceeding(named: _ByConcept) -> Iterator[Overspent]:
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


def _over_budget(named: _ByConcept) -> Iterator[Finding]:
    """over-budget: more was spent than planned."""
    return map(_excess, _exceeding(named))


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
