"""Many forms of one record file as one PDF: ``many_pdf SOURCE TARGET``. The whole process is what is measured."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from perfdesk import places
from perfdesk.cli.exporting import laid_out
from perfdesk.exchange import pdf
from perfdesk.exchange.exchange import read_records
from perfdesk.exchange.files import write_atomically
from perfdesk.policy import load_policies
from perfdesk.template import load_templates


def main(source: Path, target: Path) -> None:
    """Read, derive, render and write."""
    resources = places.resources()
    templates = load_templates((resources / "templates",), load_policies(resources / "policies"))
    records = read_records(source, templates).records
    layouts = (laid_out(templates[one.template_id], one) for one in records)
    write_atomically(target, pdf.render(layouts, title="2024", made=datetime.now(UTC)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
