"""What is said once about where the data lie and about a clock that was set back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.store import Store
from perfdesk.store.location import Kind, Risk
from tests.robot import Open, Robot
from ui.advising import clock_words, place_words


def test_a_synchronised_folder_is_advised_against_once(open_window: Open, folder: Path) -> None:
    (folder / "OneDrive").mkdir()
    first = open_window("OneDrive/office.db")
    (said,) = first.answers.said
    assert said.startswith("数据文件放在OneDrive同步的文件夹里。")
    assert first.listed()
    assert first.close()
    assert open_window("OneDrive/office.db").answers.said == []


def test_another_place_is_another_matter(open_window: Open, folder: Path) -> None:
    for name in ("OneDrive", "坚果云"):
        (folder / name).mkdir()
        window = open_window(f"{name}/office.db")
        assert len(window.answers.said) == 1
        assert window.close()


def test_a_clock_set_back_is_said_once(robot: Robot, open_window: Open, folder: Path) -> None:
    assert robot.close()
    later = datetime.now().astimezone().replace(year=2099)
    with Store.open(folder / "office.db", now=lambda: later) as store:
        record = store.load_all()[0]
        store.trash(record.id)
        store.restore(record.id)
    after = open_window()
    after.until(lambda: after.window.toast.text().startswith("电脑的时间是 "))
    assert "比上次保存（2099年" in after.window.toast.text()
    assert after.close()
    assert not open_window().window.toast.text().startswith("电脑的时间是 ")


@pytest.mark.parametrize(
    ("risk", "fact", "why"),
    [
        (
            Risk(Kind.NETWORK, "cifs", Path("/mnt/局")),
            f"数据文件放在网络位置“{Path('/mnt/局')}”",
            "网络一断",
        ),
        (Risk(Kind.SYNCED, "坚果云", Path("/a/坚果云")), "数据文件放在坚果云同步的文件夹里", "由坚果云同步"),
    ],
)
def test_the_words_name_the_place_and_the_way_out(risk: Risk, fact: str, why: str) -> None:
    said, advice = place_words(risk)
    assert said == fact
    assert why in advice
    assert "移到本机磁盘上" in advice


def test_the_words_about_the_clock() -> None:
    words = clock_words(datetime(2026, 3, 18, 14, 31).astimezone(), datetime(2026, 3, 1, 9, 0).astimezone())
    assert words.startswith("电脑的时间是 2026年3月1日 09:00，比上次保存（2026年3月18日 14:31）还早。")
