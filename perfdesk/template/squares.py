"""One drawn square: its sign, its field and the words around it, and the mistakes that can be made with them.

=文字      printed words, with at most one field {key}       key  {key}分  [{a}]{b}      a cell to fill
@key  @{key}分        a computed cell                        ?key=词    a square that bears √ when the field holds the word
?key   ?key=□甲　□乙  words with boxes, of a field            @key=□甲　□乙              of a computed word
?key=1、甲□　2、乙□    the same with the boxes behind the words
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from perfdesk.template.types import BRACKETS, FIELD, SYSTEM_KEYS, Align, Slot, SlotKind
from perfdesk.toml_file import Table, did_you_mean

BOX, TICKED = "□", "☑"
#: A box and the word behind it: 「□优秀 90分≤得分≤100分」 holds the word 优秀.
_BOX_FIRST = re.compile(rf"[{BOX}{TICKED}]([^\s{BOX}{TICKED}]+)")
#: A word, numbered or not, and the box behind it: 「1、省直专项□」 holds the word 省直专项.
_WORD_FIRST = re.compile(rf"((?:[（(]?\d+[）)、.．]|[①-⑳])?)([^\s{BOX}{TICKED}]+)([ 　]?)[{BOX}{TICKED}](?!\S)")
#: Every name of a field holds one; words that were meant to be printed hold none.
_KEY_LETTER = re.compile(r"[a-z]")
_BRACED = re.compile(r"\{((?:\w+\.)?\w+)\}")
_NO_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Names(NamedTuple):
    """The keys a block may use; ``choices`` are the words of those that have some."""

    inputs: tuple[str, ...]
    computed: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = _NO_CHOICES


def check_key(key: str, known: tuple[str, ...], table: Table, *, at: str) -> None:
    """Refuse a key nobody knows, with the nearest one that is known."""
    if key not in known:
        raise table.fail(f'未知字段 "{key}"{did_you_mean(key, known)}', at=at)


def boxes_follow(pattern: str) -> bool:
    """Tell whether the boxes stand behind their words (「甲□　乙□」) and not before them (「□甲　□乙」)."""
    return _BOX_FIRST.search(pattern) is None


def boxed_words(pattern: str) -> tuple[str, ...]:
    """Return the words that have a box, in their order, without their numbers: 「1、甲□　2、乙□」 has 甲 and 乙."""
    if boxes_follow(pattern):
        return tuple(found[2] for found in _WORD_FIRST.finditer(pattern))
    return tuple(found[1] for found in _BOX_FIRST.finditer(pattern))


@lru_cache(maxsize=256)
def tick_boxes(pattern: str, words: tuple[str, ...]) -> str:
    """Tick the boxes of the words: 「□甲　□乙」 with 乙 gives 「□甲　☑乙」, 「甲□　乙□」 gives 「甲□　乙☑」."""
    if boxes_follow(pattern):
        return _WORD_FIRST.sub(lambda found: found[1] + found[2] + found[3] + _box(found[2], words), pattern)
    return _BOX_FIRST.sub(lambda found: _box(found[1], words) + found[1], pattern)


def _box(word: str, words: tuple[str, ...]) -> str:
    return TICKED if word in words else BOX


def read_square(drawn: str, names: Names, table: Table, *, at: str) -> Slot:
    """Read one drawn square that is not merged; a mistake is a :class:`UserError` with place, wrong word and likely right one."""
    if drawn.startswith("="):
        return _label(drawn[1:], names, table, at=at)
    if drawn.startswith("?"):
        return _choosing(drawn[1:], names.inputs, names, table, at=at)
    if drawn.startswith("@") and "=" in drawn:
        return _choosing(drawn[1:], names.computed, names, table, at=at)._replace(computes=True)
    if drawn.startswith("@"):
        return _cell(SlotKind.COMPUTED, drawn[1:], names.computed, names, table, at=at)
    drawn, _, blank = drawn.partition("|")
    if drawn not in names.inputs and not _KEY_LETTER.search(drawn):
        raise table.fail(f'"{drawn}" 不是字段；印好的字前面写等号："={drawn}"。', at=at)
    return _cell(SlotKind.INPUT, drawn, names.inputs, names, table, at=at)._replace(text=blank)


def _fields_of(text: str, table: Table, *, at: str) -> list[str]:
    """Return the keys in braces; a brace that holds no key would be printed as it stands."""
    if re.search(r"[{}]", _BRACED.sub("", text)):
        raise table.fail(f'"{text}" 的花括号里应是一个字段的名字，如 {{preparer}}。', at=at)
    return _BRACED.findall(text)


def _split_fund(key: str, names: Names) -> tuple[str, str]:
    """Split ``total.executed`` into the fund row's key and the field."""
    fund, dot, field = key.partition(".")
    return (fund, field) if dot and fund in names.funds else ("", key)


