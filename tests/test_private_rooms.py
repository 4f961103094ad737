"""No room of the program makes a file or folder as the umask says, past ``perfdesk.private``."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAKING = {"copyfile", "mkdir", "makedirs", "mkstemp", "touch", "write_bytes", "write_text"}
"""Calls that make a file or a folder as the umask says."""


def makes_for_everybody(call: ast.Call) -> bool:
    """Whether a call would make a file or folder that others can read."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name != "open":
        return name in MAKING
    given = [one.value for one in call.args if isinstance(one, ast.Constant)]
    writes = any(isinstance(one, str) and one[:1] in {"w", "x", "a"} and len(one) <= 2 for one in given)
    return writes and "opener" not in {one.arg for one in call.keywords}


def test_nothing_is_made_past_this_room() -> None:
    rooms = [*ROOT.glob("perfdesk/**/*.py"), *ROOT.glob("ui/**/*.py")]
    assert len(rooms) > 200
    found = {
        f"{room.relative_to(ROOT)}:{node.lineno}"
        for room in rooms
        if room.name != "private.py"
        for node in ast.walk(ast.parse(room.read_text("utf-8")))
        if isinstance(node, ast.Call) and makes_for_everybody(node)
    }
    assert {one.rpartition(":")[0] for one in found} == {"ui/trouble.py"}, found  # which makes its file first


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('path.open("wb")', True),
        ('open(path, "a", encoding="utf-8")', True),
        ('open(path, "xb", opener=private.opener)', False),
        ('path.open("rb")', False),
        ("session.open(record_id)", False),
        ("path.parent.mkdir(exist_ok=True)", True),
        ("private.make_folder(path.parent)", False),
    ],
)
def test_what_counts_as_making(code: str, found: bool) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert makes_for_everybody(call) == found
