"""菜单栏 (menu bar): seal, menus, the office's name and the search field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenuBar, QWidget

from ui import theme
from ui.finder import PLACEHOLDER, Finder
from ui.widgets import seal

if TYPE_CHECKING:
    from ui.actions import Actions


SEAL_LEFT: Final = 10  # px from the edge of the window
QSS_PADDING: Final = 8  # px that the style sheet puts before a corner of the bar


class MenuBar(QMenuBar):
    """The bar on top of the window; ``finder`` is its search field."""

    def __init__(self, commands: Actions, song: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._song = song
        self.setFixedHeight(theme.px(self.font(), theme.MENU_BAR))
        self._seal, self._office = QLabel(self), QLabel(self)
        self._seal.setContentsMargins(SEAL_LEFT - QSS_PADDING, 0, 0, 0)
        self._office.setProperty("ink", "3")
        commands.fill_menus(self)
        corner = QWidget(self)
        self.finder = Finder(corner)
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(theme.px(self.font(), 14))
        row.addWidget(self._office)
        row.addWidget(self.finder)
        self.setCornerWidget(self._seal, Qt.Corner.TopLeftCorner)
        self.setCornerWidget(corner, Qt.Corner.TopRightCorner)

    def show_office(self, name: str) -> None:
        """Show whose form is open."""
        if name != self._office.text():
            self._office.setText(name)
            self._place_corner()

    def _place_corner(self) -> None:
        """Give the corner the room that it needs now."""
        corner = self.cornerWidget(Qt.Corner.TopRightCorner)
        corner.adjustSize()
        self.setCornerWidget(corner, Qt.Corner.TopRightCorner)  # QMenuBar places a corner only when it is set

    def set_room(self, search: int, *, narrow: bool) -> None:
        """Give the search field ``search`` px (at 100 %); in narrow windows it says less."""
        self.finder.setFixedWidth(theme.px(self.font(), search))
        self.finder.rest_words("查找" if narrow else PLACEHOLDER)
        self._place_corner()

    def draw_again(self) -> None:
        """After a change of theme or 大字."""
        height = theme.px(self.font(), theme.MENU_BAR)
        self.setFixedHeight(height)
        for corner in (Qt.Corner.TopLeftCorner, Qt.Corner.TopRightCorner):
            self.cornerWidget(corner).setFixedHeight(height - theme.LINE)
        size = theme.px(self.font(), seal.SIZE)
        self._seal.setPixmap(seal.seal(self._song, size, self.devicePixelRatioF()))
