"""The tree for Windows: what is shipped, the pin of CPython, what a library asks for, and one layout in every place."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from perfdesk import places
from tests.workshop import PACKAGING, script

if TYPE_CHECKING:
    from types import ModuleType

FOLDER = PACKAGING / "windows"


@pytest.fixture
def embedded() -> ModuleType:
    return script("embedded", of="windows")


@pytest.fixture
def tree() -> ModuleType:
    return script("tree", of="windows")


@pytest.fixture
def needs() -> ModuleType:
    return script("pe_needs", of="windows")


@pytest.mark.parametrize(
    ("name", "shipped"),
    [
        ("PySide6/__init__.py", True),
        ("PySide6/Qt6Core.dll", True),
        ("PySide6/QtWidgets.pyd", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/imageformats/qjpeg.dll", True),
        ("PySide6/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt6Network.dll", False),
        ("PySide6/Qt6Qml.dll", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/QtCore.pyi", False),
        ("PySide6/qml/Qt/labs/platform/x.py", False),
        ("PySide6/translations/qtbase_de.qm", False),
        ("lxml/etree.cp313-win_amd64.pyd", True),
        ("lxml/_elementpath.py", True),
        ("lxml/etree.pyx", False),
        ("lxml/includes/libxml/tree.h", False),
        ("PIL/_imaging.cp313-win_amd64.pyd", True),
        ("PIL/_avif.cp313-win_amd64.pyd", False),
        ("sqlalchemy/dialects/sqlite/base.py", True),
        ("sqlalchemy-2.1.9.dist-info/licenses/LICENSE", True),
    ],
)
def test_what_is_shipped(tree: ModuleType, name: str, *, shipped: bool) -> None:
    assert tree.is_shipped(name) is shipped


def archive(embedded: ModuleType, files: dict[str, bytes]) -> bytes:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as held:
        for name, data in files.items():
            held.writestr(embedded.PREFIX + name, data)
    with tarfile.open(fileobj=outer, mode="w:gz") as file:
        entry = tarfile.TarInfo(embedded.INSIDE)
        entry.size = len(inner.getvalue())
        file.addfile(entry, io.BytesIO(inner.getvalue()))
    return outer.getvalue()


def test_another_file_than_the_pinned_one_is_refused_and_removed(embedded: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / embedded.ARCHIVE
    path.write_bytes(archive(embedded, {"python.exe": b"another"}))
    with pytest.raises(SystemExit, match="not the pinned file"):
        embedded.get(tmp_path)
    assert not path.exists()


def test_cpython_is_held_against_the_zip_of_its_makers(embedded: ModuleType, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs.zip"
    ours.write_bytes(archive(embedded, {"python.exe": b"1", "python313.dll": b"2", "new.dll": b"3"}))
    with zipfile.ZipFile(theirs, "w") as held:
        held.writestr("python.exe", b"1")
        held.writestr("python313.dll", b"other")
    assert embedded.compare(ours, theirs) == ["new.dll is in one of them only", "python313.dll differs"]


def test_python_looks_for_modules_in_its_own_folder_only(
    tree: ModuleType, embedded: ModuleType, tmp_path: Path
) -> None:
    ours = tmp_path / "ours"
    ours.write_bytes(
        archive(embedded, {"pythonw.exe": b"1", "_wmi.pyd": b"2", "LICENSE.txt": b"3", "python313._pth": b""})
    )
    tree.python(ours, tmp_path / "tree")
    assert sorted(one.name for one in (tmp_path / "tree").iterdir()) == [
        "PYTHON-LICENSE.txt",
        "python313._pth",
        "pythonw.exe",
    ]
    assert (tmp_path / "tree/python313._pth").read_text("ascii").split() == ["python313.zip", ".", r"Lib\site-packages"]


def test_a_wheel_cannot_write_outside_of_the_tree(tree: ModuleType, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.whl", "w") as held:
        held.writestr("../outside.py", b"")
    with pytest.raises(SystemExit, match="outside"):
        tree.wheels(tmp_path, tmp_path / "tree")


def image(machine: int, libraries: tuple[str, ...]) -> bytes:
    """Return a file that is laid out like a library of Windows and asks for ``libraries``."""
    base, first = 0x200, 0x1000
    names = base + 20 * (len(libraries) + 1)
    table, text = b"", b""
    for one in libraries:
        table += struct.pack("<IIIII", 0, 0, 0, first + names - base + len(text), 0)
        text += one.encode() + b"\0"
    content = table + bytes(20) + text
    head = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    head += b"PE\0\0" + struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, 112 + 16 * 8, 0)
    head += bytes(112) + struct.pack("<II", 0, 0) + struct.pack("<II", first, len(content)) + bytes(14 * 8)
    head += b".idata\0\0" + struct.pack("<IIII", len(content), first, len(content), base) + bytes(16)
    return head.ljust(base, b"\0") + content


def test_a_library_says_what_it_asks_for(needs: ModuleType) -> None:
    found = needs.Image(image(needs.X64, ("KERNEL32.dll", "Qt6Core.dll")))
    assert found.machine == needs.X64
    assert list(found.libraries()) == ["kernel32.dll", "qt6core.dll"]


def test_what_nobody_brings_is_named(needs: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "Qt6Core.dll").write_bytes(image(needs.X64, ("KERNEL32.dll", "api-ms-win-crt-heap-l1-1-0.dll")))
    (tmp_path / "QtCore.pyd").write_bytes(image(needs.X64, ("Qt6Core.dll", "Qt6Network.dll", "python313.dll")))
    (tmp_path / "old.dll").write_bytes(image(0x14C, ()))
    wrong = list(needs.troubles(tmp_path))
    assert "QtCore.pyd asks for qt6network.dll, which nobody brings" in wrong
    assert "old.dll is not for x64" in wrong
    assert "plugins/platforms/qwindows.dll is not there" in wrong
    assert not [one for one in wrong if one.startswith("Qt6Core.dll")]


def test_setup_launcher_and_program_mean_the_same_layout() -> None:
    setup, launcher, cli = (
        (FOLDER / name).read_text("utf-8") for name in ("setup.nsi", "launcher.c", "perfdesk-cli.cmd")
    )
    for name in (places.CURRENT, places.PREVIOUS):
        assert f'StrCpy $0 "{name}"' in setup
        assert f'L"{name}"' in launcher
    assert f'"$INSTDIR\\{places.VERSIONS}\\${{VERSION}}"' in setup
    assert f"\\\\{places.VERSIONS}\\\\" in launcher
    assert f"{places.VERSIONS}\\%VERSION%" in cli
    assert 'InstallDir "$LOCALAPPDATA\\Programs\\perfdesk"' in setup, "the data lie in $LOCALAPPDATA\\perfdesk"
