"""Compresses the faces that few texts need: ``pack_faces.py FONTS``, the folder ``resources/fonts`` of a package, in place.

The program unpacks them once its window stands (``ui.warming.Unpacking``), a PDF when it draws with one. Same input, same bytes.
"""

from __future__ import annotations

import lzma
import sys
from pathlib import Path

from perfdesk import fonts


def main(folder: Path) -> None:
    """Put ``PDRare-Regular.ttf.xz`` in the place of ``PDRare-Regular.ttf``, and so on."""
    for face in fonts.SELDOM:
        plain = folder / fonts.path(face).name
        data = plain.read_bytes()
        packed = plain.with_name(f"{plain.name}.xz")
        packed.write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
        plain.unlink()
        print(f"{packed.name}: {len(data) >> 20} MB -> {packed.stat().st_size >> 20} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
