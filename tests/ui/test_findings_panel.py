"""The 审核 panel: verdict and counts, the current card and the current cell, fixes, and nothing that jumps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton, QTabBar, QWidget

from perfdesk.derive import sentence
from perfdesk.model import Binding, Block, Finding, Fix, Severity, Verdict, verdict
from tests.effort import assert_grows_evenly
from tests.qt_tools import child, children, click, press
from ui.findings import FindingsPanel
from ui.findings.card import lay_out
from ui.findings.cards import CardModel
from ui.findings.wording import spoken

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def cell(key: str, row: int = 0, count: int = 1) -> Binding:
    return Binding(Block.INDICATORS, key, row, count)


SUM = Finding(
    "W1",
    Severity.ERROR,
    "分值合计 110，应为 100",
    "30＋10＋20＋10＋10＋5＋10＋5 ＋ 执行率 10 ＝ 110，比 100 多 10 分。",
    "总分",
    Binding(Block.STATED, "total_weight"),
    also=(cell("weight", 3),),
    consequences=(
        Finding(
            "W2",
            Severity.ERROR,
            "得分合计 110，总分栏写 100",
            "多 10 分。",
            "总分",
            Binding(Block.STATED, "total_score"),
        ),
    ),
)
REASON = Finding(
    "E1", Severity.WARNING, "超过年度指标值 153%，没有说明", "(253 − 100) ÷ 100 ＝ ＋153%。", "案件数", cell("reason")
)
SIGN = Finding(
    "T1",
    Severity.WARNING,
    "满意度的比较符写成“＝”",
    "通常写“≥95%”。",
    "满意度",
    cell("target", 7),
    fix=Fix("改为 ≥95%", ((cell("target", 7), "≥95%"),)),
)
GROUP = Finding("G1", Severity.HINT, "二级指标只有一行", "通常不少于两行。", "质量指标", cell("level2", 4, 2))
FOUR = (SUM, REASON, SIGN, GROUP)


def many(count: int) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            f"C{row}",
            Severity.WARNING,
            f"第 {row} 条",
            f"{row} ÷ 100 ＝ {row}%，须说明原因。",
            "案件数",
            cell("target", row),
            fix=Fix("改为 ≥95%", ()),
        )
        for row in range(count)
    )


def show(panel: FindingsPanel, findings: tuple[Finding, ...]) -> None:
    panel.show_findings(findings, verdict(findings), sentence(findings))


@pytest.fixture
def panel(qtbot: QtBot) -> FindingsPanel:
    made = FindingsPanel()
    qtbot.addWidget(made)
    made.resize(318, 560)
    made.show()
    return made


def cards(panel: FindingsPanel) -> QListView:
    return child(panel, QListView)


def titles(panel: FindingsPanel) -> list[str]:
    model = cards(panel).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def heard(panel: FindingsPanel) -> list[object]:
    said: list[object] = []
    panel.place_chosen.connect(said.append)
    panel.fix_chosen.connect(said.append)
    return said


# ------------------------------------------------------------------------------------------- verdict, counts, tabs


@pytest.mark.parametrize(
    ("findings", "says"),
    [
        ((), "没有要改的地方，可以上报"),
        ((GROUP,), "没有要改的地方，可以上报；1 处提示可不改"),
        ((REASON, SIGN), "没有错误；2 处警告须说明"),
        (FOUR, "2 处错误须改正，2 处警告须说明"),
    ],
)
def test_the_sentence_counts_consequences_too(findings: tuple[Finding, ...], says: str) -> None:
    assert sentence(findings) == says


def test_verdict_and_tabs_follow_the_findings(panel: FindingsPanel) -> None:
    panel.show_findings((), Verdict.READY, sentence(()))
    assert panel.verdict_text() == "可上报：没有要改的地方，可以上报"
    show(panel, FOUR)
    assert panel.verdict_text() == "不可上报：2 处错误须改正，2 处警告须说明"
    assert panel.tab_texts() == ("全部 5", "错误 2", "警告 2", "提示 1")
    show(panel, (REASON,))
    assert panel.verdict_text().startswith("有待说明")


def test_a_tab_shows_one_severity(panel: FindingsPanel) -> None:
    show(panel, FOUR)
    panel.choose_tab(Severity.WARNING)
    assert titles(panel) == [REASON.title, SIGN.title]
    panel.choose_tab(None)
    assert titles(panel) == [one.title for one in FOUR]


def test_an_empty_tab_gives_way_when_stepping(panel: FindingsPanel) -> None:
    show(panel, (REASON,))
    panel.choose_tab(Severity.ERROR)
    assert titles(panel) == []
    panel.grab()
    said = heard(panel)
    panel.step(+1)
    assert said == [REASON.binding]


# ------------------------------------------------------------------------------------------------------ the current one


def test_stepping_goes_round_and_names_the_place(panel: FindingsPanel) -> None:
    show(panel, FOUR)
    said = heard(panel)
    for _ in range(5):
        panel.step(+1)
    panel.step(-1)
    assert said == [SUM.binding, REASON.binding, SIGN.binding, GROUP.binding, SUM.binding, GROUP.binding]


def test_stepping_through_nothing_is_quiet(panel: FindingsPanel) -> None:
    said = heard(panel)
    panel.step(+1)
    panel.apply_fix()
    assert said == []


@pytest.mark.parametrize(
    ("binding", "found"),
    [
        (REASON.binding, REASON),
        (cell("weight", 3), SUM),  # a cell the finding also marks
        (Binding(Block.STATED, "total_score"), SUM),  # the place of a 连带
        (cell("level2", 5), GROUP),  # a row the group cell stands for
        (cell("level2", 6), None),
        (None, None),
    ],
)
def test_the_card_follows_the_cell_without_a_word(
    panel: FindingsPanel, binding: Binding | None, found: Finding | None
) -> None:
    show(panel, FOUR)
    panel.set_current_binding(SIGN.binding)
    said = heard(panel)
    panel.set_current_binding(binding)
    assert panel.current_finding() == found
    assert said == []


def test_following_the_cell_leaves_the_focus_alone(panel: FindingsPanel, qtbot: QtBot) -> None:
    show(panel, FOUR)
    other = QPushButton("别处")
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    panel.set_current_binding(REASON.binding)
    panel.step(+1)
    show(panel, FOUR[1:])
    assert other.hasFocus()


def test_after_a_gap_stepping_goes_on_where_it_was(panel: FindingsPanel) -> None:
    show(panel, FOUR)
    panel.set_current_binding(REASON.binding)
    panel.set_current_binding(None)
    panel.step(+1)
    assert panel.current_finding() == SIGN


def test_when_the_current_finding_is_fixed_the_next_one_is_next(panel: FindingsPanel) -> None:
    show(panel, FOUR)
    panel.set_current_binding(REASON.binding)
    show(panel, (SUM, SIGN, GROUP))
    assert panel.current_finding() is None
    panel.step(+1)
    assert panel.current_finding() == SIGN


def test_a_new_first_finding_is_not_skipped_when_those_before_are_gone(panel: FindingsPanel) -> None:
    show(panel, FOUR)
    panel.set_current_binding(SIGN.binding)
    panel.set_current_binding(None)
    new = replace(REASON, code="E9", binding=cell("reason", 9))
    show(panel, (new, GROUP))
    panel.step(+1)
    assert panel.current_finding() == new


def test_a_finding_that_moved_is_still_the_one_left_last(panel: FindingsPanel) -> None:
    show(panel, FOUR)
    panel.set_current_binding(REASON.binding)
    panel.set_current_binding(None)
    new = replace(REASON, code="E9", binding=cell("reason", 9))
    show(panel, (new, SUM, REASON, SIGN))
    panel.step(+1)
    assert panel.current_finding() == SIGN
    panel.set_current_binding(None)
    panel.step(-1)
    assert panel.current_finding() == SIGN


def test_without_a_form_there_is_no_verdict(panel: FindingsPanel) -> None:
    assert panel.verdict_text() == ""
    show(panel, FOUR)
    block = next(one for one in children(panel, QWidget) if one.property("verdict"))
    assert block.isVisible()
    panel.clear()
    assert panel.verdict_text() == ""
    assert not block.isVisible()
    assert panel.tab_texts()[0] == "全部 0"
    panel.set_collapsed(True)
    panel.grab()


def test_another_form_begins_at_the_top(panel: FindingsPanel) -> None:
    show(panel, many(60))
    bar = cards(panel).verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    panel.clear()
    show(panel, many(50))
    assert bar.value() == 0
    panel.step(+1)
    assert panel.current_finding() == many(50)[0]


@pytest.mark.parametrize(("blanks", "findings"), [(True, ()), (False, FOUR), (False, ())])
def test_the_buttons_step_wherever_there_is_anything_to_go_to(
    panel: FindingsPanel, blanks: bool, findings: tuple[Finding, ...]
) -> None:
    panel.show_findings(findings, Verdict.FILLING, "必填的格填了 0%", blanks=blanks)
    asked: list[int] = []
    panel.step_asked.connect(asked.append)
    for word in ("上一处", "下一处 F8"):
        button = next(one for one in children(panel, QPushButton) if one.text() == word)
        assert button.isEnabled() == (blanks or bool(findings))
        click(button)
    assert asked == ([-1, 1] if blanks or findings else [])


def test_no_card_widget_is_left_behind(panel: FindingsPanel) -> None:
    show(panel, FOUR)
    for binding, rest in ((REASON.binding, (SUM, SIGN, GROUP)), (SIGN.binding, (GROUP, SUM, SIGN)), (None, FOUR)):
        panel.set_current_binding(binding)
        show(panel, rest)
        view = cards(panel)
        rows = [view.model().index(row, 0) for row in range(view.model().rowCount())]
        live = [index.row() for index in rows if view.indexWidget(index) is not None]
        assert live == [index.row() for index in rows if index == view.currentIndex()]


def test_a_form_that_is_being_filled_is_not_judged(panel: FindingsPanel) -> None:
    panel.show_findings(FOUR, Verdict.FILLING, "已填 12%")
    assert panel.verdict_text() == "填写中：已填 12%"
    panel.grab()


def test_the_current_card_stays_current_when_its_arithmetic_changes(panel: FindingsPanel) -> None:
    show(panel, FOUR)
    panel.set_current_binding(REASON.binding)
    said = heard(panel)
    changed = replace(REASON, message="(260 − 100) ÷ 100 ＝ ＋160%。")
    show(panel, (changed, SIGN, GROUP))
    assert panel.current_finding() == changed
    assert said == []


# --------------------------------------------------------------------------------------------------- mouse and keyboard


def point_in(panel: FindingsPanel, row: int, place: QPoint) -> QPoint:
    view = cards(panel)
    return view.visualRect(view.model().index(row, 0)).topLeft() + place


def test_a_click_on_a_card_goes_to_its_place(panel: FindingsPanel, qtbot: QtBot) -> None:
    show(panel, FOUR)
    said = heard(panel)
    click(cards(panel).viewport(), point_in(panel, 1, QPoint(100, 15)))
    assert said == [REASON.binding]
    assert panel.current_finding() == REASON


def test_a_painted_button_fixes_with_one_click(panel: FindingsPanel, qtbot: QtBot) -> None:
    show(panel, FOUR)
    said = heard(panel)
    box = lay_out(SIGN, 318, cards(panel).font(), current=False).button_rect()
    place = point_in(panel, 2, box.center())
    QTest.mouseMove(cards(panel).viewport(), place)
    panel.grab()
    click(cards(panel).viewport(), place)
    assert said == [SIGN]


def test_the_current_card_has_a_real_button_in_the_same_place(panel: FindingsPanel, qtbot: QtBot) -> None:
    show(panel, FOUR)
    panel.set_current_binding(SIGN.binding)
    said = heard(panel)
    widget = cards(panel).indexWidget(cards(panel).currentIndex())
    button = child(widget, QPushButton)
    assert button.text() == "改为 ≥95%"
    assert button.geometry() == lay_out(SIGN, 318, cards(panel).font(), current=True).button_rect()
    click(button)
    panel.apply_fix()
    assert said == [SIGN, SIGN]


def test_idle_and_current_buttons_look_the_same(panel: FindingsPanel) -> None:
    show(panel, (SIGN, REASON))
    box = lay_out(SIGN, 318, cards(panel).font(), current=False).button_rect()
    inner = box.adjusted(3, 3, -3, -4).translated(point_in(panel, 0, QPoint(0, 0)))
    idle = cards(panel).viewport().grab(inner).toImage()
    panel.set_current_binding(SIGN.binding)
    current = cards(panel).viewport().grab(inner).toImage()
    assert idle == current


def test_a_press_released_elsewhere_does_nothing(panel: FindingsPanel, qtbot: QtBot) -> None:
    show(panel, FOUR)
    said = heard(panel)
    viewport = cards(panel).viewport()
    QTest.mousePress(
        viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point_in(panel, 1, QPoint(100, 15))
    )
    QTest.mouseRelease(
        viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point_in(panel, 2, QPoint(100, 15))
    )
    assert said == []


def test_arrows_move_and_enter_goes_to_the_place(panel: FindingsPanel, qtbot: QtBot) -> None:
    show(panel, FOUR)
    panel.activateWindow()
    panel.focus_list()
    qtbot.waitUntil(cards(panel).hasFocus)
    panel.set_current_binding(SIGN.binding)
    said = heard(panel)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_End):
        press(cards(panel), key)
    assert said == [SUM.binding, REASON.binding, REASON.binding, GROUP.binding]


def test_tab_reaches_the_fix_of_the_current_card(panel: FindingsPanel, qtbot: QtBot) -> None:
    show(panel, FOUR)
    panel.set_current_binding(SIGN.binding)
    panel.activateWindow()
    panel.focus_list()
    qtbot.waitUntil(cards(panel).hasFocus)
    press(cards(panel), Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "改为 ≥95%"
    said = heard(panel)
    press(focused, Qt.Key.Key_Space)
    assert said == [SIGN]
    show(panel, (SUM, REASON, GROUP))
    assert cards(panel).hasFocus()


def test_readers_hear_the_whole_card(panel: FindingsPanel) -> None:
    show(panel, FOUR)
    said = cards(panel).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == spoken(SUM)
    assert said.startswith("错误：分值合计 110，应为 100。30＋10")
    assert "连带：得分合计 110，总分栏写 100。多 10 分。" in said


# ------------------------------------------------------------------------------------------------------- nothing jumps


def test_equal_findings_change_nothing(panel: FindingsPanel) -> None:
    show(panel, many(60))
    model = cards(panel).model()
    seen: list[object] = []
    for signal in (model.dataChanged, model.rowsInserted, model.rowsRemoved, model.modelReset, model.layoutChanged):
        signal.connect(lambda *args: seen.append(args))
    show(panel, many(60))
    assert seen == []


@pytest.mark.parametrize("gone", [0, 3, 59])
def test_what_is_in_sight_stays_in_its_place(panel: FindingsPanel, qtbot: QtBot, gone: int) -> None:
    findings = many(60)
    show(panel, findings)
    view = cards(panel)
    view.verticalScrollBar().setValue(2000)
    top = view.indexAt(QPoint(5, 5))
    title, y = top.data(), view.visualRect(top).top()
    for state in (findings[:gone] + findings[gone + 1 :], findings):
        show(panel, state)
        QApplication.sendPostedEvents()
        now = next(view.model().index(row, 0) for row, text in enumerate(titles(panel)) if text == title)
        assert view.visualRect(now).top() == y


def test_at_the_top_new_errors_come_into_sight(panel: FindingsPanel) -> None:
    findings = many(60)
    show(panel, findings)
    show(panel, (SUM, *findings))
    assert cards(panel).indexAt(QPoint(5, 5)).data() == SUM.title


def test_the_scroll_bar_never_changes_the_lines(panel: FindingsPanel) -> None:
    show(panel, many(2))
    view = cards(panel)
    before = view.visualRect(view.model().index(0, 0)).height()
    show(panel, many(60))
    assert view.verticalScrollBar().maximum() > 0
    assert view.visualRect(view.model().index(0, 0)).height() == before


def test_idle_cards_keep_to_two_lines_of_arithmetic_and_the_current_shows_all(panel: FindingsPanel) -> None:
    long = replace(REASON, message="＋".join(["30"] * 80) + " ＝ 2400。")
    font = cards(panel).font()
    idle, current = (lay_out(long, 318, font, current=state) for state in (False, True))
    assert [line.token for line in idle.lines] == ["ink", "ink2", "ink2", "ink3"]
    assert idle.lines[2].text.endswith("…")
    assert "2400。" in "".join(line.text for line in current.lines)


def test_the_model_is_sound(panel: FindingsPanel, qtbot: QtBot) -> None:
    model = CardModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    findings = many(12)
    states = (
        findings,
        findings[3:],
        (*findings[:2], SUM, *findings[5:]),
        tuple(reversed(findings)),
        (findings[1], replace(findings[0], message="另一个"), findings[1]),
        (),
        FOUR,
    )
    for state in states:
        model.set_rows(state)
        assert model.rows() == state
        assert model.rowCount() == len(state)
    assert isinstance(tester.model(), QAbstractItemModel)


def test_a_keystroke_costs_twice_as_much_only_with_twice_the_findings(panel: FindingsPanel) -> None:
    def type_a_letter(count: int) -> None:
        findings = many(count)
        show(panel, findings)
        panel.set_current_binding(findings[5].binding)
        changed = (*findings[:30], replace(findings[30], message=f"{count} ÷ 100。"), *findings[31:])
        panel.show_findings(changed, Verdict.TO_EXPLAIN, f"{count} 处警告须说明")
        QApplication.sendPostedEvents()

    assert_grows_evenly(type_a_letter, 160)


# ---------------------------------------------------------------------------------------------------------- the strip


def test_collapsed_the_panel_is_a_strip_that_opens_again(panel: FindingsPanel, qtbot: QtBot) -> None:
    show(panel, FOUR)
    panel.set_collapsed(True)
    assert panel.is_collapsed()
    assert panel.width() == 40
    strip = next(one for one in children(panel, QWidget) if one.accessibleName().startswith("审核，不可上报"))
    panel.grab()
    with qtbot.waitSignal(panel.expand_chosen):
        click(strip)
    panel.set_collapsed(False)
    assert not panel.is_collapsed()
    assert panel.minimumWidth() == 280


@pytest.mark.parametrize(("width", "word"), [(318, "下一处 F8"), (290, "下一处")])
def test_a_narrow_panel_drops_the_key(panel: FindingsPanel, width: int, word: str) -> None:
    panel.resize(width, 560)
    assert word in [button.text() for button in children(panel, QPushButton)]
    tabs = child(panel, QTabBar)
    show(panel, many(60))
    assert tabs.tabRect(3).right() < width
