"""The office's own templates come along with its data file: taken up quietly, offered where they are missing, asked once."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.ownfiles import Offer, offers
from perfdesk.store.ownfiles import OwnFile
from tests.robot import Open, Robot
from ui.ownfiles import words

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "resources" / "templates" / "national-2020-project-self.toml"


@pytest.fixture
def brought(open_window: Open) -> Robot:
    """A window on a data file that brings a template which this machine lacks, and a form that was filled in on it."""
    robot = open_window(empty=True)
    text = SHIPPED.read_text("utf-8").replace('title = "项目支出绩效自评表"', 'title = "本县自评表"', 1)
    text = text.replace("财预", "某县财预", 1)
    robot.window.forms.store.own_files.keep([OwnFile("templates/our-county.toml", text, datetime.now(UTC))])
    return robot


def answer(robot: Robot, key: str) -> None:
    """Look what is missing here, and answer the question."""
    robot.window.errands.own_files.begin()
    robot.settle()
    robot.window.errands.own_files.decide(offers(robot.window.forms.store), key)


def questions(robot: Robot) -> int:
    return sum("放进来" in one for one in robot.answers.said)


def test_a_template_that_is_missing_here_is_offered_and_then_usable(brought: Robot) -> None:
    assert "our-county" not in brought.window.forms.templates
    answer(brought, "put")
    assert "表样“our-county”" in brought.answers.said[-1]
    assert brought.window.forms.templates["our-county"].title == "本县自评表"
    assert (places.own_templates() / "our-county.toml").is_file()
    assert brought.toast() == "已放进 1 份，用到它们的表可以打开了"


def test_who_does_not_want_them_is_not_asked_again(brought: Robot) -> None:
    for key, asked in (("cancel", 1), ("leave", 2), ("leave", 2)):
        answer(brought, key)
        assert questions(brought) == asked
    assert not places.own_templates().exists()


def test_what_lies_here_is_taken_along_before_a_backup(brought: Robot) -> None:
    answer(brought, "put")
    shutil.copy(places.own_templates() / "our-county.toml", places.own_templates() / "second.toml")
    brought.window.errands.safekeeping.begin()
    brought.window.errands.safekeeping.look()
    brought.settle()
    kept = {one.name for one in brought.window.forms.store.own_files.kept()}
    assert kept == {"templates/our-county.toml", "templates/second.toml"}


def test_a_place_that_takes_nothing_is_said(brought: Robot) -> None:
    places.data_folder().mkdir(exist_ok=True)
    places.own_templates().write_text("in the way", "utf-8")
    answer(brought, "put")
    assert "写不进去" in brought.answers.said[-1]


def test_after_a_restore_of_the_whole_they_are_offered(brought: Robot) -> None:
    brought.window.errands.restoring.exchanged.emit()
    brought.settle()
    assert questions(brought) == 1


def test_an_older_one_here_is_said_to_be_replaced() -> None:
    files = [Offer(OwnFile(f"templates/{at}.toml", "", datetime.now(UTC)), replaces=at > 5) for at in range(8)]
    fact, advice = words(tuple(files))
    assert "8 份" in fact
    assert "表样“5”等。其中 2 份这台电脑上有旧的，换下的改名留在旁边。" in advice
