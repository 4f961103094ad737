"""What the commands say and to whom: results to the one stream, troubles to the other, and the exit code that follows.

It must not fail on a terminal that knows no Chinese: a character it cannot show is written as its code. No words of its own but
about the streams themselves.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import unicodedata
from contextlib import suppress
from enum import IntEnum
from typing import TextIO

from perfdesk.errors import UserError


class Exit(IntEnum):
    """Exit codes; of several the gravest (highest) wins."""

    FINE = 0  # done; ``check``: no 错误
    FLAWED = 1  # ``check`` found 错误
    UNUSABLE = 2  # arguments, a file or the disk were unusable; the rest was still done
    BUG = 3  # a mistake of the program itself
    INTERRUPTED = 130  # Ctrl+C
    NO_READER = 141  # whoever read our output went away (``| head``)


class NoReader(Exception):  # noqa: N818 - the reader going away is no mistake of anyone
    """The output has nobody left to read it."""


class Terminal:
    """The two streams, and the gravest exit code so far in ``code``."""

    def __init__(self, out: TextIO | None, err: TextIO | None) -> None:
        self._out = _forgiving(out)
        self._err = _forgiving(err)
        self.code = Exit.FINE

    @classmethod
    def standard(cls) -> Terminal:
        """Return the process's own streams; a program without a console has none and says nothing."""
        return cls(sys.stdout, sys.stderr)

    @property
    def is_utf8(self) -> bool:
        """Whether results go out in UTF-8."""
        encoding = (getattr(self._out, "encoding", None) or "utf-8").lower().replace("_", "-")
        return encoding in {"utf-8", "utf8", "utf-8-sig"}

    def say(self, text: str = "") -> None:
        """Print one line (or several) of the result. Raises :class:`NoReader`, or :class:`UserError` when the disk is full."""
        self._write(self._out, text)

    def note(self, text: str) -> None:
        """Print something worth knowing beside the result; no trouble."""
        self._write(self._err, text)

    def trouble(self, error: UserError | str, code: Exit = Exit.UNUSABLE) -> None:
        """Print a trouble, one sentence, and remember the exit code."""
        self._write(self._err, str(error))
        self.reach(code)

    def reach(self, code: Exit) -> None:
        """Let the exit code be at least ``code``."""
        self.code = max(self.code, code)

    def flush(self) -> None:
        """Hand everything printed to the system; raises as :meth:`say` does."""
        self._write(self._out, None)

    def _write(self, stream: TextIO | None, text: str | None) -> None:
        if stream is None:
            return
        try:
            if text is not None:
                stream.write(f"{text}\n")
            else:
                stream.flush()
        except BrokenPipeError as error:
            raise NoReader from error
        except OSError as error:
            _silence(stream)  # else the end of the process tries once more, fails, and answers 120
            why = "磁盘已满" if error.errno == errno.ENOSPC else "输出的位置不接受"
            raise UserError(f"{why}，结果没有写完。请换个有空间的位置再做一次。") from error

    def mute(self) -> None:
        """Send what is still unwritten nowhere, so that the end of the process does not stumble over it."""
        for stream in (self._out, self._err):
            _silence(stream)


def _silence(stream: TextIO | None) -> None:
    """Send what a stream still holds nowhere."""
    with suppress(OSError, ValueError, AttributeError, io.UnsupportedOperation):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]  # None is among what is suppressed
        os.close(nowhere)


def _forgiving(stream: TextIO | None) -> TextIO | None:
    """Make a stream write the code of a character it cannot show, instead of raising."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal: 2 for a Chinese character, 1 for a letter."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Align rows in columns, two blanks apart; the last column is not padded."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(text + " " * (most - width(text)) for text, most in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
