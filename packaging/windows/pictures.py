"""Draws what the setup shows: ``pictures.py FOLDER`` writes perfdesk.ico and the picture beside the first and last page (side.bmp).

Must not be imported by the program.
"""

from __future__ import annotations

import sys
from pathlib import Path

import icons

SIZE = (164, 314)  # px; what Windows' wizards have there
PAPER, EDGE = "#F4F6F8", "#1D4F91"
SEAL = 96


def main(folder: Path) -> None:
    """Draw the icons, then the picture with the seal on it."""
    from PIL import Image

    icons.main(folder)
    picture = Image.new("RGB", SIZE, PAPER)
    picture.paste(EDGE, (SIZE[0] - 4, 0, SIZE[0], SIZE[1]))
    seal = Image.open(folder / "256.png").convert("RGBA").resize((SEAL, SEAL), Image.Resampling.LANCZOS)
    picture.paste(seal, ((SIZE[0] - 4 - SEAL) // 2, 72), seal)
    picture.save(folder / "side.bmp")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
