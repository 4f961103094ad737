"""转交 (handover): what a second start of the program is given goes to the window that fills in the same data already.

The open window listens in a private folder of the user's, one for each data file; a second start lays a call there - a small file
that names what is to be taken in - and waits until the window has taken it away. Without files a call only asks the window to come
to the front. Nothing else travels: no network, no port, no other user's hands, and a call is read as foreign text.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk import places, private

FOLDER: Final = "calls"
PATIENCE: Final = 5.0
"""s: so long a second start waits for the open window; one that prepares a large form answers within one."""
_STEP: Final = 0.02  # s between two looks
_STALE: Final = 60.0  # s: an older call was laid for a window that is gone
_MOST_BYTES: Final = 1 << 20  # a thousand long paths
_CALL: Final = ".call"
ACTIVATION: Final = "XDG_ACTIVATION_TOKEN"
"""The variable in which a desktop gives a program the leave to come to the front."""


class Answer(StrEnum):
    """What came of a call: nobody fills in this data, the window took it, or there is a window and it does not answer."""

    ALONE = "alone"
    TAKEN = "taken"
    SILENT = "silent"


class Call(NamedTuple):
    """What a second start wants: ``files`` to be taken in (absolute; none: only the window), with the desktop's ``token``."""

    files: tuple[Path, ...] = ()
    token: str = ""


def folder_of(store: Path) -> Path:
    """Return the folder in which the window of a data file listens; another name of the same file gives the same."""
    import hashlib  # like json below: a start without files and without another window needs neither

    whole = os.path.normcase(store.resolve())
    return places.data_folder() / FOLDER / hashlib.sha256(os.fsencode(whole)).hexdigest()[:16]


# ------------------------------------------------------------------------------------------------------- the second start


def hand_over(store: Path, files: Sequence[Path], *, patience: float = PATIENCE) -> Answer:
    """Ask the window that fills in ``store`` to take ``files`` in and come to the front; wait ``patience`` seconds for it.

    Never raises: where nothing can be handed over the program starts as ever, and opening the data file says what is in the way.
    """
    if not store.with_name(f"{store.name}.lock").exists():
        return Answer.ALONE
    from perfdesk.store.lock import held_by  # with it comes SQLAlchemy: not before there is a reason to ask

    holder = held_by(store)
    if holder is None or not holder.ours:
        return Answer.ALONE
    _let_come_forward(holder.pid)
    try:
        call = _lay(folder_of(store), files)
    except OSError:
        return Answer.ALONE
    end = time.monotonic() + patience
    while call.exists():
        alone = held_by(store) is None  # it was closed meanwhile
        if alone or time.monotonic() > end:
            return (Answer.ALONE if alone else Answer.SILENT) if _take_away(call) else Answer.TAKEN
        time.sleep(_STEP)
    return Answer.TAKEN


def _lay(folder: Path, files: Sequence[Path]) -> Path:
    """Write a call whole before it has the name that is looked for. A window that is about to listen finds it there."""
    import json

    told = {"files": [str(one.absolute()) for one in files], "token": os.environ.get(ACTIVATION, "")}
    private.make_folder(folder)
    whole = folder / f"{time.time_ns():020}-{os.getpid()}{_CALL}"
    draft = whole.with_suffix(".part")
    with open(draft, "wb", opener=private.opener) as file:
        file.write(json.dumps(told).encode("ascii"))
    return draft.replace(whole)


def _take_away(call: Path) -> bool:
    """Take a call back; ``False`` where the window was faster."""
    try:
        call.unlink()
    except OSError:
        return False
    return True


if sys.platform == "win32":
    import ctypes

    def _let_come_forward(pid: int) -> None:
        """Windows lets a window come to the front only where the program in front allows it: that is us, just started."""
        ctypes.windll.user32.AllowSetForegroundWindow(pid)

else:

    def _let_come_forward(pid: int) -> None:
        """Elsewhere the desktop gave a token along, or decides by itself."""


# --------------------------------------------------------------------------------------------------------- the open window


def listen(store: Path) -> Path:
    """Make the folder in which calls for ``store`` are laid, without what was left there, and return it. Raises OSError."""
    folder = folder_of(store)
    private.make_folder(folder)
    for one in folder.iterdir():
        with suppress(OSError):
            if one.suffix != _CALL or time.time() - one.stat().st_mtime > _STALE:
                one.unlink()
    return folder


def take(folder: Path) -> tuple[Call, ...]:
    """Take the calls away that lie in a folder and return what they want, the oldest first; what is none is thrown away."""
    found = [_claim(path) for path in sorted(folder.glob(f"*{_CALL}"))]
    return tuple(one for one in found if one is not None)


def _claim(path: Path) -> Call | None:
    ours = path.with_suffix(".taken")
    try:
        path.rename(ours)
        return _read(ours)
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
    ):  # taken back by now, or nothing the program wrote
        return None
    finally:
        with suppress(OSError):
            ours.unlink()


def _read(path: Path) -> Call:
    import json

    with path.open("rb") as file:
        told = json.loads(file.read(_MOST_BYTES))
    return Call(tuple(Path(str(one)) for one in told["files"]), str(told["token"]))


def stop_listening(folder: Path) -> None:
    """Take the folder away: from now on a second start is the first. A call that waits there is taken back by who laid it."""
    with suppress(OSError):
        folder.rmdir()
