"""缩略图 (thumbnails): pictures of blank forms, made off the UI thread by the very layout and PDF that print them.

They are kept in memory while the program runs. Until one is there, whoever shows it has a placeholder.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal

from ui import tasks

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from perfdesk.errors import UserError
    from perfdesk.template import Template
    from ui.tasks import Task

SCALE: Final = 1.4  # dots per pt: enough for the large picture on a screen of 200 %
_UNDATED: Final = datetime(2000, 1, 1, tzinfo=UTC)


class _Picture(NamedTuple):
    """A picture with what it shows; the template is held so that its identity stays its own."""

    template: Template
    year: int
    image: QImage | None


class Thumbnails(QObject):
    """The pictures made so far. ``arrived`` carries the template whose picture is there."""

    arrived = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pictures: dict[int, _Picture] = {}
        self._queue: list[Template] = []
        self._year = 0
        self._busy = False

    def picture(self, template: Template) -> QImage | None:
        """Return the picture of a template, ``None`` as long as there is none. Keyed by identity, as templates are compared."""
        known = self._pictures.get(id(template))
        return known.image if known is not None else None

    def ask(self, templates: tuple[Template, ...], *, year: int) -> None:
        """Make the pictures of these templates for a year, in this order, before those that are still waiting.

        A picture of another year is shown until the new one is there.
        """
        self._year = year
        known = {key for key, one in self._pictures.items() if one.year == year}
        new = [one for one in templates if id(one) not in known]
        self._queue = [*new, *(one for one in self._queue if one not in new)]
        self._go_on()

    def stop(self) -> None:
        """Nobody looks any more: what is waiting is not made."""
        self._queue = []

    def _go_on(self) -> None:
        if self._busy or not self._queue:
            return
        self._busy, template, year = True, self._queue.pop(0), self._year
        done, failed = partial(self._take, template, year), partial(self._miss, template, year)
        tasks.run(self, partial(_draw, template, year), done, failed=failed)

    def _take(self, template: Template, year: int, picture: QImage | None) -> None:
        self._pictures[id(template)] = _Picture(template, year, picture)
        self._busy = False
        self.arrived.emit(template)
        self._go_on()

    def _miss(self, template: Template, year: int, _error: UserError) -> None:
        """A form that cannot be printed has no picture; its words still stand in the list."""
        self._take(template, year, None)


def _draw(template: Template, year: int, task: Task) -> QImage:
    """Draw the first page of a blank form of a year."""
    from perfdesk.derive import derive
    from perfdesk.editing import new_record
    from perfdesk.exchange import pdf
    from ui.widgets.pages import first_page

    del task
    layout = derive(template, new_record(template, record_id="blank", year=year)).layout
    return first_page(pdf.render((layout,), title=template.title, made=_UNDATED), scale=SCALE)
