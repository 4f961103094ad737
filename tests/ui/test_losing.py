"""Edits that an earlier session noted and did not save are asked about; a journal that the disk does not take is told of once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest

from perfdesk.model import Record, VersionKind
from perfdesk.store.recovery import Lost
from tests.robot import LEGAL_AID, Answers, Open, Robot
from ui.dialogs import MessageDialog
from ui.losing import sentence

MOMENT = datetime(2026, 3, 18, 14, 31).astimezone()
TYPED = "青山县司法局（没存上）"


class Shown(Answers):
    """Shows the messages that need no waiting."""

    def show(self, dialog: MessageDialog) -> None:
        super().show(dialog)
        dialog.open()


def leave_behind(robot: Robot) -> str:
    """Have an edit in the journal that the data file never got, and close; the id of the form."""
    record = robot.document.record
    robot.window.forms.store.note(replace(record, values={**record.values, "department": TYPED}), record)
    assert robot.close()
    return record.id


def asked(open_window: Open, answer: str) -> Robot:
    after = open_window(answers=Shown())
    dialog = cast(MessageDialog, after.dialog(MessageDialog))
    assert dialog.labels() == ("不要", "另存为新表", "收回")
    dialog.press(answer)
    after.settle()
    return after


def test_it_is_said_which_form_and_how_much(robot: Robot, open_window: Open) -> None:
    leave_behind(robot)
    (said,) = open_window().answers.said
    assert said.startswith(f"有 1 张表改过的内容没有存上。“{LEGAL_AID}”（2020）今天 ")
    assert "改过 1 处。收回：" in said


def test_taken_back_it_is_in_the_form(robot: Robot, open_window: Open) -> None:
    record_id = leave_behind(robot)
    after = asked(open_window, "take")
    assert after.window.forms.store.load(record_id).value("department") == TYPED
    assert after.window.toast.text() == "已收回 1 张表没存上的改动"
    assert after.close()
    assert open_window().answers.said == []


def test_kept_apart_it_is_another_form(robot: Robot, open_window: Open) -> None:
    record_id = leave_behind(robot)
    listed = robot.listed()
    after = asked(open_window, "apart")
    assert len(after.listed()) == len(listed) + 1
    assert after.window.forms.store.load(record_id).value("department") != TYPED
    assert after.close()
    assert open_window().answers.said == []


def test_dropped_nobody_asks_again(robot: Robot, open_window: Open) -> None:
    record_id = leave_behind(robot)
    after = asked(open_window, "drop")
    assert after.window.forms.store.load(record_id).value("department") != TYPED
    assert after.close()
    assert open_window().answers.said == []


def test_not_decided_it_is_asked_again(robot: Robot, open_window: Open) -> None:
    leave_behind(robot)
    after = open_window(answers=Shown())
    cast(MessageDialog, after.dialog(MessageDialog)).reject()
    assert after.close()
    assert len(open_window().answers.said) == 1


def test_a_handed_in_form_says_why_it_takes_nothing(robot: Robot, open_window: Open) -> None:
    store = robot.window.forms.store
    store.versions.keep(robot.document.record, VersionKind.SUBMITTED)
    leave_behind(robot)
    after = asked(open_window, "take")
    assert "本表已上报，改动没有存上" in after.answers.said[-1]


def test_a_journal_that_cannot_be_written_is_told_of_once(robot: Robot, folder: Path) -> None:
    edits = folder / "office.db.edits"
    edits.unlink(missing_ok=True)
    edits.mkdir()
    robot.type("主管部门", "青山县司法局")
    robot.until(lambda: robot.window.toast.text().startswith("改动流水写不进去，表照常自动保存"))
    robot.window.toast.press("看原因")
    assert "office.db.edits" in robot.answers.said[-1]
    robot.save_wait()
    edits.rmdir()


@pytest.mark.parametrize(
    ("count", "follows", "stored", "words"),
    [
        (1, True, True, "“普法0”（2020）今天 14:31 改过 3 处。"),
        (1, False, True, "“普法0”（2020）今天 14:31 改过 3 处，数据文件里的后来又改过。"),
        (
            2,
            True,
            False,
            "“普法0”（2020）今天 14:31 的内容在数据文件里没有；“普法1”（2020）今天 14:31 的内容在数据文件里没有。",
        ),
    ],
)
def test_the_sentence(count: int, follows: bool, stored: bool, words: str) -> None:
    records = [Record(f"f{at}", "t", 2020, values={"project_name": f"普法{at}"}) for at in range(count)]
    found = tuple(Lost(one, one if stored else None, MOMENT, 3, follows) for one in records)
    assert sentence(found, MOMENT) == words


def test_many_forms_are_not_all_named() -> None:
    record = Record("f", "t", 2020, values={"project_name": "普法"})
    said = sentence((Lost(record, record, MOMENT, 3, True),) * 7, MOMENT.replace(month=5))
    assert said.count("3月18日 14:31") == 6
    assert said.endswith("等。")
