"""The words of the field and the values the program works on: types only, no rules, no files, no Qt.

Glossary (the names used everywhere in the code; the Chinese is what is on the screen)

    template      表样        how one county's form is drawn and scored; the office may have its own beside the program's (shelf)
    record        表          one filled-in form of one year (填报记录)
    filled        填好的表    a record with its template, as the forms of a year are handed round
    fund row      资金行      年度资金总额 and its 其中 rows: 年初预算数, 全年预算数, 全年执行数
    indicator     绩效指标    one row: 一级 (level1), 二级 (level2), 三级 (name), 年度指标值 (target), 实际完成值 (actual)
    goal          年度绩效目标 what several indicators serve; on some forms (湖北) it holds their points (goal weight)
    weight        分值        the points an indicator can earn
    score         得分        the points it did earn
    stated        填的        a computed figure typed over by the clerk (改填), or printed on an imported form
    computed      算得        the same figure as the policy computes it
    execution rate 执行率     全年执行数 ÷ 全年预算数, in %
    reason        偏差原因    why a target was missed or far exceeded (deviation note)
    assessment    评分结果    every score with its 计分说明 (explanation), the total and the grade (等级)
    finding       审核提示    what the finance bureau would send back; 错误, 警告 or 提示; a fix (改正) where it is certain
    verdict       审核结论    可上报, 有待说明, 不可上报 or 填写中
    policy        计分办法    the parameters of scoring; data, see ``perfdesk.policy``
    goal table    目标表      the form before the year; its columns:
      indicator type 指标类型 ≥ ≤ = > < or 定性
      target value   指标值   the figure or wording alone, without sign and unit
      measure unit   计量单位 件, %, 万元 …
      explanation    指标解释
      scoring rule   评(扣)分标准  the sentence that says what a missed target costs
    monitoring    监控表      the form in the year: 1—N月执行情况 (interim), 全年预计 (expected), 完成目标可能性 (likelihood)
    rating        评分表      a form whose scores follow from rules and raw figures (部门整体支出绩效评价指标体系评分表)
    raw figure    原始数据    what a rating's rules compute with (在职人数, 编制数); entered once in 评分数据, not printed
    rule          评分规则    how one item of a rating earns its points, see ``perfdesk.rules``
    list row      列表行      one row of a form with any number of them (公开网址统计表, 汇总表)
    section       章节        a heading of a report with its paragraphs; all of them are the 提纲 (outline)
    data item     数据项      a figure in the text of a report that follows the year's forms: ``{{key|last text}}``
    figure        数          what a data item shows: one figure of the year's forms
    annex         附表        a form of the year that goes behind a report
    gathering     汇集        what a form takes from the others of its year: figures, the rows of a 汇总表, offers (取数)
    answer        说明        what the office says to a finding; stale (过时) when the figures it was about have changed
    version       版本        a form as it stood at one moment, under a name (送审稿 …); 上报 (submit) locks the form
    check code    校验码      a short fingerprint of what a form holds, printed in the foot, see ``perfdesk.fingerprint``
    origin        来历        which file a form was imported from, and in which of its cells each field was read
    binding       绑定        where in a record the text of a cell lives

Everything here is immutable. A change is ``dataclasses.replace``; equality is by value, so undo, diff and autosave need no flags.
What the user typed is kept as text, unchanged; blank is ``""``.
"""

from __future__ import annotations

from perfdesk.kinds import Block, FormKind, Severity, Verdict
from perfdesk.model.assessments import Assessment, GroupTotal, Score, ScoreMethod
from perfdesk.model.bindings import Binding
from perfdesk.model.findings import (
    Finding,
    Fix,
    flatten,
    open_findings,
    verdict,
    without_fixes,
)
from perfdesk.model.gathered import Figure, Gathered
from perfdesk.model.origins import Origin, Traced, row_names
from perfdesk.model.records import Answer, FundRow, Indicator, ListRow, Record, Section
from perfdesk.model.versions import Version, VersionKind

__all__ = [
    "Answer",
    "Assessment",
    "Binding",
    "Block",
    "Figure",
    "Finding",
    "Fix",
    "FormKind",
    "FundRow",
    "Gathered",
    "GroupTotal",
    "Indicator",
    "ListRow",
    "Origin",
    "Record",
    "Score",
    "ScoreMethod",
    "Section",
    "Severity",
    "Traced",
    "Verdict",
    "Version",
    "VersionKind",
    "flatten",
    "open_findings",
    "row_names",
    "verdict",
    "without_fixes",
]
