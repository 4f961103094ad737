"""Layouts that nobody asked for come back as well: one odd habit of a bureau at a time, then several at once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from perfdesk.source import SourceFile
from perfdesk.template import Template
from tests.house_styles.as_source import source
from tests.house_styles.corpus import corpus
from tests.house_styles.files import Task, tasks
from tests.house_styles.measuring import Measured, measure_mixed, measured
from tests.house_styles.style import UNLISTED, Style


def _unequal(found: list[Measured]) -> list[tuple[object, ...]]:
    return [(one.style, one.name, one.outcomes, one.leftovers, one.unnamed) for one in found if not one.is_equal]


@pytest.mark.parametrize("style", UNLISTED, ids=lambda one: one.name)
def test_forms_with_one_odd_habit_come_back(style: Style, templates: Mapping[str, Template]) -> None:
    kind = style.kinds[0]

    def seen(task: Task) -> SourceFile:
        return source(task.drawn, kind)

    found = list(measured(tasks(corpus(templates), style, kind), style, kind, templates, seen))
    assert found
    assert _unequal(found) == []


def test_forms_with_several_odd_habits_at_once_come_back(templates: Mapping[str, Template]) -> None:
    found = list(measure_mixed(corpus(templates), templates, seed=1, count=40))
    assert len(found) > 40
    assert _unequal(found) == []
