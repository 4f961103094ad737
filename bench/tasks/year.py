"""Judging a whole year: every form of an office among the others of its year and those of the year before, once.

``python -m bench.tasks.year COUNT`` prints the seconds of processor time as JSON: what others do on the machine does not count.
Reading templates and making the forms is not counted either.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace

from bench import year
from perfdesk.derive import derive
from perfdesk.template import Filled


def main(count: int) -> float:
    """Judge ``count`` forms; the year before has the same ones with other ids."""
    known = year.templates()
    records = year.year(count, known)
    before = (replace(one, id=f"{one.id}-before", year=one.year - 1) for one in records)
    around = tuple(Filled(known[one.template_id], one) for one in (*records, *before))
    begin = time.process_time()
    for form in around[:count]:
        derive(form.template, form.record, around)
    return time.process_time() - begin


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
