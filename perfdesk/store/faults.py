"""What disk and database do wrong, in the user's words: one sentence that names the file and the next step.

Only faults of the environment are translated; a mistake of our own (a broken constraint, bad SQL) stays what it is. Nothing is
repaired here.
"""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from perfdesk.errors import LockedError, UserError, reason
from perfdesk.store.blocks import Given, given


class DiskFull(UserError):  # noqa: N818 - a state to react to, like StoreBusy
    """The disk has no room."""


class StoreReadOnly(UserError):  # noqa: N818 - a state to react to, like StoreBusy
    """The file or its folder cannot be written; opening it to look at (``read_only=True``) is what can be offered."""


class StoreOlder(UserError):  # noqa: N818 - a state to react to, like StoreReadOnly
    """The file has an older schema and was to be looked at only; a copy that is brought up to date can be read."""


class StoreDamaged(UserError):  # noqa: N818 - a state to react to, like StoreBusy
    """What stands in the place of the data file is none, or not a whole one; 找回 (``salvage``) is what can be offered."""


class StoreLocked(LockedError):  # noqa: N818 - a state to react to, like StoreBusy
    """A data file has a password and this process does not have its key (``unlocking``)."""


def locked(path: Path) -> StoreLocked:
    """有密码."""
    return StoreLocked(f"“{path}”设了密码，还没有解开；没有打开，也没有改动它。请填数据密码，忘了的填恢复密钥。", path)


def read_only(path: Path) -> StoreReadOnly:
    """只能读: no right to write, a write-protected stick, a read-only share."""
    return StoreReadOnly(
        f"“{path}”只能读，写不进去：没有写入权限，或者磁盘开了写保护。可以只查看；要填报，请换到能写的文件夹。"
    )


def looking_only(path: Path) -> StoreReadOnly:
    """The window was opened 只查看 and something asked to save."""
    return StoreReadOnly(f"“{path}”现在是只查看，改动没有写进去。要填报，请关闭只查看的窗口，重新打开这个文件。")


def full(path: Path) -> DiskFull:
    """磁盘已满."""
    return DiskFull(
        f"磁盘已满，刚才的改动没有写进“{path}”，以前保存的都在。"
        "请删去磁盘上不用的文件，腾出空间后再保存；也可以先把表导出到别的磁盘。"
    )


def full_for_copy(path: Path) -> DiskFull:
    """磁盘已满, where a copy was to be written: the data file has all that was saved."""
    return DiskFull(
        f"磁盘已满，复制没有写成“{path}”，数据文件没有动。请删去那个磁盘上不用的文件，腾出空间，或者换个磁盘，再做一次。"
    )


def full_to_open(path: Path) -> DiskFull:
    """磁盘已满, when a data file was to be opened for filling in."""
    return DiskFull(
        f"磁盘已满，“{path}”没有打开，里面的表都在。请删去磁盘上不用的文件，腾出空间后再打开；只是要看的，可以只查看。"
    )


def full_to_back_up(path: Path) -> DiskFull:
    """磁盘已满, when a backup of ``path`` was to be made and could not even be begun."""
    return DiskFull(
        f"磁盘已满，“{path}”没有备份成，里面的表都在。请删去磁盘上不用的文件，腾出空间，或者换个地方，再备份一次。"
    )


def full_to_restore(path: Path) -> DiskFull:
    """磁盘已满, when a backup was to be put in the place of ``path``."""
    return DiskFull(f"磁盘已满，备份没有恢复成，“{path}”还是原来的。请删去磁盘上不用的文件，腾出空间后再恢复一次。")


def full_to_reseal(path: Path) -> DiskFull:
    """磁盘已满, when ``path`` was to be encrypted, or plain again."""
    return DiskFull(
        f"磁盘已满，“{path}”没有加密，也没有解密，还是原来的样子。请删去那个磁盘上不用的文件，腾出空间后再做一次。"
    )


