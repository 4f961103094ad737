"""Makes the tree of one version of the program for Windows: ``tree.py PARTS SOURCE TREE``; compiled and packed by build.sh.

PARTS holds the archive of CPython and the wheels, SOURCE the files of the repository. What of Qt is shipped is chosen by name; of
the other wheels everything stays but what the program never opens. Must not be imported by the program.
"""

from __future__ import annotations

import fnmatch
import shutil
import sys
import zipfile
from pathlib import Path, PurePosixPath

import embedded

# of CPython: nothing makes a sound or speaks to a network; platform.* asks _wmi first, which is slow, and hangs where WMI does
WITHOUT = frozenset({"_ssl.pyd", "_wmi.pyd", "libssl-3.dll", "python.cat", "python313._pth", "winsound.pyd"})
PTH = "python313.zip\n.\nLib\\site-packages\n"
QT = (  # patterns below PySide6/ that are shipped
    "*.py",
    "support/*.py",
    "pyside6.abi3.dll",
    "msvcp140*.dll",
    *(f"Qt{name}.pyd" for name in ("Core", "Gui", "Widgets", "Svg", "PrintSupport")),
    *(f"Qt6{name}.dll" for name in ("Core", "Gui", "Widgets", "Svg", "PrintSupport")),
    "plugins/iconengines/qsvgicon.dll",
    *(f"plugins/imageformats/q{name}.dll" for name in ("gif", "ico", "jpeg", "svg")),
    *(f"plugins/platforms/q{name}.dll" for name in ("offscreen", "windows")),
    "plugins/styles/*.dll",
    "translations/qt_zh_CN.qm",
    "translations/qtbase_zh_CN.qm",
)
DROPPED = (  # of all other wheels: headers, types, tests, tools, pictures of kinds that no form holds
    "*.pyi",
    "*.lib",
    "*.h",
    "*/tests/*",
    "*/include/*",
    "*.data/*",
    "*.dist-info/RECORD",
    "*.dist-info/entry_points.txt",
    "*.dist-info/sboms/*",
    "PIL/_avif.*",
    "PIL/_imagingtk.*",
    "PIL/_webp.*",
    "lxml/html/*",
    "lxml/includes/*",
    "lxml/isoschematron/*",
    "lxml/objectify.*",
    "lxml/*.pxd",
    "lxml/*.pxi",
    "lxml/*.pyx",
    "pypdfium2_cli/*",
    "shiboken6/concrt140.dll",
    "shiboken6/vc*.dll",
    "sqlalchemy/testing/*",
)


def is_shipped(name: str) -> bool:
    """Tell whether a file of the wheels is shipped.

    >>> [is_shipped(one) for one in ("PySide6/Qt6Core.dll", "PySide6/Qt6Qml.dll", "lxml/etree.py", "lxml/etree.pyi")]
    [True, False, True, False]
    """
    folder, _, rest = name.partition("/")
    if folder == "PySide6":
        return any(fnmatch.fnmatchcase(rest, one) and one.count("/") == rest.count("/") for one in QT)
    return not any(fnmatch.fnmatchcase(name, one) for one in DROPPED)


def put(data: bytes, path: Path) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def python(archive: Path, tree: Path) -> None:
    """Put CPython into the tree, set to look for modules here only."""
    for name, data in embedded.files(archive).items():
        if name not in WITHOUT:
            put(data, tree / ("PYTHON-LICENSE.txt" if name == "LICENSE.txt" else name))
    put(PTH.encode("ascii"), tree / "python313._pth")


def wheels(folder: Path, tree: Path) -> None:
    """Unpack what is shipped of the wheels."""
    for wheel in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(wheel) as held:
            for name in held.namelist():
                if not name.endswith("/") and is_shipped(name):
                    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                        raise SystemExit(f"{wheel.name} holds {name}")
                    put(held.read(name), tree / "Lib" / "site-packages" / name)


def main(parts: Path, source: Path, tree: Path) -> None:
    """Make the tree anew."""
    shutil.rmtree(tree, ignore_errors=True)
    python(embedded.get(parts), tree)
    wheels(parts / "wheels", tree)
    for room in ("perfdesk", "ui", "resources"):
        shutil.copytree(source / room, tree / room)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
