"""Kinds of parameters: how a value stands in a file, how it is told to people, and how they write it.

Every kind has the same four sides: ``read`` takes what a TOML file holds, ``words`` says a value with its unit, ``text`` writes it
as it can be typed, ``parse`` takes such a text back to what a file holds. Mistakes are one Chinese sentence without a place: the
file's reader puts its place before it, a dialog shows it beside the cell. No parameter is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, Protocol

from perfdesk.amounts import narrow, parse_number, plain
from perfdesk.errors import UserError
from perfdesk.policy.types import Band, Ceiling, GradeBand
from perfdesk.toml_file import did_you_mean

_HUNDRED: Final = Decimal(100)
_COMMA: Final = "，"
_ITEMS: Final = re.compile(r"[,;、；，\n]+")
_NUMBERS: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NAMED: Final = re.compile(r"([^0-9]+?)\s*([0-9].*)")


class Kind(Protocol):
    """What every kind can do; the values are those of :class:`perfdesk.policy.types.Policy`."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The words to choose from; none where a text is typed."""

    def read(self, raw: Any) -> Any:  # noqa: ANN401 - a file holds anything
        """Return the value of what a file holds. Raises :class:`UserError`."""

    def words(self, value: Any) -> str:  # noqa: ANN401 - each kind has its own
        """Say a value, with its unit."""

    def text(self, value: Any) -> str:  # noqa: ANN401 - the same
        """Write a value as it can be typed."""

    def parse(self, text: str) -> Any:  # noqa: ANN401 - the same
        """Return what a file holds for a typed text; what it means is asked of ``read``. Raises :class:`UserError`."""


def _number(raw: Any) -> Decimal:  # noqa: ANN401 - a file holds anything
    if isinstance(raw, bool) or not isinstance(raw, (int, Decimal)) or not Decimal(raw).is_finite():
        raise UserError(f'"{raw}" 应为数字。')
    return Decimal(raw)


def _numbers(raw: Any) -> tuple[Decimal, ...]:  # noqa: ANN401 - the same
    if not isinstance(raw, (list, tuple)):
        raise UserError(f'"{raw}" 应为数字的列表。')
    return tuple(map(_number, raw))


def _table(raw: Any) -> Mapping[str, Any]:  # noqa: ANN401 - the same
    if not isinstance(raw, dict):
        raise UserError(f'"{raw}" 应为一个表，如 {{ "优" = 90 }}。')
    return raw


def _plain_number(number: Decimal) -> int | Decimal:
    """Return a number as a file holds it: whole ones without a point."""
    return int(number) if number == number.to_integral_value() else number


def _typed_numbers(text: str) -> list[int | Decimal]:
    return [_plain_number(Decimal(one)) for one in _NUMBERS.findall(narrow(text))]


def _items(text: str) -> Iterator[str]:
    yield from (one.strip() for one in _ITEMS.split(narrow(text)) if one.strip())


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit: 90 %, 10 分; ``most`` is the largest that makes sense, nothing is below 0."""

    unit: str
    most: Decimal | None = None
    choices: tuple[str, ...] = ()

    def read(self, raw: Any) -> Decimal:  # noqa: ANN401 - see Kind
        """Return the number."""
        number = _number(raw)
        if number < 0 or (self.most is not None and number > self.most):
            limit = "" if self.most is None else f"，不大于 {plain(self.most)}"
            raise UserError(f'"{plain(number)}" 应为不小于 0 的数{limit}。')
        return number

    def words(self, value: Decimal) -> str:
        """Say 「90%」 or 「10 分」."""
        return f"{plain(value)}{self.unit}" if self.unit == "%" else f"{plain(value)} {self.unit}"

    def text(self, value: Decimal) -> str:
        """Write the bare number."""
        return plain(value)

    def parse(self, text: str) -> int | Decimal:
        """Take a number with or without its unit."""
        number = parse_number(narrow(text).strip().removesuffix(self.unit))
        if number is None:
            raise UserError(f"“{text.strip()}”应为数字。")
        return _plain_number(number)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; the file holds the word of the program, people see Chinese."""

    meanings: Mapping[StrEnum | bool, str]

    @property
    def choices(self) -> tuple[str, ...]:
        """The Chinese words."""
        return tuple(self.meanings.values())

    def read(self, raw: Any) -> StrEnum | bool:  # noqa: ANN401 - see Kind
        """Return the meaning; a truth value is no word and a word no truth value."""
        found = next(
            (one for one in self.meanings if one == raw and isinstance(one, bool) is isinstance(raw, bool)), None
        )
        if found is None:
            known = [str(one).lower() if isinstance(one, bool) else str(one) for one in self.meanings]
            bare = "，不写引号。" if raw in known else did_you_mean(str(raw), known)
            raise UserError(f'"{raw}" 应为 {" 或 ".join(known)}{bare}')
        return found

    def words(self, value: StrEnum | bool) -> str:  # noqa: FBT001 - the value itself
        """Say it in Chinese."""
        return self.meanings[value]

    def text(self, value: StrEnum | bool) -> str:  # noqa: FBT001 - the value itself
        """Write the Chinese word."""
        return self.meanings[value]

    def parse(self, text: str) -> str | bool:
        """Take one of the Chinese words."""
        for value, words in self.meanings.items():
            if words == text.strip():
                return value if isinstance(value, bool) else str(value)
        raise UserError(f"“{text.strip()}”应为{'、'.join(self.choices)}之一。")


