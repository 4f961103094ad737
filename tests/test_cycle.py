"""一年的环节: dates that the office can change, and ticks that follow from the forms alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.cycle import Cycle, Progress, Stage, Step, office_cycle, read_cycle, stages, year_in_work
from perfdesk.errors import UserError
from perfdesk.model import FormKind, Verdict
from perfdesk.overview import HANDED_IN, Row

SHIPPED = places.resources() / "cycle.toml"
DONE, NOW, LATE, AHEAD = Progress.DONE, Progress.NOW, Progress.LATE, Progress.AHEAD


def row(kind: FormKind, name: str = "法律援助经费", done: str = "1") -> Row:
    return Row(f"{kind}{name}", name, 2020, kind, None, Verdict.READY, Decimal(done))


def handed_in() -> tuple[Row, ...]:
    return tuple(replace(row(kind), submitted=True) for kind in HANDED_IN)


GOALS = (row(FormKind.PROJECT_GOAL), row(FormKind.DEPARTMENT_GOAL))


@pytest.fixture
def cycle() -> Cycle:
    return read_cycle(SHIPPED, Path("nowhere.toml"))


def test_the_shipped_file_names_every_kind_of_a_whole_year(cycle: Cycle) -> None:
    assert cycle.hand_in == HANDED_IN
    assert {kind for step in cycle.steps for kind in step.kinds} == set(HANDED_IN)
    assert all(step.source for step in cycle.steps)


@pytest.mark.parametrize(
    ("rows", "today", "wanted"),
    [
        ((), date(2019, 11, 1), [(NOW, "12月31日截止"), (AHEAD, "8月底"), (AHEAD, "2021-03")]),
        ((), date(2018, 11, 1), [(NOW, "2019年12月31日截止"), (AHEAD, "8月底"), (AHEAD, "2021-03")]),
        (GOALS, date(2020, 2, 1), [(DONE, "2019-12"), (NOW, "8月31日截止"), (AHEAD, "2021-03")]),
        (GOALS[:1], date(2020, 2, 1), [(LATE, "2019-12"), (NOW, "8月31日截止"), (AHEAD, "2021-03")]),
        (
            (*GOALS, row(FormKind.PROJECT_MONITORING, done="0.9")),
            date(2020, 8, 31),
            [(DONE, "2019-12"), (NOW, "8月31日截止"), (AHEAD, "2021-03")],
        ),
        (
            (*GOALS, row(FormKind.PROJECT_MONITORING), row(FormKind.PROJECT_GOAL, "普法经费")),
            date(2021, 3, 1),
            [(DONE, "2019-12"), (LATE, "8月底"), (NOW, "3月31日截止")],
        ),
    ],
)
def test_steps_follow_from_forms_and_dates(
    cycle: Cycle, rows: tuple[Row, ...], today: date, wanted: list[tuple[Progress, str]]
) -> None:
    found = stages(cycle, 2020, rows, today)
    assert [(one.progress, one.when) for one in found[:3]] == wanted


def test_what_is_published_is_never_ticked(cycle: Cycle) -> None:
    found = stages(cycle, 2020, (), date(2030, 1, 1))
    assert found[3:] == (Stage("上报盖章", AHEAD, "自评后"), Stage("公开", AHEAD, "随决算"))
    assert stages(cycle, 2020, handed_in(), date(2030, 1, 1))[4] == found[4]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (handed_in(), DONE),
        (handed_in()[1:], AHEAD),
        ((*handed_in()[1:], replace(handed_in()[0], submitted=False)), NOW),
        ((*handed_in()[1:], replace(handed_in()[0], submitted=False, completion=Decimal("0.5"))), AHEAD),
        ((*handed_in(), row(FormKind.PUBLICATION_LIST, "公开目录")), DONE),
    ],
    ids=("all", "one lacks", "filled and not handed in", "not filled", "what need not be handed in"),
)
def test_the_hand_in_is_ticked_when_everything_was_handed_in(
    cycle: Cycle, rows: tuple[Row, ...], wanted: Progress
) -> None:
    assert stages(cycle, 2020, rows, date(2020, 12, 1))[3].progress is wanted


def test_an_office_that_lists_nothing_hands_in_what_it_has() -> None:
    cycle = Cycle((Step("上报", 0, 0, 0, "", (), "县财政局通知", submitted=True),), ())
    assert stages(cycle, 2020, handed_in()[:2], date(2020, 12, 1))[0].progress is DONE
    assert stages(cycle, 2020, GOALS, date(2020, 12, 1))[0].progress is NOW
    assert stages(cycle, 2020, (), date(2020, 12, 1))[0].progress is NOW


def test_forms_of_another_year_do_not_count(cycle: Cycle) -> None:
    assert stages(cycle, 2021, GOALS, date(2020, 2, 1))[0].progress is NOW


def test_the_office_puts_its_own_dates_over_them(tmp_path: Path) -> None:
    own = tmp_path / "cycle.toml"
    own.write_text(
        '[[step]]\nname = "自评"\nyear = 1\nmonth = 2\nday = 29\nkinds = ["report"]\nsource = "县财政局通知"\n', "utf-8"
    )
    read = read_cycle(SHIPPED, own)
    assert read.hand_in == ()
    assert read.steps[0].due(2020) == date(2021, 2, 28), "a year without that day"
    assert read.steps[0].due(2023) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('hand_in = ["reprot"]', 'hand_in：没有表种 "reprot"，是否为 "report"？'),
        ('[[step]]\nname = "自评"\nmonth = 2\nday = 30\nsource = ""', "step[0]：没有 2 月 30 日这一天，请改日期。"),
        ('[[step]]\nname = "自评"\nmonth = 13\nday = 1\nsource = ""', "step[0]：没有 13 月 1 日这一天，请改日期。"),
        ('[[step]]\nname = "自评"\nyear = 0.5\nsource = ""', 'step[0].year："0.5" 应为整数。'),
        ('[[step]]\nname = "自评"\nsource = ""\nmonht = 2', "step[0]：未知的项"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    own = tmp_path / "cycle.toml"
    own.write_text(text, "utf-8")
    with pytest.raises(UserError) as told:
        read_cycle(SHIPPED, own)
    assert str(told.value).startswith(f"cycle.toml：{says}")


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2027, 1, 1), 2026),
        (date(2027, 3, 31), 2026),  # 自评 of 2026 is due today
        (date(2027, 4, 1), 2027),
        (date(2027, 11, 21), 2027),  # goal tables of 2028 are declared ahead
    ],
)
def test_last_years_forms_are_the_work_of_the_day_until_they_are_due(cycle: Cycle, today: date, year: int) -> None:
    assert year_in_work(cycle, today) == year


def test_a_mistake_in_the_offices_dates_is_told_and_the_programs_count(
    cycle: Cycle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "cycle.toml"
    monkeypatch.setattr(places, "own_cycle", lambda: own)
    assert office_cycle() == (cycle, None)
    own.write_text("[[step]]\nname = 3\n", encoding="utf-8")
    found, error = office_cycle()
    assert found == cycle
    assert error is not None
    assert "cycle.toml" in str(error)
