"""Work off the UI thread: the one way to do anything that takes longer than a frame.

The work gets immutable values and touches no widget; what it returns comes back in the UI thread. A :class:`UserError` goes to
``failed``; anything else is our bug and is raised again in the UI thread, where the program's trouble desk takes it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from perfdesk.errors import UserError

T = TypeVar("T")


class Task(QObject):
    """A running piece of work. ``advanced`` tells how many steps are done and which one is at work.

    The work may look at ``stopped`` between two steps and call ``advance``; both are safe in its thread.
    """

    advanced = Signal(int, str)
    finished = Signal()
    _returned = Signal(object)
    _raised = Signal(object)

    def __init__(
        self,
        parent: QObject,
        done: Callable[[Any], object],
        failed: Callable[[UserError], object] | None,
        broken: Callable[[Exception], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.stopped = self.ended = False
        self._done = done
        self._failed, self._broken = failed, broken
        self._returned.connect(self._take_result)
        self._raised.connect(self._take_error)

    def stop(self) -> None:
        """Ask the work to stop after its present step."""
        self.stopped = True

    def advance(self, done: int, current: str) -> None:
        """Called by the work: ``done`` steps are finished, ``current`` is next."""
        self.advanced.emit(done, current)

    def _take_result(self, result: object) -> None:
        """Hand the result over in the UI thread."""
        self._end()
        self._done(result)

    def _take_error(self, error: Exception) -> None:
        """Hand a user's trouble over; a bug of ours is raised here, in the UI thread."""
        self._end()
        if isinstance(error, UserError) and self._failed is not None:
            self._failed(error)
        elif self._broken is not None:
            self._broken(error)
        else:
            raise error

    def _end(self) -> None:
        self.ended = True
        self.finished.emit()
        self.deleteLater()


class _Work(QRunnable):
    """Carries the work into the pool and its outcome back."""

    def __init__(self, task: Task, work: Callable[[Task], object]) -> None:
        super().__init__()
        self._task = task
        self._work = work

    def run(self) -> None:
        """Do the work; nothing raised here may be lost with the thread."""
        try:
            result = self._work(self._task)
        except Exception as error:  # noqa: BLE001 - handed to the UI thread, which raises it again
            self._task._raised.emit(error)  # noqa: SLF001 - the two classes are one device
        else:
            self._task._returned.emit(result)  # noqa: SLF001


def run(
    parent: QObject,
    work: Callable[[Task], T],
    done: Callable[[T], object],
    *,
    failed: Callable[[UserError], object] | None = None,
    broken: Callable[[Exception], object] | None = None,
) -> Task:
    """Run ``work`` in another thread and call ``done`` with what it returned, in the thread of ``parent``.

    ``parent`` must outlive the work: call :func:`wait` before it goes. ``failed`` gets a :class:`UserError`; without it the error
    is raised in the UI thread like any other. ``broken`` gets a bug of ours: for who waits for the end of the
    work, where raising in between would end the program.
    """
    task = Task(parent, done, failed, broken)
    QThreadPool.globalInstance().start(_Work(task, work))
    return task


def stop(parent: QObject) -> None:
    """Ask all work of ``parent`` to stop after its present step; work that does not look at ``stopped`` ends as it would."""
    for child in parent.children():
        if isinstance(child, Task):
            child.stop()


def running(parent: QObject) -> bool:
    """Tell whether work of ``parent`` has not come back yet."""
    return any(isinstance(child, Task) and not child.ended for child in parent.children())


def wait() -> None:
    """Wait until no work is running; its results are delivered when the event loop goes on."""
    QThreadPool.globalInstance().waitForDone()