@dataclass(frozen=True, slots=True)
class Share:
    """定性档次: two shares of the weight in %, [80, 100]; two equal ones are a fixed share."""

    choices: tuple[str, ...] = ()

    def read(self, raw: Any) -> Band:  # noqa: ANN401 - see Kind
        """Return the band."""
        limits = _numbers(raw)
        if len(limits) != 2 or not 0 <= limits[0] <= limits[1] <= 100:
            raise UserError("应为两个百分数，先低后高，在 0 与 100 之间，如 80、100；两数相同就是固定份额。")
        return Band(limits[0], limits[1], high_included=limits[0] == limits[1] or limits[1] == _HUNDRED)

    def words(self, value: Band) -> str:
        """Say 「分值的 80%（含）到 100%（含）」 or 「分值的 80%」."""
        if value.fixed:
            return f"分值的 {plain(value.low)}%"
        end = "（含）" if value.high_included else ""
        return f"分值的 {plain(value.low)}%（含）到 {plain(value.high)}%{end}"

    def text(self, value: Band) -> str:
        """Write 80–100."""
        return f"{plain(value.low)}–{plain(value.high)}"

    def parse(self, text: str) -> list[int | Decimal]:
        """Take 80–100, 80、100 or the one number of a fixed share."""
        numbers = _typed_numbers(text)
        return numbers * 2 if len(numbers) == 1 else numbers


@dataclass(frozen=True, slots=True)
class Scale:
    """等级: names with their lowest points, 优 = 90, or with both ends as they are printed, 良好 = [80, 89]."""

    choices: tuple[str, ...] = ()

    def read(self, raw: Any) -> tuple[GradeBand, ...]:  # noqa: ANN401 - see Kind
        """Return the grades from the best one down."""
        found = (self._grade(name, limits) for name, limits in _table(raw).items())
        bands = tuple(sorted(found, key=lambda one: one.low, reverse=True))
        if not bands:
            raise UserError("缺少等级，如 优 90。")
        for above, lower in pairwise(bands):
            if lower.low == above.low or (lower.high is not None and lower.high >= above.low):
                raise UserError(f'"{lower.name}" 与 "{above.name}" 重叠，最高应低于 {plain(above.low)}。')
        return bands

    def _grade(self, name: str, raw: Any) -> GradeBand:  # noqa: ANN401 - the same
        if not isinstance(raw, (list, tuple)):
            return GradeBand(_number(raw), None, name)
        limits = _numbers(raw)
        if len(limits) != 2 or limits[0] > limits[1]:
            raise UserError(f'"{name}" 应有两个分数，先低后高，或只有最低分。')
        return GradeBand(limits[0], limits[1], name)

    def words(self, value: tuple[GradeBand, ...]) -> str:
        """Say 「优 90 分起，良 80 分起」 or 「优秀 90–100 分」."""
        return _COMMA.join(
            f"{one.name} {plain(one.low)} 分起"
            if one.high is None
            else f"{one.name} {plain(one.low)}–{plain(one.high)} 分"
            for one in value
        )

    def text(self, value: tuple[GradeBand, ...]) -> str:
        """Write 「优 90，良 80」 or 「优秀 90–100」."""
        ends = ("" if one.high is None else f"–{plain(one.high)}" for one in value)
        return _COMMA.join(f"{one.name} {plain(one.low)}{end}" for one, end in zip(value, ends, strict=True))

    def parse(self, text: str) -> dict[str, Any]:
        """Take names with one or two numbers each."""
        found: dict[str, Any] = {}
        for item in _items(text):
            name, numbers = _named(item)
            found[name] = numbers[0] if len(numbers) == 1 else numbers
        return found


