"""Golden files: what was looked at and found right. ``pytest --golden-update`` writes them anew; the difference is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

FOLDER = Path(__file__).parent / "golden"


class Golden:
    """Compares with a file in ``tests/golden``, or writes it."""

    def __init__(self, *, update: bool) -> None:
        self.update = update

    def path(self, name: str) -> Path:
        """The golden file of that name; it must exist unless it is being written."""
        found = FOLDER / name
        if self.update:
            found.parent.mkdir(parents=True, exist_ok=True)
        elif not found.exists():
            pytest.fail(f"no golden file {name}: run pytest --golden-update and look at it")
        return found

    def text(self, name: str, text: str) -> None:
        """Hold a text against the golden one."""
        path = self.path(name)
        if self.update:
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    def picture(self, name: str, picture: Image.Image, *, tolerance: float = 0.001) -> None:
        """Hold a grey picture against the golden one; ``tolerance`` is the share of pixels that may look different."""
        path = self.path(name)
        if self.update:
            picture.quantize(16).save(path, optimize=True)
        wanted = Image.open(path).convert("L")
        assert picture.size == wanted.size
        soft = ImageFilter.BoxBlur(1)  # another version of the renderer may move an edge by half a pixel
        difference = ImageChops.difference(picture.filter(soft), wanted.filter(soft)).point(
            lambda value: 255 * (value > 48)
        )
        share = difference.histogram()[255] / (picture.width * picture.height)
        assert share <= tolerance, f"{name}: {share:.2%} of the page looks different"
