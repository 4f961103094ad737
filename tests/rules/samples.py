"""Rules as the 辰溪 rating prints them, and the raw figures they use."""

from __future__ import annotations

from decimal import Decimal

from perfdesk.rules import (
    Bands,
    Cliff,
    CriteriaCount,
    DeductPerStep,
    DeductRatio,
    FractionOf,
    Grade,
    Measure,
    MeasureKind,
    RatioCapped,
    Raw,
)

D = Decimal
STAFF, POSTS = Raw("staff", "在职人数", "人"), Raw("posts", "编制数", "人")
SPENT, BUDGET = Raw("spent", "公用经费支出数", "万元"), Raw("budget", "公用经费预算数", "万元")
EXTRA, RATE = Raw("extra", "追加预算", "万元"), Raw("rate", "利用率", "%")
TICKS = Raw("ticks", "评价要点", choices=("制度已制定", "制度合法完整", "制度有效执行", "均不符合"))
PAIR = Raw("pair", "评价要点", choices=("对社会公开", "向政府报告", "均不符合"))
SURVEY = Raw("survey", "满意度调查结果", choices=("优秀", "良好", "合格", "不合格"))
GOAL, MARK = Raw("goal", "目标值", "%"), Raw("mark", "评价得分", "分")
RATIO = Measure(MeasureKind.RATIO, (SPENT,), (BUDGET,))
CHANGE = Measure(MeasureKind.CHANGE, (SPENT,), (BUDGET,))
OVER = Measure(MeasureKind.DIFFERENCE, (STAFF,), (POSTS,))
VALUE = Measure(MeasureKind.VALUE, (RATE,))

STAFFING = DeductPerStep(OVER, D(3), target=D(0), step=D(1), each=D("0.1"), sign="≤")
CONTROL = DeductPerStep(RATIO, D(3), target=D(100), step=D("0.1"), each=D("0.1"), sign="≤")
CHANGING = DeductRatio(CHANGE, D(4), times=D(40), most=D(4))
QUALITY = Cliff(VALUE, D(4), edge=D(95), loss=D(4))
COMPLETION = Bands(VALUE, ((D(100), D(4)), (D(95), D(3)), (D(90), D(2))))
IN_USE = RatioCapped(VALUE, D(3), target=D(80))
MONITORED = RatioCapped(VALUE, D(2), target=D(90), times=D(2))
INNOVATION = RatioCapped(OVER, D(1), times=D("0.1"))
COVERAGE = RatioCapped(VALUE, D(1), target_from=GOAL)
SYSTEMS = CriteriaCount(TICKS, ((D(3), D(2)), (D(2), D(1)), (D(0), D(0))))
AMBIGUOUS = CriteriaCount(PAIR, ((D(2), D(1)), (D(2), D("0.5")), (D(0), D(0))))
SATISFACTION = Grade(SURVEY, (("优秀", D(5)), ("良好", D(3)), ("合格", D(1)), ("不合格", D(0))))
MANAGEMENT = FractionOf(MARK, D(5))
