"""The tabs of the panels at the right edge: one shown at a time, no names for one alone, nothing of the hidden ones felt."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTabBar, QWidget

from tests.qt_tools import child, children
from ui.widgets.tabs import Page, SideTabs


def _page(key: str, *, least: int = 0) -> Page:
    line = QLineEdit()
    line.setMinimumWidth(least)
    return Page(key, key, line, line.setFocus)


@pytest.fixture
def tabs(qapp: object) -> SideTabs:
    made = SideTabs("右侧面板")
    made.resize(320, 400)
    made.show()
    return made


def _shown(tabs: SideTabs) -> list[QWidget]:
    return [one for one in children(tabs, QLineEdit) if one.isVisible()]


def test_one_panel_alone_has_no_name_above_it(tabs: SideTabs) -> None:
    only = _page("审核")
    tabs.show_pages((only,))
    assert not child(tabs, QTabBar).isVisible()
    assert _shown(tabs) == [only.widget]


def test_one_of_several_is_shown_and_the_others_ask_for_no_room(tabs: SideTabs) -> None:
    wide, slim = _page("评分数据", least=300), _page("审核", least=40)
    tabs.show_pages((wide, slim), first="审核")
    assert tabs.words() == ("评分数据", "审核")
    assert _shown(tabs) == [slim.widget]
    assert tabs.minimumSizeHint().width() < 300
    heard: list[str] = []
    tabs.chosen.connect(heard.append)
    child(tabs, QTabBar).setFocus()
    QTest.keyClick(child(tabs, QTabBar), Qt.Key.Key_Left)
    assert heard == ["评分数据"]
    assert _shown(tabs) == [wide.widget]


def test_the_panel_in_front_stays_when_others_come_and_go(tabs: SideTabs) -> None:
    audit, data, annexes = _page("审核"), _page("插入数据"), _page("附表")
    tabs.show_pages((audit,))
    tabs.show_pages((data, audit, annexes))
    assert tabs.current() == "审核"
    tabs.choose("附表")
    tabs.choose("没有的")
    assert tabs.current() == "附表"
    tabs.show_pages((audit,))
    assert _shown(tabs) == [audit.widget]


def test_a_name_may_carry_a_count_and_folding_puts_the_names_away(tabs: SideTabs) -> None:
    audit, data = _page("审核"), _page("插入数据")
    tabs.show_pages((data, audit))
    tabs.rename("审核", "审核 2")
    tabs.rename("没有的", "别的")
    assert tabs.words() == ("插入数据", "审核 2")
    tabs.set_folded(folded=True)
    assert not child(tabs, QTabBar).isVisible()
    tabs.set_folded(folded=False)
    tabs.take_focus()
    assert data.widget.hasFocus()
