"""断行: 避头尾, numbers in one piece, words not torn, nothing lost."""

from __future__ import annotations

import itertools
from itertools import product

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from perfdesk.fonts import Face, text_width
from perfdesk.linebreak import NO_END, NO_START, wrap

SIZE = 10.5
KEEP = ("满意度", "指标")
LINE_FEEDS = ("\r\n", "\r", "\n")


def wide(characters: float) -> float:
    """The width in pt of so many Chinese characters."""
    return characters * SIZE


def lines(text: str, characters: float, keep: tuple[str, ...] = KEEP) -> list[str]:
    return list(wrap(text, wide(characters), size=SIZE, keep=keep))


def without_feeds(text: str) -> str:
    for feed in LINE_FEEDS:
        text = text.replace(feed, "\n")
    return text.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "characters", "expected"),
    [
        ("", 5, []),
        ("法律援助", 5, ["法律援助"]),
        ("法律援助", 4, ["法律援助"]),
        ("法律援助工作经费", 4, ["法律援助", "工作经费"]),
        # no line begins with a closing sign: the character before it comes along
        ("法律援助，工作", 4, ["法律援", "助，工作"]),
        ("法律援助。工作", 4, ["法律援", "助。工作"]),
        ("法律援助；工作", 4, ["法律援", "助；工作"]),
        ("法律援助：工作", 4, ["法律援", "助：工作"]),
        ("法律援助、工作", 4, ["法律援", "助、工作"]),
        ("《法律援》工作", 4, ["《法律", "援》工作"]),
        ("法律援助）工作", 4, ["法律援", "助）工作"]),
        ("法律援助）。工作", 4, ["法律援", "助）。工", "作"]),
        ("法律援助……工作", 4, ["法律援", "助……工", "作"]),
        ("法律援助——工作", 4, ["法律援", "助——工", "作"]),
        # no line ends with an opening sign: it goes down with what follows
        ("法律援《助》工作", 4, ["法律援", "《助》工", "作"]),
        ("法律援（助）", 4, ["法律援", "（助）"]),
        ("法律援“助”", 4, ["法律援", "“助”"]),
        ("完成率≥95%", 4, ["完成率", "≥95%"]),
        ("法律援≥ 70件", 4, ["法律援", "≥ 70件"]),
        ("法律援（ 助）", 4, ["法律援", "（ 助）"]),
        ("控制数￥500", 4, ["控制数", "￥500"]),
        # numbers stay whole with their sign and unit
        ("执行率99.32%", 5, ["执行率", "99.32%"]),
        ("于2024年完成", 3.5, ["于", "2024年", "完成"]),
        ("截至2024年12月31日", 5, ["截至", "2024年", "12月31日"]),
        ("预算191,353.44元", 7, ["预算", "191,353.44元"]),
        ("预算１９１，３５３元", 8, ["预算", "１９１，３５３元"]),
        ("控制在10万元内", 4, ["控制在", "10万元", "内"]),
        ("比例400-500人", 5, ["比例", "400-500人"]),
        ("增长-5.5%", 4, ["增长", "-5.5%"]),
        ("增长了−5.5%", 4, ["增长了", "−5.5%"]),
        ("做完１２件", 4, ["做完", "１２件"]),
        ("审核比例１：２", 4, ["审核比例", "１：２"]),
        # Latin words
        ("使用OFFICE软件", 4, ["使用", "OFFICE", "软件"]),
        ("hello world", 4, ["hello ", "world"]),
        # words the form asks for
        ("服务对象满意度指标", 5, ["服务对象", "满意度指标"]),
        ("服务对象满意度指标", 4, ["服务对象", "满意度", "指标"]),
        ("可持续影响指标", 6, ["可持续影响", "指标"]),
        ("生态效益指标", 3, ["生态效", "益指标"]),
        # what the user broke stays broken
        ("一\n二", 5, ["一", "二"]),
        ("一\r\n二\r三\n", 5, ["一", "二", "三", ""]),
        ("\n\n", 5, ["", "", ""]),
        ("目标1：完成\n目标2：全面完成", 5, ["目标1：完", "成", "目标2：全", "面完成"]),
        # spaces: an indent is kept, a space at a break stays on the line it follows
        ("　　全面开展", 4, ["　　全面", "开展"]),
        ("全面开展 工作", 4, ["全面开展 ", "工作"]),
        ("全面开展    ", 4, ["全面开展    "]),
        # narrower than what must stay together: character by character, 避头尾 while it can
        ("99.32%", 2, ["99.", "3", "2%"]),
        ("（50分）", 2.5, ["（50", "分）"]),
        ("满意度指标", 2, ["满意", "度", "指标"]),
        ("ABCDEFG", 2, ["AB", "CD", "EF", "G"]),
        ("法律", 0.5, ["法", "律"]),
        ("，。", 0, ["，", "。"]),
        ("法", -5, ["法"]),
    ],
)
def test_where_the_lines_break(text: str, characters: float, expected: list[str]) -> None:
    assert lines(text, characters) == expected


