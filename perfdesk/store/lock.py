"""One writer per store: a lock file beside the data file, held by the operating system.

The kernel frees the lock when the process ends, however it ends, so a lock file left over by a crash (or naming a process number
that belongs to somebody else by now) never keeps anyone out. The file's text only says who holds it. This module knows nothing of
SQLite and never waits.
"""

from __future__ import annotations

import errno
import getpass
import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from perfdesk import private
from perfdesk.errors import UserError
from perfdesk.store import faults

if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE: Final = 1 << 30  # far behind the text: a locked byte cannot be read by others on Windows

    def grab(handle: int) -> bool:
        """Lock the open lock file; ``False`` when another process has it."""
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno not in {errno.EACCES, 0}:  # 0: so wine 10 says that somebody else has it
                raise
            return False
        return True

else:
    import fcntl

    def grab(handle: int) -> bool:
        """Lock the open lock file; ``False`` when another process has it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def lock_path(store: Path) -> Path:
    """Return where the lock file of a data file lies."""
    return store.with_name(f"{store.name}.lock")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who fills in: the account, the machine, the process, and since when (``None`` when that cannot be read)."""

    user: str
    host: str
    pid: int
    since: datetime

    @property
    def here(self) -> bool:
        """Tell whether the holder sits on this machine."""
        return self.host == platform.node()

    @property
    def ours(self) -> bool:
        """Tell whether the holder is a program of the same account on this machine."""
        return self.here and self.user == _user()


class StoreBusy(UserError):  # noqa: N818 - a state to react to, not a defect
    """Another window fills in this store; ``holder`` says which, ``None`` while it has not yet written its name."""

    def __init__(self, store: Path, holder: Holder | None, *, moment: datetime) -> None:
        super().__init__(_sentence(store, holder, moment))
        self.holder = holder


def _sentence(store: Path, holder: Holder | None, moment: datetime) -> str:
    if holder is None:
        return f"另一个窗口正在填报“{store.name}”。可以只查看，或切换到那个窗口。"
    since = _when(holder.since, moment)
    if holder.here:
        return f"另一个窗口正在填报“{store.name}”（本机，{since}起）。可以只查看，或切换到那个窗口。"
    return f"另一台电脑正在填报“{store.name}”（{holder.host}，{holder.user}，{since}起）。可以只查看，或等那边关闭。"


def _when(since: datetime, moment: datetime) -> str:
    """今天 09:12, 3月18日, 2019-12: the nearer, the finer."""
    if since.date() == moment.date():
        return f"今天 {since:%H:%M} "
    if since.year == moment.year:
        return f"{since.month}月{since.day}日"
    return f"{since:%Y-%m} "


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return ""


def _read(path: Path) -> Holder | None:
    try:
        told = json.loads(path.read_text("utf-8"))
        return Holder(str(told["user"]), str(told["host"]), int(told["pid"]), datetime.fromisoformat(told["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # half-written, or written by hand: the lock itself counts, not its text


def _same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def held_by(store: Path) -> Holder | None:
    """Say who fills in ``store`` at this moment, without taking its lock or changing a byte of it.

    ``None`` where nobody does, where it cannot be found out, and in the blink in which a newcomer has not yet written its name.
    """
    path = lock_path(store)
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except OSError:  # not there, or not ours to open
        return None
    try:
        return None if grab(handle) else _read(path)
    except OSError:  # a file system that knows no locks
        return None
    finally:
        os.close(handle)  # what was grabbed is given back with it


class Lock:
    """The lock of one store, held from :meth:`take` to :meth:`release`."""

    def __init__(self, path: Path, handle: int, *, left: Holder | None = None) -> None:
        self._path = path
        self._handle = handle
        self.left = left
        """The holder before, if it ended without giving the lock back: its name was still in the lock file."""

    @classmethod
    def take(cls, store: Path, *, moment: datetime) -> Lock:
        """Take the lock of the data file ``store``.

        Raises :class:`StoreBusy` when another window has it, ``StoreReadOnly`` when the folder cannot be written, and
        :class:`UserError` where the file system knows no locks.
        """
        path = lock_path(store)
        while True:
            handle = _open(path, store)
            try:
                if not _take(handle, path, store, moment):
                    os.close(handle)
                    continue  # the last holder deleted this file between our opening and our locking it
                left = _read(path)
                _sign(handle, store, moment)
            except BaseException:
                os.close(handle)
                raise
            return cls(path, handle, left=left)

    def release(self) -> None:
        """Give the lock back and take the lock file away; where it stays it names nobody."""
        with suppress(OSError):
            os.ftruncate(self._handle, 0)
        if sys.platform != "win32":
            with suppress(OSError):  # before unlocking: whoever locks it now finds another file in its place
                self._path.unlink()
        with suppress(OSError):  # a disk that went away: the lock is gone with it
            os.close(self._handle)
        if sys.platform == "win32":
            with suppress(OSError):  # a newcomer has it open by now: then it is theirs
                self._path.unlink()


def _open(path: Path, store: Path) -> int:
    with faults.in_plain_words(store):
        return private.opener(str(path), os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0))


def _take(handle: int, path: Path, store: Path, moment: datetime) -> bool:
    """Lock the file; ``False`` where it is not the one of that name any more."""
    try:
        grabbed = grab(handle)
    except OSError as error:
        raise UserError(
            f"“{store}”所在的位置不支持文件锁，两个窗口会互相覆盖，所以没有打开。请把数据文件放到本机磁盘上。"
        ) from error
    if not grabbed:
        raise StoreBusy(store, _read(path), moment=moment)
    return _same_file(handle, path)


def _sign(handle: int, store: Path, moment: datetime) -> None:
    """Write our name into the lock file."""
    holder = Holder(_user(), platform.node(), os.getpid(), moment)
    text = json.dumps(asdict(holder), default=datetime.isoformat, ensure_ascii=False).encode("utf-8", "replace")
    with faults.in_plain_words(store):
        before = os.lseek(handle, 0, os.SEEK_END)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, text.ljust(before))  # in one go: a crash in between would hide that there was one before
