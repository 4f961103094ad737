"""The program tells the launcher that it stands, once, and hides that from the programs it starts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ui import __main__ as start
from ui.launching import EVENT, say_it_stands

if TYPE_CHECKING:
    import pytest

LAUNCHER = Path(__file__).resolve().parents[2] / "packaging" / "windows" / "launcher.c"


def test_the_name_of_the_event_is_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EVENT, "Local\\perfdesk-stands-7")
    say_it_stands()
    assert EVENT not in os.environ
    say_it_stands()


def test_a_word_of_the_command_line_counts_as_a_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EVENT, "Local\\perfdesk-stands-7")
    assert start.main(["--version"]) == 0
    assert EVENT not in os.environ


def test_launcher_and_program_mean_the_same_event() -> None:
    assert f'L"{EVENT}"' in LAUNCHER.read_text("utf-8")
