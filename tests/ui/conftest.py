"""The application object of the UI tests: no display, the light theme, the faces of this machine."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

import pytest

from ui import theme
from ui.theme import Faces, Mode

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session")
def faces(qapp: QApplication) -> Faces:
    return theme.load_fonts()


@pytest.fixture(autouse=True)
def _light(qapp: QApplication, faces: Faces) -> None:
    if theme.tokens(qapp.palette()) is not theme.LIGHT or not qapp.styleSheet():
        theme.apply(qapp, Mode.LIGHT, faces=faces)
