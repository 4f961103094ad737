from __future__ import annotations

from pathlib import Path

import pytest

from tests.update_files import home, run_from


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a program 0.1.0 on a stick, which this process is."""
    folder = home(tmp_path / "U 盘 (1)" / "绩效填报台")
    run_from(folder, "0.1.0", monkeypatch)
    return folder
