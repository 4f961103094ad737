"""Which template a file's record belongs to: the one it names, else the closest of the same kind."""

from __future__ import annotations

from collections.abc import Mapping

from perfdesk.errors import UserError, excerpt
from perfdesk.exchange.exchange.keys import MAX_ROWS, header_labels
from perfdesk.json_file import NOTHING_DONE, Node
from perfdesk.labels import known_as, match_label
from perfdesk.model import FormKind
from perfdesk.template import Template

_NATIONAL = "national-"  # of two that are equally close, the national form rather than a county's
OTHERS = "请选从本程序导出的数据文件。"


def choose(root: Node, templates: Mapping[str, Template], notes: list[str]) -> Template:
    """Return the template of a record; ``notes`` tell when it is not the named one.

    Raises :class:`UserError` when the file names neither a template at hand nor a kind of which there is one.
    """
    kind, name = _kind(root), root.text("template") or ""
    if name in templates:
        return templates[name]
    if kind is None:
        what = f"用的表样“{excerpt(name)}”不在本机，又没有" if name else "没有"
        raise UserError(f"“{root.file}”{what}写明是哪种表，不知道收进哪里。{OTHERS}{NOTHING_DONE}")
    same = [one for one in templates.values() if one.kind is kind]
    if not same:
        raise UserError(f"“{root.file}”是{kind.words}，还没有这种表样。请等带有这种表样的版本再导入。{NOTHING_DONE}")
    nationals_first = sorted(same, key=lambda one: (not one.id.startswith(_NATIONAL), one.id))
    chosen = max(nationals_first, key=lambda one: _closeness(root, one))
    why = f"没有表样“{excerpt(name)}”" if name else "文件里没有写明表样"
    notes.append(f"{why}，改用同类中最接近的“{chosen.title}”，请核对各格。")
    return chosen


def _kind(root: Node) -> FormKind | None:
    word = root.text("form_kind")
    if not word:
        return None
    if word not in set(FormKind):
        raise UserError(f"“{root.file}”写的表种是“{excerpt(word)}”，本程序不认识。请检查是否选错了文件。{NOTHING_DONE}")
    return FormKind(word)


def _closeness(root: Node, template: Template) -> tuple[int, int, bool]:
    """How alike the file and a template are: fund rows, header labels, money unit; labels of the same meaning are alike."""
    known = {match_label(fund.label): fund for fund in template.funds}
    rows = {known_as(match_label(row.text("label") or ""), known) for row in root.nodes("funds", most=MAX_ROWS)}
    alike = len(rows & known.keys()) - len(rows ^ known.keys()) if rows else 0
    header = header_labels(template)
    labels = {known_as(match_label(label), header) for label in root.node("header").names()}
    return alike, len(labels & header.keys()), root.text("unit") == template.unit
