"""The manual speaks of menus, keys and panels that are there."""

from __future__ import annotations

import re
from pathlib import Path

from ui.actions import COMMANDS, MENUS
from ui.widgets.keys import shown_keys

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "resources" / "manual" / "manual.md").read_text("utf-8")
WORDS = {command.words.removesuffix("…"): command for command in COMMANDS}
SOURCES = (*(ROOT / "ui").rglob("*.py"), *(ROOT / "perfdesk").rglob("*.py"), *(ROOT / "resources").rglob("*.toml"))
SHOWN = "".join(path.read_text("utf-8") for path in SOURCES)
PROSE = {
    *("年初", "年中", "年后", "公开后", "蓝字是填的", "有可选的词的格", "打勾的格", "方框"),
    *("用备份", "填过的不动", "定量指标", "定性指标", "字数", "U 盘上使用"),
}
"""What is bold in the manual for its own sake; everything else in bold is written somewhere in the window."""


def test_every_key_beside_a_word_is_the_key_of_that_command() -> None:
    pairs = re.findall(r"\*\*([^*]+)\*\*（((?:Ctrl|Alt|Shift|F\d)[^）]*)）", MANUAL)
    pairs = [(words, keys) for words, keys in pairs if f"{words}(&{keys[-1]})" not in SHOWN]  # not the key of a button
    assert len(pairs) > 10
    for words, keys in pairs:
        assert keys == shown_keys(WORDS[words.removesuffix("…")].keys), words


def test_every_way_through_the_menus_leads_somewhere() -> None:
    titles = {title.partition("(")[0]: names for title, names in MENUS}
    ways = re.findall(r"“(\w+) › ([^”]+)”", MANUAL)
    assert len(ways) > 3
    for menu, words in ways:
        command = next(one for one in COMMANDS if one.words == words)
        assert command.name in titles[menu], words


def test_what_is_bold_is_written_in_the_window() -> None:
    bold = set(re.findall(r"\*\*([^*]+)\*\*", MANUAL))
    assert {one for one in bold - PROSE if one.removesuffix("…") not in SHOWN} == set()


def test_the_manual_names_every_command() -> None:
    assert [one.words for one in COMMANDS if one.words.removesuffix("…") not in MANUAL] == []
