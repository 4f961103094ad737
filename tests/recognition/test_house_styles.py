"""Forms drawn in the house styles of other bureaus come back as they were drawn, and what is no part of them is named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from perfdesk.template import Template
from tests.house_styles.corpus import corpus
from tests.house_styles.measuring import measure, measure_mixed
from tests.house_styles.style import DOCX, STYLES, XLS, Style

# the variations asked for in Word and Excel (in .xls where there is no Word), the others in one format; make recognition
# measures all of them in all
_FILES = tuple(
    (style, kind)
    for style in STYLES
    for kind in (style.kinds if style.is_listed else style.kinds[:1])
    if kind != XLS or DOCX not in style.kinds
)


@pytest.mark.parametrize(("style", "kind"), _FILES, ids=lambda one: one.name if isinstance(one, Style) else one)
def test_forms_in_the_style_of_another_bureau_come_back(
    style: Style, kind: str, templates: Mapping[str, Template], tmp_path: Path
) -> None:
    measured = list(measure(corpus(templates), style, kind, templates, tmp_path))
    assert measured
    assert [(one.name, one.outcomes, one.leftovers, one.unnamed) for one in measured if not one.is_equal] == []


def test_forms_of_bureaus_with_several_odd_habits_at_once_come_back(templates: Mapping[str, Template]) -> None:
    measured = list(measure_mixed(corpus(templates), templates, seed=1, count=40))
    assert len(measured) > 40
    assert [
        (one.style, one.name, one.outcomes, one.leftovers, one.unnamed) for one in measured if not one.is_equal
    ] == []
