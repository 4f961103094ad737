"""手册的页 (pages): the handbook cut at its chapters, the keys that each of them needs, and the search in all of them.

The text is ``resources/manual/manual.md`` as it is shipped; nothing is made of it beforehand, so the two cannot differ.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ui.actions import COMMANDS, SHEET_KEYS, key_list
from ui.widgets.keys import shown_keys
from ui.widgets.search import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILLING: Final = "二、填表"
"""The chapter that has the keys of the sheet."""
KEYBOARD: Final = "十一、键盘和显示"
"""The chapter that has all keys."""
ALL_KEYS: Final = "全部的键"
_CHAPTER: Final = re.compile(r"^## (.+)$", re.MULTILINE)
_SECTION: Final = re.compile(r"^### (.+)$", re.MULTILINE)
_PICTURE: Final = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SIGNS: Final = re.compile(r"\*\*|`|^#+ |^\d+\. |^- |^\|[ |-]*$|^\| | \|$", re.MULTILINE)
_BEFORE, _AFTER = 15, 24
"""How many letters of a line are shown before and behind what was found."""
_RULER: Final = "|---|---|"


class Page(NamedTuple):
    """A chapter: its title, the titles of its sections, and its text as Markdown, heading and keys included."""

    title: str
    sections: tuple[str, ...]
    text: str


class Hit(NamedTuple):
    """A line in which something was found: the page, the heading it stands under, and the line without signs of Markdown."""

    page: int
    heading: str
    line: str


def read_pages(text: str) -> tuple[Page, ...]:
    """Cut the handbook at its chapters; what stands before the first one is a page of its own, named by the title."""
    foreword, *rest = _CHAPTER.split(text)
    title = foreword.partition("\n")[0].removeprefix("# ")
    pages = [Page(title, (), foreword)]
    for name, body in zip(rest[::2], rest[1::2], strict=True):
        shown = _PICTURE.sub(r"\g<0>\n\n图：\1", body.rstrip())
        whole = f"## {name}\n{shown}\n{_keys_of(name, body)}"
        pages.append(Page(name, tuple(_SECTION.findall(whole)), whole))
    return tuple(pages)


def page_with(pages: tuple[Page, ...], heading: str) -> int:
    """Return the number of the page that has a heading, as its title or in it; the first page where none has."""
    return next((at for at, one in enumerate(pages) if heading == one.title or heading in one.sections), 0)


def find(pages: tuple[Page, ...], wanted: str) -> tuple[Hit, ...]:
    """Return every line that holds what is looked for, whatever its case, width and white space; headings come first."""
    plain = plain_text(wanted)
    found = [hit for hit in _lines(pages) if plain in plain_text(hit.line)] if plain else []
    return tuple(sorted(found, key=lambda hit: hit.line != hit.heading))


def around(line: str, wanted: str) -> str:
    """Return the part of a line round what was found in it.

    >>> around("以后在“帮助 › 看示例”：样表另开一个窗口、另存一个文件，看完按回到自己的数据。", "另存")
    '…看示例”：样表另开一个窗口、另存一个文件，看完按回到自己的数据。'
    """
    at = max(line.lower().find(wanted.lower()), 0)
    first, last = max(at - _BEFORE, 0), at + len(wanted) + _AFTER
    return ("…" if first else "") + line[first:last] + ("…" if last < len(line) else "")


def _lines(pages: tuple[Page, ...]) -> Iterator[Hit]:
    for number, page in enumerate(pages):
        heading = page.title
        for line in page.text.splitlines():
            if line.startswith("#"):
                heading = line.lstrip("# ")
            words = _without_signs(line)
            if words:
                yield Hit(number, heading, words)


def _without_signs(line: str) -> str:
    """Return a line of Markdown as it is read.

    >>> _without_signs("- **新建表**（Ctrl+N）：左边选表样")
    '新建表（Ctrl+N）：左边选表样'
    """
    return _SIGNS.sub("", _LINK.sub(r"\1", _PICTURE.sub("", line))).replace(" | ", "：").strip()


def _keys_of(title: str, body: str) -> str:
    """Return the keys that belong to a chapter as a table: those of the commands it names, on the sheet's page the sheet's."""
    named = tuple(
        (shown_keys(one.keys), one.words.removesuffix("…"))
        for one in COMMANDS
        if one.keys and f"**{one.words.removesuffix('…')}" in body
    )
    if title == KEYBOARD:
        return _table(ALL_KEYS, key_list())
    if title == FILLING:
        return _table("这里的键", (*SHEET_KEYS, *named))
    return _table("这里的键", named) if named else ""


def _table(heading: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"| {keys} | {words} |" for keys, words in rows]
    return "\n".join((f"\n### {heading}\n", "| 键 | 做什么 |", _RULER, *lines, ""))
