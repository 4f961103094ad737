"""Which template a stretch of lines is: by the share of its labels that are found, by what the title says, nationals first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.labels import alike, label_forms, match_label
from perfdesk.model import FormKind
from perfdesk.recognition.board import Line
from perfdesk.recognition.heads import is_title
from perfdesk.recognition.plan import Plan, plan_of
from perfdesk.recognition.words import untorn
from perfdesk.template import BlockRole, Template

_NATIONAL: Final = "national-"
_SYNONYM: Final = 0.8  # of what the same word would tell
_KIND: Final = 0.25
_WEIGHTED: Final = 0.04
_CLOSE: Final = 0.02
_SHOWN: Final = 300  # lines that are looked at, of a longer form the first and the last
_LONGEST_HEADING: Final = 200
_POINTS: Final = re.compile(r"指标\s*[（(]\s*\d+\s*分?\s*[)）]")
_KINDS: Final = (
    (FormKind.REPORT, re.compile(r"报告")),
    (FormKind.SUMMARY, re.compile(r"汇总|一览表")),
    (FormKind.PUBLICATION_LIST, re.compile(r"公开.*(?:统计|目录|情况)|网址")),
    (FormKind.DEPARTMENT_RATING, re.compile(r"评分表|评价指标体系|评价表")),
    (FormKind.PROJECT_MONITORING, re.compile(r"监控")),
    (FormKind.DEPARTMENT_SELF, re.compile(r"(?:部门|单位|整体).*自评")),
    (FormKind.PROJECT_SELF, re.compile(r"自评")),
    (FormKind.DEPARTMENT_GOAL, re.compile(r"(?:部门|单位|整体).*目标")),
    (FormKind.PROJECT_GOAL, re.compile(r"目标")),
)


class Labels(NamedTuple):
    """What a stretch of lines says that may be a label: reduced words, the kind its title names, whether levels bear points."""

    words: frozenset[str]
    kind: FormKind | None
    weighted: bool


class Candidate(NamedTuple):
    """A template with the share (0 to 1) of its labels that were found, what counts for the choice, and the words it explains."""

    template: Template
    share: float
    score: float
    words: frozenset[str] = frozenset()


def labels_of(lines: Sequence[Line]) -> Labels:
    """Return what may be labels in these lines."""
    words: set[str] = set()
    kind, weighted = None, False
    shown = lines if len(lines) <= _SHOWN else (*lines[: 2 * _SHOWN // 3], *lines[-_SHOWN // 3 :])
    for line in shown:
        for square in line.own:
            words.update(_words(square.text))
            weighted = weighted or _POINTS.search(square.text[:80]) is not None
        alone = line.alone
        if kind is None and alone is not None and is_title(alone.text):
            kind = kind_of(alone.text)
    return Labels(frozenset(words), kind, weighted)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Return the labels a cell may hold: itself, and what stands before its colons."""
    short = text[:200]
    parts = [text, *re.split(r"[:：]", short)[:-1]] if ":" in short or "：" in short else [text]
    inner = [one.split()[-1] for one in parts[1:] if one.split()]
    whole = (match_label(text),) if 0 < len(text) <= _LONGEST_HEADING else ()
    return (*whole, *(form for one in (*parts, *inner) for form in label_forms(one)))


def kind_of(title: str) -> FormKind | None:
    """Return the kind of form a title names."""
    short = untorn(title)
    return next((kind for kind, words in _KINDS if words.search(short)), None)


def candidates_for(labels: Labels, templates: Mapping[str, Template]) -> tuple[Candidate, ...]:
    """Return the templates a stretch may be, best first; of two equally good ones the national form."""
    plans = [plan_of(one) for one in templates.values()]
    known = labels.words & frozenset(word for plan in plans for word in plan.weights)
    found = [_candidate(one, labels, known) for one in plans if one.weights or one.columns or _is_report(one.template)]
    found.sort(
        key=lambda one: (
            -round(one.score / _CLOSE),
            not one.template.id.startswith(_NATIONAL),
            -one.score,
            one.template.id,
        )
    )
    return tuple(found)


def _is_report(template: Template) -> bool:
    return any(block.role is BlockRole.SECTIONS for block in template.blocks)


def _candidate(plan: Plan, labels: Labels, known: frozenset[str]) -> Candidate:
    weights = plan.weights
    hit = sum(_told(label, weight, labels.words) for label, weight in weights.items())
    whole = sum(weights.values()) or 1.0
    words = frozenset(one for one in known if any(two in weights for two in alike(one)))
    score = 2 * hit / (whole + hit + len(known) - len(words))
    if labels.kind is not None:
        score += _KIND if plan.template.kind is labels.kind else -_KIND
    if labels.weighted == plan.has_weighted_levels:
        score += _WEIGHTED
    return Candidate(plan.template, min(hit / whole, 1.0), score, words)


def _told(label: str, weight: float, words: frozenset[str]) -> float:
    if label in words:
        return weight
    return weight * _SYNONYM if alike(label) & words else 0.0
