"""Four published self-assessments of two offices: the small data that most tests of the window work on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from perfdesk.exchange import exchange

if TYPE_CHECKING:
    from ui.forms import Forms

FILES: Final = tuple(sorted((Path(__file__).parent / "samples").glob("*.json")))


def put_in(forms: Forms) -> None:
    """Put them into an open store."""
    forms.adopt(record for path in FILES for record in exchange.read_records(path, forms.templates).records)
    forms.relist()
