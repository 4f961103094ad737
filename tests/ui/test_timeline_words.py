"""The words of the time-line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.model import Record, Version, VersionKind
from perfdesk.store import Entry
from perfdesk.store.backups import Backup, Reason
from perfdesk.store.holding import Consequences, Difference, Fate, Held
from perfdesk.store.timeline import Point
from ui.timeline.words import consequence_words, fate_words, point_lines, size_words, when

TODAY = date(2026, 3, 18)
NINE = datetime(2026, 3, 18, 9, 30)  # noqa: DTZ001 - the clock on the wall


def held(*, in_bin: bool = False) -> Held:
    entry = Entry("a", "t", 2026, MoneyUnit.WAN, "普法经费", "", "", NINE, NINE if in_bin else None)
    return Held(entry, Record("a", "t", 2026), frozenset())


USED, BIN = held(), held(in_bin=True)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NINE, "今天 09:30"),
        (NINE.replace(day=17), "昨天 09:30"),
        (NINE.replace(day=3), "3月3日 09:30"),
        (NINE.replace(year=2019, month=12, day=31), "2019-12-31 09:30"),
        (NINE.replace(day=20), "3月20日 09:30"),  # the clock was set back since
    ],
)
def test_a_moment_is_said_the_nearer_the_finer(moment: datetime, words: str) -> None:
    assert when(moment, TODAY) == words


@pytest.mark.parametrize(("size", "words"), [(7, "1 KB"), (104 * 1024, "104 KB"), (1_258_291, "1.2 MB")])
def test_a_size_is_said_in_round_figures(size: int, words: str) -> None:
    assert size_words(size) == words


def test_a_moment_says_what_it_is_and_where_it_lies() -> None:
    here = Backup(Path("a.db"), NINE, Reason.DAILY, 3, 2048)
    there = here._replace(elsewhere=True)
    assert point_lines(Point(NINE, here), TODAY, "") == "今天 09:30 每天\n备份 · 本机 · 2 KB"
    assert point_lines(Point(NINE, here, there), TODAY, "") == "今天 09:30 每天\n备份 · 本机和第二处 · 2 KB"
    assert point_lines(Point(NINE, there), TODAY, "") == "今天 09:30 每天\n备份 · 第二处 · 2 KB"
    version = Version(7, "a", VersionKind.KEPT, "送审稿", "", NINE, "")
    assert point_lines(Point(NINE, version=version), TODAY, "普法经费（2026）") == (
        "今天 09:30 送审稿\n版本 · 普法经费（2026）"
    )


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Difference("a", USED, USED, Fate.STAYS), "不变"),
        (Difference("a", USED, USED, Fate.CHANGES, 3), "改回 3 格"),
        (Difference("a", USED, USED, Fate.STAYS, 0, 2, 1), "不变，2 个版本没有了（上报版 1 个）"),
        (Difference("a", USED, None, Fate.COMES), "找回（现在没有）"),
        (Difference("a", BIN, None, Fate.COMES), "找回到回收站"),
        (Difference("a", None, USED, Fate.GOES), "没有了（那时还没有）"),
        (Difference("a", None, BIN, Fate.GOES), "没有了（现在在回收站）"),
        (Difference("a", USED, BIN, Fate.OUT_OF_BIN), "从回收站取回"),
        (Difference("a", USED, BIN, Fate.OUT_OF_BIN, 2), "从回收站取回，改回 2 格"),
        (Difference("a", BIN, USED, Fate.INTO_BIN, 2), "回到回收站，改回 2 格"),
    ],
)
def test_every_form_is_told_what_becomes_of_it(one: Difference, words: str) -> None:
    assert fate_words(one) == words


def test_the_whole_is_one_sentence() -> None:
    assert consequence_words(Consequences(1, 2, 5, 3, 4, 1)) == (
        "找回 1 张表，改回 2 张表（5 格），3 张表没有了，4 个版本没有了（上报版 1 个）"
    )
    assert consequence_words(Consequences(0, 0, 0, 0, 0, 0)) == ""
