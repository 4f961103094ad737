"""指标值与完成值, row by row, in the words of real forms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.model import Binding, Block
from tests.checks.support import QIANNAN, codes, found, one, with_row

NAME = "办理法律援助案件数量"


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"target": ""}, "没有填年度指标值"),
        ({"target": "/"}, "没有填年度指标值"),
        ({"target": "满意度"}, "年度指标值不是值"),
        ({"target": "政府采购执行率"}, "年度指标值不是值"),
        ({"target": "", "name": ""}, "没有填年度指标值"),
        ({"target": "", "name": "", "actual": ""}, None),
        ({"target": "", "weight": ""}, None),
        ({"target": "", "weight": "0"}, None),
        ({"target": "", "weight": "-1"}, None),
        ({"target": "提高满意度"}, None),
        ({"target": "优"}, None),
    ],
)
def test_target_missing(changes: dict[str, str], title: str | None) -> None:
    assert [each.title for each in found(with_row(0, **changes), "target-missing")] == ([title] if title else [])


@pytest.mark.parametrize(
    ("target", "actual", "missing"),
    [
        ("≥70件", "", True),
        ("≥70件", "—", True),
        ("优", "/", True),
        ("≥70件", "无", True),
        ("0起", "无", False),
        ("≤2件", "无", False),
        ("≥70件", "0", False),
        ("", "", False),
    ],
)
def test_actual_missing(target: str, actual: str, missing: bool) -> None:
    assert bool(found(with_row(0, target=target, actual=actual), "actual-missing")) is missing


def test_what_the_form_has_no_column_for_is_not_asked() -> None:
    assert found(with_row(0, actual=""), "actual-missing", replace(QIANNAN, blocks=())) == []


@pytest.mark.parametrize(
    ("target", "actual", "message"),
    [
        ("=95%", "≥95%", "“≥95%”是条件，不是测得的数。请填实际完成的数。"),
        ("≧90%", ">90%", "“>90%”是条件，不是测得的数。请填实际完成的数。"),
        ("2次", "=2次", "“=2次”是条件，不是测得的数。请填实际完成的数。"),
        ("≤12.31日", "≤12.31日", "“≤12.31日”是条件，不是测得的数。请填实际完成的日期。"),
        ("400-500人", "400-500人", "“400-500人”是区间，不是测得的数。请填实际完成的数。"),
        ("≥90%", "达到90%以上", "“达到90%以上”是条件，不是测得的数。请填实际完成的数。"),
        ("无", "重新犯罪率小于1%", ""),
        ("60天", "60天内", "“60天内”是条件，不是测得的数。请填实际完成的数。"),
        ("1次", "已完成", "年度指标值是“1次”，完成值只写了“已完成”。请填实际完成的数。"),
        ("≥95%", "未完成", "年度指标值是“≥95%”，完成值只写了“未完成”。请填实际完成的数。"),
        ("100%", "卷宗均已移交", "年度指标值是“100%”，完成值只写了“卷宗均已移交”。请填实际完成的数。"),
        ("100%", "卷宗移交十二次", ""),
        ("≤15个工作日", "按期完成", ""),
        ("≥95%", "达到98%", ""),
        ("≥95%", "办结率=100%", ""),
        ("≥95%", "97%", ""),
        ("12月30日前", "完成", ""),
        ("优", "达成预期指标", ""),
        ("显著增强", "显著增强", ""),
        ("20件", "70余件", ""),
    ],
)
def test_actual_not_measured(target: str, actual: str, message: str) -> None:
    record = with_row(0, target=target, actual=actual, name="法律援助工作")
    assert [each.message for each in found(record, "actual-not-measured")] == ([message] if message else [])


def test_none_is_a_target_of_what_nobody_wants() -> None:
    assert found(with_row(1, name="脱管漏管率", target="无", actual="无", reason=""), "target-missing") == []
    assert len(found(with_row(1, name="合格率", target="无", actual="无", reason=""), "target-missing")) == 1


@pytest.mark.parametrize(
    ("target", "actual", "ends"),
    [
        ("≥90%", "≥95%", "请填调查结果，如 96.3%。"),
        ("≥90%", "≥99%", "请填实际完成的数。"),
        ("≥90分", "≥95分", "请填实际完成的数。"),
    ],
)
def test_a_satisfaction_is_told_what_to_fill_in(target: str, actual: str, ends: str) -> None:
    assert one(with_row(5, target=target, actual=actual), "actual-not-measured").message.endswith(ends)


MISMATCHES = (
    ("开展行政执法案卷评查（次）", "1次", "100%", "指标值是数量，完成值是百分比"),
    ("开展行政执法案卷评查（次）", "1", "100%", "指标值是数量，完成值是百分比"),
    ("行政复议", "60天内完成，经批准延长案件90天完成", "100%", "指标值是时长，完成值是百分比"),
    ("行政复议", "显著提升", "100%", "指标值是定性的，完成值是百分比"),
    ("维权意识", "不断提升", "已完成100%", "指标值是定性的，完成值是百分比"),
    ("行政复议", "长期提高", "100%。", "指标值是定性的，完成值是百分比"),
    ("合法性审核", "20件", "70余件次", "指标值按件，完成值按件次"),
    ("合法性审核（件）", "20", "70件次", "指标值按件，完成值按件次"),
    ("发放证件", "2020年年底之前完成", "100%", "指标值是时间，完成值是百分比"),
    ("发放证件", "12月底前", "300人", "指标值是时间，完成值是数量"),
    ("普法宣传", "3次", "2024年10月15日", "指标值是数量，完成值是日期"),
    ("普法宣传（次）", "3", "2024年10月15日", "指标值是数量，完成值是日期"),
    ("办案经费", "≤10万元", "100%", "指标值是金额，完成值是百分比"),
    ("参训率", "≥95%", "500人", "指标值是百分比，完成值是数量"),
    ("参训人数", "500人", "520人次", "指标值按人，完成值按人次"),
    ("社区矫正", "400-500人", "100%", "指标值是数量，完成值是百分比"),
    ("生态法治", "生态法治建设制度创新与实践", "100%", "指标值是一句话，完成值是百分比"),
    ("安置帮教", "安置帮教对象无重新犯罪发生", "重新犯罪率小于1%", "指标值是一句话，完成值是百分比"),
    ("法律援助质量", "≥95%", "显著提升", "指标值是百分比，完成值是定性的"),
)
FITTING = (
    ("补贴发放", "12月30日前", "完成"),
    ("服务质量", "优", "达成预期指标"),
    ("覆盖面", "不断扩大", "达成预期指标"),
    ("宣传时间", "2024年12月31日前", "达成预期指标"),
    ("办结率", "100%", "100%"),
    ("影响力", "显著增强", "显著增强"),
    ("普法宣传（次）", "≥3次", "3"),
    ("严格控制预算（万元）", "10万", "10万"),
    ("严格控制预算（万元）", "10", "98000元"),
    ("普法宣传", "3场", "3次"),
    ("联系点", "1个", "1处"),
    ("联系点", "3个", "3件"),  # 个 counts anything
    ("展板", "5帧", "5张"),  # a unit we do not know proves nothing
    ("展板", "5帧", "100%"),
    ("满意率", "≥95", "98%"),
    ("增幅", "≥5%", "6个百分点"),
    ("合法性审核", "应审尽审", "100%"),
    ("时效", "各项工作按时完成", "100%"),
    ("成本", "人员、公用经费等不超出预算", "100%"),
    ("覆盖面", "不断扩大", "覆盖率提升至98%"),  # says what grew
    ("覆盖面", "不断扩大", "109个"),
    ("服务质量", "12348热线不中断", "100%"),
    ("满意度", "满意度", "98%"),  # target-missing
    ("办结时间", "≤15个工作日", "12天"),
    ("办结时间", "≤15个工作日", "及时"),
    ("办结时间", "60天内", "2024年3月5日"),
    ("办结时间", "2024年12月", "10个月"),
    ("办结时间", "2024年12月", "12.25"),
    ("办结时间", "2024年12月", "20241220"),
    ("办结时间", "12月底前", "2024年12月20日"),
    ("办结时间", "12月底前", "及时"),
    ("办理案件", "≥70件", ""),
    ("办理案件", "≥70件", "达成预期指标"),  # actual-not-measured
    ("重大决策", "≥70", "2024年12月"),
    ("安全事故", "0起", "零事故"),
    ("投诉率", "≤5%", "无投诉"),
    ("普法宣传", "每月1次", "12次"),
)


@pytest.mark.parametrize(("name", "target", "actual", "why"), MISMATCHES)
def test_what_cannot_be_compared(name: str, target: str, actual: str, why: str) -> None:
    finding = one(with_row(0, name=name, target=target, actual=actual), "unit-mismatch")
    assert f"：{why}，两者不能相比。" in finding.message
    assert finding.binding == Binding(Block.INDICATORS, "actual", row=0)


@pytest.mark.parametrize(("name", "target", "actual"), FITTING)
def test_what_can_be_compared(name: str, target: str, actual: str) -> None:
    assert found(with_row(0, name=name, target=target, actual=actual), "unit-mismatch") == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"target": "400-500人", "actual": "450人"},
            "“400-500人”是区间，算不出完成比例。请改用一个数，如 ≥400人；或直接填得分。",
        ),
        (
            {"target": "3万元-5万元", "actual": "4万元"},
            "“3万元-5万元”是区间，算不出完成比例。请改用一个数，如 ≥3万元；或直接填得分。",
        ),
        (
            {"target": "15-20天", "actual": "16天"},
            "“15-20天”是区间，算不出完成比例。请改用一个数，如 ≥15天；或直接填得分。",
        ),
        (
            {"target": "帮扶、教育服刑人员", "actual": "没有出现脱管漏管"},
            "年度指标值“帮扶、教育服刑人员”，完成值“没有出现脱管漏管”，算不出得分。请写达成、部分达成或未达成，或直接填得分。",
        ),
        (
            {"target": "优", "actual": "良"},
            "年度指标值“优”，完成值“良”，算不出得分。请写达成、部分达成或未达成，或直接填得分。",
        ),
        ({"target": "优", "actual": "良", "score": "16"}, ""),
        ({"target": "优", "actual": "达成预期指标"}, ""),
        ({"target": "优", "actual": ""}, ""),
        ({"target": "显著提升", "actual": "100%"}, ""),  # unit-mismatch is the root
        ({"target": "70件", "actual": "一些"}, ""),
    ],
)
def test_target_not_scorable(changes: dict[str, str], message: str) -> None:
    got = found(with_row(0, name="社区矫正", **changes), "target-not-scorable")
    assert [each.message for each in got] == ([message] if message else [])


@pytest.mark.parametrize(
    ("name", "target", "actual", "cells"),
    [
        ("受援人满意度", "≥90%", "105%", ["actual"]),
        ("案卷合格率", "110%", "100%", ["target"]),
        ("案卷合格率", "110%", "120%", ["actual", "target"]),
        ("任务完成率", "100%", "126.5%", []),
        ("项目或定额成本控制率", "=100%", "101%", []),
        ("办案数量", "≥90%", "105%", []),
        ("受援人满意度", "≥90%", "100%", []),
        ("受援人满意度", "≥90%", "上年的105%", []),
        ("受援人满意度", "≥90%", "105分", []),
    ],
)
def test_rate_over_100(name: str, target: str, actual: str, cells: list[str]) -> None:
    record = with_row(0, name=name, target=target, actual=actual)
    assert [each.binding.key for each in found(record, "rate-over-100") if each.binding] == cells


def test_a_row_without_points_is_only_looked_at_for_its_rates() -> None:
    record = with_row(0, name="受援人满意度", target="1次", actual="105%", weight="")
    assert codes(record) & {"unit-mismatch", "actual-not-measured", "rate-over-100"} == {"rate-over-100"}
