"""年度总览 of many years: ``home YEARS FORMS``. Seconds from the first paint to its table, and for each letter of a search."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bench import year as of_year

AT_LEISURE = 0.45  # s between two letters: the work behind the marks goes on just before the next
WORDS = ("flyz", "rmtj", "sqjz", "法律", "jingfei")


def main(years: int, count: int) -> None:
    """Fill a store, show its window, and measure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui import app as program
    from ui import opening
    from ui.dialogs import Dialogs
    from ui.settings import Settings

    with tempfile.TemporaryDirectory(prefix="perfdesk-home-") as name:
        folder = Path(name)
        _fill(folder / "office.db", years, count)
        app = program.make_application(["bench"])
        window = opening.make_window(app, Settings(folder / "look.ini"), Dialogs())
        window.resize(1366, 768)
        window.show()
        app.processEvents()
        start = opening.Opening(window, Dialogs(), folder / "office.db", read_only=False, samples=False)
        opening.spare_searches(window, start)
        began = time.perf_counter()
        start.begin()
        window.repaint()
        shown = time.perf_counter() - began
        page = window.desk.home
        page.search.setText("a")  # the readings of the characters load with the first letter that is ever looked for
        letters = []
        for word in WORDS:
            page.search.clear()
            for end in range(1, len(word) + 1):
                time.sleep(AT_LEISURE)
                began = time.perf_counter()
                page.search.setText(word[:end])
                page.table.viewport().repaint()
                letters.append(time.perf_counter() - began)
        json.dump({"open": shown, "letters": letters, "rows": len(window.forms.lines)}, sys.stdout)
        sys.stdout.flush()
        os._exit(0)  # the marks of two hundred forms are still being computed; nobody waits for them here


def _fill(path: Path, years: int, count: int) -> None:
    from perfdesk.store import Store

    made = of_year.year(count, of_year.templates())
    with Store.open(path, now=lambda: datetime.now().astimezone()) as store:
        for back in range(years):
            store.save_many(replace(one, id=f"{one.id}-{back}", year=of_year.YEAR - back) for one in made)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
