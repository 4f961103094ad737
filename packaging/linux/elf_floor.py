"""Holds a frozen program to what the oldest desktops have: ``elf_floor.py FOLDER``; says what is wrong and exits with 1.

Every ELF file must run with glibc 2.31 (Kylin V10 SP1, Debian 11) and the C++ library of GCC 8 (UOS 20), on arm64
that of GCC 9.3. Every library it asks for must be in the folder or among what the package depends on, and the plugins without
which nothing is seen, typed or printed must be there: PyInstaller only warns.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FLOORS = {"GLIBC": (2, 31), "GLIBCXX": (3, 4, 25)}
ARM64_FLOORS = FLOORS | {"GLIBCXX": (3, 4, 28)}
"""Qt's wheels for arm64 are made with a newer compiler, the library of which Debian 11 brings."""
NEEDED = (
    "iconengines/libqsvgicon.so",
    "imageformats/libqsvg.so",
    "platforminputcontexts/libfcitxplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "platforms/libqoffscreen.so",
    "platforms/libqxcb.so",
    "printsupport/libcupsprintersupport.so",
)
FROM_THE_SYSTEM = re.compile(
    r"ld-linux.*|lib(c|m|dl|rt|pthread|util|resolv|crypt|nsl)\.so\.\d+|lib(GL|EGL|GLX|OpenGL|GLdispatch)\.so\.\d+"
    r"|libstdc\+\+\.so\.6|libgcc_s\.so\.1|libzstd\.so\.1|lib(cups|dbus-1|X11|X11-xcb|xcb|fontconfig|freetype)\.so\.\d+"
    r"|lib(glib|gthread|gobject)-2\.0\.so\.0"
)
"""Libraries of the package's Depends, or of the C library itself."""
ARM64_FROM_THE_SYSTEM = re.compile(rf"{FROM_THE_SYSTEM.pattern}|lib(SM|ICE)\.so\.6")


def elf_files(folder: Path) -> Iterator[Path]:
    """Yield every ELF file below a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def readelf(option: str, path: Path) -> str:
    """Return what readelf says of a file."""
    return subprocess.run(("readelf", option, str(path)), check=True, capture_output=True, text=True).stdout


def versions(path: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield which versions of the C and the C++ library a file asks for."""
    for name, digits in set(re.findall(r"\b(GLIBC|GLIBCXX)_([0-9.]+)", readelf("-VW", path))):
        yield name, tuple(map(int, digits.split(".")))


def troubles(folder: Path) -> Iterator[str]:
    """Yield what is wrong with a frozen program, a line each."""
    files = list(elf_files(folder))
    arm64 = "AArch64" in readelf("-hW", folder / "perfdesk")
    floors, of_the_system = (ARM64_FLOORS, ARM64_FROM_THE_SYSTEM) if arm64 else (FLOORS, FROM_THE_SYSTEM)
    names = {one.name for one in folder.rglob("*")}
    highest: dict[str, tuple[int, ...]] = dict.fromkeys(floors, (0,))
    for path in files:
        for name, version in versions(path):
            highest[name] = max(highest[name], version)
            if version > floors[name]:
                yield f"{path.relative_to(folder)} needs {name} {'.'.join(map(str, version))}"
        for library in re.findall(r"\(NEEDED\).*\[(.*)\]", readelf("-dW", path)):
            if library not in names and not of_the_system.fullmatch(library):
                yield f"{path.relative_to(folder)} asks for {library}, which nobody brings"
    paths = [one.as_posix() for one in files]
    yield from (f"{one} is not there" for one in NEEDED if not any(path.endswith(one) for path in paths))
    asked = ", ".join(f"{name} {'.'.join(map(str, version))}" for name, version in highest.items())
    print(f"{len(files)} ELF files, {asked} at the most")


if __name__ == "__main__":
    wrong = list(troubles(Path(sys.argv[1])))
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)
