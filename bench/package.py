"""The packaged program's start beside LibreOffice Calc's: from the process to a window that is seen, both on one bare X server.

What is seen is read from the server's own picture memory, the same for both: a window is there when its colours cover a fifth of
the screen. A splash does not (LibreOffice is asked for none).
"""

from __future__ import annotations

import mmap
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from bench.measure import ROOT, Row, Run, alternate, ratio, seconds, shown

WHAT: Final = "packaged program: process to its window"
BAR: Final = 0.6
WIDTH, HEIGHT, BYTES = 1366, 768, 4
STEP: Final = 97  # every so many pixels one is looked at; no divisor of the width, so that they lie scattered
COVERED: Final = 0.2
LONGEST: Final = 60.0  # s
PROGRAM: Final = "bullseye/build/dist/perfdesk/perfdesk"


class Screen:
    """A bare X server of 1366×768 whose picture lies in a file."""

    def __init__(self, folder: Path) -> None:
        self.display = f":{os.getpid() % 30000 + 100}"
        order = (
            "Xvfb",
            self.display,
            "-screen",
            "0",
            f"{WIDTH}x{HEIGHT}x24",
            "-fbdir",
            folder,
            "-nolisten",
            "tcp",
            "-noreset",
        )
        self._server = subprocess.Popen(order, stderr=subprocess.DEVNULL)
        picture = folder / "Xvfb_screen0"
        until = time.monotonic() + 10
        while not picture.exists() or picture.stat().st_size < WIDTH * HEIGHT * BYTES:
            if time.monotonic() > until:
                raise RuntimeError("Xvfb does not start")
            time.sleep(0.05)
        with picture.open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        time.sleep(0.5)
        self._bare = self._seen()

    def _seen(self) -> list[bytes]:
        memory, first = self._memory, len(self._memory) - WIDTH * HEIGHT * BYTES
        return [memory[at : at + BYTES] for at in range(first, len(memory), STEP * BYTES)]

    def covered(self) -> bool:
        """Tell whether a window stands on the screen."""
        changed = sum(one != bare for one, bare in zip(self._seen(), self._bare, strict=True))
        return changed >= COVERED * len(self._bare)

    def wait_until_bare(self) -> None:
        """Wait until the last window is gone, so that the next is not seen too early."""
        until = time.monotonic() + LONGEST
        while self.covered():
            if time.monotonic() > until:
                raise RuntimeError("a window does not go away")
            time.sleep(0.05)

    def close(self) -> None:
        """End the server."""
        self._server.terminate()
        self._server.wait()


def _until_seen(screen: Screen, folder: Path, command: Sequence[object]) -> Run:
    own = {"DISPLAY": screen.display, "HOME": str(folder), "QT_QPA_PLATFORM": "xcb"}
    words = [str(one) for one in command]
    begin = time.perf_counter()
    process = subprocess.Popen(
        words,
        env={**os.environ, **own},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not screen.covered():
            if process.poll() is not None or time.perf_counter() - begin > LONGEST:
                raise RuntimeError(f"{words[0]} shows no window, ended with {process.returncode}")
            time.sleep(0.002)
        return Run(time.perf_counter() - begin, 0)
    finally:
        _end(process)
        screen.wait_until_bare()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask a program and its children to end, then see to it: a killed LibreOffice wants to mend its profile the next time."""
    until = time.monotonic() + 10
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        while True:  # until nobody of the group is left
            process.poll()
            os.killpg(process.pid, 0 if time.monotonic() < until else signal.SIGKILL)
            time.sleep(0.02)


def package(folder: Path) -> Iterator[Row]:
    """The frozen program of ``make deb`` (CACHE names where it was built), beside Calc with a profile that is set up already."""
    program = Path(os.environ.get("CACHE") or ROOT / "out" / "cache") / PROGRAM
    missing = [name for name in ("soffice", "Xvfb") if not shutil.which(name)]
    if missing or not program.is_file():
        why = f"{missing[0]} is not installed" if missing else "there is no packaged program: make deb"
        yield Row(WHAT, "LibreOffice Calc", note=why)
        return
    profile = f"-env:UserInstallation={(folder / 'calc').as_uri()}"
    calc = ("soffice", profile, "--calc", "--nologo", "--norestore", "--nofirststartwizard")
    screen = Screen(folder)
    try:
        mine, theirs = alternate(
            partial(_until_seen, screen, folder, (program,)), partial(_until_seen, screen, folder, calc), rounds=7
        )
    finally:
        screen.close()
    ours, others = seconds(mine), seconds(theirs)
    yield Row(WHAT, "LibreOffice Calc", shown(ours), shown(others), ratio(ours, others), BAR, f"{len(ours)} rounds")
