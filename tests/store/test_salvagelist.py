"""The list of what came back, in words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.store.salvage import Found, Salvaged
from perfdesk.store.salvagelist import further, headline, ordered, titled, where_from, whole_text
from perfdesk.store.sources import Source

MOMENT = datetime(2026, 3, 18, 9, 30).astimezone()


def found(source: Source, *, year: int = 2026, missing: tuple[str, ...] = ()) -> Found:
    if source is Source.NOWHERE:
        return Found("form-9", "", None, source)
    return Found("form-1", "法律援助经费", year, source, MOMENT, missing)


def salvaged(*forms: Found) -> Salvaged:
    return Salvaged(Path("perfdesk.db.损坏-20260318-0931"), forms, 2, 40, 0, 0, None, ())


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ((Source.FILE, Source.JOURNAL, Source.REPLAYED), "3 张表都找回了"),
        ((Source.FILE, Source.BACKUP), "2 张表找回 2 张：1 张原样，1 张是备份或版本里的样子"),
        (
            (Source.FILE, Source.VERSION, Source.PART, Source.NOWHERE),
            "4 张表找回 3 张：1 张原样，1 张是备份或版本里的样子，1 张不全；1 张没有找回",
        ),
    ],
)
def test_the_headline(sources: tuple[Source, ...], words: str) -> None:
    assert headline(salvaged(*map(found, sources))) == words


def test_a_form_without_a_name_is_called_by_its_template() -> None:
    nameless = Found("form-1", "summary-project-self", 2026, Source.FILE, MOMENT)
    done = titled(salvaged(nameless, found(Source.FILE)), {"summary-project-self": "汇总表"})
    assert [one.name for one in done.forms] == ["汇总表", "法律援助经费"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (found(Source.FILE), "数据文件，2026年3月18日 09:30 的样子"),
        (found(Source.BACKUP), "备份，2026年3月18日 09:30 的样子"),
        (found(Source.PART, missing=("指标行", "资金行")), "数据文件，不全：缺指标行、资金行"),
        (found(Source.PART), "数据文件，不全：与改动记录对不上"),
        (found(Source.NOWHERE), "没有找回，只知道编号“form-9”"),
    ],
)
def test_where_a_form_came_from(form: Found, words: str) -> None:
    assert where_from(form) == words


def test_what_needs_looking_at_stands_first() -> None:
    forms = [found(one) for one in (Source.FILE, Source.BACKUP, Source.NOWHERE, Source.PART)]
    assert [one.source for one in ordered(salvaged(*forms))] == [
        Source.NOWHERE,
        Source.PART,
        Source.BACKUP,
        Source.FILE,
    ]


def test_the_whole_text_leaves_nothing_out() -> None:
    good, bad = Path("备份/good.db"), Path("备份/bad.db")
    forms = salvaged(found(Source.FILE), found(Source.NOWHERE))
    done = forms._replace(backup=good, refused=(bad,), cut=3, unread=8192, versions_lost=1)
    assert tuple(further(done)) == (
        "损坏的文件原样留着，改名为“perfdesk.db.损坏-20260318-0931”。",
        "用到的备份是“good.db”。",
        "备份“bad.db”也读不出来，没有用。",
        "版本读出 2 个，改动记录读出 40 行，另有 3 行前后接不上。",
        "另有 1 个版本没有读出来；其中有上报版的，以盖章的那份为准。",
        "磁盘上有 8 KB 读不出来，磁盘可能要坏了，尽早换一块。",
    )
    assert whole_text(done).splitlines()[-2:] == [
        "年度不明　名称不明　没有找回，只知道编号“form-9”",
        "2026　法律援助经费　数据文件，2026年3月18日 09:30 的样子",
    ]
