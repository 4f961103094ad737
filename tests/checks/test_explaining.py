"""Every finding can say why it matters, where that is written and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.checks.catalogue import CATALOGUE
from perfdesk.checks.explaining import explain, explanations, read_explanations
from perfdesk.errors import UserError


def test_every_code_is_explained_in_whole_sentences() -> None:
    found = explanations()
    assert list(found) == list(CATALOGUE)
    for one in found.values():
        assert one.why.endswith("。")
        assert one.what.endswith("。")
        assert one.source


def test_the_words_are_those_of_the_program() -> None:
    for one in explanations().values():
        for word in ("失败", "非法", "无效", "异常", "抱歉", "！", "模板", "记录", "系统的错误"):
            assert word not in one.why + one.what, one


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError, match="weight-sum"):
        explain("wieght-sum")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", '缺少 "weight-sum"'),
        ('[weight-sum]\nwhy = "甲"\nsource = "乙"\n', 'weight-sum：缺少 "what"'),
        ('[weight-sum]\nwhy = "甲"\nsource = "乙"\nwhat = "丙"\nwhen = ""\n', 'weight-sum：未知的项 "when"'),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "findings.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as error:
        read_explanations(path)
    assert says in str(error.value)


def test_a_code_that_is_not_in_the_catalogue_is_refused(tmp_path: Path) -> None:
    text = "".join(f'[{code}]\nwhy = "甲"\nsource = "乙"\nwhat = "丙"\n' for code in (*CATALOGUE, "weight-som"))
    path = tmp_path / "findings.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError, match="weight-sum"):
        read_explanations(path)
