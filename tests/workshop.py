"""The scripts of packaging/, for tests: that folder is no package, its scripts import each other by name."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

PACKAGING: Final = Path(__file__).resolve().parents[1] / "packaging"


def script(name: str, *, of: str = "") -> ModuleType:
    """Return a script as a module, one of a folder below with ``of``: ``script("tree", of="windows")``."""
    with pytest.MonkeyPatch.context() as patch:
        for folder in (PACKAGING, PACKAGING / of):
            patch.syspath_prepend(str(folder))
        found = importlib.import_module(name)
    assert found.__file__ == str(PACKAGING / of / f"{name}.py"), f"another module is called {name}"
    return found
