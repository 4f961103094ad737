from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest

from perfdesk import places

ROOT = Path(__file__).parents[1]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A frozen program in a folder of its own, with its bundle beside it, as PyInstaller lays them."""
    folder = tmp_path / "绩效 (1)"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "perfdesk.exe"))
    monkeypatch.setattr(sys, "_MEIPASS", str(folder / "_internal"), raising=False)
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setattr(
        platformdirs, "user_data_path", lambda app, appauthor: folder / app if appauthor is False else None
    )
    return folder


def test_from_the_sources(home: Path) -> None:
    assert places.program_folder() == ROOT
    assert places.resources() == ROOT / "resources"
    assert places.data_folder() == home / "perfdesk"
    assert places.default_store() == home / "perfdesk" / "perfdesk.db"
    assert not home.exists()


def test_frozen(program: Path, home: Path) -> None:
    assert places.program_folder() == program
    assert places.resources() == program / "_internal" / "resources"
    assert places.default_store() == home / "perfdesk" / "perfdesk.db"


def test_frozen_without_a_bundle_folder(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(sys, "_MEIPASS")
    assert places.resources() == program / "resources"


@pytest.mark.parametrize("marker", ["perfdesk-portable", "perfdesk-portable.txt"])
def test_on_a_usb_stick(program: Path, home: Path, marker: str) -> None:
    (program / marker).touch()
    assert places.is_portable()
    assert places.data_folder() == program / "data"
    assert places.default_store() == program / "data" / "perfdesk.db"
    assert not (program / "data").exists()


def test_a_folder_of_that_name_is_no_marker(program: Path, home: Path) -> None:
    (program / "perfdesk-portable").mkdir()
    assert not places.is_portable()


@pytest.fixture
def version(program: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same program as one of several versions in its home."""
    folder = program / "versions" / "0.2.0"
    folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "executable", str(folder / "perfdesk"))
    monkeypatch.setattr(sys, "_MEIPASS", str(folder / "_internal"))
    return folder


@pytest.mark.parametrize("sign", ["current", "previous", "perfdesk-portable"])
def test_a_version_knows_its_home(program: Path, version: Path, sign: str) -> None:
    (program / sign).write_text("0.2.0\n", encoding="utf-8")
    assert places.home() == program
    assert places.program_folder() == version
    assert places.resources() == version / "_internal" / "resources"


def test_a_version_on_a_usb_stick_keeps_its_data_in_its_home(program: Path, version: Path, home: Path) -> None:
    (program / "current").touch()
    assert places.data_folder() == home / "perfdesk"
    (program / "perfdesk-portable").touch()
    assert places.data_folder() == program / "data"


def test_a_folder_called_versions_alone_is_no_home(program: Path, version: Path) -> None:
    assert places.home() == version


def test_without_versions_the_program_is_its_own_home(program: Path) -> None:
    (program / "current").touch()
    assert places.home() == program
