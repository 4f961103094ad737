"""Pictures of every screen and dialog, for ``make screenshots``: ``screenshots.py FOLDER [--manual] [--SIZE…] [NAME…]``.

Each size is a process of its own, because the scale of a screen is fixed when Qt starts; each picture has a window and a data file
of its own, made from the sample office, and a clock that stands still, so pictures differ only when the program does. With
``--manual`` those of the small screen are kept in ``resources/manual/pictures``, in few colours, and shown by the handbook.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from scenes import SCENES as WINDOW_SCENES
from scenes import Scene
from scenes_files import FILE_SCENES
from scenes_keeping import KEEPING_SCENES
from stage import Stage, settle

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication, QWidget

SCENES = (*WINDOW_SCENES, *FILE_SCENES, *KEEPING_SCENES)
ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "resources" / "manual"
COLOURS = 28
AT_ONCE = 3
NOW = datetime(2026, 2, 10, 10, 30, tzinfo=timezone(timedelta(hours=8)))
"""When the pictures are taken: the self-assessments of the year before are being filled in."""
ROUNDS = 4
ZONE = "Asia/Shanghai"
SPOT = re.compile(r"!\[[^\]]*\]\(pictures/([\w-]+)\.png\)")


@dataclass(frozen=True, slots=True)
class Size:
    """A screen in points with its scale, and the looks of the window on it; ``only`` names scenes, none of them: all."""

    name: str
    width: int
    height: int
    scale: float = 1.0
    mode: str = "light"
    step: int = 0
    only: tuple[str, ...] = ()


LOOKS = ("home", "self", "last-year", "report", "rating", "audit", "year", "roll-2", "versions", "guide", "manual")
SIZES = (
    Size("1366", 1366, 768, 1.25),
    Size("1920", 1920, 1080),
    Size("1366-at-100", 1366, 768, only=LOOKS),
    Size("dark", 1366, 768, 1.25, mode="dark", only=LOOKS),
    Size("high-contrast", 1366, 768, 1.25, mode="high", only=LOOKS),
    Size("big-type", 1366, 768, step=2, only=LOOKS),
    Size("at-150", 1920, 1080, 1.5, only=LOOKS),
    Size("at-200", 2732, 1536, 2.0, only=LOOKS),
)
MANUAL_SIZE = SIZES[0]


def main() -> int:
    """Take the pictures into the folder named first; return 1 where one did not come about."""
    words = [one for one in sys.argv[1:] if not one.startswith("--")]
    target, chosen = Path(words[0]).absolute(), words[1:]
    sizes = [one for one in SIZES if f"--{one.name}" in sys.argv] or list(SIZES)
    jobs = [(size, part) for size in sizes for part in _parts(_wanted(size, chosen))]
    with ThreadPoolExecutor(AT_ONCE) as pool:  # most of their time they wait for the window to settle
        failed = sum(pool.map(lambda job: _run(job[0], target / job[0].name, job[1]), jobs))
    if "--manual" in sys.argv:
        keep(target / MANUAL_SIZE.name)
    return int(failed > 0)


def _wanted(size: Size, chosen: list[str]) -> list[str]:
    """Return the names of the scenes to be taken in a size."""
    names = [one.name for one in SCENES]
    return [one for one in names if one in (size.only or names) and one in (chosen or names)]


def _parts(names: list[str]) -> list[list[str]]:
    """Divide the scenes among processes: every third one, so that each has quick ones and slow ones."""
    return [part for part in (names[at::AT_ONCE] for at in range(AT_ONCE)) if part]


def _run(size: Size, folder: Path, names: list[str]) -> int:
    """Have a process take some pictures of one size."""
    folder.mkdir(parents=True, exist_ok=True)
    screen = {"name": "screen", "x": 0, "y": 0, "width": size.width, "height": size.height, "dpr": 1}
    with tempfile.TemporaryDirectory() as place:
        settings = Path(place) / "screen.json"
        settings.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96}]}), "utf-8")
        display = {
            "QT_QPA_PLATFORM": f"offscreen:configfile={settings}",
            "QT_SCALE_FACTOR": str(size.scale),
            "TZ": ZONE,
        }
        command = [sys.executable, __file__, "--one", size.name, str(folder), *names]
        return subprocess.run(command, env={**os.environ, **display}, check=False).returncode


def take_all(size: Size, folder: Path, names: list[str]) -> int:
    """Take pictures of one size in this process; say which did not come about."""
    from ui import app as program

    app = program.make_application(["screenshots"])
    app.setCursorFlashTime(0)
    failed = 0
    for scene in (one for one in SCENES if one.name in names):
        try:
            take(app, scene, size, folder / f"{scene.name}.png")
        except (LookupError, StopIteration) as error:
            print(f"{size.name}/{scene.name}: {error!r}", file=sys.stderr)
            failed += 1
    return int(failed > 0)


def take(app: QApplication, scene: Scene, size: Size, path: Path) -> None:
    """Take one picture; raises ``LookupError`` where the program does not come to the scene."""
    from perfdesk.store import Store
    from ui import opening, samples
    from ui.dialogs import Dialogs
    from ui.settings import FILE_NAME, Settings
    from ui.theme import Mode

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        window = opening.make_window(app, Settings(folder / FILE_NAME), Dialogs(), clock=lambda: NOW)
        window.appearance.set_mode(Mode(size.mode))
        window.appearance.set_step(size.step)
        window.resize(app.primaryScreen().size())
        window.show()
        window.forms.attach(Store.open(folder / "perfdesk.db", now=lambda: NOW), opening.shelf_reader())
        if not scene.empty:
            samples.fill(window.forms)
            window.settings.set_word("bureau", samples.BUREAU)
        settle()
        try:
            shown = scene.act(Stage(window, folder))
            for _round in range(ROUNDS):  # what follows a change when there is time for it
                settle()
            picture(shown).save(str(path))
        finally:
            for shown in app.topLevelWidgets():
                if shown is not window and shown.isVisible():
                    shown.close()
            window.close()
            window.deleteLater()
            settle()


def picture(shown: QWidget) -> QPixmap:
    """Grab a window or dialog with the menu or list that is open over it."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QApplication

    grabbed = shown.grab()
    painter = QPainter(grabbed)
    for other in QApplication.topLevelWidgets():
        if (
            other is not shown
            and other.isVisible()
            and other.windowFlags() & Qt.WindowType.Popup == Qt.WindowType.Popup
        ):
            painter.drawPixmap(other.pos() - shown.mapToGlobal(shown.rect().topLeft()), other.grab())
    painter.end()
    return grabbed