@pytest.mark.parametrize("sign", sorted("，。；：、）》%"))
@pytest.mark.parametrize("characters", [2, 2.5, 3, 4, 5])
def test_no_line_begins_with_a_closing_sign(sign: str, characters: float) -> None:
    text = f"法律援助{sign}工作经费{sign}全面开展{sign}"
    assert all(line[0] != sign for line in lines(text, characters))


@pytest.mark.parametrize("sign", sorted("（《≥"))
@pytest.mark.parametrize("characters", [2, 2.5, 3, 4, 5])
def test_no_line_ends_with_an_opening_sign(sign: str, characters: float) -> None:
    text = f"{sign}法律援助{sign}工作经费{sign}全面开展"
    assert all(line[-1] != sign for line in lines(text, characters))


@pytest.mark.parametrize("whole", ["99.32%", "2024年", "≥95%", "191,353.44", "139.11％", "12月", "≤10万元"])
@pytest.mark.parametrize("before", range(12))
def test_a_number_is_never_torn_where_the_width_allows(whole: str, before: int) -> None:
    for characters in (6, 6.5, 7, 9):
        assert any(whole in line for line in lines("全" * before + whole + "完成", characters))


words = st.text(alphabet="法律援助工作经费，。；：、）》%（《≥0123456789.万元年件 ABc—…“”满意度指标\n", max_size=60)
widths = st.floats(min_value=-20, max_value=400, allow_nan=False)


@given(words | st.text(max_size=60), widths)
@example("\ud800", 10.0)
@example("e\u0301\u200d\ufe0f\U000e0100\u2028\x85\x00", 3.0)
def test_nothing_is_lost_and_nothing_added(text: str, width: float) -> None:
    assert "".join(wrap(text, width, size=SIZE, keep=KEEP)) == without_feeds(text)


@given(words | st.text(max_size=60), widths, st.sampled_from(Face))
def test_no_line_is_wider_than_the_cell_unless_one_character_is(text: str, width: float, face: Face) -> None:
    for line in wrap(text, width, size=SIZE, face=face, keep=KEEP):
        shown = line.rstrip(" \t\u3000")
        assert text_width(shown, size=SIZE, face=face) <= width + 0.001 or len(shown) <= 1


@given(words, st.floats(min_value=wide(12), max_value=wide(40)))
def test_in_a_wide_cell_the_rules_hold_for_every_break(text: str, width: float) -> None:
    for paragraph in text.split("\n"):
        broken = wrap(paragraph, width, size=SIZE, keep=KEEP)
        # one run of signs that is wider than the cell cannot be kept together
        assume(all(text_width(run, size=SIZE) < width / 3 for run in _runs(paragraph)))
        for above, below in itertools.pairwise(broken):
            assert below[0] not in NO_START
            assert above.rstrip(" ")[-1:] not in NO_END
            assert not (above[-1].isdigit() and below[0].isdigit())


def _runs(text: str) -> list[str]:
    """What must stay together at least: the runs of signs and digits with the characters beside them."""
    runs, current = [], ""
    for character in text:
        current += character
        if character not in NO_START | NO_END | {*" 0123456789.ABc"}:
            runs.append(current)
            current = ""
    return [a + b for a, b in zip(runs, [*runs[1:], current], strict=False)] or [current]


@given(words, st.floats(min_value=wide(8), max_value=wide(20)))
def test_lines_are_filled(text: str, width: float) -> None:
    """Greedy: what stands first on a line would not have fitted on the line above."""
    for paragraph in text.split("\n"):
        broken = wrap(paragraph, width, size=SIZE)
        for above, below in itertools.pairwise(broken):
            assert text_width(above + below.rstrip(), size=SIZE) > width - 0.001


def test_three_thousand_characters_in_a_narrow_cell() -> None:
    text = "全面开展法律援助工作，完成率≥99.32%；" * 150
    broken = lines(text, 3)
    assert "".join(broken) == text
    assert all(line[0] not in "，；%" for line in broken)


def test_widths_are_those_of_the_face() -> None:
    assert lines("法律援助A", 4.5) == ["法律援助", "A"]
    assert list(wrap("法律援助", wide(4), size=SIZE, face=Face.SONG_BOLD)) == ["法律援助"]
    assert len(wrap("法律援助", wide(4), size=SIZE + 1)) == 2


@pytest.mark.parametrize("width", [22.0, 30.0, 36.48, 40.0])
def test_signs_that_go_along_to_the_next_line_fit_there_too(width: float) -> None:
    """Three closing signs and the character before them were carried into a cell of three characters."""
    for text in map("".join, product("0。》甲", repeat=6)):
        for line in wrap(text, width, size=10.5):
            assert len(line) == 1 or text_width(line, size=10.5) <= width, (text, line)
