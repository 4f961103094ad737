"""Patterns: one cell that shows several fields, or a field with printed words around it. Texts only; knows no record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from perfdesk.template.types import BRACKETS, FIELD


def compose(pattern: str, values: Mapping[str, str]) -> str:
    """Fill the fields of a pattern; a bracket whose fields are all blank is left out.

    ``compose("{level1}（{level1_weight}分）", {"level1": "产出指标", "level1_weight": "50"})`` gives
    「产出指标（50分）」, and 「产出指标」 when no weight was typed.
    """

    def bracket(match: re.Match[str]) -> str:
        keys = FIELD.findall(match.group())
        return match.group() if any(values.get(key) for key in keys) else ""

    return FIELD.sub(lambda match: values.get(match.group(1), ""), BRACKETS.sub(bracket, pattern))


def show(pattern: str, values: Mapping[str, str]) -> str:
    """Fill the pattern of a cell: one whose fields are all blank shows nothing, not the words around them.

    ``show("{weight}分", {"weight": "10"})`` gives 「10分」, and nothing when no weight was typed;
    an imported 「10分」 stays 「10分」.
    """
    keys = FIELD.findall(pattern)
    if not any(values.get(key) for key in keys):
        return ""
    if len(keys) == 1 and _has_its_words(pattern, values[keys[0]]):
        return values[keys[0]]
    return compose(pattern, values)


def _has_its_words(pattern: str, text: str) -> bool:
    """Tell whether the text of a pattern's only field bears the printed words itself: 「10分」 in ``{weight}分``."""
    before, _, after = FIELD.split(pattern)
    return text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after)


@lru_cache(maxsize=256)
def _reader(pattern: str) -> re.Pattern[str]:
    """Turn a pattern into the expression that reads a typed text back into its fields."""
    parts: list[str] = []
    position = 0
    for match in BRACKETS.finditer(pattern):
        parts += [_expression(pattern[position : match.start()]), f"(?:{_expression(match.group())})?"]
        position = match.end()
    return re.compile("".join((*parts, _expression(pattern[position:]))), re.DOTALL)


def _expression(piece: str) -> str:
    cut = FIELD.split(piece)
    return "".join(f"(?P<{text}>.*?)" if index % 2 else re.escape(text) for index, text in enumerate(cut))


def decompose(pattern: str, text: str, *, main: str) -> dict[str, str]:
    """Read a text typed into a cell of several fields; what does not fit the pattern goes whole into the ``main`` field.

    「产出指标（50分）」 fits ``{level1}（{level1_weight}分）``. 「产出指标（分）」 does not: an empty bracket would not be shown
    again, and nothing that was typed may vanish. 「9」 and 「9分」 typed into ``{weight}分`` are both 9.
    """
    keys = FIELD.findall(pattern)
    match = _reader(pattern).fullmatch(text)
    fields = {key: match.group(key) or "" for key in keys} if match else {}
    if match is None or show(pattern, fields) != text:
        return {key: text if key == main else "" for key in keys}
    return fields
