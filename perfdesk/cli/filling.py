"""``perfdesk fill``: a form of the data file into a blank workbook of the finance bureau, and what was filled and what was not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from perfdesk.cli import forms
from perfdesk.cli.terminal import Exit, table
from perfdesk.errors import UserError
from perfdesk.exchange.files import free_name, write_atomically
from perfdesk.exchange.filling import fill_form, read_blank
from perfdesk.filling import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal
    from perfdesk.derive import Derived
    from perfdesk.filling import Result

_DONE = (Outcome.FILLED, Outcome.SAME)


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Fill a workbook and write it under a name of its own; the blank one is never changed. Flawed where anything was left out."""
    known = forms.templates(terminal)
    blank = read_blank(arguments.file)
    form = _chosen(arguments, known, terminal)
    found = fill_form(blank, form, known, overwrite=arguments.overwrite, system=arguments.system)
    if not any(one.outcome is Outcome.FILLED for one in found.results):
        terminal.say("\n".join(report(found.results)))
        terminal.trouble("没有一格填进去，文件没有写出。", Exit.FLAWED)
        return
    target = arguments.target or free_name(_beside(arguments.file))
    write_atomically(target, found.data)
    terminal.say("\n".join(report(found.results)))
    for note in found.notes:
        terminal.say(note)
    terminal.say(f"已写出 {target}；“{arguments.file.name}”没有动。")
    if any(one.outcome not in _DONE for one in found.results):
        terminal.reach(Exit.FLAWED)


def report(results: Sequence[Result]) -> list[str]:
    """Return how many texts were filled, and a line for each that was not."""
    count = Counter(one.outcome for one in results)
    left = [one for one in results if one.outcome not in _DONE]
    head = f"已填 {count[Outcome.FILLED]} 格" + (f"，{count[Outcome.SAME]} 格原来就是" if count[Outcome.SAME] else "")
    if not left:
        return [f"{head}，没有填不进去的。"]
    rows = [(one.address or "—", one.name, _words(one), one.text.replace("\n", " ")) for one in left]
    return [f"{head}；{len(left)} 处没有填：", *table([("格", "项", "为什么", "本表的内容"), *rows])]


def _words(one: Result) -> str:
    return f"{one.outcome.value}：{one.why}" if one.why else one.outcome.value


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}-已填{path.suffix}")


def _chosen(arguments: Arguments, known: forms.Templates, terminal: Terminal) -> Derived:
    """Return the form that is meant, by its id or its name, derived among the others of its year."""
    from perfdesk.derive import derive

    usable = list(forms.with_templates(forms.chosen(arguments, known, terminal), known, terminal))
    wanted = arguments.id
    exact = [pair for pair in usable if pair[0].record.id == wanted]
    named = exact or [pair for pair in usable if forms.name_of(pair[0].record) == wanted]
    if len(named) != 1:
        rows = [
            (form.record.id, str(form.record.year), template.title, forms.name_of(form.record))
            for form, template in named or usable
        ]
        why = f"有 {len(named)} 张表叫“{wanted}”" if named else f"没有“{wanted}”这张表"
        lines = "\n".join(table([("编号", "年度", "表样", "表"), *rows]))
        raise UserError(f"{why}。请写编号：\n{lines}")
    ((form, template),) = named
    return derive(template, form.record, forms.around(usable)[form.record.year])
