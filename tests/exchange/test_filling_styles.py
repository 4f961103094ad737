"""Blank forms in the house styles of other bureaus take our forms: what is read from the filled file is what was put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.amounts import parse_number
from perfdesk.derive import derive
from perfdesk.exchange.filling import fill_form
from perfdesk.exchange.xlsx.filling import open_blank
from perfdesk.exchange.xlsx.reading import read
from perfdesk.filling import Outcome
from perfdesk.recognition import again, recognise
from perfdesk.template import Filled, Template
from tests.exchange.blank_books import blank_record
from tests.house_styles.as_xlsx import write
from tests.house_styles.corpus import samples
from tests.house_styles.equality import Difference, compare
from tests.house_styles.making import fits, make
from tests.house_styles.style import STYLES, XLSX, Style

FORMS = ("sample-national-2021-project-self", "sample-zhijiang-2024-project-goal")
_ROWLESS = "reordered"  # this style leaves rows without a name out, and a blank form has no others


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    "style", [one for one in STYLES if XLSX in one.kinds and one.name != _ROWLESS], ids=lambda one: one.name
)
def test_a_blank_form_of_another_bureau_is_filled(
    style: Style, name: str, templates: Mapping[str, Template], tmp_path: Path
) -> None:
    if style.inline and name.startswith("sample-zhijiang"):
        pytest.skip("a label in one cell with a blank amount is read with the label below it, filled or not")
    form = next((one.form for one in samples(templates) if one.name == name), None)
    if form is None or not fits(form, style, XLSX):
        pytest.skip("no such form in this style")
    template, ours = form
    blank = replace(blank_record(template, ours), bureau=ours.bureau, values={"title": ours.value("title")})
    file = write(make([Filled(template, blank)], style, "空表"), tmp_path)
    filling = fill_form(open_blank(file.read_bytes(), file.name), derive(template, ours), templates)
    assert [one for one in filling.results if one.outcome is not Outcome.FILLED] == []
    source = read(filling.data, "已填.xlsx")
    got = again(source, recognise(source, templates).forms[0], template, {}).record
    assert [one for one in compare(form, got).differences if not _same(one)] == []


def _same(one: Difference) -> bool:
    """Tell whether a difference is none.

    What the program computes or prints by itself goes out too, the annex number is the bureau's, and 15.00 is 15 in a cell that
    shows figures so.
    """
    if one.place.endswith("annex"):
        return True
    if not one.drawn:
        return one.place.startswith("stated") or one.place.endswith(("score", "rate", "weight"))
    first, second = parse_number(one.drawn.rstrip("%")), parse_number(one.read.rstrip("%"))
    return first is not None and second is not None and Decimal(first) == Decimal(second)