def _bare(pattern: str, names: Names) -> str:
    """Return the pattern with the fields of a fund row named without it: ``{total.weight}分`` -> ``{weight}分``."""
    return _BRACED.sub(lambda found: f"{{{_split_fund(found[1], names)[1]}}}", pattern)


def _aligned(text: str) -> tuple[Align | None, str]:
    """Split off the sign of a text that is aligned left or right."""
    align = {"<": Align.LEFT, ">": Align.RIGHT}.get(text[:1])
    return align, text[1:] if align else text


def _label(text: str, names: Names, table: Table, *, at: str) -> Slot:
    align, text = _aligned(text)
    inputs = [key for key in _fields_of(text, table, at=at) if key not in SYSTEM_KEYS]
    for key in inputs:
        check_key(key, names.inputs, table, at=at)
    if len(inputs) > 1:
        raise table.fail("一个标签格里只能有一个要填的字段，请分成几格。", at=at)
    if not inputs:
        return Slot(SlotKind.LABEL, 0, 0, text=text, pattern=text if "{" in text else "", align=align)
    fund, key = _split_fund(inputs[0], names)
    return Slot(SlotKind.FIELD, 0, 0, key=key, fund=fund, pattern=_bare(text, names), align=align)


def _cell(kind: SlotKind, drawn: str, known: tuple[str, ...], names: Names, table: Table, *, at: str) -> Slot:
    """Read a cell to fill or a computed one: a key alone, or keys in braces with the words around them."""
    keys = _fields_of(drawn, table, at=at)
    for key in keys or [drawn]:
        check_key(key, known, table, at=at)
    if len({_split_fund(key, names)[0] for key in keys}) > 1:
        raise table.fail("一格里的字段应属于同一资金行，请分成几格。", at=at)
    fund, key = _split_fund(_main_key(drawn) if keys else drawn, names)
    return Slot(kind, 0, 0, key=key, fund=fund, pattern=_bare(drawn, names) if keys else "")


def _main_key(pattern: str) -> str:
    """Return the field of a pattern that stands outside brackets: ``name`` in ``[{code}]{name}``."""
    outside: list[str] = _BRACED.findall(BRACKETS.sub("", pattern))
    return outside[0] if outside else str(_BRACED.findall(pattern)[0])


def _choosing(drawn: str, known: tuple[str, ...], names: Names, table: Table, *, at: str) -> Slot:
    """Read a tick square (``key=词``) or words with boxes (``key``, ``key=□甲　□乙``)."""
    key, told, text = drawn.partition("=")
    check_key(key, known, table, at=at)
    choices = names.choices.get(key, ())
    if not choices:
        raise table.fail(f'字段 "{key}" 没有可选的词，请给它写 choices。', at=at)
    if not told:
        return Slot(SlotKind.BOXES, 0, 0, key=key, pattern="　".join(BOX + word for word in choices))
    align, words = _aligned(text)
    boxed = boxed_words(words)
    if len(boxed) != words.count(BOX):
        raise table.fail(f'"{words}" 里的方框应各挨着一个词，都在词前或都在词后，词与词之间空一格。', at=at)
    for word in boxed or [text]:
        if word not in choices:
            raise table.fail(f'"{word}" 不在 "{key}" 可选的词里{did_you_mean(word, choices)}', at=at)
    if FIELD.search(text):
        raise table.fail("打勾的格里不能再有字段，请分成几格。", at=at)
    if boxed:
        return Slot(SlotKind.BOXES, 0, 0, key=key, pattern=words, align=align)
    return Slot(SlotKind.TICK, 0, 0, key=key, text=text)
