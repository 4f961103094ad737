"""数据放在哪里 (location): places where a data file is at risk: network shares and folders that another program synchronises.

Two machines can write over each other there, and a file may be held or taken back while it is being saved. This only recognises
such places; nothing is refused because of them. Nothing is written here.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

_MOUNTS: Final = Path("/proc/mounts")
_NETWORK: Final = frozenset(
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "davfs", "9p"]
    + [f"fuse.{name}" for name in ("sshfs", "gvfsd-fuse", "davfs2", "rclone", "glusterfs", "smbnetfs", "kio-fuse")]
)
_REMOTE_DRIVE: Final = 4  # DRIVE_REMOTE of GetDriveTypeW

_SYNCED: Final[tuple[tuple[str, str], ...]] = (
    (r"onedrive( - .+)?", "OneDrive"),
    (r"(我的)?坚果云|nutstore( files)?", "坚果云"),
    (r"百度网盘.*|baidu(netdisk|syncdisk|yun).*", "百度网盘"),
    (r"wps ?(云盘|云文档|cloud files|drive|网盘)|wpsdrive|金山文档", "WPS 云"),
    (r"(腾讯)?微云(同步助手.*)?|weiyun.*", "腾讯微云"),
    (r"阿里云盘.*|aliyundrive|alidrive", "阿里云盘"),
    (r"天翼云盘.*|ecloud", "天翼云盘"),
    (r"dropbox( \(.+\))?", "Dropbox"),
    (r"google ?drive|我的云端硬盘", "Google Drive"),
    (r"icloud ?drive|com~apple~clouddocs", "iCloud"),
    (r"nextcloud|owncloud", "Nextcloud"),
    (r"seafile", "Seafile"),
)
"""Names of folders (lower case) that such programs make, and what these are called."""

_MARKERS: Final[tuple[tuple[str, str], ...]] = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".nutstore", "坚果云"),
    (".stfolder", "Syncthing"),
    (".seafile-data", "Seafile"),
    ("._sync_*.db", "Nextcloud"),
    (".sync_*.db", "Nextcloud"),
    (".owncloudsync.log", "Nextcloud"),
)
"""Files that such programs leave in the folders they look after."""

_ROOTS: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Where Windows says that OneDrive keeps its folders."""


class Kind(StrEnum):
    """What is risky about a place."""

    NETWORK = "network"
    SYNCED = "synced"


class Risk(NamedTuple):
    """A risky place: of what kind, what it is called (``OneDrive``, ``nfs``), and the folder that is concerned."""

    kind: Kind
    name: str
    place: Path


def risk_of(path: Path) -> Risk | None:
    """Tell what is risky about where ``path`` lies; ``None`` where nothing is known to be."""
    path = path.absolute()
    return _synced(path, os.environ) or _shared(path)


def _synced(path: Path, environment: Mapping[str, str]) -> Risk | None:
    for name in _ROOTS:
        root = environment.get(name)
        if root and path.is_relative_to(root):
            return Risk(Kind.SYNCED, "OneDrive", Path(root))
    for folder in path.parents:
        named = next((name for shape, name in _SYNCED if re.fullmatch(shape, folder.name.casefold())), "")
        if named or (named := _marked(folder)):
            return Risk(Kind.SYNCED, named, folder)
    return None


def _marked(folder: Path) -> str:
    with suppress(OSError):  # a folder that may not be looked into tells nothing
        for marker, name in _MARKERS:
            if any(folder.glob(marker)):
                return name
    return ""


if sys.platform == "win32":
    import ctypes

    def _shared(path: Path) -> Risk | None:
        drive = path.drive
        if drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE:
            return Risk(Kind.NETWORK, drive, Path(path.anchor))
        return None

else:

    def _shared(path: Path) -> Risk | None:
        with suppress(OSError):
            return mounted(path, _MOUNTS.read_text("utf-8", "surrogateescape").splitlines())
        return None


def mounted(path: Path, mounts: Iterable[str]) -> Risk | None:
    """Tell by the lines of ``/proc/mounts`` whether ``path`` lies on a network share."""
    found: tuple[Path, str] | None = None
    for line in mounts:
        _, where, kind, *_ = [*line.split(" "), "", "", ""]
        place = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), where))
        if where and path.is_relative_to(place) and (found is None or len(place.parts) >= len(found[0].parts)):
            found = place, kind
    return Risk(Kind.NETWORK, found[1], found[0]) if found is not None and found[1] in _NETWORK else None
