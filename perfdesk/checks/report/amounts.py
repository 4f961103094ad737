"""Amounts in running text: what 「基本支出1870.27万元，其中…」 says, as data. It judges nothing.

Only amounts with a unit of money or of a count (人, 件) are read; a year, a clause number or a date is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

from perfdesk.amounts import parse_number, plain

_COUNTED: Final = ("人次", "场次", "件次", "批次", "人", "件", "辆", "份", "项", "场", "起", "户", "台")
UNITS: Final = {"万元": "万元", "万": "万元", "元": "元", "名": "人"} | {one: one for one in _COUNTED}
_COUNTS: Final = frozenset(_COUNTED)
_NUMBER: Final = (
    r"(?P<number>[0-9][0-9,]{0,17}(?:\.[0-9]{1,6})?)\s*"
    rf"(?P<unit>万元|万(?=[，、；。,;）)]|$)|元|名|{'|'.join(_COUNTED)})(?![均以次])"
)
_AMOUNT: Final = re.compile(rf"(?<![0-9.]){_NUMBER}")
_SIGN: Final = re.compile(r"[，、；。：,;:（）()\s0-9%]")
_PART: Final = re.compile(
    rf"\s*(?P<name>[^，、；。：,;:（）()\s0-9%]+(?:（[^）0-9]*）[^，、；。：,;:（）()\s0-9%]*)?)\s*{_NUMBER}\s*(?:（[^（）]*）\s*)?"
)
_AMONG: Final = re.compile(r"(?:其中|包括)\s*[:：]?|(?P<mainly>主要)?用于以下[^，。；;：:]{0,4}[:：]")
_TOTAL: Final = re.compile(r"[，；;]\s*(?:合计|总计|共计|共)为?\s*")
_BRACKET: Final = re.compile(r"\s*（(?:(?:其中|包括)\s*[:：]?)?(?P<inside>[^（）]*)）")
_NOT_A_PART: Final = re.compile(
    r"已|实际|占|比|较|同比|增|减|超|提前|完成|截[至止]|年[末底]|目前|合计|共计|总计"
    r"|(?:全年|累计|共)?(?:支出|执行|支付|拨付|使用)[数为了]?$"  # 「其中县级20万元，上级48万元，支出68万元」
)
#: By how much something changed: such an amount has no parts.
CHANGE: Final = re.compile(r"(?<!新)增(?:加|长|幅)|减少|下降|上升|同比")
#: What a part is made of, up to the end of the part: 「本年收入80万元，主要是拨款80万元；」.
_DETAIL: Final = re.compile(r"\s{0,9}主要(?:是|为|包括|用于|有|由)")
#: What is said of a part beside its amount: 「…，占98.61%；」.
_ASIDE: Final = re.compile(
    r"(?:\s{0,9}[，,]\s{0,9}(?:占|完成|同比|[比较]上年|增长|下降)[^，；。、万]{0,40}?[%％]){1,3}"
)
_MOST: Final = 100  # amounts of one sentence that are added up; more are no sentence
_STRONG: Final = "；;"
_WEAK: Final = "，、,"
_END: Final = re.compile(r"[；;。]|$")
_LONGEST: Final = 1500  # letters of a sentence; what is longer is none
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


_START: Final = attrgetter("start")


@lru_cache(maxsize=1024)
def amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of a paragraph, each with the words before it and whether it is planned (预算) or spent."""
    found = []
    planned, end = False, 0
    for match in _AMOUNT.finditer(text):
        before, end = text[end : match.start()], match.end()
        planned = _is_planned(before, planned=planned)
        made = _made(match, name_at_end(before.rstrip()))
        if made is not None:
            found.append(made._replace(planned=planned))
    return tuple(found)


def _made(match: re.Match[str], name: str) -> Amount | None:
    value = parse_number(match["number"])
    return (
        None if value is None else Amount(core(name), value, UNITS[match["unit"]], match.start("number"), match.end())
    )


def name_at_end(text: str) -> str:
    """Return the words that a text ends with, back to the last sign between them."""
    return _SIGN.split(text)[-1]


