"""Correct indicator rows, made to be right: targets of every kind with actuals that meet or miss them. Invented figures only."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit, plain, round_half_up

#: 三级指标 with the unit they are counted in.
COUNTED: Final = (
    ("办理法律援助案件数量", "件"),
    ("开展法治宣传活动场次", "场"),
    ("走访社区矫正对象人次", "人次"),
    ("排查化解矛盾纠纷数量（件）", "件"),
    ("印发普法读本数量", "册"),
    ("村（社区）法律顾问签约数", "个"),
    ("人民调解员培训期数", "期"),
    ("行政复议案件审结数（件）", "件"),
    ("安置帮教对象回访人数", "人"),
    ("法治文化阵地建设数量", "处"),
)
RATES: Final = (
    "案卷评查合格率",
    "调解成功率",
    "矫正对象在册率",
    "法律援助案件合格率",
    "重大决策合法性审查率",
    "培训考试通过率",
)
TIMELY: Final = ("补贴发放及时率", "案件按期办结率", "材料报送及时率")
DEADLINES: Final = ("全年任务完成时间", "补贴发放时间", "设备采购到位时间", "阵地建设完工时间")
TERMS_: Final = ("法律援助申请审查时限", "投诉办理时限", "矫正对象报到登记时限")
COSTS: Final = ("项目总成本", "办案补贴支出", "宣传品制作成本", "培训成本")
PRICES: Final = (("法律援助案件单位成本", "元/件"), ("宣传册单价", "元/册"), ("人均培训成本", "元/人"))
EFFECTS: Final = (
    ("群众法治意识", "有效增强"),
    ("社会和谐稳定", "得到维护"),
    ("法治营商环境", "持续优化"),
    ("困难群众合法权益", "得到保障"),
    ("基层治理水平", "稳步提升"),
    ("公共法律服务网络", "长期发挥作用"),
)
EFFECT_RATES: Final = ("村（社区）法律顾问覆盖率", "矛盾纠纷就地化解率", "法律服务知晓率")
SATISFIED: Final = ("受援群众满意度", "服务对象满意度", "参训人员满意度", "群众满意率")
AT_LEAST: Final = (
    "≥{}",
    "≧{}",
    ">={}",
    "≥ {}",
    "不低于{}",
    "不少于{}",
    "{}以上",
    "{}及以上",
    "＞＝{}",
    "{}",
    "达到{}",
    "大于等于{}",
)
EXACT: Final = ("={}", "＝{}", "{}")
AT_MOST: Final = ("≤{}", "≦{}", "<={}", "不超过{}", "{}以内", "控制在{}以内", "不高于{}", "小于等于{}")
DONE: Final = ("达成年度指标", "达成预期指标", "达成", "已完成", "完成")
REASONS: Final = (
    "受汛期影响，两场活动推迟到次年举行",
    "年中新增任务，数量多于年初预计",
    "部分案件尚在审理，未到办结期",
    "群众需求增加，已据实安排",
)


#: What forms ordinarily say (``ordinary.txt``), by the 二级指标 in short; a cost depends on the money of its form.
_LINES: Final = tuple(
    tuple(line.split("|"))
    for line in (Path(__file__).parent / "ordinary.txt").read_text("utf-8").splitlines()
    if line[:1] not in {"#", ""}
)
_SHORT: Final = {"效益": ("经济", "社会", "生态"), "可持续": ("可持续",), "满意": ("满意",)}


class Pair(NamedTuple):
    """指标名、年度指标值、实际完成值 of one row, and whether a typed score is needed (``partly``: of the middle band)."""

    name: str
    target: str
    actual: str
    partly: bool = False


def words(*choices: str) -> st.SearchStrategy[str]:
    """Draw one of some texts."""
    return st.sampled_from(choices)


def _wide(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


@st.composite
def _number(draw: st.DrawFn, value: Decimal) -> str:
    """Write a number as people do: 1200, 1,200, １２００."""
    text = plain(value)
    if value >= 1000:
        return draw(words(text, f"{value:,}", text))
    return draw(words(text, text, text, _wide(text)))


@st.composite
def _reached(draw: st.DrawFn, target: Decimal, places: int) -> Decimal:
    """Draw what was done: about the target, a little more, or less."""
    share = draw(st.sampled_from(["1", "1", "1.03", "1.1", "1.18", "1.25", "1.6", "0.95", "0.8", "0.5"]))
    return round_half_up(target * Decimal(share), places)


@st.composite
def count(draw: st.DrawFn) -> Pair:
    """数量: ≥300件 and 312件."""
    name, unit = draw(st.sampled_from(COUNTED))
    target = Decimal(draw(st.sampled_from([1, 2, 4, 8, 12, 20, 50, 70, 300, 1200, 20000])))
    actual = max(draw(_reached(target, 0)), Decimal(1))
    bare = draw(st.booleans()) and "（" in name and "）" in name[-2:]
    unit_t, unit_a = ("", "") if bare else (unit, draw(words(unit, unit, "")))
    pattern = draw(words(*AT_LEAST))
    space = draw(words("", "", " "))
    return Pair(
        name,
        pattern.format(f"{draw(_number(target))}{space}{unit_t}"),
        f"{draw(_number(actual))}{space if unit_a else ''}{unit_a}",
    )


@st.composite
def rate(draw: st.DrawFn, names: tuple[str, ...] = RATES) -> Pair:
    """质量: ≥95% and 97.5%."""
    target = Decimal(draw(st.sampled_from(["80", "85", "90", "95", "98", "99.5", "100"])))
    satisfied = "满意" in "".join(names)
    patterns = EXACT if target == 100 else AT_LEAST
    actual = min(draw(_reached(target, draw(st.sampled_from([0, 1, 2])))), Decimal(100))
    sign = draw(words("%", "%", "％"))
    pattern = draw(words(*(AT_LEAST if satisfied and target < 100 else patterns)))
    return Pair(draw(words(*names)), pattern.format(f"{plain(target)}{sign}"), f"{plain(actual)}{sign}")


@st.composite
def deadline(draw: st.DrawFn, year: int) -> Pair:
    """时效: 2024年12月31日前 and 2024年12月20日."""
    target = draw(
        words(f"{year}年12月31日前", "12月底前", "年底前", f"{year}年年底前", "12月31日前", f"{year}年12月底前完成")
    )
    done = draw(words(f"{year}年12月20日", f"{year}年11月30日", f"{year}年12月31日", f"{year}年10月"))
    return Pair(draw(words(*DEADLINES)), target, draw(st.one_of(st.just(done), words(*DONE), words("按时完成"))))


@st.composite
def in_time(draw: st.DrawFn) -> Pair:
    """时效: 按时完成 and 按时完成; 及时率."""
    said = draw(words("按时完成", "及时", "按期完成", "当年完成"))
    return Pair(draw(words("工作完成及时性", "任务完成时效", "资金拨付及时性")), said, draw(words(said, *DONE)))


@st.composite
def term(draw: st.DrawFn) -> Pair:
    """时效: ≤15个工作日 and 12个工作日."""
    unit = draw(words("个工作日", "天", "日", "小时"))
    target = draw(st.sampled_from([3, 5, 7, 15, 30, 60]))
    actual = max(target - draw(st.integers(0, 3)), 1) + draw(st.sampled_from([0, 0, 0, 1]))
    return Pair(draw(words(*TERMS_)), draw(words(*AT_MOST)).format(f"{target}{unit}"), f"{actual}{unit}")


@st.composite
def cost(draw: st.DrawFn, annual: Decimal, executed: Decimal, unit: MoneyUnit) -> Pair:
    """成本: the whole budget and what was spent, or a part of it, or a price."""
    kind = draw(words("whole", "part", "price", "words"))
    if kind == "price":
        name, each = draw(st.sampled_from(PRICES))
        target = draw(st.sampled_from([15, 80, 600, 1500]))
        actual = round_half_up(target * Decimal(draw(st.sampled_from(["1", "0.95", "0.9", "1.1"]))), 1)
        return Pair(name, draw(words(*AT_MOST)).format(f"{target}{each}"), f"{plain(actual)}{each}")
    if kind == "words":
        said = draw(words("不超预算", "控制在预算内", "不超出预算", "预算内"))
        return Pair("项目支出控制", said, draw(words(said, *DONE)))
    name = draw(words(*COSTS))
    if kind == "part":
        half = round_half_up(executed / 2, 2)
        return Pair(name, draw(words(*AT_MOST)).format(f"{plain(half)}{unit.value}"), f"{plain(half)}{unit.value}")
    return Pair(name, draw(words(*AT_MOST)).format(f"{plain(annual)}{unit.value}"), f"{plain(executed)}{unit.value}")


@st.composite
def effect(draw: st.DrawFn) -> Pair:
    """效益: a wording that was reached, partly reached, or a rate."""
    if draw(st.integers(0, 3)) == 0:
        return draw(rate(EFFECT_RATES))
    name, target = draw(st.sampled_from(EFFECTS))
    if draw(st.integers(0, 4)) == 0:
        return Pair(
            name, target, draw(words("部分达成年度指标并具有一定效果", "部分达成", "部分达成预期指标")), partly=True
        )
    return Pair(name, target, draw(words(target, *DONE)))


def ordinary(kind: str) -> st.SearchStrategy[Pair]:
    """What forms ordinarily say of that kind (数量, 质量, 时效, 效益, 可持续, 满意)."""
    short = _SHORT.get(kind, (kind,))
    return st.sampled_from([Pair(line[1], line[2], line[3]) for line in _LINES if line[0] in short])


def satisfaction() -> st.SearchStrategy[Pair]:
    """满意度: ≥90% and 96.3%."""
    return rate(SATISFIED)
