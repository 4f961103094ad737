"""What the files of a hand-in package are called: the office's own pattern, safe on every disk, no two alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.editing import new_record
from perfdesk.errors import UserError
from perfdesk.exchange.files import MAX_NAME_BYTES
from perfdesk.handin.naming import PATTERN, check_pattern, distinct, stems
from perfdesk.template import Filled, Template


@pytest.fixture
def template(templates: Mapping[str, Template]) -> Template:
    return templates["national-2020-project-self"]


def form(template: Template, name: str, bureau: str = "青山县司法局") -> Filled:
    record = new_record(template, record_id=name, year=2020, bureau=bureau)
    return Filled(template, replace(record, values={"project_name": name}))


@pytest.mark.parametrize(
    ("pattern", "name", "wanted"),
    [
        (PATTERN, "法律援助工作经费", "01-法律援助工作经费-自评表"),
        ("{序号}-{项目名称}-自评表.xlsx", "法律援助工作经费", "01-法律援助工作经费-自评表"),
        ("{年度}年{单位}_{项目名称}（报{报送给}）", "普法", "2020年青山县司法局_普法（报县财政局）"),
        ("{ 序号 } {表名}", "普法", "01 项目支出绩效自评表"),
        (PATTERN, "援助/调解：2020*", "01-援助_调解：2020_-自评表"),
        (PATTERN, "普法\u202e\n经费", "01-普法经费-自评表"),
        ("{项目名称}", "CON", "_CON"),
        ("{项目名称}", "", "项目支出绩效自评表"),
        ("{报送给}-{项目名称}", "普法.", "县财政局-普法"),
    ],
)
def test_a_form_is_named_after_the_pattern(template: Template, pattern: str, name: str, wanted: str) -> None:
    assert stems((form(template, name),), pattern, recipient="县财政局") == (wanted,)


def test_a_form_without_a_short_word_for_its_kind_is_called_by_its_title(templates: Mapping[str, Template]) -> None:
    template = templates["summary-project-self"]
    assert stems((form(template, ""),), PATTERN, recipient="") == (f"01-{template.title}",)


def test_files_of_one_name_are_numbered(template: Template) -> None:
    forms = (form(template, "普法"), form(template, "普法"), form(template, "普法"))
    assert stems(forms, "{项目名称}") == ("普法", "普法（2）", "普法（3）")
    assert distinct(("A", "a", "a（2）")) == ("A", "a（2）", "a（2）（2）")


def test_a_hundred_forms_are_numbered_with_three_digits(template: Template) -> None:
    names = stems(tuple(form(template, f"项目{n}") for n in range(100)), PATTERN)
    assert (names[0], names[99]) == ("001-项目0-自评表", "100-项目99-自评表")


def test_a_long_name_is_cut_for_disks_and_for_the_folder_it_lies_in(template: Template) -> None:
    long = form(template, "关于进一步加强基层司法所规范化建设" * 20)
    (plain,) = stems((long,), PATTERN)
    assert len(plain.encode()) <= MAX_NAME_BYTES
    (deep,) = stems((long,), PATTERN, folder="C:/" + "深" * 200)
    assert len(deep) < len(plain)
    assert len(f"C:/{'深' * 200}/{deep}（12）.xlsx") <= 255


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("{序号}-{项目}", "“{项目}”"),
        ("{序号-{项目名称}", "不成对"),
        ("自评表", "就同名了"),
        ("", "就同名了"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_what_can(pattern: str, told: str) -> None:
    with pytest.raises(UserError) as trouble:
        check_pattern(pattern)
    assert told in str(trouble.value)
    assert "{项目名称}" in str(trouble.value)


@given(st.lists(st.text(max_size=300), min_size=1, max_size=5))
def test_whatever_a_project_is_called_its_file_can_be_written(names: list[str]) -> None:
    found = distinct(names)
    assert len({one.casefold() for one in found}) == len(names)
