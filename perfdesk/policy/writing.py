"""Changing a parameter in the office's own file: the new text of that file. Nothing is written to a disk here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfdesk.errors import UserError
from perfdesk.policy.parameters import BY_KEY, KNOWN
from perfdesk.policy.reading import DATE
from perfdesk.policy.types import Given, Policy
from perfdesk.toml_file import toml_text


def office_values(policy: Policy) -> Mapping[str, Given]:
    """Return what the office's own file gives for a policy, by the parameter's key; none where it has no file of that name."""
    top = policy.layers[0]
    return top.given if top.own else {}


def with_value(policy: Policy, key: str, typed: str, *, source: str, date: str) -> str:
    """Return the text of the office's file with a parameter as it was typed, its source and the date of the rule.

    Raises :class:`UserError` in one sentence for a value, a source or a date that cannot be used: 「“九成”应为数字。」
    """
    kind = BY_KEY[key].kind
    raw = kind.parse(typed)
    kind.read(raw)
    if not source.strip():
        raise UserError("还没有写出处。写文号；没有见到原文的写“待核”，自己定的写“自定”。")
    if DATE.fullmatch(date.strip()) is None:
        raise UserError("依据的日期写成 2024、2024-03 或 2024-03-15。")
    return _text(policy, {**office_values(policy), key: Given(raw, None, source.strip(), date.strip())})


def without_value(policy: Policy, key: str) -> str:
    """Return the text of the office's file without a parameter; blank when nothing is left of values over the program's.

    Raises :class:`UserError` where no other file gives the parameter.
    """
    top = policy.layers[0]
    if not top.own or not any(key in one.given for one in policy.layers[1:]):
        raise UserError(f"“{BY_KEY[key].label}”只有这一份写着，去不掉。可以改成别的值。")
    left = {name: one for name, one in top.given.items() if name != key}
    return _text(policy, left) if left or top.title else ""


def _text(policy: Policy, given: Mapping[str, Given]) -> str:
    """Write the office's file of a policy: its head where it has a name of its own, then its parameters in their order."""
    top = policy.layers[0]
    head = {"title": top.title, "source": top.source, "extends": top.extends} if top.own else {}
    data: dict[str, Any] = {key: text for key, text in head.items() if text}
    for known in KNOWN:
        one = given.get(known.key)
        if one is not None:
            section = data.setdefault(known.section, {})
            section[known.name] = {"value": one.raw, "source": one.source, **({"date": one.date} if one.date else {})}
    return toml_text(data)
