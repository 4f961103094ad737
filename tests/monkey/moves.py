"""What a monkey at the keyboard does next: moves drawn by a seed, as plain data that can be printed, shortened and done again."""

from __future__ import annotations

import itertools
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS: Final = (
    *("0", "9", "9分", "10", "100%", "-1", "１２", "1,200", "4.8万元", "15205000.00", "12+3.5", "=1+1", "…", "/", "无"),
    *("≥70件", "≪5%", "400-500人", "显著提升", "优", "≥", "2024年12月31日前", "产出指标", "数量指标", "是", "经费保障"),
    *(
        "法律援助案件办结数",
        "[310]某县司法局",
        "{weight}分",
        "䶮㛃𬭎𠮷",
        "e\u0301",
        "<b>&amp;</b>",
        " ",
        "全年 300 件；达标。",
    ),
)
CLIPS: Final = (
    *(
        "98.5%",
        "优\n",
        "社区矫正",
        "一\t二",
        "1\t2\n3\t4\n",
        "≥5件\t6件\t10\n≥6件\t7件\t10\n\t\t\n",
        "甲\n乙\n丙\n丁\n",
    ),
    "=HYPERLINK(1)",
)
ENDS: Final = ("Return", "Return", "Tab", "Shift+Return", "Shift+Tab", "Escape", "")
"""How an editor is left: a key, or not at all, so that whatever comes next finds it open."""
_WEIGHTS: Final = {
    "type": 24,
    "append": 7,
    "restate": 4,
    "erase": 3,
    "compose": 4,
    "undo": 14,
    "redo": 9,
    "insert": 4,
    "delete": 4,
    "duplicate": 3,
    "up": 3,
    "down": 3,
    "choose": 5,
    "clear": 3,
    "cut": 1,
    "fill": 2,
    "paste": 4,
    "date": 1,
    "past": 2,
    "fix": 4,
    "say": 3,
    "rate": 3,
    "walk": 6,
    "find": 1,
    "switch": 6,
    "home": 1,
    "zoom": 4,
    "look": 2,
    "keep": 1,
    "restore": 1,
    "save": 2,
}
_KINDS: Final = tuple(kind for kind, weight in _WEIGHTS.items() for _ in range(weight))
_RARE: Final = {"wait": 300, "reopen": 400}
"""Slow moves: one in so many."""


class Move(NamedTuple):
    """One thing to do. ``at`` and ``to`` choose among what there is, modulo its count; ``end`` is how an editor is left."""

    kind: str
    at: int = 0
    to: int = 0
    text: str = ""
    end: str = ""


def drawn(seed: int, count: int) -> tuple[Move, ...]:
    """Draw moves; a seed always gives the same ones, on every machine."""
    chances = _chances(seed)
    return tuple(_draw(chances) for _ in range(count))


def _chances(seed: int) -> Iterator[int]:
    for number in itertools.count():
        yield int.from_bytes(sha256(f"{seed} {number}".encode()).digest()[:6])


def _draw(chances: Iterator[int]) -> Move:
    rare = next((kind for kind, every in _RARE.items() if next(chances) % every == 0), "")
    kind = rare or _KINDS[next(chances) % len(_KINDS)]
    words = CLIPS if kind == "paste" else WORDS
    text, end = words[next(chances) % len(words)], ENDS[next(chances) % len(ENDS)]
    return Move(kind, next(chances) % 1000, next(chances) % 1000, text, end)
