"""解开 (unlocking): which key opens a data file, and how a password or the recovery key gets it.

A file that no key of this process opens raises ``StoreLocked``; nothing was touched then, and what raised it can be called again
once :func:`unlock` or :func:`unlock_by_recovery` has been.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from perfdesk.errors import LockedError, UserError
from perfdesk.store import faults, keys, pages
from perfdesk.store.files import examine
from perfdesk.store.keyfile import KeyFile, key_file_of, read_key_file, unwrap
from perfdesk.store.keys import Key
from perfdesk.store.recoverykey import read


def key_of(path: Path) -> Key | None:
    """Return the key of a data file, ``None`` where it is plain. Raises ``StoreLocked`` and :class:`UserError`."""
    with faults.in_plain_words(path):
        return _key_that_fits(path) if pages.is_sealed_file(path) else None


def refuse_locked(path: Path) -> None:
    """Raise ``StoreLocked`` where a data file has a password that was not given; what else is wrong with it is said by others."""
    try:
        key_of(path)
    except LockedError:
        try:
            examine(path)
        except UserError:
            return  # of one that was cut short no page may be left that a key could be held against
        raise
    except UserError:
        return


def key_of_damaged(path: Path) -> Key | None:
    """Return the key of a data file of which even the beginning may be lost, or all of it; ``None`` where it was plain.

    Raises ``StoreLocked`` where it was encrypted and its key is not here.
    """
    with faults.in_plain_words(path):
        there = path.exists()
        fitting = (key for key in keys.held() if there and pages.fits(path, key))
        found = next(fitting, None)
        if found is not None or (there and pages.looks_plain(path)):
            return found
        sealed = there and pages.is_sealed_file(path)
    try:
        file = read_key_file(key_file_of(path))
    except UserError:  # it is there, so the file was encrypted
        raise faults.locked(path) from None
    if file is None and not sealed:
        return None
    found = keys.held_by_id(file.id) if file is not None else None
    if found is None:
        raise faults.locked(path)
    return found


def _key_that_fits(path: Path) -> Key:
    found = next((key for key in keys.held() if pages.fits(path, key)), None)
    if found is None:
        raise faults.locked(path)
    return found


def unlock(path: Path, password: str) -> Key:
    """Open a data file by its password: its key is held from now on. Raises :class:`UserError`."""
    wrong_file = False
    found = tuple(_key_files(path))
    for file, own in found:
        key = unwrap(file, password)
        if key is not None and (_fits(path, key) or (own and _in_pieces(path))):
            keys.hold(key)
            return key
        wrong_file |= key is not None and own
    if not found:
        _refuse_without_key_file(path)
    if wrong_file:
        raise UserError(
            f"“{path}”旁边的“{key_file_of(path).name}”是另一个数据文件的，用它打不开；数据没有动。"
            "请把原来的密钥文件复制回来（备份旁边也有），或者用恢复密钥打开。"
        )
    raise UserError("密码不对，没有打开。请再填一次，留意大小写；忘了的，用设密码时打印的恢复密钥。")


def unlock_by_recovery(path: Path, text: str) -> Key:
    """Open a data file by its recovery key: the key is held from now on. Raises :class:`UserError`."""
    key = Key(read(text))
    if not _fits(path, key) and not (_in_pieces(path) and _is_named(path, key)):
        raise UserError(f"这份恢复密钥不是“{path.name}”的，没有打开。请找一找设密码那天打印的那一张。")
    keys.hold(key)
    return key


def unlock_by_either(path: Path, text: str) -> Key:
    """Open a data file by what somebody typed where both were asked for. Raises :class:`UserError`."""
    with suppress(UserError):
        return unlock_by_recovery(path, text)
    return unlock(path, text)


def _in_pieces(path: Path) -> bool:
    with faults.in_plain_words(path):
        return not path.exists() or pages.is_in_pieces(path)


def _fits(path: Path, key: Key) -> bool:
    with faults.in_plain_words(path):
        return path.exists() and pages.fits(path, key)


def _is_named(path: Path, key: Key) -> bool:
    try:
        file = read_key_file(key_file_of(path))
    except UserError:
        return False
    return file is not None and file.id == key.id


def _key_files(path: Path) -> Iterator[tuple[KeyFile, bool]]:
    """Give the key files that may be of a data file: its own (``True``), then those of its copies and of what it is a copy of."""
    own = key_file_of(path)
    seen: set[KeyFile] = set()
    beside, above = path.parent, path.parent.parent
    with faults.in_plain_words(beside):
        others = sorted((*beside.glob("*.key"), *beside.glob("*/*.db.key"), *above.glob("*.db.key")))
    for one in (own, *others):
        try:
            file = read_key_file(one)
        except UserError:
            continue  # another one may do; where none does the sentence names the own one
        if file is not None and file not in seen:
            seen.add(file)
            yield file, one == own


def _refuse_without_key_file(path: Path) -> None:
    read_key_file(key_file_of(path))  # one that is there and not whole says so itself
    name = key_file_of(path).name
    raise UserError(
        f"“{path}”旁边没有密钥文件“{name}”，光有密码打不开；数据没有动。"
        "请把它从原来的文件夹（备份旁边也有）复制到一起，或者用恢复密钥打开。"
    )
