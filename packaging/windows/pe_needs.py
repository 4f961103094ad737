"""Holds a tree for Windows to what Windows 10 has: ``pe_needs.py FOLDER``; says what is wrong and exits with 1.

Every program and library must be for x64, every library it asks for must be in the folder or a part of Windows 10 1809, and the
parts without which nothing is seen or printed must be there. Delay-loaded libraries count too.
"""

from __future__ import annotations

import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

X64 = 0x8664
NEEDED = (
    "plugins/iconengines/qsvgicon.dll",
    "plugins/imageformats/qsvg.dll",
    "plugins/platforms/qoffscreen.dll",
    "plugins/platforms/qwindows.dll",
    "plugins/styles/qmodernwindowsstyle.dll",
    "PySide6/Qt6PrintSupport.dll",
    "perfdesk/__init__.py",
    "ui/__main__.py",
    "resources/fonts/PDSong-Regular.ttf",
    "python.exe",
    "pythonw.exe",
)
OF_WINDOWS = re.compile(
    r"api-ms-win-(core|crt|shcore|security)-.*\.dll|(advapi32|authz|bcrypt|bcryptprimitives|combase|comdlg32|crypt32|d3d11|d3d12|d3d9"
    r"|dwmapi|dwrite|dxgi|gdi32|imm32|iphlpapi|kernel32|mpr|netapi32|ntdll|ole32|oleaut32|powrprof|rpcrt4|secur32|setupapi|shell32"
    r"|shlwapi|uiautomationcore|user32|userenv|uxtheme|version|winmm|ws2_32|wtsapi32)\.dll|winspool\.drv"
)
_IMPORT, _DELAY = (1, 20, 12), (13, 32, 4)  # which directory, the size of an entry, where in it the name stands


class Image:
    """A PE file: what it is for and what it asks for."""

    def __init__(self, data: bytes) -> None:
        """Read the headers; ``data`` is the whole file."""
        self._data = data
        start = self._number(4, 0x3C)
        self.machine = self._number(2, start + 4)
        sections, size = self._number(2, start + 6), self._number(2, start + 20)
        self._directories = start + 24 + 112
        table = start + 24 + size
        self._sections: list[tuple[int, ...]] = [
            struct.unpack_from("<IIII", data, table + 40 * index + 8) for index in range(sections)
        ]

    def _number(self, size: int, offset: int) -> int:
        return int.from_bytes(self._data[offset : offset + size], "little")

    def _offset(self, address: int) -> int:
        """Return where in the file an address of the loaded image lies."""
        for in_memory, first, in_file, offset in self._sections:
            if first <= address < first + max(in_memory, in_file):
                return address - first + offset
        raise ValueError(f"address {address:#x} is in no section")

    def libraries(self) -> Iterator[str]:
        """Yield the names of the libraries it asks for, in small letters."""
        for directory, size, name in (_IMPORT, _DELAY):
            address = self._number(4, self._directories + 8 * directory)
            entry = self._offset(address) if address else 0
            while entry and (at := self._number(4, entry + name)):
                begin = self._offset(at)
                yield self._data[begin : self._data.index(b"\0", begin)].decode("ascii").lower()
                entry += size


def troubles(folder: Path) -> Iterator[str]:
    """Yield what is wrong with a tree, a line each."""
    paths = [one for one in sorted(folder.rglob("*")) if one.is_file()]
    images = [one for one in paths if one.suffix.lower() in {".dll", ".exe", ".pyd"}]
    names = {one.name.lower() for one in images}
    for path in images:
        image = Image(path.read_bytes())
        if image.machine != X64:
            yield f"{path.relative_to(folder)} is not for x64"
            continue
        for library in sorted(set(image.libraries())):
            if library not in names and not OF_WINDOWS.fullmatch(library):
                yield f"{path.relative_to(folder)} asks for {library}, which nobody brings"
    there = [f"/{one.relative_to(folder).as_posix()}" for one in paths]
    yield from (f"{one} is not there" for one in NEEDED if not any(path.endswith(f"/{one}") for path in there))
    print(f"{len(images)} programs and libraries for x64")


if __name__ == "__main__":
    wrong = list(troubles(Path(sys.argv[1])))
    print("\n".join(wrong), end="\n" if wrong else "")
    sys.exit(1 if wrong else 0)
