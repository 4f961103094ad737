"""``perfdesk policy …``: the scoring policies, listed and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk import places
from perfdesk.cli import forms
from perfdesk.cli.terminal import table
from perfdesk.policy import Parameter, Policy, find_policy

if TYPE_CHECKING:
    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal


def list_policies(_arguments: Arguments, terminal: Terminal) -> None:
    """Print the policies with their ids and what each rests on, and where one's own belong."""
    rows = [(one.id, _title(one), one.extends or "—") for one in forms.policies(terminal).values()]
    terminal.say("\n".join(table([("编号", "名称", "其余照"), *rows])))
    terminal.say(f"自己的计分办法放进“{places.own_policies()}”，表样里写它的编号就能用。")


def show_policy(arguments: Arguments, terminal: Terminal) -> None:
    """Print every parameter of a policy with its source and the policy that gives it."""
    policy = find_policy(forms.policies(terminal), arguments.id)
    based = f"\n其余照：{policy.extends}" if policy.extends else ""
    terminal.say(f"{policy.title}（{policy.id}）\n出处：{policy.source}{based}\n")
    lines = table([(one.label, one.words) for one in policy.parameters])
    sources = (f"    {_source(policy, one)}" for one in policy.parameters)
    terminal.say("\n".join(line for pair in zip(lines, sources, strict=True) for line in pair))


def _title(policy: Policy) -> str:
    """Name a policy, and say that the office put values over it."""
    return f"{policy.title}（有本单位的值）" if policy.own else policy.title


def _source(policy: Policy, one: Parameter) -> str:
    """Say where a parameter comes from: its rule with the date, and the policy where another one gives it."""
    rule = f"{one.source}（{one.date}）" if one.date else one.source
    if one.own:
        return f"{rule}〔本单位〕"
    return rule if one.origin == policy.id else f"{rule}〔{one.origin}〕"
