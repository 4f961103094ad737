"""安装 (installing): the backup, the new version beside the old one, the proof that it starts, and the switch.

Until the switch nothing has changed that anybody uses; the switch is one rename. A process that is killed at any point leaves the
old version or the new one in force, and beside it at most a folder that the next update clears.
"""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from perfdesk import places
from perfdesk.cycle import read_cycle
from perfdesk.errors import UserError
from perfdesk.library import read_starter
from perfdesk.parameters import CYCLE, INDICATORS, InForce, read_pack
from perfdesk.template import read_stock
from perfdesk.updates.fitting import refuse_unfit
from perfdesk.updates.rack import (
    Rack,
    changing,
    full,
    has_rack,
    in_plain_words,
    others,
    pack_in_force,
    passing_folder,
    rack_of,
    remove,
    stand,
    switch,
)
from perfdesk.updates.reading import Opened, damaged, opened
from perfdesk.updates.starting import prove_start
from perfdesk.updates.types import Kind, Settled, Update
from perfdesk.updates.unpacking import Progress, unpack

_SPARE: Final = 8 << 20
"""Bytes that stay free beside an update: folders, names, the pointers."""


def install(update: Update, *, back_up: Callable[[], object], progress: Progress) -> None:
    """Install an update that was read and shown; in force afterwards, a program from its next start.

    ``back_up`` is called before anything is changed, and stops everything by raising: there is no update without a backup. Raises
    :class:`UserError`; whatever is raised, what was in force still is.
    """
    refuse_unfit(update)
    rack = rack_of(update.kind)
    with in_plain_words(rack):
        _refuse_full(rack, update.size)
    back_up()
    with opened(update.path) as one, in_plain_words(rack):
        if one.update.seal != update.seal:
            raise damaged(update.path.name)
        with changing(rack):
            made = passing_folder(rack)
            try:
                _put_up(one, made, rack, progress)
            finally:
                shutil.rmtree(made, ignore_errors=True)


def _put_up(one: Opened, made: Path, rack: Rack, progress: Progress) -> None:
    update = one.update
    with suppress(OSError):  # a stick that knows no rights
        made.chmod(stat.S_IMODE(rack.versions.stat().st_mode))
    unpack(one, made, progress)
    if rack.kind is Kind.PROGRAM:
        prove_start(made, update.version)
        before = places.program_folder().name
    else:
        _prove_pack(made, update)
        before = pack_in_force()
    stand(rack, made, update.version)
    switch(rack, update.version, before=before)


def _prove_pack(made: Path, update: Update) -> None:
    """Hold what the pack says of itself against what was signed, and read all of it as a start does.

    A wrong one would be passed over at every start, a file with a mistake in it likewise.
    """
    found = InForce(read_pack(made), read_pack(places.resources()))
    if found.pack.version != update.version:
        raise damaged(update.path.name)
    try:
        read_cycle(found.file(CYCLE), found.file(CYCLE))
        read_starter(found.file(INDICATORS))
        why = next((one.why for one in read_stock(found).refused), "")
    except UserError as error:
        why = str(error)
    if why:
        raise UserError(
            f"“{update.path.name}”里有用不了的文件，没有更新，原来的还在用。请把下面的话告诉发更新的人：{why}"
        )


def _refuse_full(rack: Rack, size: int) -> None:
    there = next(one for one in (rack.versions, *rack.versions.parents) if one.is_dir())
    lacking = size + _SPARE - shutil.disk_usage(there).free
    if lacking > 0:
        raise UserError(full(rack, f"还差 {-(-lacking >> 20)} MB，"))


def settle() -> Settled:
    """Tidy up after a successful start: remove what is neither in force nor the version before.

    Where another version runs than ``current`` names, that one did not start: it is no longer named, and said. What cannot be
    tidied up now (a file in use, a stick without the right to write) is left for the next time.
    """
    failed, removed = "", []
    for kind in Kind:
        rack = rack_of(kind)
        if (kind is Kind.PROGRAM and not has_rack()) or not rack.versions.is_dir():
            continue
        with suppress(OSError, UserError), changing(rack):
            if kind is Kind.PROGRAM:
                failed = _unname_failed(rack)
            for one in others(rack, {rack.current, rack.previous, places.program_folder().name}):
                remove(rack, one)
                removed.append(one)
    return Settled(failed, tuple(removed))


def _unname_failed(rack: Rack) -> str:
    running, named = places.program_folder().name, rack.current
    if running == named:
        return ""
    before = rack.previous
    switch(rack, running, before="" if before == running else before)
    return named