def keep(folder: Path) -> None:
    """Put those of the pictures that the handbook shows beside it, in few colours; what it shows no more goes."""
    target = KEPT / "pictures"
    target.mkdir(exist_ok=True)
    shown = set(SPOT.findall((KEPT / "manual.md").read_text("utf-8")))
    for old in target.glob("*.png"):
        if old.stem not in shown:
            old.unlink()
    for taken in sorted(folder.glob("*.png")):
        if taken.stem in shown:
            reduced(Image.open(taken).convert("RGB")).save(target / taken.name, optimize=True)
    print(f"{sum(one.stat().st_size for one in target.iterdir()) // 1024} KB in {target.relative_to(ROOT)}")


def reduced(taken: Image.Image) -> Image.Image:
    """Reduce a picture to the colours of the theme and the commonest others; alone, the commonest would be all grey."""
    from ui.theme import LIGHT

    own = {
        value for value in (*astuple(LIGHT), *astuple(LIGHT.paper)) if isinstance(value, str) and value.startswith("#")
    }
    levels = [int(value[at : at + 2], 16) for value in sorted(own) for at in (1, 3, 5)]
    common = taken.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*levels, *common[: 3 * COLOURS]])
    return taken.quantize(palette=palette, dither=Image.Dither.NONE)


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        wanted = next(one for one in SIZES if one.name == sys.argv[2])
        sys.exit(take_all(wanted, Path(sys.argv[3]), sys.argv[4:]))
    sys.exit(main())
