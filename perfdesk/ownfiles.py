"""单位自己的文件 (own files) on this machine and in a data file: which is newer, and putting there what this machine lacks.

Templates, policies, choices and dates of the office lie in the data folder. The data file takes along what is newer here; what is
newer there, or missing here, is offered and never put in by itself. What the files mean is not known here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk import places, private
from perfdesk.errors import UserError, reason
from perfdesk.exchange.files import write_atomically
from perfdesk.store.ownfiles import OwnFile

if TYPE_CHECKING:
    from perfdesk.store import Store

_REPLACED: Final = ".换下"


class Offer(NamedTuple):
    """A file that the data file has and this machine lacks, or has in another, older state (``replaces``)."""

    file: OwnFile
    replaces: bool

    @property
    def words(self) -> str:
        """What it is called on screen: 「表样“某县-2026”」."""
        folder, _, rest = self.file.name.rpartition("/")
        kinds = {places.own_templates().name: "表样", places.own_policies().name: "计分办法"}
        alone = {places.policy_choices().name: "各表样选用的计分办法", places.own_cycle().name: "年度日程"}
        return f"{kinds[folder]}“{Path(rest).stem}”" if folder in kinds else alone.get(rest, f"“{rest}”")


def here() -> tuple[OwnFile, ...]:
    """Return the office's own files on this machine, by name; one that does not read as text is left out."""
    return tuple(_read())


def _read() -> Iterator[OwnFile]:
    root = places.data_folder()
    folders = (places.own_templates(), places.own_policies())
    files = [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    for path in (*files, places.policy_choices(), places.own_cycle()):
        with suppress(OSError, UnicodeDecodeError):  # not there, or refused elsewhere with the reason
            written = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
            yield OwnFile(path.relative_to(root).as_posix(), path.read_text("utf-8"), written)


def take_along(store: Store) -> None:
    """Have the data file keep what is newer on this machine. Raises :class:`UserError` when it cannot be written."""
    kept = {one.name: one for one in store.own_files.kept()}
    store.own_files.keep(one for one in here() if _is_newer(one, kept.get(one.name)))


def offers(store: Store) -> tuple[Offer, ...]:
    """Return what the data file has and this machine lacks or has older, by name."""
    there = {one.name: one for one in here()}
    late = (one for one in store.own_files.kept() if _is_newer(one, there.get(one.name)))
    return tuple(Offer(one, one.name in there) for one in late)


def _is_newer(one: OwnFile, other: OwnFile | None) -> bool:
    return other is None or (one.text != other.text and one.written > other.written)


def put_in(chosen: Iterable[Offer]) -> None:
    """Put files into the data folder of this machine; one that is replaced stays beside it as ``….toml.换下``.

    Raises :class:`UserError` at the first that cannot be written.
    """
    for one in chosen:
        path = _path_of(one.file.name)
        try:
            private.make_folder(path.parent)
            if one.replaces:
                path.replace(path.with_name(path.name + _REPLACED))
            write_atomically(path, one.file.text.encode())
            moment = one.file.written.timestamp()
            os.utime(path, (moment, moment))
        except OSError as error:
            raise UserError(f"“{path}”写不进去（{reason(error)}）。请检查磁盘和文件夹，再放一次。") from error


def _path_of(name: str) -> Path:
    """Return where a file belongs; a name that leads elsewhere (another program wrote it) is no name of ours."""
    folder, _, rest = name.rpartition("/")
    known = {
        places.own_templates().name: places.own_templates(),
        places.own_policies().name: places.own_policies(),
    }
    if not folder and name in {places.policy_choices().name, places.own_cycle().name}:
        return places.data_folder() / name
    if folder in known and rest == Path(rest).name and rest.endswith(".toml") and not set(rest) & set('\\:<>"|?*'):
        return known[folder] / rest
    raise UserError(f"数据文件里“{name}”这个名字不是本单位文件的，没有放进来。请把它告诉维护人员。")
