"""The licence gate lets Qt and the permissive through and stops what may not be shipped."""

from __future__ import annotations

import json
from email.message import Message
from typing import TYPE_CHECKING

import pytest

from tests.workshop import PACKAGING, script

if TYPE_CHECKING:
    from types import ModuleType

ROOT = PACKAGING.parent


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    return script("licence_gate")


@pytest.mark.parametrize(
    ("expression", "shipped", "tool"),
    [
        ("MIT", True, True),
        ("BSD-3-Clause AND Apache-2.0", True, True),
        ("MPL-2.0", True, True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True, True),
        ("GPL-2.0-or-later", False, True),
        ("GPL-2.0-or-later WITH Bootloader-exception", False, True),
        ("MIT AND GPL-3.0-only", False, True),
        ("AGPL-3.0-only", False, False),
        ("MIT AND AGPL-3.0-only", False, False),
        ("(MIT OR AGPL-3.0-only) AND MIT", False, False),
        ("LicenseRef-Unknown", False, False),
    ],
)
def test_what_may_be_shipped_and_what_may_be_a_tool(
    gate: ModuleType, expression: str, shipped: bool, tool: bool
) -> None:
    assert gate.allowed(expression, shipped=True) is shipped
    assert gate.allowed(expression, shipped=False) is tool


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ([("License-Expression", "AGPL-3.0-only")], "AGPL-3.0-only"),
        ([("License", "Apache 2.0")], "Apache-2.0"),
        ([("License", "see the file"), ("Classifier", "License :: OSI Approved :: BSD License")], "BSD-3-Clause"),
        ([("License", "see the file")], ""),
        ([("Classifier", "License :: OSI Approved :: MIT License"), ("Classifier", "License :: Odd")], ""),
    ],
)
def test_the_licence_is_read_from_the_metadata(gate: ModuleType, fields: list[tuple[str, str]], licence: str) -> None:
    message = Message()
    for name, value in fields:
        message[name] = value
    assert gate.licence_of(message) == licence


def test_an_unknown_package_and_a_banned_one_are_offences(gate: ModuleType) -> None:
    assert "not installed" in gate.offence("no-such-package", optional=False, shipped=True)
    assert gate.offence("no-such-package", optional=True, shipped=True) == ""
    assert "AGPL" in gate.offence("pymupdf", optional=False, shipped=False)


def test_the_locks_name_no_registry_and_hash_everything() -> None:
    for name in ("requirements-run.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not any(word in text.lower() for word in ("http:", "https:", "file:", "index-url"))
        pins = [block for block in text.split("\n") if "==" in block]
        assert pins
        assert all(pin.endswith("\\") for pin in pins), "a pin without hashes"


def test_the_list_behind_about_is_held_to_the_lock(gate: ModuleType) -> None:
    lock = (
        "a==1.0 ; platform_machine == 'aarch64' \\\na==1.1 ; platform_machine != 'aarch64' \\\nb==2 \\\n    --hash=x\n"
    )
    assert gate.unlisted(lock, [{"name": "a", "version": "1.1、1.0"}, {"name": "b", "version": "2"}]) == []
    old = gate.unlisted(lock, [{"name": "a", "version": "1.1、1.0"}, {"name": "b", "version": "1"}])
    assert [line.partition(":")[0] for line in old] == ["b"]
    of_one_machine = gate.unlisted(lock, [{"name": "a", "version": "1.1"}, {"name": "b", "version": "2"}])
    assert [line.partition(":")[0] for line in of_one_machine] == ["a"]


def test_every_shipped_part_is_listed_with_its_texts(gate: ModuleType) -> None:
    folder = ROOT / "resources" / "licences"
    index = json.loads((folder / "index.json").read_text("utf-8"))
    assert gate.unlisted((ROOT / "requirements-run.txt").read_text("utf-8"), index) == []
    named = {(folder / name).resolve() for one in index for name in one["texts"]}
    assert all(path.stat().st_size > 100 for path in named)
    assert {path.resolve() for path in folder.glob("*.txt")} <= named
    for name in ("fonts", "icons"):
        texts = {path.resolve() for path in (folder.parent / name).glob("*.txt")} - {
            folder.parent / "fonts" / "CHANGES.txt"
        }
        assert texts <= named
