"""回到上一版 (going back): the version before in force again, and the data file as that one can read it.

A newer program may have saved the data file in a way the older one cannot read. Then the newest backup that it can read takes the
place of the data file. What is there now is copied beside it first, whole and checked: nothing that was typed is lost, and the
newer program can open it again.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from perfdesk import places
from perfdesk.errors import UserError
from perfdesk.exchange.files import free_name
from perfdesk.store import Backup, copy_to
from perfdesk.store.backups import found
from perfdesk.store.engine import journals_beside
from perfdesk.store.lock import Lock, StoreBusy
from perfdesk.store.revisions import revision_in, revision_known_to
from perfdesk.updates.fitting import standing
from perfdesk.updates.rack import (
    Rack,
    changing,
    in_plain_words,
    pack_in_force,
    rack_of,
    shipped_parameters,
    switch,
    write_line,
)
from perfdesk.updates.types import Kind, Rollback

UNFINISHED: Final = "going-back"
"""A file beside ``current`` while data file and program are being changed together: it names the copy that is kept."""


def plan_rollback(kind: Kind, store: Path) -> Rollback:
    """Say what going back would do; ``store`` is the data file in use, which need not be there.

    Raises :class:`UserError` where there is no version to go back to, or none that could read any data of this office.
    """
    stands = standing(kind)
    if stands.refusal:
        raise UserError(stands.refusal)
    if not stands.previous:
        raise UserError(f"没有上一版的{kind.words}：现在的 {stands.version} 是第一次装的，没有动。可以照常使用。")
    plan = Rollback(kind, stands.waiting or stands.version, stands.previous)
    if kind is Kind.PARAMETERS or not store.exists():
        return plan
    readable = revision_known_to(rack_of(kind).folder(stands.previous))
    if not readable or revision_in(store) <= readable:
        return plan
    backup = next((one for one in found(store) if _revision(one) <= readable), None)
    if backup is None:
        raise UserError(
            f"程序 {stands.previous} 读不了现在的数据文件“{store.name}”，也没有它读得了的备份，没有动。"
            "要用旧的程序，请先把表导出成 Excel 或填报数据。"
        )
    return plan._replace(must_restore=True, backup=backup)


def _revision(backup: Backup) -> str:
    """The revision of a backup; what cannot be read is as if it were newer than everything."""
    with suppress(UserError):
        return revision_in(backup.path)
    return "~"


def roll_back(plan: Rollback, *, store: Path, moment: datetime) -> Path | None:
    """Put the version before in force, a program from its next start; return where the present data file is kept, if it had to go.

    Raises :class:`UserError`, also where a window fills in the data file that has to go; whatever is raised, nothing is lost.
    """
    rack = rack_of(plan.kind)
    with in_plain_words(rack, undone="没有换回"), changing(rack):
        if standing(plan.kind).previous != plan.previous:
            raise UserError("刚才有别的窗口换了版本，没有动。请再看一遍现在是哪一版，再决定。")
        if plan.backup is None:
            _switch(plan, rack)
            return None
        return _with_data(plan, rack, store, plan.backup, moment)


def _with_data(plan: Rollback, rack: Rack, store: Path, backup: Backup, moment: datetime) -> Path:
    try:
        lock = Lock.take(store, moment=moment)
    except StoreBusy as error:
        raise UserError(f"{error}要回到上一版，先关闭那个窗口。") from error
    kept = free_name(store.with_name(f"{store.stem}-{plan.version}-{moment:%Y%m%d-%H%M}{store.suffix}"))
    note = rack.pointers / UNFINISHED
    try:
        copy_to(store, kept)
        write_line(note, str(kept))
        _exchange(plan, rack, store, backup, kept)
        note.unlink(missing_ok=True)
    finally:
        lock.release()
    return kept


def _exchange(plan: Rollback, rack: Rack, store: Path, backup: Backup, kept: Path) -> None:
    """Change data file and program together, or neither; what was not saved yet goes with the copy, where it is found again."""
    try:
        _move_journals(store, kept)
        copy_to(backup.path, store)
        _switch(plan, rack)
    except (OSError, UserError):
        copy_to(kept, store)
        _move_journals(kept, store)
        (rack.pointers / UNFINISHED).unlink(missing_ok=True)
        raise


def _move_journals(source: Path, target: Path) -> None:
    """Carry the edit journal of one data file, and the one before it, over to its copy."""
    for one, other in zip(journals_beside(source)[1:], journals_beside(target)[1:], strict=True):
        if one.exists():
            one.replace(other)


def _switch(plan: Rollback, rack: Rack) -> None:
    """What the program brought along is named by no file."""
    if plan.kind is Kind.PARAMETERS:
        to = "" if plan.previous == shipped_parameters() else plan.previous
        switch(rack, to, before=pack_in_force())
    else:
        switch(rack, plan.previous, before=plan.version)


def left_unfinished() -> Path | None:
    """Return where the data file is kept that was taken away by a going back that something interrupted; told once.

    The program is then still the newer one, with the data of the backup before it.
    """
    note = places.home() / UNFINISHED
    with suppress(OSError):
        kept = Path(note.read_text(encoding="utf-8").removesuffix("\n"))
        note.unlink()
        return kept if kept.exists() else None
    return None
