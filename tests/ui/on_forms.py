"""The real window on forms of the simple templates of ``tests/gathering``, for tests of forms that know of each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from perfdesk.template import Shelf
from tests.gathering.support import TEMPLATES

if TYPE_CHECKING:
    from perfdesk.model import Record
    from tests.robot import Open, Robot
    from ui.forms import Forms


def opened(open_window: Open, *records: Record) -> Robot:
    """A window on these forms; the first is open."""
    robot = open_window(empty=True)
    forms = robot.window.forms
    know_templates(forms)
    forms.adopt(records)
    forms.relist()
    robot.settle()
    robot.window.session.open(records[0].id)
    return robot


def know_templates(forms: Forms) -> None:
    """Have the simple templates known beside those of the program."""
    forms.attach(forms.store, partial(Shelf, {**forms.templates, **{one.id: one for one in TEMPLATES.values()}}))
