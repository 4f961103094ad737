"""The exceptions of the program.

Trouble has three kinds. Wrong user data is a finding, never an exception. The environment (full disk, lock, bad file,
newer version) is a ``UserError``. Anything else is our bug and stays whatever Python raised. This module knows no forms
and no files; it only says in Chinese why the system refused one.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final


class PerfdeskError(Exception):
    """Root of everything the program raises on purpose; catch it only at the outermost edge."""


class UserError(PerfdeskError):
    """Something outside the program went wrong and the user can act on it.

    The message is shown as it is: one Chinese sentence that names the thing and the next step, for
    instance 「“法律援助.xlsx”正被其他程序占用，请关闭后重试。」. Raise it ``from`` the cause: the log keeps the detail.
    """


class LockedError(UserError):
    """A file has a password that was not given yet; ``path`` says which one to ask for."""

    def __init__(self, sentence: str, path: Path) -> None:
        super().__init__(sentence)
        self.path = path


_REASONS: Final = {
    errno.ENOENT: "文件不在那里",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘有写保护",
    errno.EISDIR: "那是一个文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "名字太长",
    errno.EMFILE: "打开的文件太多",
    errno.ENODEV: "设备不在",
    errno.ENXIO: "设备不在",
    errno.ELOOP: "链接绕成了圈",
    errno.EBUSY: "正被别的程序占用",
    errno.ETXTBSY: "正被别的程序占用",
}


def reason(error: OSError) -> str:
    """Say in Chinese why the system refused a file: 「没有权限」; an unknown reason is given by its number."""
    return _REASONS.get(error.errno or 0, f"原因代号 {error.errno}")


def excerpt(text: str, most: int = 40) -> str:
    """Return the beginning of a foreign text as a sentence can quote it: one line, nothing unseen, ``most`` characters."""
    seen = "".join(one if one.isprintable() or one.isspace() else "" for one in text[: 4 * most])
    line = " ".join(seen.split())
    return line if len(line) <= most else f"{line[:most]}…"