def core(name: str) -> str:
    """Return a name without what only leads to its amount: 「2021年三公经费为」 is 三公经费."""
    bare = _AFTER.sub("", _BEFORE.sub("", name.strip("“”\"' .．")))
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
            came_and_went = parts[0].unit in _COUNTS and _is_change(found, among.start())
            yield Sum(wholes, parts, complete and not among["mainly"] and not came_and_went)


def _is_change(found: tuple[Amount, ...], at: int) -> bool:
    """Tell whether the amount before a place is a change: 「实有81人，较上年减少2人，其中：退休3人，调入1人」."""
    return CHANGE.search(found[bisect_left(found, at, key=_START) - 1].name) is not None


def totals(text: str) -> Iterator[Sum]:
    """Yield the totals behind their parts: 「接听3256人次，接待1820人次，合计5076人次」; a sentence with 其中 has another order."""
    for sentence in sentences(text):
        if _AMONG.search(sentence):
            continue
        found = amounts(sentence)
        for index, whole in enumerate(found):
            parts = _leading_to(sentence, found[: index + 1])
            if len(parts) > 1:
                yield Sum((whole._replace(name="合计"),), parts, complete=True)


def _leading_to(sentence: str, found: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """The amounts right before the last one, where that is their total."""
    *before, whole = found
    parts: list[Amount] = []
    at = whole.start
    for one in reversed(before):
        between = sentence[one.end : at]
        if one.unit != whole.unit or not (_TOTAL.fullmatch(between) if not parts else between[:1] in _WEAK + _STRONG):
            break
        if parts and core(between[1:]) != parts[-1].name:
            break
        parts.append(one)
        at = one.start
    return tuple(reversed(parts))


def sentences(text: str, count: int = 1) -> Iterator[str]:
    """Yield the sentences of a paragraph, each with the ``count - 1`` before it; what is too long to be one is left out."""
    ends = text.split("。")
    for index in range(len(ends)):
        together = "。".join(ends[max(index - count + 1, 0) : index + 1])
        if len(together) <= _LONGEST:
            yield together


def _before(text: str, found: tuple[Amount, ...], at: int) -> tuple[Amount, ...]:
    """The amounts that 其中 may break down: those of its sentence before it, or, where it begins one, of the sentence before.

    A sentence that only says by how much something changed is passed over: 「收入90万元。比上年增加8万元。其中…」.
    """
    start = text.rfind("。", 0, at) + 1
    if start and not text[start:at].strip():
        start = text.rfind("。", 0, start - 1) + 1
    near = _between(found, start, at)
    if start and near and all(CHANGE.search(one.name) for one in near):
        near = _between(found, text.rfind("。", 0, start - 1) + 1, at)
    before = [one for one in near if not CHANGE.search(one.name)]
    return tuple(one for one in before if one.unit == before[-1].unit)


def _between(found: tuple[Amount, ...], start: int, end: int) -> tuple[Amount, ...]:
    return found[bisect_left(found, start, key=_START) : bisect_left(found, end, key=_START)][-_MOST:]


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
        aside = _ASIDE.match(text, match.end())
        at = aside.end() if aside else match.end()
        divided = _STRONG if aside else divided
        detail = _DETAIL.match(text, at + 1) and _END.search(text, at)
        if detail:
            at, divided = detail.start(), _STRONG
        if at >= len(text) or text[at] == "。":
            return tuple(parts), True
        if text[at] not in _WEAK + _STRONG or (divided in _WEAK and text[at] in _STRONG):
            return tuple(parts), False
        divided = text[at]
        at += 1
    return tuple(parts), False


def decimals(number: str) -> int:
    """How many decimals a number is printed with: 24.08 has 2."""
    return len(number.partition(".")[2])


def tolerance(found: Sum) -> Decimal:
    """What rounding may take away from a sum: half of the last printed place for every figure in it; of a count, nothing."""
    if found.parts[0].unit in _COUNTS:
        return Decimal(0)
    places = max(decimals(plain(one.value)) for one in (*found.wholes, *found.parts))
    return Decimal((0, (5,), -places - 1)) * (len(found.parts) + 1)
