"""A gate that transactions pass side by side, and that one who exchanges the whole file has to itself. It knows no file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Gate:
    """Made open. Who is inside may pass once more; who wants to be alone waits for everybody to leave."""

    def __init__(self) -> None:
        self._change = Condition()
        self._inside = 0
        self._taken = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Be inside with others; wait while somebody is alone."""
        with self._change:
            self._change.wait_for(lambda: not self._taken)
            self._inside += 1
        try:
            yield
        finally:
            with self._change:
                self._inside -= 1
                self._change.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be inside alone; the same thread must not pass once more meanwhile."""
        with self._change:
            self._change.wait_for(lambda: not self._taken and not self._inside)
            self._taken = True
        try:
            yield
        finally:
            with self._change:
                self._taken = False
                self._change.notify_all()
