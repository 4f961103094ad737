"""``make recognition``: how many fields of the drawn forms come back right, style by style and form by form.

Options: names of styles to look at (all of them without), ``--each`` for a line per file, ``--differences`` to see what differs,
``--write`` to renew docs/recognition.md, ``--mixed=7`` for habits mixed at random with that seed instead.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import perf_counter

from perfdesk.policy import load_policies
from perfdesk.template import Template, load_templates
from tests.house_styles import document
from tests.house_styles.corpus import ROOT, Case, corpus
from tests.house_styles.measuring import Measured, measure, measure_mixed
from tests.house_styles.style import STYLES

_MIXED = 80
_HEAD = "style        kind  forms  fields  right   wrong  missing  invented  left over  unnamed  equal files"


def main() -> int:
    """Measure and print; 1 where a field of a style that was asked for did not come back."""
    names = {one for one in sys.argv[1:] if not one.startswith("--")}
    templates = load_templates((ROOT / "resources" / "templates",), load_policies(ROOT / "resources" / "policies"))
    found = corpus(templates)
    sys.stdout.write(f"{_HEAD}\n")
    everything: list[Measured] = []
    started = perf_counter()
    seed = next((int(one.partition("=")[2]) for one in sys.argv if one.startswith("--mixed=")), None)
    if seed is not None:
        return _mix(found, templates, seed)
    with tempfile.TemporaryDirectory() as folder:
        for style in (one for one in STYLES if not names or one.name in names):
            for kind in (one for one in style.kinds if "--no-xls" not in sys.argv or one != "xls"):
                all_ = list(measure(found, style, kind, templates, Path(folder)))
                sys.stdout.write(f"{document.line(all_)}\n")
                _tell(all_)
                everything += all_
    sys.stdout.write(f"{len(everything)} files in {perf_counter() - started:.0f} s\n")
    if "--write" in sys.argv and not names:
        document.write(everything)
    return int(not all(one.is_equal for one in everything))


def _mix(found: tuple[Case, ...], templates: Mapping[str, Template], seed: int) -> int:
    all_ = list(measure_mixed(found, templates, seed=seed, count=_MIXED))
    _tell(all_)
    sys.stdout.write(
        f"{sum(one.is_equal for one in all_)} of {len(all_)} forms in {_MIXED} mixed styles come back equal\n"
    )
    return int(not all(one.is_equal for one in all_))


def _tell(measured: Iterable[Measured]) -> None:
    for one in measured:
        if "--each" in sys.argv and not one.is_equal:
            sys.stdout.write(f"    {document.line([one])} {one.name}\n")
        if "--differences" in sys.argv and not one.is_equal:
            sys.stdout.write(f"  {one.style}.{one.kind} {one.name}\n")
            for number, form in enumerate(one.outcomes):
                for place, drawn, read in form.differences:
                    sys.stdout.write(f"      {number} {place}: {drawn[:60]!r} -> {read[:60]!r}\n")
            for text in one.leftovers:
                sys.stdout.write(f"      left over: {text[:80]!r}\n")
            for text in one.unnamed:
                sys.stdout.write(f"      not named: {text[:80]!r}\n")


if __name__ == "__main__":
    sys.exit(main())
