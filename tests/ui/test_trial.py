"""What an update asks of a new program: it makes its window on trial and says its version, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from perfdesk.release import TRIAL, described

ROOT = Path(__file__).parents[2]


def _tried(home: Path, *before: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    code = "\n".join(("import sys", *before, "from ui.__main__ import main", f"sys.exit(main([{TRIAL!r}]))"))
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


def test_a_program_that_works_says_its_version_and_leaves_nothing(tmp_path: Path) -> None:
    done = _tried(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"perfdesk {described()}\n", "")
    assert list(tmp_path.iterdir()) == []


def test_a_program_whose_window_cannot_be_made_says_none(tmp_path: Path) -> None:
    for gone in ("PySide6.QtWidgets", "ui.errands", "ui.home.start"):
        done = _tried(tmp_path, f"sys.modules[{gone!r}] = None")
        assert done.returncode != 0, gone
        assert done.stdout == "", gone
