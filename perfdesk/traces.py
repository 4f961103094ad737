"""Where a mistake of the program happened, told without the exception's own text: that may quote what somebody typed.

What a log, a report of a mistake and the diagnosis say of an exception comes from here.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SPEAK_OF_CODE: Final = frozenset(
    {AttributeError, ImportError, ModuleNotFoundError, NameError, RecursionError, TypeError, UnboundLocalError}
)
"""What these say names types and names of the program."""


def where(error: BaseException) -> str:
    """Return kind and place of an exception, and of what led to it, the last one first: a line for each step of the way there."""
    return "\nafter ".join(_one(found) for found in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Give an exception and those before it, each once."""
    seen: set[int] = set()
    last: BaseException | None = error
    while last is not None and id(last) not in seen:
        seen.add(id(last))
        yield last
        last = last.__cause__ or (None if last.__suppress_context__ else last.__context__)


def _one(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    steps = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join((_kind(error), *steps))


def _kind(error: BaseException) -> str:
    """Name an exception, with what it says where that is of the code or a number."""
    name = type(error).__name__
    if type(error) in _SPEAK_OF_CODE:
        return f"{name}: {error}"
    if isinstance(error, OSError):
        return f"{name}: {error.errno}"
    code = getattr(error, "sqlite_errorname", "")
    return f"{name}: {code}" if code else name
