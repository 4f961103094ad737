"""Amounts in running text: what 「基本支出1870.27万元，其中…」 says, as data. It judges nothing.

Only amounts with a unit of money or of a count (人, 件) are read; a year, a clause number or a date is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

from perfdesk.amounts import parse_number, plain

_UNITS: Final = {"万元": "万元", "万": "万元", "元": "元", "人": "人", "名": "人", "件": "件"}
_COUNTS: Final = frozenset({"人", "件"})
_NUMBER: Final = (
    r"(?P<number>[0-9][0-9,]{0,17}(?:\.[0-9]{1,6})?)\s*(?P<unit>万元|万(?![元0-9余多])|元|人(?!次)|名|件)(?![均以])"
)
_AMOUNT: Final = re.compile(rf"(?<![0-9.]){_NUMBER}")
_SIGN: Final = re.compile(r"[，、；。：,;:（）()\s0-9%]")
_PART: Final = re.compile(
    rf"\s*(?P<name>[^，、；。：,;:（）()\s0-9%]+(?:（[^）0-9]*）[^，、；。：,;:（）()\s0-9%]*)?)\s*{_NUMBER}\s*(?:（[^（）]*）\s*)?"
)
_AMONG: Final = re.compile(r"(?:其中|包括)\s*[:：]?")
_BRACKET: Final = re.compile(r"\s*（(?:(?:其中|包括)\s*[:：]?)?(?P<inside>[^（）]*)）")
_NOT_A_PART: Final = re.compile(r"已|实际|占|比|较|同比|增|减|超|提前|完成")
_MOST: Final = 100  # amounts of one sentence that are added up; more are no sentence
_STRONG: Final = "；;"
_WEAK: Final = "，、,"
_SHARE: Final = re.compile(
    r"(?<=[^，、；。：,;:（）()\s0-9%])占[^，、；。0-9]{0,40}?的?\s*(?P<rate>[0-9]+(?:\.[0-9]+)?)\s*[%％]"
)
_RATE: Final = re.compile(
    rf"{_NUMBER}\s*，[^，；。0-9]*?(?P<done>[0-9][0-9,]{{0,17}}(?:\.[0-9]{{1,6}})?)\s*(?P=unit)\s*，"
    r"[^，；。0-9]*?(?:率为?|(?:完成|占|为|是)[^，；。0-9]{0,4}预算的?)\s*(?P<rate>[0-9]+(?:\.[0-9]+)?)\s*[%％]"
)
_WHOLE: Final = re.compile(r"^(?:总|全部|部门|整体)+")  # 占总支出的 of 部门支出: the same whole
_PORTION: Final = re.compile(
    rf"{_NUMBER}\s{{0,9}}[，,]?\s{{0,9}}占(?P<base>[^，；。0-9的]{{2,}})的?\s*(?P<rate>[0-9]+(?:\.[0-9]+)?)\s*[%％]"
)
_BUDGET: Final = re.compile(r"预算|指标|安排")
_ACTUAL: Final = re.compile(r"实际|决算|执行|实有|支出共计|支出合计|共支出")
_BEFORE: Final = re.compile(r"^(?:年(?!末)度?|当年|本年度?|全年|本单位|我局|全局|预算|安排|决算|实际|其中)+")
_AFTER: Final = re.compile(r"(?:为|是|有|共计|合计|共|达|指标|预算|决算)+$")


class Amount(NamedTuple):
    """An amount in a text: the words before it, its value in its unit (万元, 元, 人, 件), and where it stands."""

    name: str
    value: Decimal
    unit: str
    start: int
    end: int
    planned: bool = False

    @property
    def shown(self) -> str:
        """The amount for people: 1870.27 万元."""
        return f"{plain(self.value)} {self.unit}"


class Sum(NamedTuple):
    """A whole and what the text says is in it; ``complete`` when the list goes on to the end of its sentence or bracket."""

    wholes: tuple[Amount, ...]
    parts: tuple[Amount, ...]
    complete: bool


class Share(NamedTuple):
    """「项目经费占总收入的24.08%」: the name and the rate in % as printed."""

    name: str
    rate: str


class Rate(NamedTuple):
    """「预算安排110万元，实际拨付32.09万元，拨付率29.17%」: whole and done in one unit, the rate in % as printed."""

    whole: Decimal
    done: Decimal
    rate: str


@lru_cache(maxsize=1024)
def amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of a paragraph, each with the words before it and whether it is planned (预算) or spent."""
    found = []
    planned, end = False, 0
    for match in _AMOUNT.finditer(text):
        before, end = text[end : match.start()], match.end()
        planned = _is_planned(before, planned=planned)
        made = _made(match, _name_at_end(before.rstrip()))
        if made is not None:
            found.append(made._replace(planned=planned))
    return tuple(found)


def _made(match: re.Match[str], name: str) -> Amount | None:
    value = parse_number(match["number"])
    return (
        None if value is None else Amount(core(name), value, _UNITS[match["unit"]], match.start("number"), match.end())
    )


