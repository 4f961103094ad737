"""Forms whose every edit can be told from the others: what the ledger of a fault run calls form 3 after edit 41."""

from __future__ import annotations

from typing import Final

from perfdesk.model import FundRow, Indicator, Record

CELLS: Final = 7
FORMS: Final = 4
YEAR: Final = 2026


def key_of(number: int) -> str:
    """Return the id of a form."""
    return f"form-{number}"


def form(key: str, edit: int) -> Record:
    """Return a form as it stands after an edit: a cell changed in turn, now and then rows and a long text."""
    rows = 3 + edit // 5 % 4
    return Record(
        key,
        "national-2020-project-self",
        YEAR,
        bureau="示例县司法局",
        values={
            "edit": f"{edit}",
            "project_name": f"法律援助工作经费 {key}",
            "long": "长" * (edit // 3 * 977 % 6000),
            **{f"cell{cell}": f"{edit - (edit - cell) % CELLS}" for cell in range(CELLS)},
        },
        funds=(FundRow("年度资金总额", "30", "30.00", f"{edit}", "10", "98.46%", "9.85"),),
        indicators=tuple(
            Indicator(name=f"办理案件{row}", target="≥70件", actual=f"{edit // 5}件") for row in range(rows)
        ),
        stated={"total_score": f"{edit}"},
    )


def edit_of(record: Record) -> int | None:
    """Return after which edit a form stands as it does; ``None`` where no edit made it so (a mixture, or something foreign)."""
    edit = int(record.value("edit") or -1)
    return edit if record == form(record.id, edit) else None
