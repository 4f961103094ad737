"""清理 (thinning): the backups of both places that are no longer needed go, once the change log of the newest is proved.

A data file whose history another program broke may be right only in an old backup: then none goes, and what is broken is remembered
and said, until the clerk has looked at it (``accept``). Which ones are superfluous is decided in ``backups``.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from perfdesk.errors import UserError
from perfdesk.store import proofs
from perfdesk.store.backups import Backup, in_folder, superfluous
from perfdesk.store.backupstate import State, folder_of, read_state, write_state
from perfdesk.store.keyfile import key_file_of
from perfdesk.store.turns import alone

_KEPT: Final = "旧备份一份也没有清理："


def thin(path: Path, *, moment: datetime) -> None:
    """Remove what is superfluous in both places, or remember why not.

    Takes as long as the proof: about a second for a thousand forms. Not in the thread of a window.
    """
    with suppress(UserError), alone(path, moment):  # nothing depends on it: the next backup tries again
        state = read_state(path)
        going = _superfluous(path, state)
        if not going:
            return
        mark, trouble = _look(path)
        if mark and mark != state.known_break:
            write_state(path, state._replace(break_mark=mark, break_trouble=trouble))
            return
        if state.break_trouble:
            write_state(path, state._replace(break_mark=mark, break_trouble=""))
        for one in going:
            with suppress(OSError):  # open in another program, or the stick is out: the next backup tries again
                one.path.unlink()
                key_file_of(one.path).unlink(missing_ok=True)


def accept(path: Path, *, moment: datetime) -> None:
    """知道了: the clerk has looked at the break, backups are thinned again. Raises :class:`UserError`."""
    with alone(path, moment):
        state = read_state(path)
        write_state(path, state._replace(known_break=state.break_mark, break_trouble=""))


def _superfluous(path: Path, state: State) -> list[Backup]:
    going: list[Backup] = []
    for folder in (folder_of(path), state.second):
        with suppress(OSError):
            going += superfluous(in_folder(folder, path.stem)) if folder is not None else ()
    return going


def _look(path: Path) -> tuple[str, str]:
    """Prove the newest backup beside the data file; return what a break is known by and the sentence about it."""
    newest = max(in_folder(folder_of(path), path.stem), key=lambda one: one.number, default=None)
    if newest is None:
        return "", ""
    try:
        proof, names = proofs.prove_file(newest.path)
    except UserError as error:
        return "unread", f"{_KEPT}{error}"
    return proofs.mark_of(proof), "" if proof.broken is None else f"{_KEPT}{proofs.sentence(path, proof, names)}"
