"""A packaged tree holds nothing without an owner and nobody without the text of a licence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.workshop import script

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
LINUX = """
perfdesk _internal/libpython3.13.so.1.0 _internal/base_library.zip
_internal/python3.13/lib-dynload/_json.cpython-313-x86_64-linux-gnu.so
_internal/libxcb-cursor.so.0 _internal/libxkbcommon-x11.so.0 _internal/libffi.so.7 _internal/libz.so.1 _internal/libuuid.so.1
_internal/PySide6/QtGui.abi3.so _internal/PySide6/libpyside6.abi3.so.6.8
_internal/PySide6/Qt/lib/libQt6Gui.so.6 _internal/PySide6/Qt/lib/libicudata.so.73 _internal/PySide6/Qt/plugins/platforms/libqxcb.so
_internal/PySide6/Qt/plugins/platforminputcontexts/libfcitxplatforminputcontextplugin.so _internal/shiboken6/Shiboken.abi3.so
_internal/cryptography/hazmat/bindings/_rust.abi3.so _internal/cryptography-50.0.2.dist-info/METADATA
_internal/lxml/etree.cpython-313-x86_64-linux-gnu.so _internal/_cffi_backend.cpython-313-x86_64-linux-gnu.so
_internal/resources/fonts/PDRare-Regular.ttf _internal/resources/icons/x.svg _internal/resources/cycle.toml
"""
WINDOWS = """
pythonw.exe python313.dll python313.zip vcruntime140.dll sqlite3.dll libcrypto-3.dll libffi-8.dll _ctypes.pyd PYTHON-LICENSE.txt
Lib/site-packages/PySide6/Qt6Core.dll Lib/site-packages/PySide6/QtCore.pyd Lib/site-packages/PySide6/msvcp140_1.dll
Lib/site-packages/PySide6/plugins/platforms/qwindows.dll Lib/site-packages/typing_extensions.py Lib/site-packages/docx/api.py
Lib/site-packages/PySide6_Essentials-6.8.3.dist-info/METADATA perfdesk/model.py ui/app.py resources/cycle.toml
"""


@pytest.fixture(scope="module")
def judge() -> ModuleType:
    return script("bundle_licences")


def made(folder: Path, names: str) -> Path:
    """A tree with these files, empty, and the real licences."""
    for name in names.split():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    resources = folder / ("_internal/resources" if (folder / "_internal").exists() else "resources")
    shutil.copytree(ROOT / "resources" / "licences", resources / "licences")
    for name in ("fonts", "icons"):
        (resources / name).mkdir(exist_ok=True)
        for text in (ROOT / "resources" / name).glob("*.txt"):
            shutil.copy(text, resources / name)
    return folder


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return made(tmp_path / "perfdesk", LINUX)


def table(folder: Path, *modules: str) -> Path:
    path = folder.parent / "PYZ-00.toc"
    path.write_text(repr(("PYZ-00.pyz", [(name, f"/{name}.py", "PYMODULE") for name in modules])), encoding="utf-8")
    return path


def put_licence(tree: Path, name: str, licence: str) -> None:
    index = tree / "_internal/resources/licences/index.json"
    listed = json.loads(index.read_text(encoding="utf-8"))
    found = [one | {"licence": licence} if one["name"] == name else one for one in listed]
    index.write_text(json.dumps(found), encoding="utf-8")


@pytest.mark.parametrize("names", [LINUX, WINDOWS])
def test_a_whole_tree_passes(judge: ModuleType, tmp_path: Path, names: str) -> None:
    assert judge.main([str(made(tmp_path / "tree", names))]) == 0


def test_the_notice_names_every_part_and_how_qt_is_replaced(judge: ModuleType, tree: Path) -> None:
    assert judge.main([str(tree), "--modules", str(table(tree, "sqlalchemy.orm", "json", "ui.app")), "--notice"]) == 0
    notice = (tree / "NOTICE.txt").read_text(encoding="utf-8")
    for part in ("Qt 6.8.3", "fcitx-qt5", "OpenSSL", "GNU libiconv", "HanaMin", "sqlalchemy", "libxcb"):
        assert f"\n{part}" in notice
    assert "NSIS" not in notice  # only what is in this tree, and beside it
    assert "PySide6/Qt/lib/libQt6*.so.6" in notice
    assert judge.main([str(tree)]) == 0  # and is somebody's itself


def test_a_windows_tree_names_what_its_setup_is_made_with(judge: ModuleType, tmp_path: Path) -> None:
    tree = made(tmp_path / "tree", WINDOWS)
    assert judge.main([str(tree), "--notice"]) == 0
    notice = (tree / "NOTICE.txt").read_text(encoding="utf-8")
    assert "\nNSIS" in notice
    assert "\nMicrosoft Visual C++ 运行库" in notice
    assert "libxcb" not in notice


@pytest.mark.parametrize(
    "name",
    [
        "_internal/libgmp.so.10",
        "_internal/libstdc++.so.6",
        "_internal/PySide6/opengl32sw.dll",
        "_internal/PySide6/Qt6Charts.abi3.so.1",
        "x.txt",
    ],
)
def test_a_file_of_nobody_is_named(
    judge: ModuleType, tree: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tree / name).touch()
    assert judge.main([str(tree)]) == 1
    assert capsys.readouterr().err == f"{name}: nobody claims this file\n"


def test_a_link_is_nobodys_and_needs_no_owner(judge: ModuleType, tree: Path) -> None:
    (tree / "_internal/libgmp.so").symlink_to("libz.so.1")
    assert judge.main([str(tree)]) == 0


def test_a_frozen_module_of_nobody_is_named(judge: ModuleType, tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert judge.main([str(tree), "--modules", str(table(tree, "openpyxl", "fitz.utils"))]) == 1
    assert capsys.readouterr().err == "fitz: nobody claims this module\n"


def test_a_missing_text_is_named(judge: ModuleType, tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "_internal/resources/licences/libffi.txt").unlink()
    (tree / "_internal/resources/licences/xcb.txt").write_text("", encoding="utf-8")
    assert judge.main([str(tree)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "libffi: its licence text is not in the tree: libffi.txt",
        "libxcb: its licence text is not in the tree: xcb.txt",
    ]


@pytest.mark.parametrize("licence", ["AGPL-3.0-only", "GPL-3.0-or-later", "MIT AND GPL-2.0-only", ""])
def test_what_may_not_be_shipped_is_named(
    judge: ModuleType, tree: Path, capsys: pytest.CaptureFixture[str], licence: str
) -> None:
    put_licence(tree, "lxml", licence)
    assert judge.main([str(tree)]) == 1
    assert capsys.readouterr().err == f"lxml: {licence or 'no licence'} may not be shipped\n"


def test_a_part_that_the_list_in_the_tree_lacks_is_named(
    judge: ModuleType, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tree / "_internal/resources/licences/index.json"
    listed = [one for one in json.loads(index.read_text(encoding="utf-8")) if one["name"] != "ICU"]
    index.write_text(json.dumps(listed), encoding="utf-8")
    assert judge.main([str(tree)]) == 1
    assert capsys.readouterr().err == "ICU: not in the list of licences; run `make licences`\n"


def test_a_folder_that_is_no_tree_is_refused(judge: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no version of the program"):
        judge.main([str(tmp_path)])


def test_every_component_is_in_the_list_behind_the_about_window(judge: ModuleType) -> None:
    texts, entries = judge.list_of(ROOT)
    assert texts == ROOT / "resources" / "licences"
    listed = judge.components()
    assert {one.name for one in listed} == entries.keys()
    assert len(entries) == len(listed)
    assert all(judge.may_be_shipped(entry.licence) and entry.texts for entry in entries.values())
    hosts = {one.name for one in listed}
    assert all(set(one.inside) <= hosts and (one.files or one.modules or one.inside or one.beside) for one in listed)
