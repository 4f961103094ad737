"""Draws the icons of the program for desktops: ``icons.py FOLDER`` writes PNG files of every size, and perfdesk.ico for Windows.

The seal is drawn by the program's own ``ui.widgets.seal``. Must not be imported by the program.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
IN_ICO = (16, 24, 32, 48, 64, 256)


def main(folder: Path) -> None:
    """Draw every size."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtGui import QGuiApplication

    from ui.faces import load_fonts
    from ui.widgets.seal import seal

    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication(["icons"])
    song = load_fonts().song
    for size in SIZES:
        seal(song, size).save(str(folder / f"{size}.png"))
    application.quit()
    images = [Image.open(folder / f"{size}.png") for size in IN_ICO]
    images[-1].save(folder / "perfdesk.ico", sizes=[(size, size) for size in IN_ICO], append_images=images[:-1])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
