"""Starting a version: what starts the program, and whether a new one starts on this machine before it is put in force.

A library that is missing or too old, a disk that forbids to run anything, a virus scanner that took a file away: all of that shows
when the new program makes its window on trial, and the old one stays.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from perfdesk import places
from perfdesk.errors import UserError
from perfdesk.release import TRIAL

_PATIENCE: Final = 120
"""Seconds that a program on a slow stick may take to say its version."""


def launcher() -> Path:
    """Return what starts the version in force: to be run anew after an update of the program."""
    return places.home() / ("perfdesk.exe" if sys.platform == "win32" else "perfdesk")


def environment() -> Mapping[str, str]:
    """Return the environment as it was before PyInstaller's own words came into it: they would mislead another frozen program."""
    found = {key: text for key, text in os.environ.items() if not key.startswith(("_PYI_", "_MEIPASS"))}
    before = found.pop("LD_LIBRARY_PATH_ORIG", None)
    if getattr(sys, "frozen", False):
        found.pop("LD_LIBRARY_PATH", None)
    return found if before is None else found | {"LD_LIBRARY_PATH": before}


def prove_start(folder: Path, version: str) -> None:
    """Have the program in a folder make its window and say its version. Raises :class:`UserError` where it does not."""
    if _asked(folder).split()[1:2] != [version]:  # 「perfdesk 0.2.0 (11b1de4ccf26)」
        raise UserError(
            f"新的程序（{version}）在这台电脑上起不来，没有更新，原来的还在用。"
            "可能是这台电脑太旧，或者被安全软件拦下了，请把这句话告诉维护人员。"
        )


def _platform() -> dict[str, str]:
    """Without a window there may be no display either: the trial of a command does with none."""
    return {} if "PySide6.QtWidgets" in sys.modules else {"QT_QPA_PLATFORM": "offscreen"}


def _asked(folder: Path) -> str:
    program = folder / "perfdesk"
    command = [str(program)] if program.is_file() else [str(folder / "python.exe"), "-m", "ui"]
    try:
        done = subprocess.run(  # noqa: S603 - the command is a file of the update
            [*command, TRIAL],
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            cwd=folder,
            env={**environment(), **_platform()},
            timeout=_PATIENCE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
