"""The rows of the result, each a function of a folder to work in. Bars are those the program is built to."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from bench.measure import PEERS, Row, Run, alternate, ask, megabytes, python, ratio, run, seconds, shown
from bench.package import package

COUNT: Final = 200
FRAME: Final = 1 / 60
KEYSTROKE_BAR: Final = 0.004
JUDGE_BAR: Final = 0.002
YEAR_BAR: Final = 2.0
HOME_BAR: Final = 0.5
LETTER_BAR: Final = 0.1  # s: what a person takes for at once
LIMITS: Final = {
    "value": ("the worst text of a value, 200 characters", 0.1),
    "article": ("the worst article, 20,000 characters", 2.0),
    "file": ("the largest file, 2,000 rows of everything", 10.0),
}
ONE_PDF, REPORT_PDF = "one form -> PDF, whole process", "long report -> PDF, whole process"
MANY_PDF, EVERY_PDF, MANY_MEMORY = (
    f"{COUNT} forms -> one PDF, time",
    f"{COUNT} of all kinds -> one PDF, time",
    "… peak memory",
)
KINDS: Final = {"alike": f"{COUNT} forms", "every": f"{COUNT} of all kinds"}


def _has(package: str) -> bool:
    return importlib.util.find_spec(package) is not None or (PEERS / package).is_dir()


def _office(folder: Path, source: Path) -> Run:
    """Let LibreOffice make a PDF, with a profile of its own that the round which does not count has set up."""
    soffice = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    return run([soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder / "office", source])


def _many(folder: Path, name: str) -> Run:
    return run(python("-m", "bench.tasks.many_pdf", folder / f"{name}.json", folder / f"{name}.pdf"))


def one_pdf(folder: Path) -> Iterator[Row]:
    """One form and one report, from the record file to the PDF."""
    for what, source, office in ((ONE_PDF, "one.json", "one.xlsx"), (REPORT_PDF, "report.json", "report.docx")):
        if not shutil.which("soffice"):
            yield Row(what, "LibreOffice", note="soffice is not installed")
            continue
        order = python("-m", "perfdesk", "export", folder / source, "--to", "pdf", "--out", folder / "ours")
        mine, theirs = alternate(partial(run, order), partial(_office, folder, folder / office), rounds=7)
        yield _times(what, "LibreOffice", seconds(mine), seconds(theirs), bar=0.20)


def many_pdf(folder: Path) -> Iterator[Row]:
    """200 forms into one PDF, of one template and of all kinds: time and memory."""
    for what, name in ((MANY_PDF, "many"), (EVERY_PDF, "year")):
        if not shutil.which("soffice"):
            yield Row(what, "LibreOffice", note="soffice is not installed")
            continue
        office = partial(_office, folder, folder / f"{name}.xlsx")
        mine, theirs = alternate(partial(_many, folder, name), office, rounds=3)
        yield _times(what, "LibreOffice", seconds(mine), seconds(theirs), bar=0.12)
        held, other = megabytes(mine), megabytes(theirs)
        figures = (f"{median(held):.0f} MB", f"{median(other):.0f} MB")
        yield Row(MANY_MEMORY, "LibreOffice", *figures, ratio(held, other), 0.15)


def typst_pdf(folder: Path) -> Iterator[Row]:
    """200 forms into one PDF, beside typst."""
    if not _has("typst"):
        yield Row(MANY_PDF, "typst", note="typst is not installed")
        return
    source = folder / "many.typ"
    ask("typst_pdf", "write", COUNT, source)

    def theirs() -> Run:
        return run(python("-m", "bench.tasks.typst_pdf", "set", source, folder / "typst.pdf"))

    mine, other = alternate(partial(_many, folder, "many"), theirs, rounds=3)
    yield _times(MANY_PDF, "typst", seconds(mine), seconds(other), bar=1.0)


def sheets(_folder: Path) -> Iterator[Row]:
    """200 sheets into one workbook, writing alone."""
    for kinds, words in KINDS.items():
        if _has("xlsxwriter"):
            yield _times(f"{words} -> xlsx", "XlsxWriter", *ask("sheets", COUNT, kinds, 3), bar=3)
        else:
            yield Row(f"{words} -> xlsx", "XlsxWriter", note="XlsxWriter is not installed")


def reading(_folder: Path) -> Iterator[Row]:
    """200 workbooks read, with number formats and merges."""
    for kinds, words in KINDS.items():
        yield _times(f"{words} <- xlsx", "openpyxl, cell by cell", *ask("reading", COUNT, kinds, 3), bar=0.1)


def word(_folder: Path) -> Iterator[Row]:
    """One form as a Word file, writing alone."""
    yield _times("one form -> docx", "python-docx, cell by cell", *ask("word", 5), bar=0.05)


def save(folder: Path) -> Iterator[Row]:
    """One changed form, until it is on the disk."""
    for kinds, words in (
        ("alike", "save one form + 30 indicators, durable"),
        ("every", "save a form of each kind in turn"),
    ):
        yield _times(words, "raw sqlite3", *ask("database", folder, "save", kinds, 60), bar=3)


def load(folder: Path) -> Iterator[Row]:
    """A year of 200 forms as records."""
    for kinds, words in KINDS.items():
        yield _times(f"load a year, {words}", "raw sqlite3", *ask("database", folder, "load", kinds, 15), bar=1.5)


def start(folder: Path) -> Iterator[Row]:
    """Process to first painted window."""

    def begin(way: str) -> Run:
        return run(python("-m", "bench.tasks.start", way, folder / "start.db"))

    mine, theirs = alternate(lambda: begin("lazy"), lambda: begin("eager"), rounds=9)
    what = "start: process to first painted window"
    yield _times(what, "every module eagerly", seconds(mine), seconds(theirs), bar=0.35)


def keystroke(_folder: Path) -> Iterator[Row]:
    """Keystroke to repainted score."""
    found = ask("keystroke", 300)
    late = quantiles(found, n=20)[-1]
    note = f"p95 {late * 1000:.2f} ms, bar {KEYSTROKE_BAR * 1000:.0f} ms; median {median(found) * 1000:.2f} ms"
    row = ("keystroke -> repainted score (p95)", "one 60 Hz frame", shown([late]), shown([FRAME]))
    yield Row(*row, late / FRAME, KEYSTROKE_BAR / FRAME, note)


def window(_folder: Path) -> Iterator[Row]:
    """Keystroke to repainted window, with the form alone and among 40 others of its year; what opening it takes, and memory."""
    ways = (
        ("sheet", "form", (0, 40)),
        ("years", "form of 60 rows beside last year's", (0,)),
        ("report", "long report", (0, 40)),
    )
    for way, name, counts in ways:
        for others in counts:
            found = ask("window", way, others, 300)
            keys, work, after = zip(*found["keys"], strict=True)
            late = quantiles(keys, n=20)[-1]
            what = f"keystroke in a {name}" + (f", {others} others" if others else "")
            late_work, late_after = (quantiles(one, n=20)[-1] for one in (work, after))
            middle = f"median {shown(keys)}, p95 of the work alone {shown([late_work])}, of what follows it {shown([late_after])}"
            opened = f"opened in {found['open'] * 1000:.0f} ms, the window holds {found['peak']:.0f} MB"
            figures = (shown([late]), shown([KEYSTROKE_BAR]), late / KEYSTROKE_BAR, 1.0)
            yield Row(what, "the bar, 4 ms (p95)", *figures, f"{middle}; {opened}")


def judge(_folder: Path) -> Iterator[Row]:
    """Scoring and all checks."""
    found = ask("core", 200)
    middle = median(found["judge"])
    steps = f"scoring {shown(found['assess'])}, all of derive {shown(found['derive'])}"
    row = ("assess + check, 30 indicators", "the bar, 2 ms", shown([middle]), shown([JUDGE_BAR]))
    yield Row(*row, middle / JUDGE_BAR, 1.0, steps)


def whole_year(_folder: Path) -> Iterator[Row]:
    """Every form of a year among the others and those of the year before."""
    found = [ask("year", COUNT) for _ in range(3)]
    row = (f"check a whole year, {COUNT} forms", "the bar, 2 s", shown(found), shown([YEAR_BAR]))
    yield Row(*row, median(found) / YEAR_BAR, 1.0, f"{len(found)} rounds, cold, processor time")


def limits(_folder: Path) -> Iterator[Row]:
    """The worst texts and files that are taken."""
    found = [ask("limits") for _ in range(3)]
    for key, (what, bar) in LIMITS.items():
        times = [one[key] for one in found]
        yield Row(what, f"the bar, {bar:g} s", shown(times), shown([bar]), median(times) / bar, 1.0, "processor time")


def home(_folder: Path) -> Iterator[Row]:
    """年度总览 of ten years with 200 forms each: from the store to the table, and a letter of a search."""
    found = [ask("home", 10, COUNT) for _ in range(3)]
    opened = [one["open"] for one in found]
    letters = [letter for one in found for letter in one["letters"]]
    late, rows = quantiles(letters, n=20)[-1], found[0]["rows"]
    note = f"{rows} forms; {len(found)} rounds"
    yield Row(
        "年度总览, first paint to its table",
        "the bar, 0.5 s",
        shown(opened),
        shown([HOME_BAR]),
        median(opened) / HOME_BAR,
        1.0,
        note,
    )
    middle = f"median {shown(letters)}, marks of the year computed meanwhile"
    yield Row(
        "a letter of its search (p95)",
        "the bar, 0.1 s",
        shown([late]),
        shown([LETTER_BAR]),
        late / LETTER_BAR,
        1.0,
        middle,
    )


def _times(what: str, peer: str, ours: list[float], theirs: list[float], *, bar: float) -> Row:
    spread = sorted(one / other for one, other in zip(ours, theirs, strict=True))
    note = f"{len(ours)} rounds, {spread[0]:.2f}–{spread[-1]:.2f}"
    return Row(what, peer, shown(ours), shown(theirs), ratio(ours, theirs), bar, note)


def prepare(folder: Path) -> None:
    """Make the files that the rows are fed with."""
    ask("prepare", folder, COUNT)
    if sys.platform == "win32":
        raise SystemExit("the bench measures processes the POSIX way")


ROWS: Final[Mapping[str, Callable[[Path], Iterator[Row]]]] = {
    "pdf": one_pdf,
    "pdf-many": many_pdf,
    "typst": typst_pdf,
    "xlsx": sheets,
    "reading": reading,
    "docx": word,
    "save": save,
    "load": load,
    "start": start,
    "keystroke": keystroke,
    "window": window,
    "judge": judge,
    "year": whole_year,
    "home": home,
    "limits": limits,
    "package": package,
}
