"""Rates in running text: what 「预算安排110万元，实际拨付32.09万元，拨付率29.17%」 says, as data. It judges nothing.

A rate is of two amounts of its own sentence: what was done (实际, 已, 完成 …) and a whole before it. A change
(「比上年减少1.4万元，下降14%」) is of the amount that changed, as it was before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfdesk.amounts import plain, round_half_up
from perfdesk.checks.report.amounts import CHANGE, UNITS, Amount, amounts, core, decimals, name_at_end, sentences, sums

_PERCENT: Final = r"(?P<rate>[0-9]+(?:\.[0-9]+)?)\s*[%％]"
_SHARE: Final = re.compile(rf"(?<=[^，、；。：,;:（）()\s0-9%])占[^，、；。0-9]{{0,40}}?的?\s*{_PERCENT}")
_RATE: Final = re.compile(
    rf"[，,]\s*(?:(?P<stem>[^，；。0-9]*?)率(?:为|达|是)?|[^，；。0-9]*?(?:完成|占|为|是)[^，；。0-9]{{0,4}}预算的?)\s*{_PERCENT}"
)
#: Rates that are of two amounts; others (覆盖率, 再犯罪率, 知晓率) are measured.
_OF_AMOUNTS: Final = re.compile(r"(?:执行|完成|支出|拨付|支付|到位|使用|采购|成功|办结|结案|审结|回收|化解|控制)$")
_NOT_DONE: Final = re.compile(r"结转|结余|剩余|尚余|未|追加|调[整增减]")  # an amount that no rate is of
_WHOLE: Final = re.compile(r"^(?:总|全部|部门|整体)+")  # 占总支出的 of 部门支出: the same whole
_PORTION: Final = re.compile(rf"\s{{0,9}}[，,]?\s{{0,9}}占(?P<base>[^，；。0-9的]{{2,}})的?\s*{_PERCENT}")
_PART: Final = re.compile(rf"\s{{0,9}}[，,]?\s{{0,9}}占(?:比|总额|总数)?(?:为|约)?\s*{_PERCENT}")
_GROWTH: Final = re.compile(
    rf"\s*[，,]\s*(?:同比)?(?P<way>增长|增加|上升|下降|减少|增幅|降幅)(?:率)?(?:为|了|达)?\s*{_PERCENT}"
)
_CLAUSE: Final = re.compile(r"[，；。：,;:、（）()]")
_LESS: Final = re.compile(r"减少|下降|降幅|节约")
_STEM: Final = 2  # letters of 成功率 that say what it is a rate of


class Share(NamedTuple):
    """「项目经费占总收入的24.08%」: the name and the rate in % as printed."""

    name: str
    rate: str


class Rate(NamedTuple):
    """「预算安排110万元，实际拨付32.09万元，拨付率29.17%」: whole and done in one unit, the rate in % as printed.

    ``room``: by how many percentage points it may be off, because its amounts are rounded.
    """

    whole: Decimal
    done: Decimal
    rate: str
    room: Decimal = Decimal(0)

    @property
    def is_right(self) -> bool:
        """Whether the printed rate is the quotient, at the decimals it is printed with."""
        exact, printed = self.done / self.whole * 100, Decimal(self.rate)
        last_place = Decimal((0, (5,), -decimals(self.rate) - 1))
        return round_half_up(exact, decimals(self.rate)) == printed or abs(exact - printed) <= (
            last_place + self.room if self.room else 0
        )


def shares(text: str) -> Iterator[Share]:
    """Yield what a paragraph says of shares in a whole."""
    end = 0
    for match in _SHARE.finditer(text):
        yield Share(core(name_at_end(text[end : match.start()])), match["rate"])
        end = match.end()


def rates(text: str) -> Iterator[Rate]:
    """Yield what a paragraph says of rates of two amounts before them in their sentence, no other rate between."""
    for sentence in sentences(text):
        found = amounts(sentence)
        for match in _RATE.finditer(sentence):
            near = _since_last_rate(sentence, found, match.start())
            if near and _NOT_DONE.search(_words(sentence, near[-1])):
                near = near[:-1]
            if near and _is_done(match["stem"], _words(sentence, near[-1])):
                yield from _rate_of(sentence, near, match["rate"])


def _rate_of(sentence: str, near: Sequence[Amount], rate: str) -> Iterator[Rate]:
    """Yield the rate of the last amount in one before it; none where the one before it changed the whole (追加, 调减)."""
    *before, done = near
    wholes = [one for one in reversed(before) if one.unit == done.unit and one.value]
    if wholes and not _NOT_DONE.search(_words(sentence, wholes[0])):
        yield _best(Rate(one.value, done.value, rate) for one in wholes)


def portions(text: str) -> Iterator[Rate]:
    """Yield the shares whose whole the text has said.

    「基本支出980.5万元，占总支出的78.41%」 after what 总支出 is, and 「其中：财政拨款80万元，占80%」 of the whole before 其中.
    """
    said: dict[tuple[str, str], Decimal] = {}
    for part in amounts(text):
        match = _PORTION.match(text, part.end)
        whole = said.get((part.unit, _WHOLE.sub("", core(match["base"])))) if match else None
        if match and whole:
            yield Rate(whole, part.value, match["rate"])
        if part.value:
            said[part.unit, _WHOLE.sub("", part.name)] = part.value
    for sum_ in sums(text):
        for part in sum_.parts:
            match = _PART.match(text, part.end)
            wholes = [one for one in sum_.wholes if one.value]
            if match and wholes:
                yield _best(Rate(one.value, part.value, match["rate"]) for one in reversed(wholes))


def changes(text: str) -> Iterator[Rate]:
    """Yield growth and decline: 「收入90万元，比上年增加8万元，增长9.76%」 as 8 of the 82 that it was before."""
    for pair in sentences(text, 2):
        found = amounts(pair)
        own = [(index, one) for index, one in enumerate(found) if one.start > pair.rfind("。")]
        for index, change in own:
            match, words = _GROWTH.match(pair, change.end), _words(pair, change)
            if match and CHANGE.search(words) and bool(_LESS.search(words)) == bool(_LESS.search(match["way"])):
                now = [one for one in reversed(found[:index]) if one.unit == change.unit]
                now = [one for one in now if not CHANGE.search(one.name) and _is_of(words, one.name)]
                yield from _change_of(now, change, match["rate"], fewer=_LESS.search(words) is not None)


def _change_of(now: Sequence[Amount], change: Amount, rate: str, *, fewer: bool) -> Iterator[Rate]:
    bases = [(one, one.value + (change.value if fewer else -change.value)) for one in now]
    readings = [Rate(base, change.value, rate, _room(one, change, base)) for one, base in bases if base > 0]
    if readings:
        yield _best(readings)


def _best(candidates: Iterable[Rate]) -> Rate:
    """Return the first reading that is right, else the first: nobody knows which of several amounts was meant."""
    readings = list(candidates)
    return next((one for one in readings if one.is_right), readings[0])


def _room(now: Amount, change: Amount, base: Decimal) -> Decimal:
    """By how many percentage points the rounding of money may move a rate: half a last place of what each is printed with."""
    if now.unit != UNITS["万元"]:
        return Decimal(0)
    places = min(decimals(plain(one.value)) for one in (now, change))
    return Decimal((0, (5,), -max(places, 2) - 1)) * 300 / base


def _is_of(words: str, name: str) -> bool:
    """Tell whether a change without a subject, or with this one, may be of the amount of that name."""
    subject = core(re.split(r"[比较与]|同比|各?(?:增|减|上升|下降|节约)", words, maxsplit=1)[0])
    return not subject or subject in name or (bool(name) and name in subject) or subject in {"收支", "收支总计"}


def _is_done(stem: str | None, words: str) -> bool:
    """Tell whether a rate (执行率; 成功率 of 调解成功) is of the amount with those words before it; 完成预算的 always is."""
    if stem is None:
        return True
    return _OF_AMOUNTS.search(stem) is not None or (bool(stem) and stem[-_STEM:] in words)


def _words(text: str, amount: Amount) -> str:
    """Return the words of an amount's clause before it."""
    return _CLAUSE.split(text[: amount.start])[-1]


def _since_last_rate(sentence: str, found: Sequence[Amount], at: int) -> list[Amount]:
    start = max(sentence.rfind(sign, 0, at) for sign in "%％；;")
    return [one for one in found if start <= one.start < at]
