"""由上年建立 in the real window: the wizard from the year to the new forms, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton

from perfdesk.errors import UserError
from perfdesk.pagesetup import PageSetup
from perfdesk.rolling import Treatment
from perfdesk.store import Reason
from perfdesk.store.backups import found
from tests.qt_tools import children, press
from tests.robot import LEGAL_AID, Open, Robot
from ui.rolling import RollingDialog
from ui.rolling.answers import EMPTY, AnswerModel
from ui.rolling.dialog import ANSWERS, ITEMS, MADE, SOURCES
from ui.rolling.items import ItemModel

BY_LAW = "依法行政专项经费"


@pytest.fixture
def wizard(robot: Robot) -> Iterator[RollingDialog]:
    yield shown(robot)
    robot.settle()


def shown(robot: Robot) -> RollingDialog:
    robot.window.commands["roll"].trigger()
    dialog = robot.dialog(RollingDialog)
    assert isinstance(dialog, RollingDialog)
    return dialog


def button(dialog: RollingDialog, words: str) -> QPushButton:
    return next(one for one in children(dialog, QPushButton) if one.text() == words)


def turn_to(dialog: RollingDialog, step: int) -> None:
    while dialog.step < step:
        dialog.go_on()


def make(robot: Robot, dialog: RollingDialog) -> None:
    turn_to(dialog, ANSWERS if dialog.plan.asked else ITEMS)
    dialog.go_on()
    robot.until(lambda: dialog.step == MADE)


def of_year(robot: Robot, year: int) -> list[str]:
    return [one.name for one in robot.window.forms.lines if one.year == year]


def item(dialog: RollingDialog, label: str) -> tuple[str, ...]:
    return next(one for one in dialog.items.table.texts() if one[0] == label)


# ---------------------------------------------------------------------------------------------------------- the forms


def test_it_begins_with_the_year_of_the_open_form(wizard: RollingDialog) -> None:
    assert (wizard.plan.old_year, wizard.plan.year, wizard.step) == (2020, 2021, SOURCES)
    assert [one[0] for one in wizard.sources.texts()] == [BY_LAW, LEGAL_AID]
    assert wizard.steps.names() == ("选择来源", "逐项处理", "确认 28 处", "建立完成")


def test_the_new_year_is_later_than_the_old_one(wizard: RollingDialog) -> None:
    for typed in ("2020", "二〇二一", ""):
        wizard.sources.year.setText(typed)
        assert not wizard.can_go_on()
        assert wizard.hint() == "新年度填四位数字，要晚于来源年度"
    wizard.sources.year.setText("２０２４年")
    assert wizard.can_go_on()
    assert wizard.plan.year == 2024
    assert [one[0] for one in wizard.sources.texts()] == [BY_LAW, LEGAL_AID], (
        "another office's forms of 2024 do not count"
    )


def test_what_the_new_year_has_is_not_made_twice(robot: Robot, wizard: RollingDialog) -> None:
    wizard.sources.set_chosen(0, on=False)
    make(robot, wizard)
    wizard.reject()
    robot.settle()
    again = shown(robot)
    assert [one[0] for one in again.sources.texts()] == [BY_LAW, f"{LEGAL_AID}（2021 年已有）"]
    assert [one.name for one in again.plan.forms] == [BY_LAW]


def test_another_year_brings_its_forms(wizard: RollingDialog) -> None:
    years = wizard.sources.years
    years.setCurrentIndex(years.findData(2024))
    years.activated.emit(years.currentIndex())
    assert (wizard.plan.old_year, wizard.plan.year, wizard.sources.year.text()) == (2024, 2025, "2025")
    assert len(wizard.sources.texts()) == 2


def test_forms_are_ticked_and_none_is_too_few(wizard: RollingDialog) -> None:
    wizard.sources.set_chosen(0, on=False)
    assert [one.name for one in wizard.plan.forms] == [LEGAL_AID]
    button(wizard, "全不选").click()
    assert not wizard.can_go_on()
    assert wizard.hint() == "至少勾选一张表"
    wizard.go_on()
    assert wizard.step == SOURCES
    button(wizard, "全选").click()
    assert len(wizard.plan.forms) == 2


def test_a_form_goes_on_with_another_template(robot: Robot, wizard: RollingDialog) -> None:
    target = wizard.sources.target
    other = next(at for at in range(target.count()) if target.itemData(at).id == "national-2021-project-self")
    target.setCurrentIndex(other)
    target.activated.emit(other)
    make(robot, wizard)
    templates = {one.template_id for one in robot.window.forms.store.load_year(2021)}
    assert templates == {"national-2020-project-self", "national-2021-project-self"}


# ---------------------------------------------------------------------------------------------------------- the items


def test_items_say_what_was_and_what_comes(wizard: RollingDialog) -> None:
    turn_to(wizard, ITEMS)
    wizard.forms.setCurrentIndex(wizard.forms.findText(LEGAL_AID))
    wizard.forms.activated.emit(wizard.forms.currentIndex())
    assert item(wizard, "项目名称") == ("项目名称", LEGAL_AID, "保留", LEGAL_AID)
    assert item(wizard, "年初预算数") == ("年初预算数", "15", "问我", "下一步确认")
    assert item(wizard, "全年预算数、全年执行数")[2:] == ("清空", "空白，待填")
    assert item(wizard, "实际完成值")[2:] == ("清空", "空白，待填；上年值留作对照")
    assert item(wizard, "分值") == ("分值", "10", "保留", "10"), "that of the budget row stands first"
    assert ("绩效指标 · 4 项",) in wizard.items.table.texts()
    assert wizard.items.counts() == ("保留 7", "清空 3", "问我 3")


def test_the_arrows_change_how_the_current_item_is_treated(wizard: RollingDialog) -> None:
    turn_to(wizard, ITEMS)
    table = wizard.items.table
    table.make_current("项目名称")
    for key, treatment in ((Qt.Key.Key_Left, "保留"), (Qt.Key.Key_Right, "清空"), (Qt.Key.Key_Right, "问我")):
        press(table, key)
        assert item(wizard, "项目名称")[2] == treatment
    press(table, Qt.Key.Key_Right)
    assert item(wizard, "项目名称")[2] == "问我"
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Right)
    assert item(wizard, "主管部门、实施单位")[2] == "清空"


def test_a_long_text_cannot_be_asked_for(wizard: RollingDialog) -> None:
    turn_to(wizard, ITEMS)
    table = wizard.items.table
    table.make_current("预期目标")
    press(table, Qt.Key.Key_Right)
    press(table, Qt.Key.Key_Right)
    assert item(wizard, "预期目标")[2] == "清空"


def test_a_click_on_a_word_chooses_it(wizard: RollingDialog) -> None:
    turn_to(wizard, ITEMS)
    table = wizard.items.table
    at = table.segment("附件", Treatment.ASK)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert item(wizard, "附件")[2] == "问我"
    beside = QPoint(5, at.y())
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, beside)
    assert item(wizard, "附件")[2] == "问我"


def test_all_items_at_once(wizard: RollingDialog) -> None:
    turn_to(wizard, ITEMS)
    before = wizard.items.counts()
    wizard.items.press("全部清空")
    assert wizard.items.counts() == ("保留 0", "清空 13", "问我 0")
    assert wizard.next_words() == "建立 2 张表"
    wizard.items.press("全部保留")
    assert wizard.items.counts() == ("保留 13", "清空 0", "问我 0")
    wizard.items.press("按推荐")
    assert wizard.items.counts() == before
    assert wizard.next_words() == "下一步：确认 28 处"


def test_what_was_chosen_stays_on_the_way_back(wizard: RollingDialog) -> None:
    turn_to(wizard, ITEMS)
    wizard.items.press("全部清空")
    wizard.go_back()
    assert wizard.step == SOURCES
    turn_to(wizard, ITEMS)
    assert wizard.items.counts()[1] == "清空 13"


# -------------------------------------------------------------------------------------------------------- the answers


def test_answers_are_typed_row_by_row(robot: Robot, wizard: RollingDialog) -> None:
    turn_to(wizard, ANSWERS)
    table = wizard.answers.table
    assert table.texts()[:3] == (
        (f"{BY_LAW} · 10 处",),
        ("年初预算数", "年度资金总额", "8", ""),
        ("年初预算数", "其中：当年财政拨款", "8", ""),
    )
    table.setFocus()
    robot.keys("12")
    robot.press("Return")
    robot.settle()
    assert table.texts()[1][3] == "12"
    current = table.current()
    assert current is not None
    assert current.question.place == "其中：当年财政拨款"
    robot.press("Alt+Down")
    assert table.texts()[2][3] == "8"
    assert wizard.answers.count() == "共 28 处，已填 2 处；没有填的，在新表上是空格"


def test_an_answer_can_be_taken_back(robot: Robot, wizard: RollingDialog) -> None:
    turn_to(wizard, ANSWERS)
    table = wizard.answers.table
    wizard.answers.one.click()
    table.setFocus()
    robot.press("Up")
    assert table.texts()[1][3] == "8"
    robot.press("Del")
    assert table.texts()[1][3] == ""
    assert EMPTY in str(table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_rest_as_last_year_and_all_blank(wizard: RollingDialog) -> None:
    turn_to(wizard, ANSWERS)
    first = wizard.plan.asked[0]
    wizard.answers.typed.emit(first.key, "99")
    wizard.answers.all.click()
    answers = [row[3] for row in wizard.answers.table.texts() if len(row) > 1]
    assert answers[0] == "99"
    assert "2021年年底之前完成" in answers
    assert "" not in answers
    wizard.answers.none.click()
    assert not wizard.plan.answers


# ------------------------------------------------------------------------------------------------------------- making


def test_the_new_year_is_made_after_a_copy_of_the_data(robot: Robot, wizard: RollingDialog, folder: Path) -> None:
    wizard.answers.typed.emit(wizard.plan.asked[0].key, "12")
    make(robot, wizard)
    assert of_year(robot, 2021) == [BY_LAW, LEGAL_AID]
    (backup,) = found(folder / "office.db")
    assert backup.reason is Reason.ROLL_FORWARD
    made = robot.window.forms.store.load_year(2021)
    assert made[0].funds[0].initial_budget == "12"
    assert [one.actual for one in made[1].indicators] == [""] * 8
    assert [one.weight for one in made[0].indicators] == [
        one.weight for one in robot.window.forms.store.load_year(2020)[0].indicators
    ]
    assert robot.window.forms.is_frozen(2020)
    fact, advice = wizard.made.texts()
    assert fact == "已建立 2021 年的 2 张表"
    assert backup.path.name in advice
    wizard.go_on()
    assert (robot.document.record.year, robot.document.record.value("project_name")) == (2021, BY_LAW)


def test_the_making_is_taken_back_in_one_step(robot: Robot, wizard: RollingDialog) -> None:
    make(robot, wizard)
    button(wizard, "撤销建立").click()
    assert of_year(robot, 2021) == []
    assert not robot.window.forms.is_frozen(2020)
    assert robot.window.forms.trashed_count == 2
    assert robot.toast() == "已撤销建立，2 张表在回收站，可以取回"


def test_the_toast_takes_it_back_though_a_form_is_open(robot: Robot, wizard: RollingDialog) -> None:
    make(robot, wizard)
    wizard.go_on()
    robot.type("主管部门", "青山县司法局")
    next(one for one in children(robot.window.toast, QPushButton) if one.text() == "撤销").click()
    assert of_year(robot, 2021) == []
    assert robot.window.session.document is None
    assert robot.window.forms.trashed_count == 2


def test_the_old_year_stays_open_where_that_is_wanted(robot: Robot, wizard: RollingDialog) -> None:
    wizard.sources.freeze.click()
    make(robot, wizard)
    assert not robot.window.forms.is_frozen(2020)
    assert "只供查看" not in wizard.made.texts()[1]


def test_a_year_that_was_locked_before_stays_locked(robot: Robot, wizard: RollingDialog) -> None:
    robot.window.forms.store.freeze(2020, on=True)
    robot.window.forms.relist()
    make(robot, wizard)
    button(wizard, "撤销建立").click()
    assert robot.window.forms.is_frozen(2020)


def test_without_a_copy_nothing_is_made(robot: Robot, wizard: RollingDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_source: Path, _target: Path) -> None:
        raise UserError("U 盘已满，没有备份。换个位置再试。")

    monkeypatch.setattr("perfdesk.store.backup.copy_to", full)
    turn_to(wizard, ANSWERS)
    wizard.go_on()
    robot.until(lambda: robot.answers.said)
    assert wizard.step == ANSWERS
    assert wizard.can_go_on()
    assert wizard.hint().startswith("U 盘已满")
    assert of_year(robot, 2021) == []


def test_two_copies_of_one_moment_do_not_meet(robot: Robot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _round in range(2):
        dialog = shown(robot)
        turn_to(dialog, ITEMS)
        dialog.items.press("全部清空")
        make(robot, dialog)
        dialog.reject()
        robot.settle()
        robot.open(LEGAL_AID, year=2020)
    assert [one.number for one in found(folder / "office.db")] == [2, 1]


def test_nothing_is_made_of_nothing(open_window: Open) -> None:
    robot = open_window(empty=True)
    assert not robot.window.commands["roll"].isEnabled()
    robot.window.errands.rollover.start()
    assert robot.window.isActiveWindow()


def test_what_is_only_looked_at_is_not_rolled(open_window: Open) -> None:
    robot = open_window()
    robot.close()
    looking = open_window(read_only=True)
    assert not looking.window.commands["roll"].isEnabled()


def test_the_models_keep_the_rules_of_qt(robot: Robot, wizard: RollingDialog) -> None:
    items, answers = ItemModel(), AnswerModel()
    for model in (items, answers):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    items.set_plan(wizard.plan, wizard.plan.forms[0])
    answers.set_plan(wizard.plan, wizard.plan.asked)
    assert not answers.setData(answers.index(0, 3), "9")
    assert answers.flags(answers.index(0, 0)) == Qt.ItemFlag.NoItemFlags
    assert items.rowCount(items.index(0, 0)) == answers.columnCount(answers.index(0, 0)) == 0
    assert items.item(-1) is None
    assert not QModelIndex().isValid()


def test_the_page_set_up_goes_along(robot: Robot) -> None:
    store = robot.window.forms.store
    chosen = PageSetup(landscape=True, name=True)
    store.page_setups.choose({robot.document.record.id: chosen})
    dialog = shown(robot)
    make(robot, dialog)
    dialog.reject()
    robot.settle()
    found = {one.value("project_name"): store.page_setups.of((one.id,)).get(one.id) for one in store.load_year(2021)}
    assert found == {BY_LAW: None, LEGAL_AID: chosen}
