"""Makes the packages of a frozen program: ``pack.py FROZEN OUT`` writes perfdesk_VERSION_ARCH.deb and the portable .tar.xz.

The .deb installs into /usr/lib/perfdesk and leaves to Debian's own triggers what the desktop must know; it runs no script,
so that nothing of a user's is ever touched. It is compressed with xz: older dpkg cannot read zstd. Same input, same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import archives
import icons

from perfdesk import __version__

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = Path(__file__).parent / "files"
MACHINES = {62: "amd64", 183: "arm64"}
"""What an ELF file says it is made for -> what Debian calls that."""
OF_QT = {"amd64": "libstdc++6 (>= 5.2)", "arm64": "libstdc++6 (>= 9.3), libice6, libsm6"}
"""What Qt's wheels ask of the system on one machine and not on the other (elf_floor.py holds them to it)."""
CONTROL = """\
Package: perfdesk
Version: {version}
Architecture: {machine}
Maintainer: the perfdesk maintainers <perfdesk@localhost>
Installed-Size: {size}
Depends: libc6 (>= 2.30), {qt}, libcups2 | libcups2t64, libdbus-1-3,
 libegl1, libfontconfig1, libfreetype6, libgl1, libglib2.0-0 | libglib2.0-0t64,
 libx11-6, libx11-xcb1, libxcb1, libzstd1
Recommends: shared-mime-info, desktop-file-utils, hicolor-icon-theme
Section: editors
Priority: optional
Description: fill in, check and print budget-performance forms, offline
 绩效填报台：填报、审核、打印预算绩效表，导出 Excel、Word 和 PDF，不用联网。
 .
 Forms that mirror the paper with live scores, a local store of yearly
 records, checks that find what the finance bureau would send back.
"""


def machine_of(program: Path) -> str:
    """Return Debian's name of the machine a program was built for, which need not be the one that packs it.

    Raises ``SystemExit`` for a machine without packages.
    """
    with program.open("rb") as file:
        said = int.from_bytes(file.read(20)[18:], "little")
    if said not in MACHINES:
        raise SystemExit(f"{program} is for the ELF machine {said}, for which there are no packages")
    return MACHINES[said]


def moment() -> int:
    """Return the time every file of the packages bears: that of the commit."""
    said = subprocess.run(
        ("git", "-C", str(ROOT), "log", "-1", "--format=%ct"), check=True, capture_output=True, text=True
    )
    return int(said.stdout)


def put(text: str, path: Path) -> None:
    """Write a text, gzipped where its name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    path.write_bytes(gzip.compress(data, 9, mtime=0) if path.suffix == ".gz" else data)


def lay_out(frozen: Path, tree: Path) -> None:
    """Put the program and what belongs to it where a Debian system has such things."""
    share = tree / "usr/share"
    shutil.copytree(frozen, tree / "usr/lib/perfdesk", symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/perfdesk").symlink_to("../lib/perfdesk/perfdesk")
    for name, place in (("perfdesk.desktop", "applications"), ("perfdesk.xml", "mime/packages")):
        (share / place).mkdir(parents=True)
        shutil.copy(FILES / name, share / place)
    with tempfile.TemporaryDirectory() as drawn:
        icons.main(Path(drawn))
        for size in icons.SIZES:
            folder = share / f"icons/hicolor/{size}x{size}/apps"
            folder.mkdir(parents=True)
            shutil.copy(Path(drawn) / f"{size}.png", folder / "perfdesk.png")
    put((FILES / "perfdesk.1").read_text(encoding="utf-8"), share / "man/man1/perfdesk.1.gz")
    put((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), share / "doc/perfdesk/changelog.gz")
    put(copyright_text(), share / "doc/perfdesk/copyright")


def copyright_text() -> str:
    """Return the licence of the program, and where those of everything it brings lie."""
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    return (
        f"{own}\nThe package also holds Python, Qt, the faces and the libraries listed in /usr/lib/perfdesk/NOTICE.txt with\n"
        "their licences, the texts of which lie in /usr/lib/perfdesk/_internal/resources/licences and are shown by\n"
        "帮助 > 关于. Qt is used under the LGPL 3: NOTICE.txt says which files may be replaced by others, and how.\n"
    )


def set_modes(tree: Path, when: int) -> None:
    """Give every file the rights and the time of an installed one."""
    for path in sorted(tree.rglob("*"), reverse=True):
        if not path.is_symlink():
            runs = path.is_dir() or path.name == "perfdesk" or ".so" in path.name
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)


def deb(tree: Path, target: Path, *, machine: str, when: int) -> None:
    """Build the Debian package of a tree."""
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    sums = "".join(
        f"{hashlib.md5(one.read_bytes(), usedforsecurity=False).hexdigest()}  {one.relative_to(tree)}\n"
        for one in files
    )
    control = CONTROL.format(version=__version__, machine=machine, size=size, qt=OF_QT[machine])
    put(control, tree / "DEBIAN/control")
    put(sums, tree / "DEBIAN/md5sums")
    set_modes(tree, when)
    archives.deb(tree, target, machine=machine, when=when)
    print(f"{target.name}: {target.stat().st_size / 2**20:.1f} MB, installed {size / 1024:.0f} MB")


def portable(frozen: Path, launcher: Path, target: Path, *, machine: str, when: int) -> None:
    """Pack the program for a stick: unpacked anywhere, its data beside it, laid out so that an update is one changed line.

    ``perfdesk`` (launcher.c) runs ``versions/<the name in current>/perfdesk``; ``docs/release.md`` shows the whole folder.
    """
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / "current").write_text(f"{__version__}\n", encoding="utf-8")
        marker = "有这个文件，数据就放在程序旁边的 data 文件夹里。\n"
        (home / "perfdesk-portable").write_text(marker, encoding="utf-8")
        shutil.copy(launcher, home / "perfdesk")
        parts = [(one, f"perfdesk/{one.name}") for one in sorted(home.iterdir())]
        parts.append((frozen, f"perfdesk/versions/{__version__}"))
        archives.tar(parts, target, machine=machine, when=when)
    print(f"{target.name}: {target.stat().st_size / 2**20:.1f} MB")


def main(frozen: Path, out: Path) -> None:
    """Make both packages."""
    machine, when = machine_of(frozen / "perfdesk"), moment()
    with tempfile.TemporaryDirectory() as name:
        tree = Path(name) / "tree"
        lay_out(frozen, tree)
        deb(tree, out / f"perfdesk_{__version__}_{machine}.deb", machine=machine, when=when)
    name = f"perfdesk-{__version__}-portable-{machine}.tar.xz"
    portable(frozen, frozen.parent / "launcher", out / name, machine=machine, when=when)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
