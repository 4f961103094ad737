"""Data items in the text of a report: read, written, brought up to date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.dataitems import Figures, Item, item_for, items_of, plain, refresh, renewed, resolve, split, write
from perfdesk.model import Figure, Record, Section

SPENT = Figure("部门自评表·全年执行数", "全年执行数", "部门自评表 › 年度资金总额", "2318.14", "万元")
FIGURES = Figures((SPENT,))


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", ()),
        ("专项支出394万元", ("专项支出394万元",)),
        ("支出{{a·执行数|32.8}}万元", ("支出", Item("a·执行数", "32.8"), "万元")),
        ("{{a|1}}{{b|}}", (Item("a", "1"), Item("b", ""))),
        ("{{没有完", ("{{没有完",)),
        ("{{|1}}", ("{{|1}}",)),
        ("{{a}}", ("{{a}}",)),
        ("{{{a|1}}}", ("{", Item("a", "1"), "}")),
    ],
)
def test_a_paragraph_is_cut_into_texts_and_items(text: str, runs: tuple[str | Item, ...]) -> None:
    assert split(text) == runs
    assert write(runs) == text


@given(st.text("{}|ab年1\n", max_size=24))
def test_cutting_and_writing_loses_nothing(text: str) -> None:
    assert write(split(text)) == text


@given(st.text(max_size=8), st.text(max_size=8))
def test_whatever_a_figure_is_called_its_item_is_read_back(key: str, text: str) -> None:
    item = item_for(Figure(key or "x", "", "", text))
    if item.key:
        assert split(write(("甲", item))) == ("甲", item)


def test_an_item_prints_the_figure_as_it_stands_now() -> None:
    text = "年末决算{{部门自评表·全年执行数|2300}}万元"
    assert resolve(text, FIGURES) == "年末决算2318.14万元"
    assert renewed(text, FIGURES) == "年末决算{{部门自评表·全年执行数|2318.14}}万元"


def test_an_item_whose_figure_is_gone_keeps_its_last_text() -> None:
    text = "专项支出{{项目表·执行数|394}}万元"
    assert resolve(text, FIGURES) == "专项支出394万元"
    assert renewed(text, FIGURES) == text
    assert plain(text) == "专项支出394万元"


def test_a_record_is_brought_up_to_date_at_once() -> None:
    old = Section(2, "（一）基本支出", ("决算{{部门自评表·全年执行数|1}}万元", "无"))
    record = Record("r", "chenxi-2021-report", 2021, MoneyUnit.WAN, sections=(Section(1, "一、支出"), old))
    fresh = refresh(record, FIGURES)
    assert items_of(fresh) == (Item("部门自评表·全年执行数", "2318.14"),)
    assert fresh.sections[0] == record.sections[0]
    assert refresh(fresh, FIGURES) is fresh
