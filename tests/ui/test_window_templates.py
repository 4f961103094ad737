"""新建表 in the real window: templates by kind with their pictures, those of the office, and one with a mistake."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.qt_tools import children, click
from tests.robot import Open, Robot
from ui.dialogs.export import ExportDialog
from ui.dialogs.new_form import NewFormDialog
from ui.dialogs.picker import UNUSABLE, Entry

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "resources" / "templates" / "national-2020-project-self.toml"


def _own(folder: Path, name: str, text: str) -> Path:
    path = folder / "data" / "templates" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _picker(robot: Robot) -> NewFormDialog:
    robot.press("Ctrl+N")
    return cast(NewFormDialog, robot.dialog(NewFormDialog))


def _find(dialog: NewFormDialog, words: str) -> Entry:
    return next(one for one in dialog.list.entries() if words in one.words)


def test_templates_stand_under_their_kind(open_window: Open) -> None:
    dialog = _picker(open_window(empty=True))
    words = [one.words for one in dialog.list.entries()]
    assert words[0] == "自评表"
    heads = [one for one in dialog.list.entries() if not one.about]
    assert all(one.template is None for one in heads)
    chosen = dialog.list.current()
    assert chosen is not None
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.list.current() is not chosen
    dialog.reject()


def test_own_forms_come_first_and_then_those_of_the_ministry(open_window: Open, folder: Path) -> None:
    text = SHIPPED.read_text("utf-8").replace('title = "项目支出绩效自评表"', 'title = "自己的自评表"', 1)
    _own(folder, "our-county", text.replace("财预", "某县财预", 1))
    dialog = _picker(open_window(empty=True))
    ids = [one.template.id for one in dialog.list.entries() if one.template]
    assert ids[:3] == ["our-county", "national-2020-project-self", "national-2021-project-self"]
    dialog.search.setText("自评")
    assert dialog.list.current() is not None
    dialog.reject()


def test_the_picture_of_the_blank_form_arrives_and_stays(open_window: Open) -> None:
    robot = open_window(empty=True)
    dialog = _picker(robot)
    template = dialog.list.current()
    assert template is not None
    pictures = dialog.thumbnails
    robot.until(lambda: pictures.picture(template) is not None)
    picture = pictures.picture(template)
    assert picture is not None
    inks = {picture.pixelColor(x, y).lightness() for x in range(0, picture.width(), 3) for y in range(0, 200, 3)}
    assert max(inks) == 255
    assert min(inks) < 128
    dialog.reject()
    again = _picker(robot)
    assert again.thumbnails.picture(template) is picture
    again.reject()


def test_the_pictures_are_of_the_year_that_is_typed(open_window: Open) -> None:
    robot = open_window(empty=True)
    dialog = _picker(robot)
    template = dialog.list.current()
    assert template is not None
    pictures = dialog.thumbnails
    robot.until(lambda: pictures.picture(template) is not None)
    before = pictures.picture(template)
    dialog.year.setText("2031")
    robot.until(lambda: pictures.picture(template) is not before)
    assert pictures.picture(template) != before
    dialog.year.setText("2")
    dialog.year.setText("2031")
    robot.settle()
    dialog.reject()


def test_the_list_opens_with_its_first_head_in_sight(open_window: Open) -> None:
    dialog = _picker(open_window(empty=True))
    assert dialog.list.verticalScrollBar().value() == 0
    dialog.reject()


def test_what_is_typed_above_the_list_narrows_it(open_window: Open) -> None:
    dialog = _picker(open_window(empty=True))
    dialog.search.setText("黔南")
    assert {one.template.id for one in dialog.list.entries() if one.template} == {"qiannan-2024-project-self"}
    dialog.search.setText("没有这样的")
    create = next(one for one in children(dialog, QPushButton) if one.text() == "建立")
    assert not create.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    dialog.search.setText("")
    assert create.isEnabled()
    dialog.reject()


def test_a_template_put_into_the_folder_is_usable_at_once(open_window: Open, folder: Path) -> None:
    robot = open_window(empty=True)
    _picker(robot).reject()
    _own(folder, "our-form", SHIPPED.read_text(encoding="utf-8").replace('title = "', 'title = "本县', 1))
    dialog = _picker(robot)
    assert _find(dialog, "本县").own
    dialog.choose("our-form")
    dialog.accept()
    assert robot.document.template.id == "our-form"


def test_a_template_with_a_mistake_is_listed_with_it_and_the_program_starts(open_window: Open, folder: Path) -> None:
    _own(folder, "wrong-form", SHIPPED.read_text(encoding="utf-8").replace("title", "tilte", 1))
    robot = open_window(empty=True)
    assert "用不了" in robot.toast()
    assert robot.answers.said == []
    dialog = _picker(robot)
    assert _find(dialog, UNUSABLE).template is None
    entry = _find(dialog, "wrong-form.toml")
    assert entry.template is None
    assert entry.about == 'wrong-form.toml：缺少 "title"，请补上。'
    create = next(one for one in children(dialog, QPushButton) if one.text() == "建立")
    assert create.isEnabled()
    QTest.keyClick(dialog.list, Qt.Key.Key_End)
    assert dialog.list.current() is None
    assert not create.isEnabled()
    dialog.reject()


def test_the_folder_of_templates_opens(open_window: Open, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", opened.append)
    dialog = _picker(open_window(empty=True))
    click(next(one for one in children(dialog, QPushButton) if one.text() == "打开表样文件夹"))
    assert [Path(one.toLocalFile()) for one in opened] == [folder / "data" / "templates"]
    assert (folder / "data" / "templates").is_dir()
    dialog.reject()


def test_a_form_without_scores_shows_no_total(open_window: Open) -> None:
    robot = open_window(empty=True)
    for name, rate, total in (
        ("zhijiang-2024-project-goal", False, False),
        ("national-2019-project-monitoring", True, False),
        ("lingling-2022-publication-list", False, False),
        ("national-2020-project-self", True, True),
    ):
        robot.window.session.open(robot.window.forms.create(name, year=2024, name="", bureau=""))
        shown = [one.text() for one in children(robot.window.status, QLabel) if one.isVisible()]
        assert ("执行率" in shown, "总分" in shown) == (rate, total)


def test_a_report_goes_to_word_and_says_why_not_to_excel(open_window: Open, folder: Path) -> None:
    robot = open_window(empty=True)
    robot.window.session.open(robot.window.forms.create("lingling-2022-report", year=2022, name="", bureau=""))
    robot.window.commands["export"].trigger()
    dialog = cast(ExportDialog, robot.dialog(ExportDialog))
    assert not dialog.boxes["xlsx"].isEnabled()
    assert "报告不是表格" in dialog.boxes["xlsx"].text()
    for key, box in dialog.boxes.items():
        box.setChecked(key == "docx")
    dialog.name.setText("报告")
    dialog.folder.setText(str(folder))
    dialog.accept()
    robot.until((folder / "报告.docx").exists)
    robot.settle()
