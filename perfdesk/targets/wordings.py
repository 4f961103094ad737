"""The words of qualitative targets (定性) as data: whole texts by level, and the patterns of what else is written.

Lists only; ``perfdesk.targets.levels`` reads with them. The three bands are those of 财预〔2020〕10号 (待核).
"""

from __future__ import annotations

from typing import Final

from perfdesk.targets.values import Level

_WORDS: Final = {
    Level.ACHIEVED: "达成 已达成 全部达成 达标 已达标 全部达标 合格率达标 完成 达到预期 合规 合法合规 合规合法 依法合规 依法依规 "
    "是 是的 有 √ ✓ 按时 按期 准时 如期 按时足额 按期足额 不超标 未超标 不超标准 未超标准 通过 已通过 通过验收 验收通过 验收合格",
    Level.PARTLY: "部分达成 基本达成 大部分达成 基本达标 部分达标 部分合规 基本合规",
    Level.NOT: "未达成 未达标 不达标 不合规 否 不是 × ✗ 未达到预期 未通过 未通过验收 验收不合格 超预算 超出预算 超标",
    Level.WORDING: "优 优秀 优良 优等 良 良好 良等 中 中等 差 较差 较好 好 很好 一般 合格 基本合格 不合格 满意 非常满意 "
    "很满意 比较满意 较满意 基本满意 不满意 及时 较及时 基本及时 不及时 及时足额 足额 有效 长期 长期有效 长效 中长期 短期 "
    "持续有效 显著 明显 较明显 高 较高 低 较低 规范 安全 稳定 持平 可控 受控 全覆盖 实现全覆盖 全部覆盖 基本覆盖 好转 向好 "
    "深远 广泛 上升 下降 增长 节约",
}
EXACT: Final = {word: level for level, words in _WORDS.items() for word in words.split()}
"""Level of a text that is one of these words."""

# 达成年度指标, 完成预期目标 …; 部分 and 未 in front decide the level.
_SCOPE: Final = r"(?:年度|预期|既定|设定|绩效|年初|全年|各项|工作|任务|计划|政府)*"
_GOAL: Final = rf"了?{_SCOPE}(?:指标|目标|效果|要求|任务|计划|工作|水平|需要)"
# What is done (完成, 发放到位), and how: 按时, 保质保量, 在规定时间内.
_DEED: Final = (
    "完成|办结|办理|发放|支付|拨付|兑付|兑现|到位|上报|提交|报送|落实|开展|实施|建立|建成|实现|结案|缴纳|缴存|公开|公示|完工|"
    "竣工|开工|交付|整改|处理|处置|反馈|回复|受理|配送|验收|投入使用|执行|列支|安排|启动|配备|采购|保障|供应|下达"
)
_IN_TIME: Final = "(?:在|按)?(?:规定|约定|项目|计划|要求|完成)+的?(?:时间|时限|期限)内?"
_MANNER: Final = (
    "按时|按期|如期|及时|准时|按月|按季度?|按年|按计划|按进度|按要求|按规定|按标准|按合同|按约定|据实|足额|圆满|顺利|提前|超额|"
    f"按质按量|保质保量|按质|按量|保质|保量|高质量|高效|全部|全面|均已|均|已|严格按照?标准|{_IN_TIME}"
)
_DONE: Final = rf"(?:{_MANNER})+(?:{_DEED})+(?:到位|完毕|任务|工作|目标|预期|使用)*"
_WHOSE: Final = "相关|有关|国家|行业|地方|质量|法律|法规|制度|管理|政策|采购|合同|验收|设计|预期|和|及"
_NORM: Final = f"(?:{_WHOSE}|标准|规定|要求|条件|规范|程序|办法)*"
_BUDGET: Final = (
    "(?:年初|年度|全年|批复|核定|项目|成本|部门|财政|下达|总)*预算"
    "(?:数|金额|总额|总数|控制|额度|资金|批复|安排|范围|标准|指标|成本)*"
)
_WITHIN: Final = "不超过?|不超出|未超过?|未超出|不得超过|不高于|不大于|小于等于|低于等于|≤|<=|≦"

