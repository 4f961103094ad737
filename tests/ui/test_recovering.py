"""After a crash: one sentence of what is there; otherwise none."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.store import Entry, Recovered
from tests.robot import LEGAL_AID, Answers, Open, Robot
from ui.dialogs import MessageDialog
from ui.recovering import sentence

MOMENT = datetime(2026, 3, 18, 14, 31).astimezone()


class Shown(Answers):
    """Shows the messages that need no waiting."""

    def show(self, dialog: MessageDialog) -> None:
        super().show(dialog)
        dialog.open()


def crash(robot: Robot, folder: Path) -> None:
    """Leave the store as a crash would, under another name."""
    for end in ("", ".lock"):
        shutil.copy(folder / f"office.db{end}", folder / f"crashed.db{end}")


def test_the_next_start_says_what_is_there(robot: Robot, open_window: Open, folder: Path) -> None:
    robot.type("主管部门", "青山县司法局")
    robot.type("实施单位", "青山县法律援助中心")
    robot.save_wait()
    crash(robot, folder)
    after = open_window("crashed.db")
    (said,) = after.answers.said
    assert said.startswith(f"上次没有正常关闭。已找回“{LEGAL_AID}”今天 ")
    assert said.endswith(" 以前填的全部内容，改过 2 格。")


def test_the_form_is_one_click_away(robot: Robot, open_window: Open, folder: Path) -> None:
    robot.type("主管部门", "青山县司法局")
    robot.save_wait()
    crash(robot, folder)
    after = open_window("crashed.db", answers=Shown())
    after.window.session.close()
    dialog = cast(MessageDialog, after.dialog(MessageDialog))
    assert dialog.labels() == ("打开接着填", "知道了")
    dialog.press("open")
    assert after.text("主管部门") == "青山县司法局"


def test_where_nothing_was_changed_nothing_is_said(robot: Robot, open_window: Open, folder: Path) -> None:
    crash(robot, folder)
    assert open_window("crashed.db").answers.said == []


def test_after_a_proper_end_nothing_is_said(robot: Robot, open_window: Open) -> None:
    robot.type("主管部门", "青山县司法局")
    assert robot.close()
    assert open_window().answers.said == []


def entry(name: str, minutes: int = 0) -> Entry:
    return Entry(name, "t", 2020, MoneyUnit.WAN, name, "", "", MOMENT - timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("cells", "today", "words"),
    [
        ((3,), date(2026, 3, 18), "已找回“表1”今天 14:31 以前填的全部内容，改过 3 格。"),
        ((3,), date(2026, 3, 19), "已找回“表1”3月18日 14:31 以前填的全部内容，改过 3 格。"),
        (
            (3, 1),
            date(2026, 3, 18),
            "已找回 2 张表今天 14:31 以前填的全部内容，改过 4 格：“表1”3 格、“表2”1 格。",
        ),
        (
            (1,) * 6,
            date(2026, 3, 18),
            "已找回 6 张表今天 14:31 以前填的全部内容，改过 6 格：“表1”、“表2”、“表3”、“表4”、“表5”等。",
        ),
    ],
)
def test_the_sentence(cells: tuple[int, ...], today: date, words: str) -> None:
    names = tuple(f"表{number}" for number in range(1, len(cells) + 1))
    found = tuple(Recovered(entry(name, at), count) for at, (name, count) in enumerate(zip(names, cells, strict=True)))
    assert sentence(found, names, today) == words
