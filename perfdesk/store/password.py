"""数据密码 (password): set, changed and taken away, for a data file and every copy of it that can be reached.

The password wraps the data key (``keyfile``); a changed one touches no data. Setting and taking away write the data file again,
whole or not at all, then its copies one by one, each compared before it takes the place of the old one. What could not be reached,
and damaged files that were set aside and hold plain text, are told; removed are these only when the clerk says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.errors import UserError
from perfdesk.store import faults, pages
from perfdesk.store.backups import found
from perfdesk.store.backupstate import read_state
from perfdesk.store.keyfile import (
    check_new,
    copy_key_file,
    forget_key_file,
    key_file_of,
    read_key_file,
    unwrap,
    wrap,
    write_key_file,
)
from perfdesk.store.keys import Key, hold
from perfdesk.store.resealing import reseal_file
from perfdesk.store.turns import CARRYING, alone

if TYPE_CHECKING:
    from perfdesk.store.store import Store

Told = Callable[[int, str], object]
"""Hears how many copies are done, and the name of the one that comes next."""


class Left(NamedTuple):
    """A copy that is not as the data file is, and why, a sentence."""

    path: Path
    why: str


class Standing(NamedTuple):
    """How a data file and its copies stand.

    ``sealed``: it is encrypted; ``unlike``: copies that are not, or the other way round; ``asides``: damaged files that were set
    aside and can be read without a password; ``away``: the second place, where it is not there now.
    """

    sealed: bool
    unlike: tuple[Path, ...]
    asides: tuple[Path, ...]
    away: Path | None


def standing(path: Path) -> Standing:
    """Say how a data file and its copies stand. Raises :class:`UserError`."""
    with faults.in_plain_words(path):
        sealed = pages.is_sealed_file(path)
        unlike = tuple(one for one in _copies(path) if pages.is_sealed_file(one) is not sealed)
        asides = tuple(_asides(path)) if sealed else ()
    second = read_state(path).second
    return Standing(sealed, unlike, asides, second if second is not None and not second.is_dir() else None)


def set_password(store: Store, key: Key, password: str) -> None:
    """Encrypt an open data file with ``key``, wrapped by ``password``, and its edit journal; its copies are left to :func:`align`.

    The key file is there before the first page is encrypted. Raises :class:`UserError`; the data file is then as it was.
    """
    check_new(password)
    write_key_file(key_file_of(store.path), wrap(key, password))
    hold(key)
    store.reseal(key)


def is_password(path: Path, password: str) -> bool:
    """Tell whether this is the password of a data file. Raises :class:`UserError` where its key file is not there or not whole."""
    file = read_key_file(key_file_of(path))
    return file is not None and unwrap(file, password) is not None


def change_password(path: Path, key: Key, password: str) -> tuple[Left, ...]:
    """Wrap the key of a data file by another password, and put the new key file beside each copy; tell where that was not possible.

    The recovery key stays the same. Raises :class:`UserError`; the password is then the old one.
    """
    check_new(password)
    write_key_file(key_file_of(path), wrap(key, password))
    left = []
    for one in _copies(path):
        try:
            if pages.is_sealed_file(one) and pages.fits(one, key):
                copy_key_file(path, one)
        except (UserError, OSError) as error:
            left.append(Left(one, f"“{one.name}”还要用原来的密码：{error}"))
    return (*left, *_away(path, "那里的备份还要用原来的密码"))


def take_password_away(store: Store) -> None:
    """Write an open data file and its edit journal plain again; its copies are left to :func:`align`. Raises :class:`UserError`."""
    store.reseal(None)
    forget_key_file(store.path)


def align(path: Path, key: Key | None, *, moment: datetime, told: Told) -> tuple[Left, ...]:
    """Write every copy of a data file again as the data file is: encrypted with ``key``, or plain; tell which are not, and why.

    Raises :class:`UserError` where another window is making backups.
    """
    left = []
    with alone(path, moment, end=CARRYING), alone(path, moment):
        for done, one in enumerate(_copies(path)):
            told(done, one.name)
            try:
                _align_one(path, one, key)
            except UserError as error:
                left.append(Left(one, str(error)))
    still = "那里的备份还没有加密" if key is not None else "那里的备份还有密码"
    return (*left, *_away(path, still))


def _align_one(path: Path, one: Path, key: Key | None) -> None:
    if key is not None and not _is_of_another_key(one, key):
        copy_key_file(path, one)  # before there is what it opens
    reseal_file(one, key)
    if key is None:
        forget_key_file(one)
    else:
        copy_key_file(path, one)


def _is_of_another_key(one: Path, key: Key) -> bool:
    with faults.in_plain_words(one):
        return pages.is_sealed_file(one) and not pages.fits(one, key)


def _away(path: Path, words: str) -> tuple[Left, ...]:
    second = read_state(path).second
    if second is None or second.is_dir():
        return ()
    return (Left(second, f"第二个备份位置“{second}”不在，{words}。请插上以后，在“数据密码”里再做一次。"),)


def _copies(path: Path) -> Iterator[Path]:
    """Give the backups in both places, and copies that older versions made beside the data file."""
    yield from (one.path for one in found(path))
    yield from sorted(path.parent.glob(f"{escape(path.stem)}-before-*{escape(path.suffix)}"))


def _asides(path: Path) -> Iterator[Path]:
    """Give what was set aside without encryption: the damaged file, its journals, its list."""
    there = sorted(path.parent.glob(f"{escape(path.name)}.损坏-*"))
    sealed = tuple(one.name.removesuffix(".key") for one in there if one.name.endswith(".key"))
    yield from (one for one in there if not one.name.startswith(sealed or ("\0",)))


def remove(asides: tuple[Path, ...]) -> tuple[Left, ...]:
    """Remove files that :func:`standing` told of; tell which could not be removed."""
    left = []
    for one in asides:
        try:
            one.unlink(missing_ok=True)
        except OSError as error:
            left.append(Left(one, str(faults.of_os(error, one))))
    return tuple(left)