STARTS: Final = (
    (Level.PARTLY, rf"(?:部分|基本|大部分)(?:达成|达到|完成|实现){_GOAL}"),
    (Level.NOT, rf"(?:未|没有|未能)(?:达成|达到|完成|实现){_GOAL}"),
    (Level.ACHIEVED, rf"(?:已|全部|均已|全面|超额|圆满|顺利|按时|按期)?(?:达成|达到|完成|实现){_GOAL}"),
    (Level.PARTLY, rf"(?:部分|基本|大部分)(?:{_DEED}|符合{_NORM})(?:到位|任务|工作)?$"),
    (Level.PARTLY, rf"(?:尚?未|没有)(?:全部|完全|全面)(?:{_DEED})$"),
    (Level.NOT, rf"(?:尚?未|没有|未能)(?:{_DEED})(?:到位|任务|工作)?$|[不未]符合{_NORM}$"),
    (Level.ACHIEVED, rf"{_DONE}$|符合{_NORM}$"),
    (Level.ACHIEVED, rf"(?:{_WITHIN}){_BUDGET}[以之]?内?$|(?:严格)?(?:控制)?在?{_BUDGET}[以之]?内$"),
)
"""Patterns of what a text, or its first clause, begins with; the first that fits decides."""

CONDITION: Final = r".{0,24}?(?<![未不])(?:(?:按[时期]|如期|及时|全部|均已|已)完成|[不未]超出?预算|控制在预算[以之]?内)"
"""A condition that is said to hold: 各项工作按时完成, 人员、公用经费等不超出预算. 完成 or 100% answers it."""

_EVERY: Final = r"(?:做到|实现)?应(?P<verb>.)尽(?P=verb)(?:[、，,].*)?|零(?!点)[^\W\d_]{2,4}"
_GOOD: Final = (
    "(?:[较很更]|非常|比较)?(?:良好|好|正常|合理|科学|健全|完整|准确|真实|齐全|充足|畅通|顺畅|透明|公正|可行|可靠|便捷|深远|广泛)"
    "|[较很](?:大|小)"
)
_TREND: Final = (
    "(?:逐年|较上年|比上年|同比|较去年)(?:上升|下降|增长|上涨|增加|减少)|稳中有[升降进]|只[增减]不[增减]"
    "|与?(?:上年|去年|同期)(?:基本)?持平|翻一?番"
)
_GRADE: Final = "(?:优秀|优良|良好|优|良|中|合格)"
_ABOVE: Final = "(?:≥|>|不低于|不差于|大于|高于|达到)"
_BEFORE: Final = r"(?:上一?年度?|去年|往年|同期|全[国省市县]|平均)[^\W\d_]{0,8}"
JUDGEMENTS: Final = (
    _EVERY,
    rf"[^\W\d_]{{0,8}}(?:{_GOOD}|{_TREND})",
    rf"{_ABOVE}?{_GRADE}(?:等次|等级|以上|及以上)+|{_ABOVE}{_GRADE}",
    rf"(?:不低于|不高于|不少于|不超过|高于|低于|优于|等于){_BEFORE}",
)
"""Patterns of short judgements: 应援尽援, 效果较好, 逐年下降, 良好及以上, 不低于上年水平."""

DEGREE: Final = "不断|显著|明显|持续|长期|逐步|进一步|有效|有所|稳步|大幅|较大|切实|全面|得到|更加|有力|充分"
RISE: Final = "提升|提高|增强|加强|改善|优化|扩大|推动|推进|促进|降低|减少|维护|完善"
STATE: Final = "保障|稳定|规范|巩固|深化|增加|改进|回归|获得|创造|实现|保持|和谐|到位"

_SERIOUS: Final = "(?:重大|较大|安全|责任|生产|违规|违纪|违法|群体性?)*"
_TROUBLE: Final = (
    "投诉|上访|信访|事故|事件|差错|失误|脱管|漏管|脱漏管|犯罪|重新犯罪|逾期|违规|违纪|违法|舆情|问题|现象|情况|行为|案件|"
    "发生|[、和]"
)
NOTHING: Final = (
    r"0|无|零[^\W\d_]{1,6}|[^\W\d_]{0,8}?(?:[未没]有?|不)(?:发生|出现)[^\d]{0,16}"
    rf"|(?:没有|无){_SERIOUS}(?:{_TROUBLE})+"
)
"""That nothing of the kind happened: 零投诉, 未发生安全事故, 无违规违纪."""
