"""Making keys and update files for a release: what is made here, a program of here takes in."""

from __future__ import annotations

import stat
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from perfdesk import __version__
from perfdesk.updates import Kind, read_update, signing
from perfdesk.updates.manifest import this_machine
from tests.update_files import home, run_from, tree
from tests.workshop import script

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
Said = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def updates() -> ModuleType:
    return script("updates")


@pytest.fixture
def desk(updates: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where releases are made: a key, its public half in a copy of the program's file, and words for the clerk."""
    keys = tmp_path / "update-keys.toml"
    keys.write_text((ROOT / "resources/update-keys.toml").read_text("utf-8"), encoding="utf-8")
    monkeypatch.setattr(updates.new_key, "__defaults__", (keys,))
    monkeypatch.setattr(updates.private_key, "__defaults__", (keys,))
    updates.new_key('某某公司 "发布"', tmp_path / "private")
    (tmp_path / "words").write_text("# for the clerk\n\n2027 年的表样。\n打印更快。\n", encoding="utf-8")
    run_from(home(tmp_path / "stick", "0.0.9"), "0.0.9", monkeypatch)
    monkeypatch.setattr(signing, "shipped_keys", lambda: signing.read_keys(keys))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    return tmp_path


def test_a_key_is_its_owners_alone_and_never_written_over(updates: ModuleType, desk: Path) -> None:
    assert stat.S_IMODE((desk / "private").stat().st_mode) == 0o600
    assert [one.name for one in signing.shipped_keys()] == ['某某公司 "发布"']
    with pytest.raises(FileExistsError):
        updates.new_key("另一个", desk / "private")
    updates.new_key("新的", desk / "renewed")
    with pytest.raises(SystemExit, match="holds 2 keys"):
        updates.new_key("第三个", desk / "third")
    assert not (desk / "third").exists()


def test_a_key_inside_the_repository_is_refused(updates: ModuleType) -> None:
    with pytest.raises(SystemExit, match="inside the repository"):
        updates.new_key("某", ROOT / "key")


def test_a_key_that_no_program_knows_signs_nothing(updates: ModuleType, desk: Path, tmp_path: Path) -> None:
    other = tmp_path / "keys.toml"
    other.touch()
    updates.new_key("别人", tmp_path / "strange", other)
    with pytest.raises(SystemExit, match="no program would take what it signs"):
        updates.parameters(desk / "out", tmp_path / "strange", desk / "words")


def test_the_parameters_of_the_program_become_a_pack(updates: ModuleType, desk: Path) -> None:
    updates.parameters(desk / "out", desk / "private", desk / "words")
    found = read_update(next((desk / "out").iterdir()))
    assert found.kind is Kind.PARAMETERS
    assert found.path.name == f"参数包-{found.version}.perfdesk-update"
    assert found.changes == ("2027 年的表样。", "打印更快。")
    assert found.signer == '某某公司 "发布"'
    assert f"{found.made}" == "2026-11-22"


def test_a_portable_becomes_an_update(updates: ModuleType, desk: Path) -> None:
    made = tree(desk / "frozen", __version__)
    portable = desk / "portable.tar.xz"
    with tarfile.open(portable, "w:xz") as file:
        file.add(made, f"perfdesk/versions/{__version__}")
    updates.program(portable, desk / "out", desk / "private", desk / "words")
    found = read_update(desk / "out" / f"perfdesk-{__version__}-{this_machine()}.perfdesk-update")
    assert (found.kind, found.version, found.machine) == (Kind.PROGRAM, __version__, this_machine())


def test_a_tree_of_windows_is_for_windows(updates: ModuleType, desk: Path) -> None:
    made = desk / "tree"
    made.mkdir()
    (made / "pythonw.exe").touch()
    updates.program(made, desk / "out", desk / "private", desk / "words")
    assert read_update(next((desk / "out").iterdir())).machine == "windows-amd64"


def test_what_is_no_program_and_what_says_nothing(updates: ModuleType, desk: Path) -> None:
    with pytest.raises(SystemExit, match="neither a portable nor the folder of one version"):
        updates.program(desk, desk / "out", desk / "private", desk / "words")
    (desk / "words").write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="says nothing"):
        updates.parameters(desk / "out", desk / "private", desk / "words")
