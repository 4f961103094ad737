"""Reading and writing of JSON with exact answers: the file, the place in it, what was expected, what is there.

Numbers keep their literal text (:class:`Number`), never a float: ``100.00`` stays ``100.00``. It knows nothing of records; what a
key means is the business of ``perfdesk.exchange.exchange``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from perfdesk.encodings import decode
from perfdesk.errors import UserError, excerpt, reason

Json: TypeAlias = Any
"""A JSON value: None, bool, str, Number, list or dict of them. ``Any``, as it comes from outside."""

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 40
NOTHING_DONE = "什么都没有导入。"
_OTHER_FILES = {
    b"%PDF": " PDF 文件",
    b"PK\x03\x04": "压缩文件或 Office 文件（Excel、Word）",
    b"\xd0\xcf\x11\xe0": "旧版 Office 文件（Excel、Word）",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
}
"""How files of other kinds begin -> what they are; somebody gives one the name of a data file sooner or later."""
_KINDS = {"NoneType": "空", "bool": "是非值", "Number": "数字", "str": "文字", "list": "列表", "dict": "对象"}


class Number(str):
    """A JSON number as its literal text."""

    __slots__ = ()


def read_json(path: Path) -> Json:
    """Read a JSON file in UTF-8, with or without a byte order mark, in UTF-16, or in GB18030 where it can be nothing else.

    Raises :class:`UserError` for a file that is missing, unreadable, larger than 20 MB, of no certain encoding, broken, nested
    deeper than 40 levels, or with the same key twice in one object.
    """
    data = _read_bytes(path)
    kind = next((words for start, words in _OTHER_FILES.items() if data.startswith(start)), "")
    if kind:
        raise UserError(f"“{path.name}”是{kind}，只是名字像数据文件。请选从本程序导出的数据文件。{NOTHING_DONE}")
    found = decode(data)
    if found is None:
        raise UserError(f"“{path.name}”不是文字文件，或者已经损坏。请选从本程序导出的数据文件。{NOTHING_DONE}")
    if not found.is_sure:
        raise UserError(
            f"“{path.name}”的编码看不准：既不是完整的 UTF-8，也不像 GBK。请另存为 UTF-8 再导入。{NOTHING_DONE}"
        )
    return parse_json(found.text, name=path.name)


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(f"“{path.name}”打不开（{reason(error)}），请检查文件是否还在、是否有权读取。") from error
    if len(data) > MAX_BYTES:
        raise UserError(f"“{path.name}”大于 {MAX_BYTES >> 20} MB，不像填报数据。请检查是否选错了文件。{NOTHING_DONE}")
    return data


def parse_json(text: str, *, name: str) -> Json:
    """Parse JSON text; ``name`` names it in the sentence of the :class:`UserError`."""

    def pairs(items: list[tuple[str, Json]]) -> dict[str, Json]:
        found = dict(items)
        if len(found) < len(items):
            keys = [key for key, _ in items]
            double = next(key for key in keys if keys.count(key) > 1)
            raise UserError(
                f"“{name}”里“{excerpt(double)}”在同一处出现了两次，不知道以哪个为准。请删去一个。{NOTHING_DONE}"
            )
        return found

    def constant(word: str) -> Json:
        raise UserError(f"“{name}”里有 {word}，应为数字或文字。{NOTHING_DONE}")

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_float=Number, parse_int=Number, parse_constant=constant)
    except json.JSONDecodeError as error:
        raise UserError(
            f"“{name}”第 {error.lineno} 行第 {error.colno} 个字符处不是完整的 JSON，请检查引号、逗号和括号。{NOTHING_DONE}"
        ) from error
    except RecursionError as error:
        raise _too_deep(name) from error
    if _deeper_than(value, MAX_DEPTH):
        raise _too_deep(name)
    return value


def _too_deep(name: str) -> UserError:
    return UserError(f"“{name}”里的括号套了 {MAX_DEPTH} 层以上，不像填报数据。请检查是否选错了文件。{NOTHING_DONE}")


def _deeper_than(value: Json, limit: int) -> bool:
    """Tell whether lists and objects stand in each other more than ``limit`` levels deep; without recursion."""
    level = [value]
    for _ in range(limit + 1):
        children: list[Json] = []
        for one in level:
            if isinstance(one, dict):
                children.extend(one.values())
            elif isinstance(one, list):
                children.extend(one)
        if not children:
            return False
        level = children
    return True


def dump_json(value: Json) -> str:
    """Write JSON as people read it: two spaces of indent, Chinese as Chinese, numbers as they were, keys in their order."""
    return _dump(value, "") + "\n"


def _dump(value: Json, indent: str) -> str:
    inner = indent + "  "
    if isinstance(value, Mapping) and value:
        rows = [f"{inner}{_string(key)}: {_dump(one, inner)}" for key, one in value.items()]
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
    if isinstance(value, (list, tuple)) and value:
        return "[\n" + ",\n".join(inner + _dump(one, inner) for one in value) + f"\n{indent}]"
    if isinstance(value, Number):
        return str(value)
    return _string(value) if isinstance(value, str) else json.dumps(value)


def _string(text: str) -> str:
    """Write a string; half a surrogate pair, which UTF-8 cannot hold, as its escape."""
    written = json.dumps(text, ensure_ascii=False)
    return "".join(f"\\u{ord(one):04x}" if "\ud800" <= one <= "\udfff" else one for one in written)


class Node:
    """One JSON object with its place in the file: hands out typed values and remembers which keys nobody asked for."""

    def __init__(self, data: Json, *, file: str, place: str = "") -> None:
        self.file = file
        self.place = place
        if not isinstance(data, dict):
            raise self.fail("", "一个对象（花括号）", data)
        self._data: dict[str, Json] = data
        self._asked: set[str] = set()

    def fail(self, key: str, expected: str, value: Json) -> UserError:
        """Make the error: file, key, what was expected, what is there."""
        kind = _KINDS[type(value).__name__]
        there = f"“{excerpt(value, 20)}”" if isinstance(value, str) and value else kind
        return UserError(f"“{self.file}”的 {self.at(key) or '开头'} 应为{expected}，现在是{there}。{NOTHING_DONE}")

    def missing(self, key: str, expected: str) -> UserError:
        """Make the error for a key that must be there."""
        return UserError(f"“{self.file}”缺少 {self.at(key)}，应为{expected}。{NOTHING_DONE}")

    def at(self, key: str) -> str:
        """Name a key's place: ``indicators[3].target``."""
        return ".".join(part for part in (self.place, excerpt(key)) if part)

    def get(self, key: str) -> Json:
        """Take a value of any type, ``None`` when absent."""
        self._asked.add(key)
        return self._data.get(key)

    def text(self, key: str) -> str | None:
        """Take a text or the literal text of a number; null is ``""``, an absent key ``None``."""
        value = self.get(key)
        if value is None:
            return "" if key in self._data else None
        if not isinstance(value, str):
            raise self.fail(key, "文字、数字或 null", value)
        return str(value)

    def node(self, key: str) -> Node:
        """Take an object; null or absent is an empty one."""
        value = self.get(key)
        return Node({} if value is None else value, file=self.file, place=self.at(key))

    def nodes(self, key: str, *, most: int) -> tuple[Node, ...]:
        """Take a list of objects, ``most`` of them at the most; null or absent is an empty one."""
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.fail(key, "一个列表（方括号）", value)
        if len(value) > most:
            raise UserError(f"“{self.file}”的 {self.at(key)} 有 {len(value)} 行，最多 {most} 行。{NOTHING_DONE}")
        return tuple(Node(one, file=self.file, place=f"{self.at(key)}[{i}]") for i, one in enumerate(value))

    def names(self) -> tuple[str, ...]:
        """Return every key, in file order."""
        return tuple(self._data)

    def rest(self) -> dict[str, Json]:
        """Return what nobody asked for."""
        return {key: value for key, value in self._data.items() if key not in self._asked}
