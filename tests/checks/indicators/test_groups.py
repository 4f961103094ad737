"""一级指标: rows that read as part of a group they do not belong to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.support import (
    GOOD,
    PRINTED_GROUPS,
    QIANNAN,
    ROWS,
    TEMPLATES,
    codes,
    fixed,
    found,
    label,
    one,
    row,
    with_row,
)


def test_a_kind_that_the_form_itself_prints_in_the_group_above_is_no_stray() -> None:
    hubei = TEMPLATES["hubei-2020-project-self"]
    rows = tuple(replace(one, name=f"指标{at}") for at, one in enumerate(hubei.starter))
    merged = (*rows[:-1], replace(rows[-2], level2="社会效益指标"), replace(rows[-1], level1=""))
    assert found(replace(GOOD, indicators=merged), "level1-missing", hubei) == []


def test_rows_without_a_first_level_are_named() -> None:
    finding = one(with_row(4, level1=""), "level1-missing")
    assert finding.where == "效益指标"
    assert finding.message == "社会效益指标的一级指标是空的，读起来像是产出指标。"
    assert label(finding.fix) == "一级指标填效益指标"
    assert codes(fixed(with_row(4, level1=""), finding.fix)) == set()


@pytest.mark.parametrize(
    "record",
    [
        with_row(1, level1=""),  # 质量指标 under 产出指标: a merged cell
        with_row(3, level1=""),  # 成本指标 may stand anywhere
        with_row(4, level1="", name=""),
    ],
)
def test_merged_cells_are_no_missing_first_level(record: object) -> None:
    assert found(record, "level1-missing") == []  # type: ignore[arg-type]


def test_a_form_may_begin_without_a_first_level() -> None:
    finding = one(with_row(0, level1=""), "level1-missing")
    assert (finding.where, "看不出属于哪一类" in finding.message) == ("产出指标", True)


def test_no_fix_where_a_printed_weight_would_break_or_rows_lie_apart() -> None:
    printed = with_row(4, replace(GOOD, indicators=PRINTED_GROUPS), level1="")
    assert one(printed, "level1-missing").fix is None
    stray = row("社会效益指标", "群众知晓率", "≥80%", "85%", "5")
    rows = (ROWS[0], replace(stray, level1=""), ROWS[1], replace(stray, level1="", name="群众参与率"))
    assert [each.fix for each in found(replace(GOOD, indicators=rows), "level1-missing")] == [None]


def test_forms_without_first_levels_are_not_asked_for_them() -> None:
    assert found(with_row(4, level1=""), "level1-missing", replace(QIANNAN, blocks=())) == []
