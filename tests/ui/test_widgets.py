"""The small widgets say and measure what they show; the wheel changes nothing; toasts and cards come and go as told."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from perfdesk.model import Assessment, Binding, Block, GroupTotal, Score, ScoreMethod, Severity, Verdict
from tests.qt_tools import child, children, click, press
from ui.theme import DARK, LIGHT, Tokens
from ui.widgets.focus import FocusRings, wants_ring
from ui.widgets.looks import set_look
from ui.widgets.marks import Mark, MarkLabel, mark_of, paint_mark
from ui.widgets.meter import WeightMeter, figures_of, scale_end, segments_of, stretches_of
from ui.widgets.progress import ProgressCard
from ui.widgets.search import SearchField
from ui.widgets.toast import Link, Toast
from ui.widgets.words import copyable_words, plain_words, say
from ui.widgets.zoom import ZoomControl

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NORMAL = (("产出指标", "80"), ("效益指标", "15"), ("满意度指标", "5"))


def assessment(budget: str, groups: tuple[tuple[str, str], ...]) -> Assessment:
    place = Binding(Block.FUNDS, "score", 0)
    score = Score(place, "执行率", Decimal(budget), None, "", None, ScoreMethod.RATE, "")
    totals = tuple(GroupTotal(name, 0, 1, None, Decimal(weight), Decimal(0)) for name, weight in groups)
    total = Decimal(budget) + sum((group.weight for group in totals), Decimal(0))
    return Assessment(None, "", score, (), totals, total, Decimal(0), Decimal(0), "", None)


# ------------------------------------------------------------------------------------------------------------ words


def test_what_stands_in_words_is_never_read_as_markup(qtbot: QtBot) -> None:
    card = QWidget()
    qtbot.addWidget(card)
    label = copyable_words(card, "<b>数据</b>在：D:\\绩效", ink="2", tone="err")
    label.setSelection(0, 5)
    assert label.selectedText() == "<b>数据"
    assert (label.property("ink"), label.property("tone"), label.property("role")) == ("2", "err", None)
    assert not plain_words(card, "数据").textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_what_says_nothing_takes_no_room(qtbot: QtBot) -> None:
    card = QWidget()
    qtbot.addWidget(card)
    label = plain_words(card)
    for text, hidden in (("密码不对。", False), ("", True), ("密码不对。", False)):
        say(label, text)
        assert (label.text(), label.isHidden()) == (text, hidden)


def test_a_look_that_changes_is_seen_at_once(qtbot: QtBot) -> None:
    card = QWidget()
    qtbot.addWidget(card)
    label = plain_words(card, "没有存上", ink="2")
    card.show()
    for tone, token in (("", LIGHT.ink2), ("err", LIGHT.err), ("ok", LIGHT.ok), ("", LIGHT.ink2)):
        set_look(label, "tone", tone)
        assert label.palette().color(label.foregroundRole()).name().upper() == token


# ------------------------------------------------------------------------------------------------------------ marks


def test_marks_of_severities_and_verdicts() -> None:
    assert [mark_of(one) for one in Severity] == [Mark.ERROR, Mark.WARNING, Mark.HINT]
    assert [mark_of(one) for one in Verdict] == [Mark.OK, Mark.WARNING, Mark.ERROR, Mark.WORKING]


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=lambda table: table.mode)
def test_marks_differ_by_shape_not_only_by_colour(qapp: QApplication, table: Tokens) -> None:
    outlines = set()
    for kind in Mark:
        image = QImage(QSize(32, 32), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint_mark(painter, QRectF(0, 0, 32, 32), kind, table)
        painter.end()
        grey = tuple(
            (image.pixelColor(x, y).lightness() // 64 if image.pixelColor(x, y).alpha() > 127 else None)
            for x in range(0, 32, 2)
            for y in range(0, 32, 2)
        )
        assert any(point is not None for point in grey), kind
        outlines.add(tuple(point is not None for point in grey) if kind not in {Mark.ERROR, Mark.OK} else grey)
    assert len(outlines) == len(Mark)


def test_a_mark_says_its_word(qtbot: QtBot) -> None:
    label = MarkLabel(Mark.WARNING, size=24)
    qtbot.addWidget(label)
    assert label.sizeHint() == QSize(24, 24)
    assert label.accessibleName() == "警告"
    label.set_kind(Mark.LOCKED)
    assert label.accessibleName() == "已上报"


# ------------------------------------------------------------------------------------------------------------ meter


@pytest.mark.parametrize(
    ("total", "words", "token"),
    [
        ("110", ("110/100", "多 10 分"), "err"),
        ("92", ("92/100", "少 8 分"), "warn"),
        ("100.00", ("100/100", ""), "ok"),
        ("0", ("0/100", "少 100 分"), "warn"),
        ("100.5", ("100.5/100", "多 0.5 分"), "err"),
    ],
)
def test_figures_beside_the_bar(total: str, words: tuple[str, str], token: str) -> None:
    figures = figures_of(Decimal(total))
    assert (figures.sum, figures.rest, figures.token) == (*words, token)


@pytest.mark.parametrize(("total", "end"), [("0", "118"), ("100", "118"), ("112", "118"), ("140", "147.00")])
def test_the_scale_ends_at_118_or_5_per_cent_over_the_sum(total: str, end: str) -> None:
    assert scale_end(Decimal(total)) == Decimal(end)


def test_segments_stand_in_paper_order_with_their_colours() -> None:
    groups = (("成本指标", "20"), ("产出指标", "40"), ("效益指标", "20"), ("满意度指标", "10"), ("其他", "0"))
    found = [(one.label, one.token, one.hatched) for one in segments_of(assessment("10", groups))]
    assert found == [
        ("执行率", "g1", False),
        ("成本", "g1", True),
        ("产出", "g2", False),
        ("效益", "g3", False),
        ("满意度", "g4", False),
        ("其他", "g1", False),
    ]


def test_what_lies_over_100_is_one_hatched_stretch() -> None:
    shown = assessment("10", NORMAL)
    pieces = stretches_of(segments_of(shown), shown.weight_total, 118.0)
    assert [(round(one.left), round(one.width)) for one in pieces] == [(0, 10), (10, 80), (90, 10), (100, 10)]
    assert pieces[-1].segment is None
    assert all(one.segment is not None for one in pieces[:-1])


def test_stretches_touch_and_never_overlap() -> None:
    shown = assessment("12.5", (("产出指标", "33.3"), ("效益指标", "0"), ("满意度指标", "7.25")))
    pieces = stretches_of(segments_of(shown), shown.weight_total, 178.0)
    for before, after in pairwise(pieces):
        assert before.left + before.width == pytest.approx(after.left)
    assert sum(one.width for one in pieces) == pytest.approx(178.0 * float(shown.weight_total) / 118)


def test_the_meter_says_what_it_shows_and_can_be_opened(qtbot: QtBot) -> None:
    meter = WeightMeter(legend=True)
    qtbot.addWidget(meter)
    assert meter.text() == ""
    empty = meter.sizeHint().width()
    meter.set_assessment(assessment("10", NORMAL))
    assert meter.text() == "110/100 多 10 分"
    assert meter.accessibleName() == "分值 110/100 多 10 分"
    assert "产出 80" in meter.accessibleDescription()
    assert meter.sizeHint().width() > empty
    meter.resize(meter.sizeHint())
    meter.show()
    with qtbot.waitSignal(meter.clicked):
        click(meter)
    with qtbot.waitSignal(meter.clicked):
        press(meter, Qt.Key.Key_Return)
    meter.set_assessment(None)
    assert meter.text() == ""


def test_the_meter_paints_limit_and_colours(qtbot: QtBot) -> None:
    meter = WeightMeter(bar_width=238)
    qtbot.addWidget(meter)
    meter.set_assessment(assessment("10", NORMAL))
    meter.resize(meter.sizeHint())
    image = meter.grab().toImage()
    middle = meter.height() // 2
    scale = image.width() / meter.width()

    def colour(points: float) -> str:
        return image.pixelColor(round((3 + points * 2) * scale), round(middle * scale)).name().upper()

    assert (colour(5), colour(50), colour(95)) == (LIGHT.g1, LIGHT.g2, LIGHT.g3)
    assert colour(116) == LIGHT.raised
    assert image.pixelColor(round(203 * scale), round((middle - 8) * scale)).name().upper() == LIGHT.ink


# ------------------------------------------------------------------------------------------------------------- zoom


def wheel_over(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        place,
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_zoom_goes_by_five_and_stays_in_range(qtbot: QtBot) -> None:
    zoom = ZoomControl()
    qtbot.addWidget(zoom)
    heard: list[int] = []
    zoom.zoom_changed.connect(heard.append)
    zoom.set_value(98)
    assert heard == []
    zoom.step(+1)
    zoom.step(+1)
    zoom.set_value(98)
    zoom.step(-1)
    zoom.set_value(150)
    zoom.step(+1)
    assert heard == [100, 105, 95]
    assert zoom.value() == 150


def test_the_wheel_changes_no_zoom(qtbot: QtBot) -> None:
    zoom = ZoomControl()
    qtbot.addWidget(zoom)
    zoom.show()
    for widget in (zoom, *children(zoom, QWidget)):
        wheel_over(widget)
    assert zoom.value() == 100


def test_zoom_buttons_are_large_enough_to_hit(qtbot: QtBot) -> None:
    zoom = ZoomControl()
    qtbot.addWidget(zoom)
    zoom.show()
    for name in ("放大", "缩小"):
        button = next(one for one in children(zoom, QWidget) if one.accessibleName() == name)
        assert button.width() >= 28
        assert button.height() >= 28
    with qtbot.waitSignal(zoom.zoom_changed) as heard:
        click(button)
    assert heard.args == [95]


# ----------------------------------------------------------------------------------------------- search, toast, card


def test_the_key_gives_way_to_the_text(qtbot: QtBot) -> None:
    field = SearchField("查找表、指标、数值", "Ctrl+F")
    qtbot.addWidget(field)
    room = field.textMargins().right()
    QTest.keyClicks(field, "flyz")
    assert field.text() == "flyz"
    assert field.textMargins().right() < room
    field.grab()  # painting lens and key raises no Qt warning


def test_a_toast_shows_one_sentence_and_its_links_act(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    toast = Toast(window, lift=34)
    done: list[str] = []

    def undo() -> None:
        done.append("撤销")

    toast.say("已导出", mark=Mark.OK)
    toast.say("已删除“安置帮教经费”，30 天内可在回收站找回", mark=None, links=(Link("撤销", undo),))
    assert toast.text().startswith("已删除")
    assert toast.geometry().center().x() == pytest.approx(450, abs=1)
    assert toast.geometry().bottom() < 600 - 34
    toast.press("撤销")
    assert done == ["撤销"]
    assert toast.text() == ""
    with pytest.raises(ValueError, match="at most"):
        toast.say("三", links=(Link("一", undo), Link("二", undo), Link("三", undo)))


def test_a_toast_goes_by_itself_but_not_while_a_link_has_the_focus(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 300)
    window.show()
    toast = Toast(window, stays_ms=40)
    toast.say("已保存")
    qtbot.waitUntil(lambda: toast.text() == "", timeout=2000)
    toast.say("已删除", links=(Link("撤销", window.update),))
    link = child(toast, QPushButton)
    window.activateWindow()
    link.setFocus()
    qtbot.waitUntil(link.hasFocus)
    qtbot.wait(120)
    assert toast.text() == "已删除"
    press(toast, Qt.Key.Key_Escape)
    assert toast.text() == ""


def test_the_progress_card_waits_counts_and_asks_to_stop(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    card = ProgressCard(window)
    card.begin("正在导出 2020 年 8 张表", 8)
    assert not card.isVisible()
    card.advance(3, "普法宣传工作经费.xlsx")
    qtbot.waitUntil(card.isVisible, timeout=3000)
    assert card.texts() == ("正在导出 2020 年 8 张表", "3 / 8", "普法宣传工作经费.xlsx")
    stop = child(card, QPushButton)
    with qtbot.waitSignal(card.stop_asked):
        stop.click()
    assert not stop.isEnabled()
    card.finish()
    assert not card.isVisible()


def test_a_short_task_shows_no_card(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    card = ProgressCard(window)
    card.begin("正在导出", 1)
    card.finish()
    qtbot.wait(450)
    assert not card.isVisible()


# ------------------------------------------------------------------------------------------------------------- focus


def test_the_focused_button_is_ringed_and_the_ring_follows(qapp: QApplication, qtbot: QtBot) -> None:
    rings = FocusRings(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    row.setContentsMargins(20, 20, 20, 20)
    first, second = QPushButton("取消"), QPushButton("重试")
    row.addWidget(first)
    row.addWidget(second)
    window.show()
    window.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    second.setFocus()
    image = window.grab().toImage()
    scale = image.width() / window.width()
    edge = second.geometry().adjusted(-2, 0, 0, 0)
    assert image.pixelColor(round(edge.left() * scale), round(edge.center().y() * scale)).name().upper() == LIGHT.accent
    beside = first.geometry().adjusted(-2, 0, 0, 0)
    assert (
        image.pixelColor(round(beside.left() * scale), round(beside.center().y() * scale)).name().upper()
        != LIGHT.accent
    )
    assert wants_ring(second)
    assert not wants_ring(window)
    rings.deleteLater()


def test_the_ring_is_whole_where_the_parent_ends_at_the_control(qapp: QApplication, qtbot: QtBot) -> None:
    """The buttons of a bar without margins: the ring lies in what stands round the bar, and moves with the bar."""
    rings = FocusRings(qapp)
    window, bar, button = QWidget(), QWidget(), QPushButton("全年审核…")
    qtbot.addWidget(window)
    outer, inner = QVBoxLayout(window), QHBoxLayout(bar)
    outer.setContentsMargins(20, 20, 20, 20)
    inner.setContentsMargins(0, 0, 0, 0)
    inner.addWidget(button)
    outer.addWidget(bar)
    window.resize(300, 120)
    window.show()
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    for height in (120, 200):
        window.resize(300, height)
        image = window.grab().toImage()
        box = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
        middle = box.center()
        for x, y in ((middle.x(), box.top() - 2), (middle.x(), box.bottom() + 2), (box.right() + 2, middle.y())):
            assert image.pixelColor(x, y).name().upper() == LIGHT.accent, (x, y)
    rings.deleteLater()
