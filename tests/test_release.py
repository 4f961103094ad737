"""One version, said everywhere the same; in a package with the commit it was built of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfdesk import __version__, release

ROOT = Path(__file__).parents[1]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr("perfdesk.places.resources", lambda: tmp_path)
    release.commit.cache_clear()
    yield tmp_path
    release.commit.cache_clear()


def test_the_version_is_written_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in project["project"]
    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "perfdesk.__version__"}
    rooms = [*(ROOT / "perfdesk").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    says = [one.name for one in rooms if re.search(rf"['\"]{re.escape(__version__)}['\"]", one.read_text("utf-8"))]
    assert says == ["__init__.py"]


def test_a_source_tree_says_the_version_alone(package: Path) -> None:
    assert release.described() == __version__


@pytest.mark.parametrize(
    ("text", "commit"),
    [
        ("commit=1a2b3c4d5e6f\n", "1a2b3c4d5e6f"),
        ("commit=1a2b3c4d5e6f+\n", "1a2b3c4d5e6f+"),
        ("commit=\n", ""),
        ("commit=张三\n", ""),
        ("commit=1a2b3c4d5e6f 张三", ""),
        ("", ""),
    ],
)
def test_a_package_says_what_it_was_built_of(package: Path, text: str, commit: str) -> None:
    (package / release.BUILD).write_text(text, "utf-8")
    assert release.commit() == commit
    assert release.described() == (f"{__version__} ({commit})" if commit else __version__)


def test_the_repository_holds_no_build_of_its_own() -> None:
    assert not (ROOT / "resources" / release.BUILD).exists()
    assert f"resources/{release.BUILD}" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
