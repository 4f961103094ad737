"""What the Linux packages say of themselves: the machine they are for, whichever machine packs them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.workshop import script

if TYPE_CHECKING:
    from types import ModuleType

ELF = b"\x7fELF\x02\x01\x01" + bytes(9)


@pytest.fixture
def pack() -> ModuleType:
    return script("pack", of="linux")


@pytest.mark.parametrize(
    ("said", "machine"),
    [(b"\x02\x00\x3e\x00", "amd64"), (b"\x03\x00\xb7\x00", "arm64")],
    ids=["Intel, 兆芯", "飞腾, 鲲鹏"],
)
def test_a_package_is_for_the_machine_of_the_program_in_it(
    pack: ModuleType, tmp_path: Path, said: bytes, machine: str
) -> None:
    program = tmp_path / "perfdesk"
    program.write_bytes(ELF + said + bytes(44))
    assert pack.machine_of(program) == machine


def test_every_machine_with_packages_has_its_dependencies(pack: ModuleType) -> None:
    assert pack.OF_QT.keys() == set(pack.MACHINES.values())
    assert "libsm6" in pack.OF_QT["arm64"]  # without it Qt's library of the window system is not loaded there


def test_a_program_for_a_machine_without_packages_is_not_packed(pack: ModuleType, tmp_path: Path) -> None:
    program = tmp_path / "perfdesk"
    program.write_bytes(ELF + b"\x02\x00\x02\x01" + bytes(44))
    with pytest.raises(SystemExit, match="258"):
        pack.machine_of(program)
