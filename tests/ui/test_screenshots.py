"""The pictures of the handbook: every dialog has its scene, every scene its picture with the same words, and they can be taken."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from perfdesk.places import resources
from tests.workshop import script

if TYPE_CHECKING:
    from types import ModuleType

    from scenes import Scene

    from tests.robot import Robot

SHOWN = dict(
    re.findall(r"!\[([^\]]+)\]\(pictures/([\w-]+)\.png\)", (resources() / "manual" / "manual.md").read_text("utf-8"))
)


@pytest.fixture
def scenes() -> ModuleType:
    return script("scenes")


@pytest.fixture
def every_scene(scenes: ModuleType) -> tuple[Scene, ...]:
    return (*scenes.SCENES, *script("scenes_files").FILE_SCENES, *script("scenes_keeping").KEEPING_SCENES)


def test_every_scene_is_shown_in_the_handbook_with_its_words(every_scene: tuple[Scene, ...]) -> None:
    assert {one.words: one.name for one in every_scene} == SHOWN


@pytest.mark.parametrize(
    "name",
    [
        "keys",
        "policy",
        "versions",
        "fill",
        "backup",
        "update",
        "go-back",
        "restore",
        "salvage",
        "password",
        "recovery-key",
        "unlock",
        "import-preview",
    ],
)
def test_a_scene_brings_its_dialog(
    scenes: ModuleType, every_scene: tuple[Scene, ...], robot: Robot, tmp_path: Path, name: str
) -> None:
    from ui import samples

    samples.fill(robot.window.forms)
    robot.settle()
    scene = next(one for one in every_scene if one.name == name)
    shown = scene.act(scenes.Stage(robot.window, tmp_path))
    assert shown.isVisible()
    assert shown is not robot.window
    shown.close()


def test_a_scene_that_does_not_come_about_says_so(scenes: ModuleType, robot: Robot, tmp_path: Path) -> None:
    stage = scenes.Stage(robot.window, tmp_path)
    robot.window.commands["send_back"].setEnabled(False)
    with pytest.raises(LookupError, match="send_back"):
        stage.asked("send_back")
