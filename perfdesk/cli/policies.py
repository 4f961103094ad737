"""``perfdesk policy …``: the scoring policies, listed and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfdesk import places
from perfdesk.amounts import plain
from perfdesk.cli import forms
from perfdesk.cli.terminal import table
from perfdesk.policy import Band, GradeBand, Policy, ReverseFormula, find_policy

if TYPE_CHECKING:
    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal

_FREE: Final = "没有规定"
_FORMULAS: Final = {
    ReverseFormula.A: "（1 − 超出比例）× 分值",
    ReverseFormula.B: "指标值 ÷ 完成值 × 分值",
}


def list_policies(_arguments: Arguments, terminal: Terminal) -> None:
    """Print the policies with their ids, and where one's own belong."""
    rows = [(one.id, one.title) for one in forms.policies(terminal).values()]
    terminal.say("\n".join(table([("编号", "名称"), *rows])))
    terminal.say(f"自己的计分办法放进“{places.own_policies()}”，表样里写它的编号就能用。")


def show_policy(arguments: Arguments, terminal: Terminal) -> None:
    """Print every parameter of a policy."""
    policy = find_policy(forms.policies(terminal), arguments.id)
    terminal.say(f"{policy.title}（{policy.id}）\n出处：{policy.source}\n")
    terminal.say("\n".join(table(_parameters(policy))))


def _parameters(policy: Policy) -> list[tuple[str, ...]]:
    shares = "，".join(f"{name} {plain(weight)}" for name, weight in policy.group_weights.items())
    grades = "，".join(_grade_words(one) for one in policy.grades)
    return [
        ("总分", f"{plain(policy.total_weight)} 分"),
        ("预算执行率的分值", f"{plain(policy.budget_weight)} 分，表上另填的以表为准"),
        ("一级指标的分值", f"{shares}（原则上，可适当调整）" if shares else _FREE),
        ("等级", grades),
        ("执行率须说明", f"低于 {plain(policy.rate_floor)}%"),
        ("预算调整须说明", f"超过年初预算的 {plain(policy.budget_change_share)}%"),
        (
            "超额完成须说明",
            f"超过指标值 {plain(policy.over_limit)}%；指标值为 0 的，达到 {plain(policy.over_limit_zero_target)}",
        ),
        ("反向指标未达到", f"公式 {policy.reverse}：{_FORMULAS[policy.reverse]}"),
        ("定性：达成", _band(policy.achieved)),
        ("定性：部分达成", _band(policy.partly)),
        ("定性：未达成", _band(policy.missed)),
        ("像是按元填的", f"万元的表，总额达到 {plain(policy.most_in_wan)}"),
        ("像是按万元填的", f"元的表，总额不足 {plain(policy.least_in_yuan)}"),
        ("一行太重", f"超过 {plain(policy.heavy_row)} 分"),
        ("笼统措辞太多", f"超过定性指标值的 {plain(policy.vague_share)}%，且不少于 {plain(policy.vague_least)} 项"),
        ("必须有的指标", "、".join(policy.required_kinds) or _FREE),
    ]


def _grade_words(one: GradeBand) -> str:
    low = plain(one.low)
    return f"{one.name} {low} 分起" if one.high is None else f"{one.name} {low}–{plain(one.high)} 分"


def _band(band: Band) -> str:
    end = "（含）" if band.high_included else ""
    return f"分值的 {plain(band.low)}%（含）到 {plain(band.high)}%{end}"