def _name_at_end(text: str) -> str:
    """Return the words that a text ends with, back to the last sign between them."""
    return _SIGN.split(text)[-1]


def core(name: str) -> str:
    """Return a name without what only leads to its amount: 「2021年三公经费为」 is 三公经费."""
    bare = _AFTER.sub("", _BEFORE.sub("", name.strip("“”\"' ")))
    return bare.replace("“", "").replace("”", "")


def _is_planned(before: str, *, planned: bool) -> bool:
    """Tell from the words before an amount whether it is a budget: the last such word of its sentence decides.

    ``before`` goes back to the amount before it, which was ``planned`` or not.
    """
    _, end, same = before.rpartition("。")
    budget = max((one.end() for one in _BUDGET.finditer(same)), default=-1)
    actual = max((one.end() for one in _ACTUAL.finditer(same)), default=-1)
    return budget > actual if max(budget, actual) >= 0 else planned and not end


def sums(text: str) -> Iterator[Sum]:
    """Yield every whole with its parts: in a bracket behind it, or after 其中 or 包括."""
    found = amounts(text)
    for whole in found:
        bracket = _BRACKET.match(text, whole.end)
        if bracket:
            parts, complete = _list(text[: bracket.end("inside")], bracket.start("inside"), whole.unit)
            if parts:
                yield Sum((whole,), parts, complete)
    depth, end = 0, 0
    for among in _AMONG.finditer(text):
        between, end = text[end : among.start()], among.start()
        depth += between.count("（") - between.count("）")
        if depth > 0:
            continue  # the bracket has been read above
        wholes = _before(text, found, among.start())
        parts, complete = _list(text, among.end(), wholes[-1].unit) if wholes else ((), False)
        if parts:
            yield Sum(wholes, parts, complete)


def _before(text: str, found: tuple[Amount, ...], at: int) -> tuple[Amount, ...]:
    """The amounts that 其中 may break down: those of its sentence before it, or, where it begins one, of the sentence before."""
    start = text.rfind("。", 0, at) + 1
    if start and not text[start:at].strip():
        start = text.rfind("。", 0, start - 1) + 1
    place = attrgetter("start")
    before = found[bisect_left(found, start, key=place) : bisect_left(found, at, key=place)]
    return tuple(one for one in before[-_MOST:] if one.unit == before[-1].unit)


def _list(text: str, at: int, unit: str) -> tuple[tuple[Amount, ...], bool]:
    """Read 「甲1万元，乙2万元」 from ``at`` on; the second value tells whether nothing follows it in its sentence.

    A semicolon ends a list that commas divide: 「其中行政编制42人，工勤4人；退休31人」.
    """
    parts: list[Amount] = []
    divided = _STRONG
    while len(parts) < _MOST:
        match = _PART.match(text, at)
        made = _made(match, match["name"]) if match and not _NOT_A_PART.match(match["name"]) else None
        if match is None or made is None or made.unit != unit:
            return tuple(parts), False
        parts.append(made)
        at = match.end()
        if at >= len(text) or text[at] == "。":
            return tuple(parts), True
        if text[at] not in _WEAK + _STRONG or (divided in _WEAK and text[at] in _STRONG):
            return tuple(parts), False
        divided = text[at]
        at += 1
    return tuple(parts), False


def shares(text: str) -> Iterator[Share]:
    """Yield what a paragraph says of shares in a whole."""
    end = 0
    for match in _SHARE.finditer(text):
        yield Share(core(_name_at_end(text[end : match.start()])), match["rate"])
        end = match.end()


def rates(text: str) -> Iterator[Rate]:
    """Yield what a paragraph says of rates of two amounts before them."""
    for match in _RATE.finditer(text):
        whole, done = parse_number(match["number"]), parse_number(match["done"])
        if whole and done is not None:
            yield Rate(whole, done, match["rate"])


def portions(text: str) -> Iterator[Rate]:
    """Yield 「基本支出980.5万元，占总支出的78.41%」 where the text has said before what 总支出 is."""
    found = amounts(text)
    said: dict[tuple[str, str], Decimal] = {}
    read = 0
    for match in _PORTION.finditer(text):
        part, base = parse_number(match["number"]), _WHOLE.sub("", core(match["base"]))
        before = bisect_right(found, match.start("number"), key=attrgetter("end"))
        said |= {(one.unit, _WHOLE.sub("", one.name)): one.value for one in found[read:before] if one.value}
        read = before
        whole = said.get((_UNITS[match["unit"]], base))
        if part is not None and whole:
            yield Rate(whole, part, match["rate"])


def decimals(number: str) -> int:
    """How many decimals a number is printed with: 24.08 has 2."""
    return len(number.partition(".")[2])


def tolerance(found: Sum) -> Decimal:
    """What rounding may take away from a sum: half of the last printed place for every figure in it; of a count, nothing."""
    if found.parts[0].unit in _COUNTS:
        return Decimal(0)
    places = max(decimals(plain(one.value)) for one in (*found.wholes, *found.parts))
    return Decimal((0, (5,), -places - 1)) * (len(found.parts) + 1)
