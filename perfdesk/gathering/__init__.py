"""汇集 (gathering): what a form takes from the other forms of its year.

    figures   数据项 a report can take              summary   rows and total of a 汇总表
    chain     目标表 -> 监控表 -> 自评表             offers    figures that other forms have ready for blank cells
    annexes   the forms that go behind a report

Pure functions of the forms. Nothing is written into anybody's form but the rows of a list that is, by its nature, the sum of
others. Forms of another office or year are not looked at.
"""

from __future__ import annotations

from perfdesk.gathering.annexes import ANNEXES, annex_key, annexes
from perfdesk.gathering.facts import offices_of, same_forms, same_office
from perfdesk.gathering.figures import figures, gathered
from perfdesk.gathering.summary import computed_rows, gathered_forms, renew, total_row
from perfdesk.model import FormKind, Gathered, Record
from perfdesk.template import Filled, Template

__all__ = ["ANNEXES", "annex_key", "annexes", "figures", "gather", "offices_of", "renew", "same_forms", "same_office"]
_NOTHING = Gathered()


def gather(template: Template, record: Record, others: tuple[Filled, ...]) -> Gathered:
    """Gather the data items of the year's forms for a report, the computed rows and the total row for a 汇总表."""
    if template.gathers is not None:
        rows = computed_rows(record, gathered_forms(template, record, others))
        return Gathered(rows=rows, total=total_row(record, rows))
    if template.kind is FormKind.REPORT:
        return gathered(record, others)
    return _NOTHING