@contextmanager
def named(path: Path, instead: Path) -> Iterator[None]:
    """Say ``instead`` where a sentence would name ``path``, a working copy that the user has never seen."""
    try:
        yield
    except UserError as error:
        words = str(error).replace(str(path), str(instead))
        if words == str(error):
            raise
        if isinstance(error, StoreLocked):
            raise locked(instead) from error
        raise type(error)(words) from error


@contextmanager
def where_full(words: Callable[[Path], DiskFull], path: Path) -> Iterator[None]:
    """Say of a full disk what it kept from being done, in ``words`` about ``path``, whichever file it was that did not fit."""
    try:
        yield
    except DiskFull as error:
        raise words(path) from error


def busy(path: Path) -> UserError:
    """Another program holds SQLite's own lock on the file."""
    return UserError(
        f"“{path}”正被别的程序占用，等了几秒仍没有轮到，这次没有读写。请关闭正在同步、备份或查看这个文件的程序后重试。"
    )


def damaged(path: Path) -> StoreDamaged:
    """The content contradicts itself, or is no database at all."""
    return StoreDamaged(
        f"“{path}”的内容已损坏，读不出来；程序没有改动它。请用“找回内容”找回（打开数据文件时会问），或换用最近的备份。"
    )


def of_another(path: Path) -> UserError:
    """Another account's file, which this one may not even read."""
    return UserError(
        f"“{path}”是另一个账户的，现在这个账户没有权限看；没有打开，也没有改动它。请换用建它的账户登录；"
        "要几个账户一起用的，让管电脑的同事设一个共用文件夹，把它移进去。"
    )


def damaged_backup(path: Path) -> StoreDamaged:
    """A backup that cannot be restored."""
    return StoreDamaged(f"备份“{path}”已损坏，读不出来，没有恢复，也没有改动别的文件。请换一份备份。")


def unreadable(path: Path) -> UserError:
    """What SQLite calls malformed: damage, or a disk that did not answer (SQLite makes no difference). Tell by a second look."""
    return of_disk(path) if reads_well(path) or given(path) is not Given.ALL else damaged(path)


