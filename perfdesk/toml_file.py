"""Reading and writing of the program's own TOML files (表样, 计分办法): the only room with ``tomllib`` and ``tomli_w``.

A :class:`Table` hands out typed values and remembers where it stands, so that every mistake in a hand-made file is answered with
the place, the wrong word and the likely right one: ``rows[3]：未知字段 "budget_fianl"，是否为 "budget_final"？``.
It knows nothing of templates or policies.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from perfdesk.errors import UserError, reason

_MISSING: Any = object()


class Refused(NamedTuple):
    """A file of the office's own that cannot be used: where it lies, and why, in one Chinese sentence."""

    path: Path
    why: str


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return 「，是否为 "…"？」 with the nearest known word, or 「。」 when none is near."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f'，是否为 "{near[0]}"？' if near else "。"


class Table:
    """One TOML table with its place in the file. Each ``take_*`` removes a key; ``finish`` complains about what is left."""

    def __init__(self, data: Mapping[str, Any], *, file: str, place: str = "") -> None:
        self._data = dict(data)
        self._known: list[str] = []
        self.file = file
        self.place = place

    def fail(self, message: str, *, at: str = "") -> UserError:
        """Make the error for this table: 「文件：位置：message」."""
        spot = ".".join(part for part in (self.place, at) if part)
        return UserError(f"{self.file}：{spot}：{message}" if spot else f"{self.file}：{message}")

    def _take(self, key: str, default: Any, kind: type | tuple[type, ...], says: str) -> Any:  # noqa: ANN401 - a file holds anything
        self._known.append(key)
        value = self._data.pop(key, default)
        if value is _MISSING:
            raise self.fail(f'缺少 "{key}"，请补上。')
        if value is not default and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            raise self.fail(f'"{value}" 应为{says}。', at=key)
        return value

    def text(self, key: str, default: str = _MISSING) -> str:
        """Take a text."""
        return str(self._take(key, default, str, "文字，写在引号里"))

    def flag(self, key: str, *, default: bool) -> bool:
        """Take true or false."""
        return bool(self._take(key, default, bool, " true 或 false"))

    def number(self, key: str, default: Decimal = _MISSING) -> Decimal:
        """Take a number, exactly as written (never through a float)."""
        return self._finite(self._take(key, default, (int, Decimal), "数字"), at=key)

    def texts(self, key: str, default: tuple[str, ...] = _MISSING) -> tuple[str, ...]:
        """Take a list of texts."""
        items = self._take(key, default, (list, tuple), "文字的列表")
        for index, item in enumerate(items):
            if not isinstance(item, str):
                raise self.fail(f'"{item}" 应为文字，写在引号里。', at=f"{key}[{index}]")
        return tuple(items)

    def numbers(self, key: str, default: tuple[Decimal, ...] = _MISSING) -> tuple[Decimal, ...]:
        """Take a list of numbers."""
        items = self._take(key, default, (list, tuple), "数字的列表")
        for index, item in enumerate(items):
            if isinstance(item, bool) or not isinstance(item, (int, Decimal)):
                raise self.fail(f'"{item}" 应为数字。', at=f"{key}[{index}]")
        return tuple(self._finite(item, at=f"{key}[{index}]") for index, item in enumerate(items))

    def pairs(self, key: str) -> tuple[tuple[Decimal, Decimal], ...]:
        """Take a list of pairs of numbers: ``[[100, 3], [90, 2]]``."""
        found = []
        for index, item in enumerate(self._take(key, _MISSING, (list, tuple), "数对的列表")):
            if not isinstance(item, (list, tuple)) or len(item) != 2:
                raise self.fail("应为一对数字，如 [90, 2]。", at=f"{key}[{index}]")
            first, second = Table({"pair": item}, file=self.file, place=f"{self.place}.{key}[{index}]").numbers("pair")
            found.append((first, second))
        return tuple(found)

    def _finite(self, number: int | Decimal, *, at: str) -> Decimal:
        """Refuse TOML's nan and inf: nothing can be compared with them."""
        value = Decimal(number)
        if not value.is_finite():
            raise self.fail(f'"{number}" 应为数字。', at=at)
        return value

    def rows(self, key: str, default: tuple[tuple[str, ...], ...] = _MISSING) -> tuple[tuple[str, ...], ...]:
        """Take a drawn grid: a list of lists of texts."""
        grid = self._take(key, default, (list, tuple), "方格行的列表")
        for number, row in enumerate(grid):
            if not isinstance(row, (list, tuple)) or not all(isinstance(cell, str) for cell in row):
                raise self.fail("每行应为一列文字，一格一个。", at=f"{key}[{number}]")
        return tuple(tuple(row) for row in grid)

    def table(self, key: str, *, required: bool = True) -> Table:
        """Take a sub-table; an absent optional one is empty."""
        data = self._take(key, _MISSING if required else {}, dict, f"一个表 [{key}]")
        return Table(data, file=self.file, place=".".join(part for part in (self.place, key) if part))

    def raw(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - a file holds anything
        """Take whatever stands there; ``default`` where nothing does."""
        self._known.append(key)
        return self._data.pop(key, default)

    def tables(self, key: str, *, required: bool = True) -> tuple[Table, ...]:
        """Take a list of sub-tables, ``[[key]]``."""
        items = self._take(key, _MISSING if required else (), (list, tuple), f"若干个表 [[{key}]]")
        for index, item in enumerate(items):
            if not isinstance(item, dict):
                raise self.fail("应为一个表。", at=f"{key}[{index}]")
        prefix = f"{self.place}." if self.place else ""
        return tuple(Table(item, file=self.file, place=f"{prefix}{key}[{i}]") for i, item in enumerate(items))

    def names(self) -> tuple[str, ...]:
        """Return the keys not taken yet, in file order."""
        return tuple(self._data)

    def finish(self) -> None:
        """Refuse what nobody asked for: a misspelt key must not pass silently."""
        for key in self._data:
            raise self.fail(f'未知的项 "{key}"{did_you_mean(key, self._known)}')


_WHERE = re.compile(r"at line (\d+), column (\d+)")


def read_toml(path: Path) -> Table:
    """Read a TOML file, with or without a byte order mark (记事本 writes one).

    Raises :class:`UserError` in Chinese for a missing, unreadable or malformed file.
    """
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = _WHERE.search(str(error))
        spot = f"第 {found[1]} 行第 {found[2]} 个字符处" if found else "末尾"
        raise UserError(f"{path.name}：{spot}不是完整的 TOML，请检查引号、括号和重复的项。") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path.name}：不是 UTF-8 编码，请另存为 UTF-8 后再用。") from error
    except OSError as error:
        raise UserError(f"{path.name}：打不开（{reason(error)}），请检查文件是否还在、是否有权读取。") from error
    return Table(data, file=path.name)


def toml_text(data: Mapping[str, Any]) -> str:
    """Write a file's content as TOML. Numbers stay exact; ``read_toml`` reads back what was given."""
    import tomli_w  # on demand: most sessions write none

    return tomli_w.dumps(data)
