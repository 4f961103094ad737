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
    binding       绑定        where in a record the text of a cell lives

Everything here is immutable. A change is ``dataclasses.replace``; equality is by value, so undo, diff and autosave need no flags.
What the user typed is kept as text, unchanged; blank is ``""``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.amounts import MoneyUnit

if TYPE_CHECKING:
    from decimal import Decimal

EMPTY: Mapping[str, str] = MappingProxyType({})


class FormKind(StrEnum):
    """表种 (kind of form), the ``form_kind`` of the exchange format."""

    PROJECT_SELF = "project_self_assessment"
    DEPARTMENT_SELF = "department_self_assessment"
    PROJECT_GOAL = "project_goal"
    DEPARTMENT_GOAL = "department_goal"
    PROJECT_MONITORING = "project_monitoring"
    DEPARTMENT_RATING = "department_rating"
    REPORT = "report"
    PUBLICATION_LIST = "publication_list"
    SUMMARY = "summary"

    @property
    def words(self) -> str:
        """The kind as people call it: 「项目支出绩效自评表」."""
        return _KIND_WORDS[self]


_KIND_WORDS: Mapping[FormKind, str] = MappingProxyType(
    {
        FormKind.PROJECT_SELF: "项目支出绩效自评表",
        FormKind.DEPARTMENT_SELF: "部门整体支出绩效自评表",
        FormKind.PROJECT_GOAL: "项目支出绩效目标表",
        FormKind.DEPARTMENT_GOAL: "部门整体支出绩效目标表",
        FormKind.PROJECT_MONITORING: "绩效运行监控表",
        FormKind.DEPARTMENT_RATING: "部门评价表",
        FormKind.REPORT: "绩效自评报告",
        FormKind.PUBLICATION_LIST: "公开目录",
        FormKind.SUMMARY: "汇总表",
    }
)


@dataclass(frozen=True, slots=True)
class FundRow:
    """资金行 (fund row). All texts as typed, amounts in the record's unit (元 or 万元).

    ``execution_rate`` and ``score`` are stated values; ``weight`` is blank unless the form prints one. Monitoring forms have
    ``interim_executed`` (1—N月执行数) and ``expected_executed`` (全年预计执行数).
    """

    label: str
    initial_budget: str = ""
    annual_budget: str = ""
    executed: str = ""
    weight: str = ""
    execution_rate: str = ""
    score: str = ""
    interim_executed: str = ""
    expected_executed: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """绩效指标 (indicator row). All texts as typed; ``score`` is a stated value, blank means computed.

    Goal tables have 指标类型 ``indicator_type`` (≥ ≤ = > < 定性), 指标值 ``target_value``, 计量单位 ``measure_unit``, 指标解释
    ``explanation`` and 评(扣)分标准 ``scoring_rule``; a rating has the last two. Monitoring has 1—N月执行情况 ``interim_actual``,
    全年预计完成情况 ``expected_actual``, 偏差原因分析 ``causes`` (words joined by 、) and 完成目标可能性 ``likelihood``. Forms with
    several 年度绩效目标 name the goal a row serves: ``goal`` with its points ``goal_weight``.
    """

    level1: str = ""
    level1_weight: str = ""
    level2: str = ""
    level2_weight: str = ""
    name: str = ""
    target: str = ""
    actual: str = ""
    weight: str = ""
    score: str = ""
    reason: str = ""
    remark: str = ""
    goal: str = ""
    goal_weight: str = ""
    indicator_type: str = ""
    target_value: str = ""
    measure_unit: str = ""
    explanation: str = ""
    scoring_rule: str = ""
    interim_actual: str = ""
    expected_actual: str = ""
    causes: str = ""
    likelihood: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """列表行 (list row): its texts by column, as typed; blank ones are left out, so that equal rows are equal values.

    Make one with :meth:`of`. ``cells`` are pairs of column key and text, in the order of the keys.
    """

    cells: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> ListRow:
        """Return the row of these texts: ``ListRow.of({"agency": "司法局", "remark": ""})`` holds only the agency."""
        return cls(tuple(sorted((key, text) for key, text in texts.items() if text)))

    def text(self, key: str) -> str:
        """Return the text of a column, ``""`` when nothing was typed."""
        return next((text for name, text in self.cells if name == key), "")

    def with_texts(self, texts: Mapping[str, str]) -> ListRow:
        """Return the row with these texts in their columns."""
        return ListRow.of({**dict(self.cells), **texts})


