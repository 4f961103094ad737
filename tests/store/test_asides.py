"""What is set aside before something else takes its place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.store.asides import set_aside

if TYPE_CHECKING:
    import pytest

NINE = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 - the clock on the wall


def test_on_a_stick_that_knows_no_links_the_file_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_one: Path, _other: Path) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", no_links)
    path = tmp_path / "perfdesk.db"
    path.write_bytes(b"damaged")
    aside = set_aside(path, NINE)
    assert aside.name == "perfdesk.db.损坏-20261121-0930"
    assert aside.read_bytes() == b"damaged"
    assert not path.exists()


def test_the_edit_journals_are_copied_and_stay(tmp_path: Path) -> None:
    path = tmp_path / "perfdesk.db"
    for end in (".edits", ".edits.1"):
        path.with_name(path.name + end).write_bytes(end.encode())
    aside = set_aside(path, NINE)
    for end in (".edits", ".edits.1"):
        assert aside.with_name(aside.name + end).read_bytes() == path.with_name(path.name + end).read_bytes()
