"""纸面 (papers): a form as it leaves the program: on the page it is printed on, its annexes behind it, with what its foot says.

One place for the window, the hand-in package and the print of a whole year. No file is written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from perfdesk.handin.naming import name_of

if TYPE_CHECKING:
    from datetime import datetime

    from perfdesk.charts import Chart
    from perfdesk.derive import Derived
    from perfdesk.fingerprint import Stamp
    from perfdesk.layout import Layout
    from perfdesk.model import Record
    from perfdesk.pagesetup import PageSetup
    from perfdesk.template import Filled

_DOCX: Final = "docx"


def with_annexes(derived: Derived, others: tuple[Filled, ...]) -> tuple[Derived, ...]:
    """Return a form, and behind a report the forms it names as its 附表. ``others`` are the other forms of its year."""
    from perfdesk.derive import derive
    from perfdesk.gathering import annexes

    behind = annexes(derived.record, others)
    return (derived, *(derive(one.template, one.record, others) for one in behind))


def layouts(
    forms: tuple[Derived, ...], kind: str, *, setups: Mapping[str, PageSetup], made: datetime
) -> tuple[Layout, ...]:
    """Return forms as they are printed or written into a file of a ``kind``; Word has pages of its own."""
    if kind == _DOCX:
        return tuple(one.layout for one in forms)
    return tuple(laid_out(one, setups.get(one.record.id), made=made) for one in forms)


def laid_out(derived: Derived, setup: PageSetup | None, *, made: datetime) -> Layout:
    """Return a form on the page it is printed on; ``made`` is the day that stands in its foot where that is wanted."""
    from perfdesk.arranging import adjustable, arrange
    from perfdesk.pagesetup import AS_DRAWN

    if setup is None or setup == AS_DRAWN or not adjustable(derived.sheet):
        return derived.layout
    found = arrange(derived.sheet, setup)
    left = name_of(derived.record, derived.template) if setup.name else ""
    right = f"{made:%Y-%m-%d} 打印" if setup.date else ""
    return found._replace(foot=found.foot._replace(left=left, right=right))


def charts(derived: Derived, others: tuple[Filled, ...]) -> tuple[Chart, ...]:
    """Return the charts that go behind a 汇总表 in its PDF."""
    from perfdesk.charts import of_summary
    from perfdesk.template import Filled

    return of_summary(Filled(derived.template, derived.record), derived.gathered, others)


def stamp_of(record: Record, stamps: Mapping[str, Stamp]) -> Stamp | None:
    """Return what a form that was handed in carries; none where it holds something else by now."""
    from perfdesk.fingerprint import fingerprint

    stamp = stamps.get(record.id)
    return stamp if stamp is not None and stamp.code == fingerprint(record) else None


def stamped(layout: Layout, stamp: Stamp | None) -> Layout:
    """Return a layout with version and 校验码 of its form in its foot, for a file of several forms."""
    if stamp is None:
        return layout
    return layout._replace(foot=layout.foot._replace(left=stamp.label, right=stamp.words))
