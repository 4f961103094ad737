"""What a data file leaves in its folder, besides the edit journal that goes with it."""

from __future__ import annotations

from pathlib import Path


def files(folder: Path) -> list[Path]:
    """Return what lies in a folder, in order, without edit journals; each of these must lie beside its data file."""
    there = sorted(folder.iterdir())
    journals = [one for one in there if one.suffix == ".edits"]
    assert all(one.with_suffix("") in there for one in journals)
    return [one for one in there if one not in journals]


def names(folder: Path) -> list[str]:
    """Return the names of :func:`files`."""
    return [one.name for one in files(folder)]
