"""personal-data: mobile and identity numbers of nobody (invented, with a right or wrong check digit)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.checks.form.personal import personal_in
from perfdesk.editing import new_record
from perfdesk.model import Binding, Block, ListRow, Section, Severity
from tests.checks.support import GOOD, TEMPLATES, codes, found, one, with_row, with_values


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("联系人电话13800138000", ("手机号",)),
        ("138 0013 8000", ("手机号",)),
        ("138-0013-8000", ("手机号",)),
        ("138****8000", ()),
        ("0745-5212345", ()),
        ("12345678901234", ()),
        ("执行数13800138000.55元", ()),
        ("11010519491231002X", ("身份证号",)),
        ("11010519491231002x，13800138000", ("手机号", "身份证号")),
        ("110105194912310021", ()),  # wrong check digit
        ("110105194913310021", ()),  # no such month
        ("110105179912310024", ()),
        ("", ()),
    ],
)
def test_numbers_of_people_are_told_from_other_numbers(text: str, told: tuple[str, ...]) -> None:
    assert personal_in(text) == told


def test_a_form_says_it_once_and_marks_every_place() -> None:
    record = with_row(1, with_values(GOOD, goal_actual="负责人 13800138000"), reason="详询 13900139000")
    hint = one(record, "personal-data")
    assert hint.severity is Severity.HINT
    assert (hint.where, hint.title) == ("实际完成情况", "有手机号")
    assert hint.message == "实际完成情况等 2 处有手机号。要公开的表请改为办公电话，或在公开前删去；不公开的可不改。"
    assert hint.also == (Binding(Block.INDICATORS, "reason", row=1),)


def test_a_name_and_a_row_without_a_name_have_words_for_their_place() -> None:
    assert one(with_row(0, name="办案（13800138000）"), "personal-data").where == "三级指标"
    assert one(with_row(0, name="", remark="13800138000"), "personal-data").where == "备注"


def test_lists_and_reports_are_read_too() -> None:
    template = TEMPLATES["lingling-2022-publication-list"]
    blank = new_record(template, record_id="1", year=2022)
    listed = replace(blank, rows=(ListRow.of({"agency": "青山县司法局", "nobody": "13800138000"}),))
    assert found(listed, "personal-data", template)[0].where == "nobody"
    report = TEMPLATES["lingling-2022-report"]
    written = replace(blank, template_id=report.id, sections=(Section(1, "一、基本情况", ("电话 13800138000。",)),))
    assert found(written, "personal-data", report)[0].binding == Binding(Block.SECTIONS, "0", row=0)


def test_a_form_without_any_is_left_in_peace() -> None:
    assert "personal-data" not in codes(GOOD)