def reads_well(path: Path) -> bool:
    """Tell whether a new look at a data file finds it whole."""
    from perfdesk.store.connecting import connect  # which puts its own troubles into words

    try:
        with closing(connect(path, mode="ro", timeout=0)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except database_errors(UserError):
        return False


def missing(path: Path) -> UserError:
    """No such file."""
    return UserError(f"没有找到“{path}”。请检查文件是否改了名、移走了，或者 U 盘没有插好。")


def moved(path: Path) -> UserError:
    """The file vanished while the program was working on it."""
    return UserError(
        f"“{path}”已被移走、改名或删除，刚才的改动没有写进去。请把文件放回原处再保存；放不回的，先把打开的表另存到别处。"
    )


def replaced(path: Path) -> UserError:
    """Another data file came into the place of the one that was opened."""
    return UserError(
        f"“{path}”已换成另一个数据文件，刚才的改动没有写进去。"
        "请把原来的文件（U 盘）放回来再保存；放不回的，先把打开的表另存到别处，再关闭重开。"
    )


def of_disk(path: Path, why: str = "") -> UserError:
    """The disk answered with an error: for good in some places of the file (then what reads can be saved), or as a whole."""
    return unread(path) if given(path) is Given.SOME else io_error(path, why)


def unread(path: Path) -> StoreDamaged:
    """Some sectors of the disk do not read any more, the others do."""
    return StoreDamaged(
        f"“{path}”有的地方磁盘读不出来，磁盘可能要坏了；程序没有改动它。"
        "请先用“找回内容”（打开数据文件时会问），再把数据文件和备份移到好的磁盘上。"
    )


def io_error(path: Path, why: str = "") -> UserError:
    """The disk itself answered with an error."""
    detail = f"（{why}）" if why else ""
    return UserError(
        f"磁盘读写出错{detail}，“{path}”这次没有读写成功，以前保存的没有动。"
        "请检查 U 盘或磁盘是否接好，再重试；仍然这样的，先把表导出到别的磁盘。"
    )


def too_big(path: Path) -> UserError:
    """One text beyond what SQLite can hold (about 10⁹ bytes)."""
    return UserError(f"有一格的文字太长，超过十亿字节，没有写进“{path}”。请删短这一格。")


_BY_CODE: Final[dict[int, Callable[[Path], UserError]]] = {
    sqlite3.SQLITE_FULL: full,
    sqlite3.SQLITE_READONLY: read_only,
    sqlite3.SQLITE_PERM: read_only,
    sqlite3.SQLITE_BUSY: busy,
    sqlite3.SQLITE_LOCKED: busy,
    sqlite3.SQLITE_IOERR: of_disk,
    sqlite3.SQLITE_CORRUPT: unreadable,
    sqlite3.SQLITE_NOTADB: unreadable,
    sqlite3.SQLITE_TOOBIG: too_big,
}
_BY_EXTENDED_CODE: Final[dict[int, Callable[[Path], UserError]]] = {
    sqlite3.SQLITE_READONLY_DBMOVED: moved,
    sqlite3.SQLITE_READONLY_ROLLBACK: lambda path: UserError(
        f"“{path}”上次没有正常关闭，要先打开填报一次才能只查看，现在没有打开，也没有改动它。"
        f"放在不能写的地方的，请把它连同旁边的“{path.name}-journal”一起复制到能写的文件夹，再打开。"
    ),
}
_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_READ_ONLY: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def database_errors(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """Return what a database raises: SQLite, and SQLCipher where it was needed; and ``more``. For ``except``."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (*more, sqlite3.Error) if cipher is None else (*more, sqlite3.Error, cipher.Error)


def code_of(error: BaseException) -> int | None:
    """Return SQLite's code of an error; ``None`` for one of Python's own. sqlcipher3 0.6.4 leaves it out of a backup's errors."""
    code = getattr(error, "sqlite_errorcode", None)
    return _BY_TEXT.get(str(error)) if code is None else code


_BY_TEXT: Final = {
    "database or disk is full": sqlite3.SQLITE_FULL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "database is locked": sqlite3.SQLITE_BUSY,
    "attempt to write a readonly database": sqlite3.SQLITE_READONLY,
    "unable to open database file": sqlite3.SQLITE_CANTOPEN,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "file is not a database": sqlite3.SQLITE_NOTADB,
}


def of_sqlite(error: BaseException, path: Path) -> UserError | None:
    """Put an SQLite error on ``path`` into words; ``None`` when it is our own mistake."""
    code = code_of(error)
    if code is None:  # from Python: a text that is none any more is damage that no check of SQLite's sees
        return damaged(path) if "decode to UTF-8" in str(error) else None
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN:
        return missing(path) if not path.exists() else read_only(path)
    words = _BY_EXTENDED_CODE.get(code) or _BY_CODE.get(code & 0xFF)
    return words(path) if words else None


def of_os(error: OSError, path: Path) -> UserError:
    """Put an error of the operating system on ``path`` into words."""
    if error.errno in _FULL:
        return full(path)
    if error.errno in _READ_ONLY:
        return read_only(path)
    if isinstance(error, FileNotFoundError):
        return missing(path)
    return of_disk(path) if error.errno == errno.EIO else io_error(path, reason(error))


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Turn what goes wrong inside into a :class:`UserError` about ``path``, chained to its cause."""
    try:
        yield
    except OSError as error:
        raise of_os(error, path) from error
    except database_errors(DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        words = of_sqlite(cause, path) if isinstance(cause, database_errors()) else None
        if words is None:
            raise
        raise words from error


@contextmanager
def of_a_copy(target: Path) -> Iterator[None]:
    """As :func:`in_plain_words`, where a copy is written: the data file has nothing to do with what goes wrong."""
    try:
        with in_plain_words(target):
            yield
    except DiskFull as error:
        raise full_for_copy(target) from error
    except StoreReadOnly as error:
        raise UserError(
            f"“{target}”写不进去：那里没有写入权限，或者磁盘开了写保护。数据文件没有动。请换一个能写的文件夹，再做一次。"
        ) from error
