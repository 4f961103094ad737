"""A process that has everything imported and starts the workers of a fault run as copies of itself: a round takes no second.

Run as ``python -m tests.faults.nursery``: it reads one job a line, a JSON list of the name of a function of ``work`` and its
arguments, and answers with the number of the process and, when that has ended, with how. POSIX only.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Self

ROOT: Final = Path(__file__).parents[2]
_SOURCES: Final = ("disk", "record")


def build_disk(folder: Path) -> str | None:
    """Build the disk that goes wrong and tells on demand, as ``LD_PRELOAD`` names it; ``None`` where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        return None
    made = [folder / f"{name}.so" for name in _SOURCES]
    for name, library in zip(_SOURCES, made, strict=True):
        source = Path(__file__).with_name(f"{name}.c")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return ":".join(map(str, made))


class Nursery:
    """The process that starts workers. One at a time; make another nursery for two."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory()
        self.disk = build_disk(Path(self._folder.name))
        loaded = {"LD_PRELOAD": self.disk} if self.disk else {}
        environment = {**os.environ, **loaded, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "tests.faults.nursery"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment, text=True, cwd=ROOT)
        self._worker = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._process.communicate()
        self._folder.cleanup()

    def start(self, job: str, *arguments: str | int) -> None:
        """Start a worker."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([job, *arguments]) + "\n")
        self._process.stdin.flush()
        self._worker = int(self._line())

    def kill(self, after: float) -> None:
        """Let the worker go on for so many seconds, then end it as a power switch would."""
        time.sleep(after)
        os.kill(self._worker, signal.SIGKILL)

    def ended(self) -> int:
        """Wait for the end of the worker: 0, or less than 0 where a signal ended it. Raises where it broke by itself."""
        status = int(self._line())
        if status > 0:
            raise AssertionError("the worker of a fault run broke; see what it wrote to stderr")
        return status

    def run(self, job: str, *arguments: str | int) -> int:
        """Start a worker and wait for its end."""
        self.start(job, *arguments)
        return self.ended()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


def main() -> None:
    """Serve until the input ends."""
    from tests.faults import printing, updating, window, work

    more = (window.type_in_window, updating.install_update, updating.go_back)
    jobs = {**work.JOBS, **{one.__name__: one for one in more}}
    for line in sys.stdin:
        job, *arguments = json.loads(line)
        if job == work.export.__name__:
            printing.warm()
        if job == window.type_in_window.__name__:
            window.warm()
        if job in {one.job for one in updating.ERRANDS}:
            updating.warm()
        worker = os.fork()
        if not worker:
            jobs[job](*arguments)  # what it raises ends this copy with a trace and with 1
            os._exit(0)
        sys.stdout.write(f"{worker}\n")
        sys.stdout.flush()
        _, status = os.waitpid(worker, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
