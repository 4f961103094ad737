"""Forms drawn in the house styles of other bureaus come back as they were drawn, and what is no part of them is named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from perfdesk.template import Template
from tests.house_styles.corpus import corpus
from tests.house_styles.measuring import measure
from tests.house_styles.style import DOCX, LISTED, XLS, Style

# Word and Excel, in .xls where there is no Word; make recognition measures all of them
_FILES = tuple((style, kind) for style in LISTED for kind in style.kinds if kind != XLS or DOCX not in style.kinds)


@pytest.mark.parametrize(("style", "kind"), _FILES, ids=lambda one: one.name if isinstance(one, Style) else one)
def test_forms_in_the_style_of_another_bureau_come_back(
    style: Style, kind: str, templates: Mapping[str, Template], tmp_path: Path
) -> None:
    measured = list(measure(corpus(templates), style, kind, templates, tmp_path))
    assert measured
    assert [(one.name, one.outcomes, one.leftovers, one.unnamed) for one in measured if not one.is_equal] == []
