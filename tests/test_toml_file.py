"""The program's own TOML files: typed values, and exact answers to every mistake."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.toml_file import Table, did_you_mean, read_toml


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Table]:
    """Read a text as the file ``f.toml``."""

    def make(text: str) -> Table:
        path = tmp_path / "f.toml"
        path.write_text(text, encoding="utf-8")
        return read_toml(path)

    return make


@pytest.mark.parametrize(
    ("word", "known", "answer"),
    [
        ("budget_fianl", ("budget_final", "executed"), '，是否为 "budget_final"？'),
        ("titel", ("title",), '，是否为 "title"？'),
        ("xyz", ("title",), "。"),
        ("title", (), "。"),
        ("", ("title",), "。"),
    ],
)
def test_the_nearest_word_is_offered(word: str, known: tuple[str, ...], answer: str) -> None:
    assert did_you_mean(word, known) == answer


def test_every_kind_of_value(read: Callable[[str], Table]) -> None:
    table = read(
        """
        text = "文字"
        flag = true
        number = 0.1
        whole = 100
        texts = ["甲", "乙"]
        numbers = [1, 2.50]
        rows = [["=甲", "<"], ["^", "b"]]
        [table]
        inner = "里"
        [[tables]]
        n = 1
        [[tables]]
        n = 2
        """
    )
    assert table.text("text") == "文字"
    assert table.flag("flag", default=False)
    assert str(table.number("number")) == "0.1"  # never through a float
    assert table.number("whole") == 100
    assert table.texts("texts") == ("甲", "乙")
    assert [str(one) for one in table.numbers("numbers")] == ["1", "2.50"]
    assert table.rows("rows") == (("=甲", "<"), ("^", "b"))
    assert table.table("table").text("inner") == "里"
    assert [one.number("n") for one in table.tables("tables")] == [1, 2]
    table.finish()


def test_what_is_absent_has_its_default(read: Callable[[str], Table]) -> None:
    table = read("")
    assert table.text("text", "") == ""
    assert table.flag("flag", default=True)
    assert table.number("number", Decimal(3)) == 3
    assert table.texts("texts", ()) == ()
    assert table.numbers("numbers", (Decimal(1),)) == (Decimal(1),)
    assert table.rows("rows", ()) == ()
    assert table.table("table", required=False).names() == ()
    assert table.tables("tables", required=False) == ()


def test_names_are_those_not_taken_yet_in_file_order(read: Callable[[str], Table]) -> None:
    table = read("b = 1\na = 2\nc = 3")
    table.number("a")
    assert table.names() == ("b", "c")


@pytest.mark.parametrize(
    ("text", "ask", "message"),
    [
        ("", lambda t: t.text("title"), 'f.toml：缺少 "title"，请补上。'),
        ("", lambda t: t.table("page"), 'f.toml：缺少 "page"，请补上。'),
        ("", lambda t: t.tables("blocks"), 'f.toml：缺少 "blocks"，请补上。'),
        ("title = 5", lambda t: t.text("title"), 'f.toml：title："5" 应为文字，写在引号里。'),
        ("title = true", lambda t: t.text("title"), 'f.toml：title："True" 应为文字，写在引号里。'),
        ('flag = "true"', lambda t: t.flag("flag", default=True), 'f.toml：flag："true" 应为 true 或 false。'),
        ("flag = 1", lambda t: t.flag("flag", default=True), 'f.toml：flag："1" 应为 true 或 false。'),
        ('n = "5"', lambda t: t.number("n"), 'f.toml：n："5" 应为数字。'),
        ("n = true", lambda t: t.number("n"), 'f.toml：n："True" 应为数字。'),
        ("n = nan", lambda t: t.number("n"), 'f.toml：n："NaN" 应为数字。'),
        ("n = -inf", lambda t: t.number("n"), 'f.toml：n："-Infinity" 应为数字。'),
        ("n = 2024-01-01", lambda t: t.number("n"), 'f.toml：n："2024-01-01" 应为数字。'),
        ("n = [1, nan]", lambda t: t.numbers("n"), 'f.toml：n[1]："NaN" 应为数字。'),
        ('n = [1, "2"]', lambda t: t.numbers("n"), 'f.toml：n[1]："2" 应为数字。'),
        ("n = [true]", lambda t: t.numbers("n"), 'f.toml：n[0]："True" 应为数字。'),
        ("n = 5", lambda t: t.numbers("n"), 'f.toml：n："5" 应为数字的列表。'),
        ('t = ["a", 5]', lambda t: t.texts("t"), 'f.toml：t[1]："5" 应为文字，写在引号里。'),
        ('t = "a"', lambda t: t.texts("t"), 'f.toml：t："a" 应为文字的列表。'),
        ('r = ["a"]', lambda t: t.rows("r"), "f.toml：r[0]：每行应为一列文字，一格一个。"),
        ('r = [["a"], ["b", 1]]', lambda t: t.rows("r"), "f.toml：r[1]：每行应为一列文字，一格一个。"),
        ("r = 1", lambda t: t.rows("r"), 'f.toml：r："1" 应为方格行的列表。'),
        ("page = 1", lambda t: t.table("page"), 'f.toml：page："1" 应为一个表 [page]。'),
        ("b = 1", lambda t: t.tables("b"), 'f.toml：b："1" 应为若干个表 [[b]]。'),
        ("b = [1]", lambda t: t.tables("b"), "f.toml：b[0]：应为一个表。"),
        ("[p]\nn = 'x'", lambda t: t.table("p").number("n"), 'f.toml：p.n："x" 应为数字。'),
        ("[p]", lambda t: t.table("p").number("n"), 'f.toml：p：缺少 "n"，请补上。'),
        ("[p.q]\nn = 'x'", lambda t: t.table("p").table("q").number("n"), 'f.toml：p.q.n："x" 应为数字。'),
        ("[[b]]\n[[b]]\nn = 'x'", lambda t: t.tables("b")[1].number("n"), 'f.toml：b[1].n："x" 应为数字。'),
        ("[[p.b]]\nn = 'x'", lambda t: t.table("p").tables("b")[0].number("n"), 'f.toml：p.b[0].n："x" 应为数字。'),
        ("titel = 'x'", lambda t: (t.text("title", ""), t.finish()), 'f.toml：未知的项 "titel"，是否为 "title"？'),
        ("abc = 'x'", lambda t: t.finish(), 'f.toml：未知的项 "abc"。'),
        ("[p]\nx = 1", lambda t: t.table("p").finish(), 'f.toml：p：未知的项 "x"。'),
    ],
)
def test_a_mistake_is_answered_with_place_word_and_remedy(
    read: Callable[[str], Table], text: str, ask: Callable[[Table], object], message: str
) -> None:
    with pytest.raises(UserError) as caught:
        ask(read(text))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'title = "a', "f.toml：末尾不是完整的 TOML，请检查引号、括号和重复的项。"),
        (b"a = 1\nb == 2", "f.toml：第 2 行第 4 个字符处不是完整的 TOML，请检查引号、括号和重复的项。"),
        (b"a = 1\na = 2\nb = 3", "f.toml：第 2 行第 6 个字符处不是完整的 TOML，请检查引号、括号和重复的项。"),
        (b"a = [1,", "f.toml：末尾不是完整的 TOML，请检查引号、括号和重复的项。"),
        ('title = "表"'.encode("gbk"), "f.toml：不是 UTF-8 编码，请另存为 UTF-8 后再用。"),
    ],
)
def test_a_file_that_is_no_toml(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "f.toml"
    path.write_bytes(data)
    with pytest.raises(UserError) as caught:
        read_toml(path)
    assert str(caught.value) == message


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.toml", tmp_path):
        with pytest.raises(UserError, match=r"：打不开（.+），请检查文件是否还在、是否有权读取。$"):
            read_toml(path)


def test_the_byte_order_mark_of_notepad_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    path.write_bytes(b"\xef\xbb\xbf" + 'title = "表"\r\n'.encode())
    assert read_toml(path).text("title") == "表"
