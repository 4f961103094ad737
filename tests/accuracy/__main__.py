"""``make accuracy``: how well the checks find what is wrong and leave in peace what is right; ``--write`` renews the page."""

from __future__ import annotations

import sys
from time import perf_counter

from tests.accuracy import clean_run, document, published

FORMS = 2000


def main() -> int:
    """Measure, print, and return 1 where the page is not of today or a clean form is blamed."""
    if not published.is_here():
        sys.stdout.write("The published forms are not beside the repository; only our own are measured.\n")
        blamed = _clean()
        return bool(blamed)
    page = document.PAGE.read_text("utf-8")
    today = document.renewed(page)
    for name, lines in document.parts().items():
        sys.stdout.write(f"\n== {name}\n" + "".join(f"{line}\n" for line in lines))
    blamed = _clean()
    if "--write" in sys.argv:
        document.PAGE.write_text(today, encoding="utf-8", newline="\n")
    elif page != today:
        sys.stdout.write("\ndocs/accuracy.md is not of today: make accuracy WRITE=1\n")
        return 1
    return bool(blamed)


def _clean() -> int:
    started = perf_counter()
    blamed = clean_run.run(FORMS)
    seconds = perf_counter() - started
    sys.stdout.write(f"\n== clean forms\n{FORMS} made, {len(blamed)} blamed, {seconds:.0f} s\n")
    sys.stdout.write("".join(f"{line}\n" for line in blamed[:20]))
    return len(blamed)


if __name__ == "__main__":
    sys.exit(main())
