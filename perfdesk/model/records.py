"""表 (record): one filled-in form, exactly as typed, and the rows it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from perfdesk.amounts import MoneyUnit

EMPTY: Mapping[str, str] = MappingProxyType({})


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
    several 年度绩效目标 name the goal a row serves: ``goal`` with its points ``goal_weight``. Some forms (广西) take
    扣减分数 ``deduction`` off the points a row has earned.
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
    deduction: str = ""

    def __hash__(self) -> int:
        """Hash what tells rows apart: every cache of rows asks at every keystroke, and 23 texts take three times as long."""
        return hash((self.name, self.target, self.actual, self.weight, self.target_value))


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
class Answer:
    """说明 (answer): what the office says to one finding, so that the finance bureau need not ask.

    ``code`` is the code of the finding, ``where`` the words of its place, ``cell`` the field it points to (``""`` for the whole
    form); ``figures`` are the figures it was about when the answer was written: other figures make the answer stale (过时).
    """

    code: str
    where: str
    cell: str
    figures: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """表 (record): one filled-in form, exactly as typed.

    ``values`` holds every single field of the template by its key (项目名称, 预期目标, 自评结论 …); keys the template does not
    know are kept. ``stated`` holds typed-over totals (``total_weight`` 总分的分值, ``total_score`` 总分的得分).
    ``funds`` stands in the order of the template's fund rows. ``rows`` are those of a list form, ``sections`` those of a report.
    ``answers`` are the 说明 written to its findings, also to findings that are not raised at present.
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
    answers: tuple[Answer, ...] = ()

    def __post_init__(self) -> None:
        """Seal the mappings: a record never changes under its readers."""
        for name in ("values", "stated"):
            given = getattr(self, name)
            if not isinstance(given, MappingProxyType):
                object.__setattr__(self, name, MappingProxyType(dict(given)))

    def value(self, key: str) -> str:
        """Return the text of a single field, ``""`` when nothing was typed."""
        return self.values.get(key, "")
