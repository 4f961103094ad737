"""Which elements of a Word file count: content controls are looked through, deleted and moved-away things are not there.

It also counts what is left out, for the notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from perfdesk.errors import excerpt
from perfdesk.exchange.docx.reading.numbering import Numbering
from perfdesk.exchange.guard import Archive, local
from perfdesk.exchange.guard.markup import Element

_THROUGH: Final = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_GONE: Final = frozenset({"del", "moveFrom"})
_NAMED: Final = 3


@dataclass(slots=True)
class Content:
    """Lives while one file is read; counts what is not taken over."""

    changes: int = 0
    pictures: int = 0
    left_out: int = 0
    formulas: int = 0
    unseen: list[str] = field(default_factory=list)
    numbering: Numbering = field(default_factory=Numbering)

    def blocks(self, parent: Element) -> Iterator[Element]:
        """Yield the paragraphs and tables of a body, cell or text box in order."""
        yield from self._children(parent, frozenset({"p", "tbl"}))

    def rows(self, table: Element) -> Iterator[Element]:
        """Yield the rows of a table that are not deleted."""
        for row in self._children(table, frozenset({"tr"})):
            if row.find("{*}trPr/{*}del") is None:
                yield row
            else:
                self.changes += 1

    def cells(self, row: Element) -> Iterator[Element]:
        """Yield the cells of a row."""
        yield from self._children(row, frozenset({"tc"}))

    def _children(self, parent: Element, wanted: frozenset[str]) -> Iterator[Element]:
        waiting = [iter(parent)]
        while waiting:
            one = next(waiting[-1], None)
            if one is None:
                waiting.pop()
                continue
            tag = local(one.tag)
            if tag in wanted:
                yield one
            elif tag in _THROUGH:
                waiting.append(iter(one))
            elif tag == "AlternateContent":
                waiting.append(iter(chosen(one)))
            elif tag in _GONE:
                self.changes += 1

    def notes(self, archive: Archive) -> Iterator[str]:
        """Say in sentences what was not taken over."""
        if self.changes:
            yield f"有 {self.changes} 处修订痕迹，按全部接受来读：删去的不算，添上的算。"
        if self.unseen:
            quoted = "、".join(f"“{excerpt(one, 20)}”" for one in self.unseen[:_NAMED])
            yield f"有 {len(self.unseen)} 处隐藏的文字没有读（{quoted}{' 等' if len(self.unseen) > _NAMED else ''}）。"
        if self.pictures:
            yield f"有 {self.pictures} 张图片没有读，其中的文字要手工填。"
        if self.formulas:
            yield f"有 {self.formulas} 个数学公式只读了其中的字，请对照原件。"
        if self.left_out:
            yield f"有 {self.left_out} 张表套得太深或内容太多，没有读。"
        names = [one.lower() for one in archive.names]
        if "word/comments.xml" in names:
            yield "批注没有读。"
        if any(one.endswith("vbaproject.bin") for one in names):
            yield "文件里带有宏，没有运行，也没有保留。"
        if any("/embeddings/" in one for one in names):
            yield "嵌在文件里的其他文件（如 Excel 表）没有读。"


def chosen(alternate: Element) -> Element:
    """Of two drawings of the same thing, for newer and older Word, choose the one that has texts, the newer first."""
    options = [one for one in alternate if local(one.tag) in {"Choice", "Fallback"}]
    return next((one for one in options if next(one.iter("{*}t"), None) is not None), options[0] if options else ())
