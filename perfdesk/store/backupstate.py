"""What is remembered about the backups of one data file: the second place, and how the last attempts ended.

A small JSON file in the folder ``备份`` beside the data file. It tells paths of this machine, so it is no part of the data. What is
made of it is the business of ``safekeeping``.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from perfdesk import private
from perfdesk.store import faults

_FOLDER: Final = "备份"
_UNREAD: Final = "“{}”读不出来，第二个备份位置不记得了。请在“备份”里重新选一次。"


class State(NamedTuple):
    """``second`` is the folder of the copies in the second place (``None``: not set), ``second_good`` when one was last made there.

    ``trouble`` and ``second_trouble`` say why the last attempt gave no copy, ``""`` where it did. ``counter`` is the change counter
    of the data file as it was last copied, -1 where it never was. ``break_trouble`` says where the change log is broken, so that
    nothing is thinned, ``break_mark`` what that break is known by; ``known_break`` is the one that the clerk has seen.
    """

    second: Path | None = None
    second_good: datetime | None = None
    trouble: str = ""
    second_trouble: str = ""
    counter: int = -1
    break_trouble: str = ""
    break_mark: str = ""
    known_break: str = ""


def folder_of(path: Path) -> Path:
    """Return the folder of the backups of a data file; it need not exist."""
    return path.parent / _FOLDER


def file_of(path: Path) -> Path:
    """Return where the state of a data file's backups is kept."""
    return folder_of(path) / f"{path.stem}.json"


def read_state(path: Path) -> State:
    """Return what is remembered; where that cannot be read, a state whose ``second_trouble`` says so."""
    file = file_of(path)
    try:
        return _state(json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return State()
    except (OSError, ValueError, KeyError, TypeError):
        return State(second_trouble=_UNREAD.format(file))


def _state(told: dict[str, Any]) -> State:
    second, good = told["second"], told["second_good"]
    return State(
        Path(second) if second else None,
        datetime.fromisoformat(good) if good else None,
        str(told["trouble"]),
        str(told["second_trouble"]),
        int(told["counter"]),
        *(str(told.get(key, "")) for key in ("break_trouble", "break_mark", "known_break")),
    )


def write_state(path: Path, state: State) -> None:
    """Remember a state, whole or not at all; the folder is made when absent. Raises :class:`UserError`."""
    file = file_of(path)
    told = state._asdict() | {
        "second": str(state.second) if state.second else "",
        "second_good": state.second_good.isoformat() if state.second_good else "",
    }
    part = file.with_name(f"{file.name}.part")
    with faults.of_a_copy(file):
        try:
            private.make_folder(file.parent, parents=False)
            with open(part, "w", encoding="utf-8", opener=private.opener) as out:
                json.dump(told, out, ensure_ascii=False, indent=1)
                out.flush()
                os.fsync(out.fileno())
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