def _named(item: str) -> tuple[str, list[int | Decimal]]:
    match = _NAMED.fullmatch(item)
    if match is None:
        raise UserError(f"“{item}”应为名称和分数，如 优 90。")
    return match[1].strip(), _typed_numbers(match[2])


@dataclass(frozen=True, slots=True)
class Weights:
    """一级指标的分值: names with their points; none where nothing is laid down."""

    choices: tuple[str, ...] = ()

    def read(self, raw: Any) -> Mapping[str, Decimal]:  # noqa: ANN401 - see Kind
        """Return the points by name."""
        return MappingProxyType({name: _number(points) for name, points in _table(raw).items()})

    def words(self, value: Mapping[str, Decimal]) -> str:
        """Say 「产出指标 50，效益指标 30（原则上，可适当调整）」."""
        return f"{self.text(value)}（原则上，可适当调整）" if value else "没有规定"

    def text(self, value: Mapping[str, Decimal]) -> str:
        """Write 「产出指标 50，效益指标 30」."""
        return _COMMA.join(f"{name} {plain(points)}" for name, points in value.items())

    def parse(self, text: str) -> dict[str, Any]:
        """Take names with one number each; blank is none."""
        found: dict[str, Any] = {}
        for item in _items(text):
            name, numbers = _named(item)
            if len(numbers) != 1:
                raise UserError(f"“{item}”应为名称和一个分数，如 产出指标 50。")
            found[name] = numbers[0]
        return found


@dataclass(frozen=True, slots=True)
class Ceilings:
    """总分封顶: pairs of an execution rate in % and the most points below it, [[80, 89], [70, 79]]."""

    choices: tuple[str, ...] = ()

    def read(self, raw: Any) -> tuple[Ceiling, ...]:  # noqa: ANN401 - see Kind
        """Return the ceilings from the lowest rate up; a lower rate has a lower ceiling."""
        if not isinstance(raw, (list, tuple)):
            raise UserError(f'"{raw}" 应为数对的列表，如 [[80, 89], [70, 79]]。')
        pairs = [_numbers(one) for one in raw]
        if any(len(one) != 2 for one in pairs):
            raise UserError("每一档应为两个数：执行率低于多少，总分至多几分，如 80、89。")
        found = tuple(sorted(Ceiling(below, most) for below, most in pairs))
        for lower, above in pairwise(found):
            if lower.below == above.below or lower.most > above.most:
                raise UserError(f"执行率低于 {plain(lower.below)}% 的一档与 {plain(above.below)}% 的一档矛盾。")
        return found

    def words(self, value: tuple[Ceiling, ...]) -> str:
        """Say 「执行率低于 80% 总分至多 89 分，低于 70% 至多 79 分」."""
        steps = (f"低于 {plain(one.below)}% 至多 {plain(one.most)} 分" for one in reversed(value))
        return f"执行率{_COMMA.join(steps)}" if value else "不封顶"

    def text(self, value: tuple[Ceiling, ...]) -> str:
        """Write 「80% 89 分，70% 79 分」."""
        return _COMMA.join(f"{plain(one.below)}% {plain(one.most)} 分" for one in reversed(value))

    def parse(self, text: str) -> list[list[int | Decimal]]:
        """Take two numbers for each step; blank is none."""
        return [_typed_numbers(item) for item in _items(text)]


@dataclass(frozen=True, slots=True)
class Names:
    """A list of words: 数量、质量、时效; none where nothing is laid down."""

    choices: tuple[str, ...] = ()

    def read(self, raw: Any) -> tuple[str, ...]:  # noqa: ANN401 - see Kind
        """Return the words."""
        if not isinstance(raw, (list, tuple)) or not all(isinstance(one, str) and one.strip() for one in raw):
            raise UserError("应为文字的列表，每项写在引号里。")
        return tuple(raw)

    def words(self, value: tuple[str, ...]) -> str:
        """Say 「数量、质量」."""
        return self.text(value) or "没有规定"

    def text(self, value: tuple[str, ...]) -> str:
        """Write 「数量、质量」."""
        return "、".join(value)

    def parse(self, text: str) -> list[str]:
        """Take words apart by commas; blank is none."""
        return list(_items(text))