@dataclass(frozen=True, slots=True)
class Section:
    """章节 (section) of a report: ``level`` 1 「一、」, 2 「（一）」, 3 「1.」; ``heading`` as printed, with its number.

    A paragraph may hold data items (数据项) as ``{{key|text}}``: the figure of that key in the year's forms and the text it had
    when it was last seen, which stands when the figure cannot be found.
    """

    level: int
    heading: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """表 (record): one filled-in form, exactly as typed.

    ``values`` holds every single field of the template by its key (项目名称, 预期目标, 自评结论 …); keys the template does not
    know are kept. ``stated`` holds typed-over totals (``total_weight`` 总分的分值, ``total_score`` 总分的得分).
    ``funds`` stands in the order of the template's fund rows. ``rows`` are those of a list form, ``sections`` those of a report.
    ``extra`` is a JSON object (as text) of what an imported file
    held beyond the form, kept so that nothing is dropped silently.
    """

    id: str
    template_id: str
    year: int
    unit: MoneyUnit = MoneyUnit.WAN
    bureau: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    funds: tuple[FundRow, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    stated: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    extra: str = ""
    rows: tuple[ListRow, ...] = ()
    sections: tuple[Section, ...] = ()

    def __post_init__(self) -> None:
        """Seal the mappings: a record never changes under its readers."""
        for name in ("values", "stated"):
            given = getattr(self, name)
            if not isinstance(given, MappingProxyType):
                object.__setattr__(self, name, MappingProxyType(dict(given)))

    def value(self, key: str) -> str:
        """Return the text of a single field, ``""`` when nothing was typed."""
        return self.values.get(key, "")


class Block(StrEnum):
    """The part of a record that a binding points into."""

    VALUES = "values"
    FUNDS = "funds"
    INDICATORS = "indicators"
    STATED = "stated"
    ROWS = "rows"
    SECTIONS = "sections"


@dataclass(frozen=True, slots=True)
class Binding:
    """绑定 (binding): where the text of an editable cell lives in a record.

    ``row`` is the index in ``funds``, ``indicators``, ``rows`` or ``sections`` (-1 for single fields). In a section the key is
    ``heading``, ``text`` (its paragraphs, a line each) or the number of a paragraph, from ``"0"``. ``count`` is the number of
    indicator rows that a merged group cell (一级指标, 二级指标) writes to. ``pattern`` is set where one cell shows several
    fields, for instance ``[{department_code}]{department}``; ``key`` is then the main field.
    """

    block: Block
    key: str
    row: int = -1
    count: int = 1
    pattern: str = ""

    def covers(self, other: Binding) -> bool:
        """Tell whether ``other`` lives in this cell: the same field, in one of the rows of the group."""
        if self.block is not other.block:
            return False
        same_field = self.key == other.key or f"{{{other.key}}}" in self.pattern
        return same_field and self.row <= other.row < self.row + self.count


class ScoreMethod(StrEnum):
    """How a score came about; checks reason with it, the explanation says it in words."""

    MET = "met"  # 达到指标值，记满分
    RATIO = "ratio"  # 按完成比例
    REVERSE = "reverse"  # 反向指标
    LEVEL = "level"  # 定性档次
    RATE = "rate"  # 执行率 × 分值
    RULE = "rule"  # 评分表: the item's own rule
    BLANK = "blank"  # nothing to score yet
    UNSCORABLE = "unscorable"  # a target the policy cannot score


class Score(NamedTuple):
    """得分 (score) of one row.

    ``computed`` is what the policy gives (points, 2 decimals), ``None`` where it cannot; ``stated`` is the typed-over text and
    ``stated_value`` its number. ``explanation`` is the 计分说明: the arithmetic in one Chinese line.
    """

    binding: Binding
    label: str
    weight: Decimal | None
    computed: Decimal | None
    stated: str
    stated_value: Decimal | None
    method: ScoreMethod
    explanation: str

    @property
    def effective(self) -> Decimal | None:
        """The score that counts: the stated one where there is one, else the computed one."""
        return self.computed if self.stated_value is None else self.stated_value


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """一级指标小计 (subtotal of a first-level indicator): rows ``first`` … ``first + count - 1``, points."""

    label: str
    first: int
    count: int
    printed_weight: Decimal | None
    weight: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True)
