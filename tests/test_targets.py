"""指标值 and 完成值 as clerks type them, figures of published forms first."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfdesk.targets import (
    Comparator,
    Day,
    Family,
    Kind,
    Level,
    Value,
    comparable,
    family_of,
    format_value,
    is_only_a_name,
    number_in,
    number_like,
    numbers_in,
    read,
    same_family,
    same_unit,
    unit_in_name,
)
from perfdesk.targets.numerals import chinese_number
from perfdesk.targets.reading import MAX_NAME, MAX_TEXT
from tests.effort import assert_grows_evenly, calls

YEAR = 2024
CASES = Path(__file__).parents[2] / "shared" / "cases"
NONE, GE, GT, LE, LT, EQ = (Comparator(sign) for sign in ("", "≥", ">", "≤", "<", "="))


def dec(text: str) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("typed", "comparator", "number", "unit"),
    [
        # 昌吉 2020, 零陵 2022, 黔南 2024, 芷江 2024
        ("3", NONE, "3", ""),
        ("≥3次", GE, "3", "次"),
        ("=1个", EQ, "1", "个"),
        ("=2次", EQ, "2", "次"),
        ("≥70件", GE, "70", "件"),
        ("20件", NONE, "20", "件"),
        ("1620件", NONE, "1620", "件"),
        ("75件（含上年结转5件）", NONE, "75", "件"),
        ("253件，完成率126.5%", NONE, "253", "件"),
        # other spellings of the same
        ("１２", NONE, "12", ""),
        ("≥ 1,500 件", GE, "1500", "件"),
        ("1.2万人次", NONE, "12000", "人次"),
        ("3千册", NONE, "3000", "册"),
        ("3座", NONE, "3", "座"),
        ("5公里", NONE, "5", "公里"),
        ("2次/年", NONE, "2", "次/年"),
        ("95分", NONE, "95", "分"),
        ("2.5倍", NONE, "2.5", "倍"),
        ("3个人民调解委员会", NONE, "3", "个"),
        ("共办理253件", NONE, "253", "件"),
        ("每年2次", NONE, "2", "次"),
        ("2024年完成3场", NONE, "3", "场"),
        ("2024年12月31日前完成200件", NONE, "200", "件"),
        ("至少开展3次", GE, "3", "次"),
        ("不能超过3次", LE, "3", "次"),
        ("合格数：95", NONE, "95", ""),
        ("≤0", LE, "0", ""),
        ("0", NONE, "0", ""),
        # Chinese numerals
        ("三次", NONE, "3", "次"),
        ("一百二十件", NONE, "120", "件"),
        ("两场", NONE, "2", "场"),
        ("十二次", NONE, "12", "次"),
        ("不少于三次", GE, "3", "次"),
        ("一万二千零三十人", NONE, "12030", "人"),
        ("一二〇件", NONE, "120", "件"),
        ("二百万人", NONE, "2000000", "人"),
        ("零", NONE, "0", ""),
    ],
)
def test_a_count(typed: str, comparator: Comparator, number: str, unit: str) -> None:
    value = read(typed, year=YEAR)
    assert (value.kind, value.comparator, value.number, value.unit) == (Kind.COUNT, comparator, dec(number), unit)
    assert not value.malformed_sign


@pytest.mark.parametrize("typed", ["70余件次", "约70件次", "近70件次", "70多件次", "70件次左右", "大约70件次"])
def test_about_seventy(typed: str) -> None:
    value = read(typed)
    assert (value.number, value.unit, value.approximate) == (dec("70"), "件次", True)


@pytest.mark.parametrize(
    ("typed", "comparator", "percent"),
    [
        ("100%", NONE, "100"),
        ("100％", NONE, "100"),
        ("=100%", EQ, "100"),
        ("＝１００％", EQ, "100"),
        ("99.32%", NONE, "99.32"),
        ("≥95%", GE, "95"),
        ("≧90%", GE, "90"),
        (">90%", GT, "90"),
        ("＞90%", GT, "90"),
        ("高于80%", GT, "80"),
        ("100%以上", GE, "100"),
        ("达到90%以上", GE, "90"),
        ("超过90%以上", GT, "90"),
        ("优秀率≥90%", GE, "90"),
        ("重新犯罪率小于1%", LT, "1"),
        ("控制在5%以内", LE, "5"),
        ("未达95%", LT, "95"),
        ("增长5%", NONE, "5"),
        ("-5%", NONE, "-5"),
        ("百分之九十五", NONE, "95"),
        ("不低于百分之九十五点五", GE, "95.5"),
        ("百分之95", NONE, "95"),
        ("5‰", NONE, "0.5"),
        ("九成以上", GE, "90"),
    ],
)
def test_a_ratio_is_in_percent(typed: str, comparator: Comparator, percent: str) -> None:
    value = read(typed, year=YEAR)
    assert (value.kind, value.comparator, value.number) == (Kind.RATIO, comparator, dec(percent))


@pytest.mark.parametrize(
    ("typed", "comparator", "yuan", "unit"),
    [
        ("≤10万元", LE, "100000", "万元"),
        ("10万元", NONE, "100000", "万元"),
        ("≤3万元", LE, "30000", "万元"),
        ("2.95万元", NONE, "29500", "万元"),
        ("10万", NONE, "100000", "万"),
        ("4.8万元", NONE, "48000", "万元"),
        ("≤26.5万元", LE, "265000", "万元"),
        ("≤1088.36 万元", LE, "10883600", "万元"),
        ("191,353.44元", NONE, "191353.44", "元"),
        ("1.5亿元", NONE, "150000000", "亿元"),
        ("3千元", NONE, "3000", "千元"),
        ("10万余元", NONE, "100000", "元"),
        ("控制在10万元以内", LE, "100000", "万元"),
        ("十万元", NONE, "100000", "万元"),
        ("壹拾万元整", NONE, "100000", "万元"),
        ("4000元/月", NONE, "4000", "元/月"),
        ("3万元/年", NONE, "30000", "万元/年"),
    ],
)
def test_money_is_in_yuan(typed: str, comparator: Comparator, yuan: str, unit: str) -> None:
    value = read(typed, year=YEAR)
    assert (value.kind, value.comparator, value.number, value.unit) == (Kind.MONEY, comparator, dec(yuan), unit)


@pytest.mark.parametrize(
    ("typed", "comparator", "number", "unit"),
    [
        ("≤15个工作日", LE, "15", "个工作日"),
        ("60天内", LE, "60", "天"),
        ("60天内完成，经批准延长案件90天完成", LE, "60", "天"),
        ("3个月内", LE, "3", "个月"),
        ("24小时以内", LE, "24", "小时"),
        ("一年内", LE, "1", "年"),
        ("≥460天", GE, "460", "天"),
        ("不超过30日", LE, "30", "日"),
        ("30分钟", NONE, "30", "分钟"),
    ],
)
def test_a_length_of_time(typed: str, comparator: Comparator, number: str, unit: str) -> None:
    value = read(typed, year=YEAR)
    assert (value.kind, value.comparator, value.number, value.unit) == (Kind.DURATION, comparator, dec(number), unit)


@pytest.mark.parametrize(
    ("typed", "comparator", "day"),
    [
        ("2024年12月31日前", LE, "2024-12-31"),
        ("12月30日前", LE, "2024-12-30"),
        ("≤12.31日", LE, "2024-12-31"),
        ("12.31前", LE, "2024-12-31"),
        ("2024年12月", NONE, "2024-12-31"),
        ("2020年年底之前完成", LE, "2020-12-31"),
        ("2024年底前", LE, "2024-12-31"),
        ("年底前", LE, "2024-12-31"),
        ("年内完成", LE, "2024-12-31"),
        ("12月底", NONE, "2024-12-31"),
        ("2023年2月底前", LE, "2023-02-28"),
        ("6月上旬", NONE, "2024-06-10"),
        ("第四季度", NONE, "2024-12-31"),
        ("2024年第3季度末", NONE, "2024-09-30"),
        ("上半年", NONE, "2024-06-30"),
        ("2024-12-31", NONE, "2024-12-31"),
        ("2024/12/31", NONE, "2024-12-31"),
        ("2024.12.31", NONE, "2024-12-31"),
        ("2024.12前", LE, "2024-12-31"),
        ("2024-11", NONE, "2024-11-30"),
        ("20241231", NONE, "2024-12-31"),
        ("2024 年 12 月 31 日 前", LE, "2024-12-31"),
        ("２０２４年１２月３１日前", LE, "2024-12-31"),
        ("2024年", NONE, "2024-12-31"),
        ("2024年12月31日之前完成", LE, "2024-12-31"),
        ("不晚于12月31日", LE, "2024-12-31"),
        ("已于2024年12月20日完成", NONE, "2024-12-20"),
        ("完成时间2024年12月20日", NONE, "2024-12-20"),
        ("12月25日，完成率100%", NONE, "2024-12-25"),
        ("1-12月", NONE, "2024-12-31"),
        ("2023年1月-11月", NONE, "2023-11-30"),
        ("2024年1月1日至2024年12月31日", NONE, "2024-12-31"),
        ("2022-2024年", NONE, "2024-12-31"),
        ("2024年6月30日后", GE, "2024-06-30"),
    ],
)
def test_a_date(typed: str, comparator: Comparator, day: str) -> None:
    value = read(typed, year=YEAR)
    assert (value.kind, value.comparator, value.date) == (Kind.DATE, comparator, date.fromisoformat(day))


def test_a_date_without_any_year_keeps_month_and_day() -> None:
    value = read("12月30日前")
    assert (value.kind, value.day, value.date) == (Kind.DATE, Day(None, 12, 30), None)
    assert format_value(value) == "12月30日前"


@pytest.mark.parametrize(
    ("typed", "low", "high", "unit"),
    [
        ("400-500人", "400", "500", "人"),
        ("400～500人", "400", "500", "人"),
        ("400人-500人", "400", "500", "人"),
        ("3至5次", "3", "5", "次"),
        ("三至五次", "3", "5", "次"),
        ("60%-80%", "60", "80", "%"),
        ("80—90分", "80", "90", "分"),
        ("1-2万元", "10000", "20000", "万元"),
        ("3-6个月", "3", "6", "个月"),
        ("2-3次/月", "2", "3", "次/月"),
    ],
)
def test_a_range_has_two_ends(typed: str, low: str, high: str, unit: str) -> None:
    value = read(typed, year=YEAR)
    assert (value.kind, value.low, value.high, value.unit) == (Kind.RANGE, dec(low), dec(high), unit)
    assert value.number is None
    assert value.is_condition


ACHIEVED = (
    "达成预期指标 达成年度指标 完成 已完成 按期完成 完成，无偏差 完成预期目标 完成政府工作需要 是 各项工作按时完成 "
    "人员、公用经费等不超出预算"
)
WORDING = (
    "优 良 非常满意 应审尽审 应援尽援、应帮尽帮 显著提升 显著增强 不断推动 不断扩大 长期提高 长期有效 持续推进 社会和谐稳定 "
    "有提高 提高法律知识水平 经济环境得到优化 群众法制观念加强 回归、促进、实现 获得 保障 提高满意度 严格执行到位 零投诉"
)


@pytest.mark.parametrize(
    ("level", "wordings"),
    [
        (Level.ACHIEVED, ACHIEVED),
        (Level.PARTLY, "部分达成年度指标并具有一定效果 部分完成 基本完成各项工作任务"),
        (Level.NOT, "未达成年度指标且效果较差 未完成 未能完成年度目标 否"),
        (Level.WORDING, WORDING),
    ],
)
def test_a_wording_has_a_level(level: Level, wordings: str) -> None:
    for typed in wordings.split():
        value = read(typed, year=YEAR)
        assert (value.kind, value.level, value.number) == (Kind.LEVEL, level, None), typed


NO_VALUE = (
    "安置帮教对象无重新犯罪发生 生态法治建设制度创新与实践 落实各项惠农扶贫政策 帮扶、教育矫正服刑人员 没有出现脱管漏管 满意度 "
    "一次性补助 三公经费 一户一策 附件1 第3条 1、开展普法 12/31 10:20 2月30日 2024年13月 十三月 15日前 ≥ 500-400人 未按时完成 "
    "…… (≥**%) 3.5.1 12345678901234567件 999999999999亿元 前3名 ≥13月31日 三四百次"
)


@pytest.mark.parametrize("typed", [*NO_VALUE.split(), "10 20", "3 5次", "安" * 201, "9" * 5000])
def test_what_is_no_value_stays_text(typed: str) -> None:
    value = read(typed, year=YEAR)
    assert (value.text, value.kind, value.number, value.level) == (typed, Kind.TEXT, None, None)


@pytest.mark.parametrize("typed", ["", "  ", "—", "/", "无", "－"])
def test_a_blank_is_blank_and_keeps_its_text(typed: str) -> None:
    value = read(typed)
    assert (value.kind, value.text, format_value(value)) == (Kind.BLANK, typed, "")


@pytest.mark.parametrize("typed", ["", "件", "三四百", "一点", "一点十"])
def test_a_broken_chinese_numeral_is_none(typed: str) -> None:
    assert chinese_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("≪5%", "≤5%"),
        ("投诉率≪5%", "≤5%"),
        ("≫95%", "≥95%"),
        ("=>95%", "≥95%"),
        ("=<5%", "≤5%"),
        (">>3次", "≥3次"),
        ("》95%", ">95%"),
        ("==1个", "=1个"),
        ("≤90%以上", "≤90%"),
    ],
)
def test_a_malformed_sign_is_flagged_and_its_meaning_proposed(typed: str, meant: str) -> None:
    value = read(typed)
    assert value.malformed_sign
    assert value.text == typed
    assert format_value(value) == meant
    assert not read(meant).malformed_sign


@pytest.mark.parametrize(
    "words",
    [
        (GE, "≥ ≧ >= ＞＝ ⩾ 不低于 不少于 不小于 至少 达到 达 大于等于 大于或等于"),
        (GT, "> ＞ ﹥ 大于 高于 超过 多于 超"),
        (LE, "≤ ≦ <= ＜＝ ⩽ 不超过 不高于 不大于 不多于 控制在 小于等于 不得超过"),
        (LT, "< ＜ ﹤ 小于 低于 少于 不到"),
        (EQ, "= ＝ ﹦ 等于"),
    ],
)
def test_every_printed_form_of_a_comparator(words: tuple[Comparator, str]) -> None:
    comparator, signs = words
    for sign in signs.split():
        value = read(f"{sign}12件")
        assert (value.comparator, value.number, value.malformed_sign) == (comparator, dec("12"), False), sign


@pytest.mark.parametrize(
    "typed", ["≥95%", ">90%", "=2次", "≤12.31日", "400-500人", "≤26.5万元", "60天内", "达到90%以上", "应达到95%"]
)
def test_a_condition_is_no_measured_value(typed: str) -> None:
    assert read(typed, year=YEAR).is_condition


@pytest.mark.parametrize(
    "typed",
    ["99%", "5", "75件", "10万元", "70余件次", "完成", "2024年12月25日", "达成预期指标", "参考率达98%", "达到98%"],
)
def test_a_measured_value_is_no_condition(typed: str) -> None:
    assert not read(typed, year=YEAR).is_condition


def test_a_quantity_has_one_number() -> None:
    assert read("75件").is_quantity
    assert not read("400-500人").is_quantity
    assert not read("优").is_quantity


@pytest.mark.parametrize(
    ("typed", "only_a_name"),
    [
        ("满意度", True),
        ("政府采购执行率", True),
        ("按季度", False),
        ("每季度", False),
        ("保障率", True),
        ("提高满意度", False),
        ("98%", False),
        ("落实各项惠农扶贫政策", False),
    ],
)
def test_a_target_that_is_only_a_name(typed: str, only_a_name: bool) -> None:
    assert is_only_a_name(read(typed)) is only_a_name


@pytest.mark.parametrize(
    ("name", "numbers", "unit"),
    [
        ("年内完成200件法律援助案件(件）", ["200件"], "件"),
        ("法律援助联系工作会议1次（次）", ["1次"], "次"),
        ("受援人或者咨询对象的满意度（100%）", ["100%"], ""),
        ("法律援助专职人员值班，4000元/月，共12个月。", ["4000元/月", "12个月"], ""),
        ("严格控制预算（万元）", [], "万元"),
        ("依法办理行政复议案件(件)", [], "件"),
        ("培训人数（单位：人次）", [], "人次"),
        ("12348热线值守24小时", ["24小时"], ""),
        ("2024年12月完成第3期", [], ""),
        ("4.15国家安全日宣传≥3场", ["≥3场"], ""),
        ("培训400-500人", ["400-500人"], ""),
        ("满意率百分之九十五", ["百分之九十五"], ""),
        ("救助10万人", ["10万人"], ""),
        ("一户一策（试行）", [], ""),
        ("", [], ""),
    ],
)
def test_the_numbers_an_indicator_name_promises(name: str, numbers: list[str], unit: str) -> None:
    assert [value.text for value in numbers_in(name)] == numbers
    assert unit_in_name(name) == unit
    assert all(value.unit for value in numbers_in(name))


@pytest.mark.parametrize(
    ("target", "actual", "number"),
    [
        ("3", "5", "5"),
        ("20件", "25", "25"),
        ("≥3次", "3", "3"),
        ("100", "253件", "253"),
        ("20件", "70余件次", None),
        ("1次", "100%", None),
        ("60天内", "100%", None),
        ("显著提升", "100%", None),
        ("2020年年底之前完成", "100%", None),
        ("优", "达成预期指标", None),
        ("≥95%", "96", "96"),
        ("≤10万元", "98000元", "98000"),
        ("≤10万元", "9.8", "98000"),
        ("≤10万", "9.8万元", "98000"),
        ("4000元/月", "4.8万元", None),
        ("2场", "3次", "3"),
        ("≤3周", "14天", "2"),
        ("60天内", "2周", "14"),
        ("1年", "6个月", "0.5"),
        ("≤15个工作日", "10个工作日", "10"),
        ("≤15个工作日", "10天", None),
        ("5公里", "6公里", "6"),
        ("5公里", "6平方米", None),
        ("2公里", "1500米", "1.5"),
        ("15亩", "1公顷", "15"),
        ("2吨", "500公斤", "0.5"),
        ("100人次", "120人（次）", "120"),
        ("≤半年", "3个月", "0.25"),
        ("400-500人", "450人", "450"),
        ("450人", "400-500人", None),
        ("2次/年", "3次", "3"),
        ("2次/月", "3次", None),
    ],
)
def test_an_actual_in_the_terms_of_its_target(target: str, actual: str, number: str | None) -> None:
    wanted, reached = read(target, year=YEAR), read(actual, year=YEAR)
    assert number_like(reached, wanted) == (None if number is None else dec(number))
    if number is not None:
        assert comparable(wanted, reached)


def test_units_and_their_families() -> None:
    assert not same_unit(read("20件"), read("70余件次"))
    assert not same_family(read("20件"), read("70余件次"))
    assert same_unit(read("15工作日"), read("≤15个工作日"))
    assert same_unit(read("60天"), read("60日"))
    assert not same_unit(read("10万元"), read("100000元"))
    assert same_family(read("10万元"), read("100000元"))
    assert same_unit(read("10万"), read("10万元"))
    assert family_of("") is Family.NONE
    assert family_of("元/人") is Family.PRICE
    assert family_of("公里") is Family.LENGTH
    assert family_of("里弄") is Family.OTHER


def test_a_cost_in_the_unit_of_the_form() -> None:
    """昌吉 2020, annex 7: the cap 10万 against a budget of 8 (万元)."""
    assert number_in(read("10万"), "万元") == 10
    assert number_in(read("10万"), "元") == 100_000
    assert number_in(read("8"), "万元") == 8
    assert number_in(read("29500元"), "万元") == dec("2.95")
    assert number_in(read("20件"), "万元") is None
    assert number_in(read("20件"), "件") == 20
    assert number_in(read("完成"), "万元") is None


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("≧ ９０ ％", "≥90%"),
        ("１２", "12"),
        ("191,353.440元", "191353.44元"),
        ("70余件次", "约70件次"),
        ("优秀率不低于90%", "≥90%"),
        ("60天内完成，经批准延长案件90天完成", "≤60天"),
        ("≤12.31日", "2024年12月31日前"),
        ("2024年底前", "2024年12月31日前"),
        ("年内完成", "≤2024年"),
        ("第四季度", "2024年12月"),
        ("400～500人", "400-500人"),
        ("九成以上", "≥9成"),
        ("显著提升", "显著提升"),
    ],
)
def test_the_clean_spelling_a_fix_would_write(typed: str, clean: str) -> None:
    assert format_value(read(typed, year=YEAR)) == clean


def meaning(value: Value) -> Value:
    """A value without the way it was written."""
    return replace(value, text="", rest="", malformed_sign=False, reached=False)


def assert_reads_back(typed: str, year: int | None) -> None:
    value = read(typed, year=year)
    assert value.text == typed
    written = format_value(value)
    again = read(written, year=year)
    assert meaning(again) == meaning(value), (typed, written)
    assert format_value(again) == written


PIECES = (
    "≥ ≤ > < = ≪ => 不低于 超过 不超过 约 近 达到 未 不能 完成 共办理 优秀率 百分之 三 十二 一百二十 九十五点五 1 3 12 95.5 "
    "2024 31 1,200 0 - 余 多 万 千 亿 元 件 件次 人次 次 % ‰ 天 日 个工作日 个月 年 月 季度 小时 分 /月 ～ 至 以上 以内 内 前 底 "
    "之前 左右 ， 。 （ ） : / 第 上半年 年底 12月31日 2024年 显著 提升 满意度 部分 达成 预期指标 公里 整 零 . + 　 １ ％"
)


@given(st.lists(st.sampled_from(PIECES.split(" ")), max_size=7).map("".join), st.sampled_from([None, 2024]))
@example("2024年12月31日前", None)
@example("12月底", None)
@example("≥约1.2万人次以上", 2024)
def test_what_is_written_reads_back_the_same(typed: str, year: int | None) -> None:
    assert_reads_back(typed, year)


@given(st.text(max_size=60), st.sampled_from([None, 2024]))
def test_any_text_is_kept_and_never_raises(typed: str, year: int | None) -> None:
    assert_reads_back(typed, year)
    for value in numbers_in(typed):
        assert value.is_quantity or value.kind is Kind.RANGE
    assert isinstance(unit_in_name(typed), str)


@given(st.decimals(0, 10**10, places=2), st.sampled_from(["件", "%", "万元", "人次", "个工作日", "", "元/月"]))
def test_a_number_is_read_whatever_its_size(number: Decimal, unit: str) -> None:
    value = read(f"≥{number}{unit}")
    assert (value.comparator, value.unit) == (GE, unit)
    assert value.number == number * (10_000 if unit == "万元" else 1)


HOSTILE = ("一", "1,", "≥", "1-", " ", "达到", "2024年", "完成", "1次，", "率", "(件)", "安", "按时", "无、")


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_twice_as_long_only_when_it_is_twice_as_long(piece: str) -> None:
    def work(size: int) -> None:
        typed = (piece * size)[:size]
        read(typed, year=YEAR)
        numbers_in(typed)
        unit_in_name(typed)

    assert_grows_evenly(work, MAX_TEXT // 2)


@pytest.mark.parametrize("piece", ["安", "1次，", "率", "(件)", "≥", "一", "2024年", "1,", "完成", "按时", "无、"])
def test_a_hundred_thousand_characters_are_no_burden(piece: str) -> None:
    """No more than what a name of the longest kind takes."""

    def work(size: int) -> None:
        text = piece * size
        value = read(text, year=YEAR)
        assert (value.text, value.kind, is_only_a_name(value)) == (text, Kind.TEXT, False)
        numbers_in(text)
        unit_in_name(text)

    work(MAX_TEXT + 1)
    longest = calls(lambda: work(MAX_NAME))
    assert calls(lambda: work(100_000)).total() <= longest.total() * 1.1


def test_a_text_read_before_takes_no_time() -> None:
    texts = ["≥70件", "2024年12月31日前", "显著提升", "优秀率不低于90%", "安置帮教对象无重新犯罪发生"]
    for text in texts:
        read(text, year=YEAR)
    assert calls(lambda: [read(text, year=YEAR) for text in texts]).total() <= 5 * len(texts)


@pytest.mark.skipif(not CASES.is_dir(), reason="the published cases are not beside the repository")
def test_every_value_of_the_published_forms_is_read_and_kept() -> None:
    texts = {
        row[key]
        for path in CASES.glob("*.json")
        for row in json.loads(path.read_text(encoding="utf-8")).get("indicators", [])
        for key in ("target", "actual")
        if row.get(key)
    }
    values = [read(text, year=2020) for text in texts]
    assert {value.text for value in values} == texts
    unread = {value.text for value in values if value.kind is Kind.TEXT}
    assert len(unread) <= 8, unread
    assert not any(character.isdigit() for text in unread for character in text)
    for text in texts:
        assert_reads_back(text, 2020)
