"""Copies that go after use (leftovers): made in folders beside the data file, removed at the next start where a kill left them."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

from perfdesk.store import faults

_PREFIX: Final = ".restore-"
_PREFIXES: Final = (_PREFIX, ".salvage-")


def passing_folder(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """Make a folder in ``folder`` that goes when it is no longer used. Raises :class:`UserError`."""
    with faults.in_plain_words(folder):
        return tempfile.TemporaryDirectory(prefix=_PREFIX, dir=folder, ignore_cleanup_errors=True)


def clear_leftovers(path: Path) -> None:
    """Remove what a killed program left of them beside the data file ``path``; the caller has its lock.

    Raises :class:`UserError` where the folder cannot be read.
    """
    with faults.in_plain_words(path.parent):
        for prefix in _PREFIXES:
            for one in path.parent.glob(f"{prefix}*"):
                shutil.rmtree(one, ignore_errors=True)
