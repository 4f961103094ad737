"""Finding Chinese words with plain letters: characters, pinyin, initials, all readings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.pinyin import finds, readings, reduce
from tests.effort import assert_grows_evenly

LEGAL_AID = "法律援助工作经费"


@pytest.mark.parametrize(
    "wanted",
    [
        *("法律", "援助", "flyz", "FLYZ", "ｆｌｙｚ", "falv", "falu", "fal", "falvyuanzhu", "fa lv yuan zhu", "fal yz"),
        *("yuanz", "法律yz", "yzgz", "yzhgz", "gzjf", "jingfei", "f", ""),
    ],
)
def test_a_project_is_found(wanted: str) -> None:
    assert finds(LEGAL_AID, wanted)


@pytest.mark.parametrize("wanted", ["fyz", "zlf", "falvx", "法援", "flyzgzjfx", "flyz1", "9"])
def test_another_project_is_not(wanted: str) -> None:
    assert not finds(LEGAL_AID, wanted)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("人民调解以奖代补经费", "rmtj"),
        ("人民调解以奖代补经费", "renmintiaojie"),
        ("人民调解以奖代补经费", "diaojie"),  # 调 is diào as well
        ("重点人群安置帮教", "zdrq"),
        ("重点人群安置帮教", "chongdian"),
        ("社区矫正（2020 年）", "sqjz2020"),
        ("社区矫正“阳光”平台", "jzyg"),
        ("“八五”普法 A 类项目", "bwpfa"),
        ("县司法局2020年度部门整体支出绩效自评表", "sfj2020ndbm"),
        ("女子监狱帮教", "nvzi"),
        ("长期法律顾问", "chqfl"),
        ("长期法律顾问", "zhangq"),
    ],
)
def test_every_reading_counts(name: str, wanted: str) -> None:
    assert finds(name, wanted)


def test_readings_have_no_tones() -> None:
    assert {"zhong", "chong"} <= set(readings("重"))
    assert readings("律") == ("lu", "lv")
    assert readings("A") == ()


@given(st.text(alphabet="法律援助人民调解社区矫正重长行abc12（） ", min_size=1, max_size=12), st.data())
def test_any_stretch_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    """Whatever each character of a stretch is typed as: itself, its initial or one of its readings in full."""
    plain = reduce(name)
    if not plain:
        assert finds(name, "")
        return
    start = data.draw(st.integers(0, len(plain) - 1))
    end = data.draw(st.integers(start + 1, len(plain)))
    ways = [(one, *(way for reading in readings(one) for way in (reading[0], reading))) for one in plain[start:end]]
    assert finds(name, "".join(data.draw(st.sampled_from(way)) for way in ways))


def test_twice_the_names_take_twice_the_search() -> None:
    def work(count: int) -> None:
        names = [f"{count}年第{number}号法律援助与人民调解重点工作经费" for number in range(count)]
        assert not any(finds(name, "zdgzjq") for name in names)

    assert_grows_evenly(work, 200)


@pytest.mark.parametrize("name", ["重点工作", "重", "长", "调解", "a"])
def test_a_name_twice_as_long_takes_twice_the_search(name: str) -> None:
    assert_grows_evenly(lambda count: finds(name * count, "zdgzjqzhong"), 100)