class Assessment:
    """评分结果 (assessment). Points with 2 decimals, ``execution_rate`` in % with 2 decimals (98.46).

    ``total`` is the sum of the effective scores; ``weight_total`` the sum of all weights, the budget row's included.
    ``grade`` is ``None`` while the total is not within 0–100 or a weight is missing. ``budget`` is ``None`` on a form without a
    scored budget row (目标表, 评分表, lists).
    """

    execution_rate: Decimal | None
    rate_explanation: str
    budget: Score | None
    scores: tuple[Score, ...]
    groups: tuple[GroupTotal, ...]
    weight_total: Decimal
    total: Decimal
    grade: str | None

    @property
    def is_scored(self) -> bool:
        """Whether any row has a score yet; until then the total of 0 says nothing."""
        return any(one is not None and one.effective is not None for one in (self.budget, *self.scores))


class Figure(NamedTuple):
    """数据项 (figure): one figure of the year's forms that a report or another form can take.

    ``key`` names it for good: 「部门整体支出绩效自评表·全年执行数」; ``label`` 「全年执行数」, ``place`` where it stands for people
    (「部门整体支出绩效自评表 › 年度资金总额」), ``text`` as it is printed, ``unit`` 万元, 人, % or ``""``.
    """

    key: str
    label: str
    place: str
    text: str
    unit: str = ""


@dataclass(
    frozen=True, slots=True, eq=False
)  # made once per change of the year's forms, compared and cached by identity
class Gathered:
    """汇集 (gathered): what a form takes from the other forms of its year.

    ``figures`` are all there are, for reports; ``rows`` the computed texts of a list that gathers forms (汇总表), one for each
    row of the record, and ``total`` those of its total row.
    """

    figures: tuple[Figure, ...] = ()
    rows: tuple[ListRow, ...] = ()
    total: ListRow = field(default_factory=ListRow)


class Severity(StrEnum):
    """错误 blocks 上报, 警告 must be explained, 提示 is worth a look. The values are those of ``check --json``."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Verdict(StrEnum):
    """审核结论: the one light of a form."""

    READY = "可上报"
    TO_EXPLAIN = "有待说明"
    BLOCKED = "不可上报"
    FILLING = "填写中"  # less than half of the form is filled; nothing is judged yet


class Fix(NamedTuple):
    """改正 (fix): what one click does. ``label`` says the result, for instance 「改为 ≥95%」; ``""`` as text clears the cell."""

    label: str
    edits: tuple[tuple[Binding, str], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """审核提示 (finding), as data.

    ``code`` is stable (checks.md); ``title`` is the fact in at most 18 characters or so; ``message`` states the arithmetic;
    ``where`` is the label or indicator name of the place; ``binding`` the cell it points to (``None`` for the whole form);
    ``also`` further cells to mark; ``stated`` and ``computed`` the two figures that disagree; ``consequences`` are the findings
    that only follow from this one (连带): shown inside it, counted like the others.
    """

    code: str
    severity: Severity
    title: str
    message: str
    where: str
    binding: Binding | None = None
    also: tuple[Binding, ...] = ()
    stated: str = ""
    computed: str = ""
    fix: Fix | None = None
    consequences: tuple[Finding, ...] = ()


def flatten(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings with their consequences, each after its root cause."""
    return tuple(one for finding in findings for one in (finding, *flatten(finding.consequences)))


def verdict(findings: tuple[Finding, ...]) -> Verdict:
    """审核结论 of a form: any 错误 blocks; any 警告 wants an explanation; 提示 alone do not count."""
    severities = {finding.severity for finding in flatten(findings)}
    if Severity.ERROR in severities:
        return Verdict.BLOCKED
    return Verdict.TO_EXPLAIN if Severity.WARNING in severities else Verdict.READY
