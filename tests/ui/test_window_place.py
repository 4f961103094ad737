"""Where the window stands and how wide its parts are: the first start on small screens, and what is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QRect, QSize

from tests.robot import Open, Robot
from ui import regions
from ui.dialogs.preview import PreviewDialog

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen


class Screen:
    """A screen of our own size; the real one of the tests is 800 × 800."""

    def __init__(self, width: int, height: int) -> None:
        self._size = (width, height)

    def availableGeometry(self) -> QRect:  # noqa: N802 - stands in for a method of Qt
        return QRect(0, 0, *self._size)


def _screen(width: int, height: int) -> QScreen:
    return cast("QScreen", Screen(width, height))


@pytest.mark.parametrize(
    ("screen", "maximised"),
    [((1366, 768), True), ((1366, 728), True), ((1093, 614), True), ((1440, 900), False), ((1920, 1080), False)],
)
def test_the_first_window_never_reaches_beyond_the_screen(
    open_window: Open, monkeypatch: pytest.MonkeyPatch, screen: tuple[int, int], maximised: bool
) -> None:
    window = open_window(empty=True).window
    window.hide()
    monkeypatch.setattr(window, "screen", lambda: _screen(*screen))
    regions.stand_first(window)
    assert window.isMaximized() == maximised
    assert window.normalGeometry().width() <= max(screen[0], regions.LEAST[0])
    if not maximised:
        assert window.size() == QSize(*regions.FIRST_SIZE)


def test_the_first_start_uses_it_and_the_second_stands_where_it_was_left(open_window: Open) -> None:
    first = open_window()
    first.window.hide()
    first.window.restore()
    assert first.window.isMaximized()  # 800 × 800 is less than the first size
    first.window.showNormal()
    first.window.resize(1024, 600)
    first.close()
    again = open_window()
    again.window.restore()
    assert not again.window.isMaximized()
    assert again.window.size() == QSize(1024, 600)


def test_the_preview_leaves_room_for_its_frame(robot: Robot) -> None:
    robot.window.resize(1366, 768)
    robot.press("Ctrl+P")
    robot.settle()
    dialog = cast(PreviewDialog, robot.dialog(PreviewDialog))
    most = regions.largest_on(robot.window.screen())
    assert dialog.height() <= most.height()
    assert dialog.height() <= 768
    dialog.reject()


@pytest.mark.parametrize(("width", "audit"), [(1093, 290), (1366, 318), (1920, 372)])
def test_the_panel_has_its_width_again_in_a_window_of_another_size(open_window: Open, width: int, audit: int) -> None:
    first = open_window()
    first.window.resize(1500, 720)
    first.settle()
    first.close()
    again = open_window()
    again.window.restore()
    again.window.resize(width, 720)
    again.settle()
    assert again.window.panel.width() == audit


def test_a_width_given_by_hand_is_remembered_for_windows_of_this_size(open_window: Open) -> None:
    from PySide6.QtCore import Qt

    first = open_window()
    first.window.resize(1366, 720)
    first.settle()
    first.window.resizeDocks([first.window.dock], [350], Qt.Orientation.Horizontal)
    first.settle()
    first.close()
    again = open_window()
    again.window.resize(1366, 720)
    again.settle()
    assert again.window.panel.width() == 350
    again.window.resize(1093, 720)
    again.settle()
    assert again.window.panel.width() == 290
