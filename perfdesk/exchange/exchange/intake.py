"""What the readers of one record share: texts of bearable length, what is kept beside the form, and what is to be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from perfdesk.errors import UserError
from perfdesk.exchange.exchange.keys import MAX_ROWS, MAX_TEXT, named
from perfdesk.json_file import NOTHING_DONE, Json, Node, dump_json
from perfdesk.labels import known_as, match_label
from perfdesk.template import Template

_HALF_PAIR = re.compile("[\ud800-\udfff]")  # JSON can write one half of a character, no file can keep it


class Intake:
    """Lives while one record is read. ``notes`` fill up on the way; ``kept`` becomes ``Record.extra``."""

    def __init__(self, root: Node, template: Template, notes: list[str]) -> None:
        self.root = root
        self.template = template
        self.notes = notes
        self._kept: dict[str, Json] = {}

    def known_as(self, label: str, known: Mapping[str, object]) -> str:
        """Reduce a label to the one of ``known`` that it means: the same words, and in a file of another form also synonyms."""
        reduced = match_label(label)
        return reduced if self.root.text("template") == self.template.id else known_as(reduced, known)

    def text(self, node: Node, key: str) -> str | None:
        """Take a text of bearable length, ``None`` when absent; half a surrogate pair, which no disk can keep, becomes �."""
        text = node.text(key)
        if text is None or (text.isascii() and len(text) <= MAX_TEXT):
            return text
        if len(text) > MAX_TEXT:
            raise UserError(f"“{node.file}”的 {node.at(key)} 有 {len(text)} 个字，最多 {MAX_TEXT} 个。{NOTHING_DONE}")
        whole, halves = _HALF_PAIR.subn("\ufffd", text)
        if halves:
            self.notes.append(f"{node.at(key)} 里有残缺的字符，已换成“\ufffd”。")
        return whole

    def texts(self, node: Node) -> dict[str, str]:
        """Take every key of an object as a text."""
        return {key: self.text(node, key) or "" for key in node.names()}

    def strings(self, node: Node, key: str) -> tuple[str, ...]:
        """Take a list of texts; null or absent is an empty one, null in it a blank text."""
        value = node.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise node.fail(key, "一个列表（方括号）", value)
        if len(value) > MAX_ROWS:
            raise UserError(f"“{node.file}”的 {node.at(key)} 有 {len(value)} 行，最多 {MAX_ROWS} 行。{NOTHING_DONE}")
        inner = Node({str(index): one for index, one in enumerate(value)}, file=node.file, place=node.at(key))
        return tuple(self.texts(inner).values())

    def keep(self, key: str, value: Json) -> None:
        """Keep beside the form what it has no place for; an empty value is nothing."""
        if value:
            self._kept[key] = value

    def keep_unstated(self, key: str) -> None:
        """Remember that the file did not state ``key``, so that it is not written back as if it had."""
        self._kept[key] = None

    def merge(self, rest: Mapping[str, Json]) -> None:
        """Keep unknown keys; lists of left-over keys of rows, kept by an earlier import, come before the new ones."""
        for key, value in rest.items():
            kept = self._kept.get(key)
            self._kept[key] = value if kept is None else [*(value if isinstance(value, list) else [value]), *kept]

    def extra(self) -> str:
        """Return what was kept as the text of ``Record.extra``."""
        return dump_json(dict(sorted(self._kept.items()))) if self._kept else ""

    def stranger(self, what: str, part: str) -> None:
        """Tell that something is no part of the form: 「“专户资金”不是表样“…”的行，内容已随表保留。」."""
        self.notes.append(f"{what}不是表样“{self.template.title}”的{part}，内容已随表保留。")

    def unknown(self, what: str, rests: Iterable[Mapping[str, Json]], *, but: str) -> None:
        """Tell which keys of rows nobody knows."""
        keys = dict.fromkeys(key for rest in rests for key in rest if key != but)
        if keys:
            self.notes.append(f"{what}的{named(keys)}不属于表样“{self.template.title}”，内容已随表保留。")
