"""What the UI tests share: no display, the light theme, the faces of this machine, and the real window on a store of its own."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.robot import LEGAL_AID, Answers, Open, Robot
from tests.simple_forms import put_in
from ui import opening, theme
from ui.settings import FILE_NAME, Settings
from ui.theme import Faces, Mode

if TYPE_CHECKING:
    from ui.main_window import MainWindow


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["tests", *theme.STYLE]


@pytest.fixture(scope="session")
def faces(qapp: QApplication) -> Faces:
    return theme.load_fonts()


@pytest.fixture(autouse=True)
def _light(qapp: QApplication, faces: Faces) -> None:
    if theme.tokens(qapp.palette()) is not theme.LIGHT or not qapp.styleSheet():
        theme.apply(qapp, Mode.LIGHT, faces=faces)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("perfdesk.places.data_folder", lambda: tmp_path / "data")
    return tmp_path


@pytest.fixture
def open_window(qapp: QApplication, folder: Path) -> Iterator[Open]:
    """Open a window on a store; four simple forms are put into an empty one unless ``empty`` is asked for."""
    windows: list[MainWindow] = []

    def make(
        store: str = "office.db", *, empty: bool = False, read_only: bool = False, answers: Answers | None = None
    ) -> Robot:
        said = answers or Answers()
        window = opening.make_window(qapp, Settings(folder / FILE_NAME), said)
        windows.append(window)
        robot = Robot(window, said)
        start = opening.Opening(window, said, folder / store, read_only=read_only, samples=False)
        start.begin()
        forms = window.forms
        if not empty and forms.ready and not forms.lines and not forms.read_only:
            put_in(forms)
        if not empty and forms.lines:
            window.session.open(forms.lines[0].id)
        robot.settle()
        return robot

    yield make
    for window in windows:
        window.forms.close()
        window.hide()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def robot(open_window: Open) -> Robot:
    made = open_window()
    made.open(LEGAL_AID, year=2020)
    return made
