"""Writes the archives of the packages: tar and xz as old systems read them, every file root's and of one time.

Same input, same bytes. Programs for x86 get the xz filter for their code, which takes 3 % off; every xz since 5.0 (2010) and with
it every dpkg reads it. A filter for ARM code exists only since 5.4 (2022), so other machines go without. ``pack.py`` says what goes
in.
"""

from __future__ import annotations

import io
import lzma
import tarfile
from collections.abc import Iterable
from pathlib import Path

X86 = {"id": lzma.FILTER_X86}
LZMA = {"id": lzma.FILTER_LZMA2, "preset": 9}
HEADER = b"!<arch>\n"


def compressed(machine: str, data: Path) -> lzma.LZMAFile:
    """Open a file to be compressed for a machine (Debian's name: ``amd64``)."""
    return lzma.open(data, "wb", filters=[X86, LZMA] if machine == "amd64" else [LZMA])


def tar(parts: Iterable[tuple[Path, str]], target: Path, *, machine: str, when: int) -> None:
    """Pack files and folders under other names: ``(a folder, "perfdesk/versions/0.1.0")`` packs the folder with all in it."""

    def plain(one: tarfile.TarInfo) -> tarfile.TarInfo:
        one.uid = one.gid = 0
        one.uname = one.gname = "root"
        one.mtime = when
        return one

    with (
        compressed(machine, target) as stream,
        tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as file,
    ):
        for path, name in parts:
            file.add(path, name, filter=plain)


def deb(tree: Path, target: Path, *, machine: str, when: int) -> None:
    """Make a Debian package of a tree with its DEBIAN folder, as ``dpkg-deb --build`` would, in files beside the target."""
    control, data = (target.with_suffix(f".{name}.tar.xz") for name in ("control", "data"))
    tar([(tree / "DEBIAN", ".")], control, machine="", when=when)
    rest = [(one, f"./{one.name}") for one in sorted(tree.iterdir()) if one.name != "DEBIAN"]
    tar(rest, data, machine=machine, when=when)
    with target.open("wb") as file:
        file.write(HEADER)
        _put(file, "debian-binary", b"2.0\n", when)
        _put(file, "control.tar.xz", control.read_bytes(), when)
        _put(file, "data.tar.xz", data.read_bytes(), when)
    control.unlink()
    data.unlink()


def _put(file: io.BufferedWriter, name: str, data: bytes, when: int) -> None:
    """Add a member to the archive: name, time, owner, group, rights, size, each at its place."""
    file.write(f"{name:<16}{when:<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n".encode("ascii"))
    file.write(data + b"\n" * (len(data) % 2))
