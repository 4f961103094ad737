"""Every template of the folder, filled in: the cells of its sheet and the look of its pages are what was looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path

import pypdfium2
import pytest

from perfdesk.exchange.pdf import render
from perfdesk.layout import lay_out
from perfdesk.scoring import assess
from perfdesk.sheet import Sheet, build
from perfdesk.template import Template
from tests.filled_forms import filled, gathered
from tests.golden_files import Golden

MOST_PAGES = 2  # of a long report the cover and a page of text say enough
FOLDER = Path(__file__).parents[1] / "resources" / "templates"


@pytest.fixture(params=sorted(path.stem for path in FOLDER.glob("*.toml")))
def template(request: pytest.FixtureRequest, templates: Mapping[str, Template]) -> Template:
    return templates[request.param]


@pytest.fixture
def sheet(template: Template) -> Sheet:
    record = filled(template)
    return build(template, record, assess(template, record), gathered(template))


def test_golden_cells(template: Template, sheet: Sheet, golden: Golden) -> None:
    lines = (
        json.dumps([*one[:6], one.align, one.label, one.place, one.computed], ensure_ascii=False) for one in sheet.cells
    )
    golden.text(f"forms/{template.id}.jsonl", "\n".join(lines) + "\n")


def test_golden_pages(template: Template, sheet: Sheet, golden: Golden, made: datetime) -> None:
    data = render((lay_out(sheet),), title=template.title, made=made)
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(islice(document, MOST_PAGES), start=1):
            picture = page.render(scale=1, grayscale=True).to_pil()
            golden.picture(f"forms/{template.id}-{number}.png", picture.convert("L"))
