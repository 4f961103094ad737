"""The tokens keep the contrast that the look promises, and reach widgets through the palette."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QMenu, QMenuBar, QPushButton

from ui import icons, theme
from ui.faces import ui_font
from ui.stylesheet import style_sheet
from ui.theme import DARK, HIGH, LIGHT, Faces, Mode, Tokens

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("desk", "rail", "chrome", "panel", "raised")


def luminance(code: str) -> float:
    """Relative luminance of WCAG 2."""
    colour = QColor(code)
    parts = [part / 255 for part in (colour.red(), colour.green(), colour.blue())]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("table", [LIGHT, DARK, HIGH], ids=lambda table: table.mode)
@pytest.mark.parametrize("ink", ["ink", "ink2"])
def test_text_is_readable_on_every_ground(table: Tokens, ink: str) -> None:
    for ground in (*GROUNDS, "hover", "sel"):
        assert contrast(getattr(table, ink), getattr(table, ground)) >= TEXT, ground


@pytest.mark.parametrize("table", [LIGHT, DARK, HIGH], ids=lambda table: table.mode)
def test_the_frames_of_boxes_to_tick_are_seen(table: Tokens) -> None:
    palette = theme.framed(theme.palette_of(table))
    drawn = palette.color(QPalette.ColorRole.Window).darker(140).name()  # as Fusion does
    for ground in ("panel", "raised"):
        assert contrast(drawn, getattr(table, ground)) >= SHAPE, ground


@pytest.mark.parametrize("table", [LIGHT, DARK, HIGH], ids=lambda table: table.mode)
def test_least_text_accent_and_severities_are_readable_where_they_stand(table: Tokens) -> None:
    for ink in ("ink3", "accent", "err", "warn", "hint", "ok"):
        for ground in ("chrome", "panel", "raised"):
            assert contrast(getattr(table, ink), getattr(table, ground)) >= TEXT, (ink, ground)
    assert contrast(table.ink3, table.rail) >= TEXT
    assert contrast(table.on_accent, table.accent) >= TEXT
    assert contrast(table.on_accent, table.accent_hover) >= TEXT


@pytest.mark.parametrize("table", [LIGHT, DARK, HIGH], ids=lambda table: table.mode)
def test_severities_are_readable_on_their_own_weak_ground(table: Tokens) -> None:
    for name in ("err", "warn", "hint", "ok"):
        weak = getattr(table, f"{name}_weak")
        assert contrast(getattr(table, name), weak) >= TEXT, name
        assert contrast(table.ink, weak) >= TEXT, name


@pytest.mark.parametrize("table", [LIGHT, DARK, HIGH], ids=lambda table: table.mode)
def test_borders_and_marks_can_be_made_out(table: Tokens) -> None:
    for ground in ("panel", "raised", "chrome"):
        assert contrast(table.line2, getattr(table, ground)) >= SHAPE, ground
    assert contrast(table.on_fill, table.warn_fill) >= TEXT
    for name in ("err", "ok"):
        assert contrast(table.raised, getattr(table, name)) >= SHAPE, name  # the × and the tick inside the circle


@pytest.mark.parametrize("table", [LIGHT, DARK, HIGH], ids=lambda table: table.mode)
def test_the_paper_is_readable_in_every_mode(table: Tokens) -> None:
    paper = table.paper
    for ink in ("print", "typed"):
        for ground in ("paper", "computed", "hover", "range", "found", "fixed", "dimmed"):
            assert contrast(getattr(paper, ink), getattr(paper, ground)) >= TEXT, (ink, ground)
    assert contrast(paper.ghost, paper.paper) >= TEXT
    assert contrast(paper.error, paper.computed) >= TEXT
    for mark in ("error", "hint", "select", "grid"):
        assert contrast(getattr(paper, mark), paper.paper) >= SHAPE, mark


def test_high_contrast_is_black_on_white_with_stronger_lines() -> None:
    assert (HIGH.ink, HIGH.line, HIGH.line2, HIGH.accent) == ("#000000", "#000000", "#000000", "#003C8F")
    assert {getattr(HIGH, ground) for ground in GROUNDS} == {"#FFFFFF"}
    assert HIGH.paper.grid_width == 1.5
    assert HIGH.paper.computed == LIGHT.paper.computed


@pytest.mark.parametrize("mode", list(Mode))
def test_a_widget_finds_its_table_in_the_palette(qapp: QApplication, qtbot: QtBot, faces: Faces, mode: Mode) -> None:
    label = QLabel("格")
    qtbot.addWidget(label)
    try:
        theme.apply(qapp, mode, faces=faces)
        assert theme.tokens(label.palette()).mode is mode
    finally:
        theme.apply(qapp, Mode.LIGHT, faces=faces)


@pytest.mark.parametrize(("scale", "height", "row"), [(1.0, 30, 32), (1.15, 34, 37), (1.3, 38, 41)])
def test_large_type_grows_controls_but_not_lines(
    qapp: QApplication, qtbot: QtBot, faces: Faces, scale: float, height: int, row: int
) -> None:
    try:
        theme.apply(qapp, Mode.LIGHT, faces=faces, scale=scale)
        button = QPushButton("改")
        qtbot.addWidget(button)
        button.ensurePolished()
        assert button.sizeHint().height() == height
        assert theme.px(button.font(), theme.ROW_LIST) == row
        assert "border: 1px solid" in qapp.styleSheet()
    finally:
        theme.apply(qapp, Mode.LIGHT, faces=faces)


@pytest.mark.parametrize("table", [LIGHT, DARK, HIGH], ids=lambda table: table.mode)
def test_the_style_sheet_has_no_colour_of_its_own(table: Tokens) -> None:
    text = style_sheet(table, face="PD Hei")
    codes = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", text))
    own = {getattr(table, name) for name in type(table).__slots__ if name not in {"mode", "paper"}}
    assert codes <= own | {table.paper.paper, table.paper.typed}  # the editor stands on the paper in every theme
    assert "$" not in text


def test_no_other_module_of_the_window_writes_a_colour() -> None:
    folder = icons.ICON_FOLDER.parents[1] / "ui"
    for path in folder.rglob("*.py"):
        if path.name != "theme.py":
            assert not re.findall(r"[\"']#[0-9A-Fa-f]{6}[\"']", path.read_text("utf-8")), path


def test_all_bundled_faces_are_read_and_figures_are_tabular(faces: Faces) -> None:
    assert faces.missing == ()
    assert faces.song == "PD Song"
    for family in (faces.ui, faces.song, faces.hei):
        metrics = QFontMetricsF(ui_font(family, 100))
        assert len({round(metrics.horizontalAdvance(figure), 2) for figure in "0123456789"}) == 1, family


@pytest.mark.parametrize("kind", [QMenuBar, QMenu])
def test_the_desktop_s_own_font_of_menus_does_not_stand_over_ours(
    kind: type[QMenuBar | QMenu], qapp: QApplication, faces: Faces, qtbot: QtBot
) -> None:
    theme.apply(qapp, Mode.LIGHT, faces=faces, scale=1.0)
    # as Windows does when one of its settings changes; the stubs say bytes, Qt for Python takes str
    QApplication.setFont(QFont(faces.song, 6), kind.__name__)  # type: ignore[arg-type]  # the stubs say bytes
    try:
        menu = kind()
        qtbot.addWidget(menu)
        menu.ensurePolished()
        assert (menu.font().family(), menu.font().pixelSize()) == (faces.ui, 14)
    finally:
        QApplication.setFont(qapp.font(), kind.__name__)  # type: ignore[arg-type]  # as above


def test_a_missing_face_is_named_and_replaced(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = theme.load_fonts(tmp_path_factory.mktemp("fonts"))
    assert len(empty.missing) == 5
    assert empty.song
    assert empty.ui
    assert empty.paper_chain()


def test_icons_take_the_colour_of_the_token_and_grey_out() -> None:
    for size, dpr, side in ((18, 1.0, 18), (18, 1.25, 22), (16, 2.0, 32)):
        assert icons.pixmap("undo-2", LIGHT.ink, size, dpr).width() == side
    picture = icons.pixmap("minus", DARK.accent, 18, 2.0).toImage()
    seen = {picture.pixelColor(x, 18).name().upper() for x in range(36) if picture.pixelColor(x, 18).alpha() == 255}
    assert seen == {DARK.accent}
    icon = icons.icon("minus", LIGHT, dpr=2.0)
    grey = icon.pixmap(QSize(18, 18), 2.0, QIcon.Mode.Disabled).toImage().pixelColor(18, 18)
    assert grey.name().upper() == LIGHT.line2


def test_an_unknown_icon_is_a_bug() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon", LIGHT)


def test_every_drawing_is_an_outline_and_the_licence_is_there() -> None:
    assert "ISC License" in (icons.ICON_FOLDER / "LICENSE.txt").read_text("utf-8")
    drawings = sorted(icons.ICON_FOLDER.glob("*.svg"))
    assert drawings
    for path in drawings:
        assert not icons.pixmap(path.stem, LIGHT.ink, 18, 1.0).toImage().isNull(), path
        assert 'stroke-width="2"' in path.read_text("utf-8"), path


@pytest.mark.parametrize("mode", list(Mode))
def test_lists_show_the_chosen_line_and_frame_their_boxes(
    qapp: QApplication, qtbot: QtBot, faces: Faces, mode: Mode
) -> None:
    """The ground of the chosen line is that of all tables, and boxes to tick have a frame on the ground of the list."""
    listed = QListWidget()
    qtbot.addWidget(listed)
    try:
        theme.apply(qapp, mode, faces=faces)
        listed.addItems(["送审稿", "上报版"])
        listed.setCurrentRow(0)
        listed.resize(300, 120)
        listed.show()
        table = theme.tokens(listed.palette())
        shown = listed.grab().toImage()
        line = listed.visualItemRect(listed.item(0))
        far = (line.right() - 4, line.center().y())
        assert shown.pixelColor(*far).name().upper() == table.sel
        assert (
            shown.pixelColor(far[0], listed.visualItemRect(listed.item(1)).center().y()).name().upper() == table.raised
        )
        frame = listed.palette().color(QPalette.ColorRole.Window).darker(140).name()  # as Fusion does
        assert contrast(frame, table.raised) >= SHAPE
    finally:
        theme.apply(qapp, Mode.LIGHT, faces=faces)
