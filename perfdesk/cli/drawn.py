"""``perfdesk template …``: the drawn forms, listed, checked, previewed and copied to begin one of the office's own.

A template is never edited in place: forms that were filled in on it keep it, and a new version is a new file.
"""

from __future__ import annotations

from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perfdesk import places, private
from perfdesk.cli import forms
from perfdesk.cli.terminal import table
from perfdesk.editing import new_record
from perfdesk.errors import UserError, reason
from perfdesk.exchange.files import write_atomically
from perfdesk.model import FormKind
from perfdesk.parameters import TEMPLATES, in_force
from perfdesk.template import Template, read_template
from perfdesk.toml_file import did_you_mean

if TYPE_CHECKING:
    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal

_KINDS: Final = {
    FormKind.PROJECT_SELF: "项目自评",
    FormKind.DEPARTMENT_SELF: "部门自评",
    FormKind.PROJECT_GOAL: "项目目标",
    FormKind.DEPARTMENT_GOAL: "部门目标",
    FormKind.PROJECT_MONITORING: "运行监控",
    FormKind.DEPARTMENT_RATING: "部门评价",
    FormKind.REPORT: "报告",
    FormKind.PUBLICATION_LIST: "公开目录",
    FormKind.SUMMARY: "汇总表",
}
_ENDING: Final = ".toml"


def list_templates(_arguments: Arguments, terminal: Terminal) -> None:
    """Print the templates with their ids."""
    found = forms.templates(terminal).values()
    rows = [(one.id, _KINDS[one.kind], one.unit.value, one.title, one.source) for one in found]
    terminal.say("\n".join(table([("编号", "表种", "单位", "名称", "出处"), *rows])))
    terminal.say(f"自己的表样放进“{places.own_templates()}”，放进去就能用。")


def check_template(arguments: Arguments, terminal: Terminal) -> None:
    """Read one template file and say OK; :class:`UserError` says where and what is wrong with it.

    With ``preview`` a blank form is also printed to that PDF, as the program would print it.
    """
    template = read_template(arguments.file, forms.policies(terminal))
    if arguments.preview is not None:
        write_atomically(arguments.preview, _preview(template))
    terminal.say("OK")
    if arguments.preview is not None:
        terminal.say(f"空白的样张在“{arguments.preview}”。")


def _preview(template: Template) -> bytes:
    """Return the PDF of a blank form of this year."""
    from perfdesk.cli.exporting import laid_out
    from perfdesk.exchange import pdf

    made = forms.now()
    layout = laid_out(template, new_record(template, record_id="preview", year=made.year))
    return pdf.render((layout,), title=template.title, made=made)


def new_template(arguments: Arguments, terminal: Terminal) -> None:
    """Copy a template, its comments included, under an id of its own; say where it lies and what comes next.

    Without ``target`` the copy gets the first free id in the office's own folder, and a ``target`` that names no folder lies there
    too. Raises :class:`UserError` for an unknown source and a target or id that is already there: nothing is overwritten.
    """
    source = _source(arguments.source)
    target = _target(arguments.target, arguments.source)
    try:
        content = source.read_bytes()
        private.make_folder(target.parent)
    except OSError as error:
        raise UserError(f"“{target}”写不进去（{reason(error)}），表样没有新建。请换个位置。") from error
    write_atomically(target, content)
    terminal.say(f"已新建表样“{target.stem}”：{target}")
    terminal.say(f'改好以后检查：perfdesk template check "{target}" --preview 样张.pdf')
    if target.parent != places.own_templates():
        terminal.say(f"检查没有问题，放进“{places.own_templates()}”就能用。")


def draft_template(arguments: Arguments, terminal: Terminal) -> None:
    """Draft a template of a blank Word or Excel form, into the office's own folder unless a target is named."""
    from perfdesk.exchange.drafting import draft_file, save_draft, suggested_name

    kind = FormKind(arguments.source) if arguments.source else None
    found = draft_file(arguments.file, forms.templates(terminal), kind)
    target = _target(arguments.target or Path(suggested_name(arguments.file)), "")
    saved = save_draft(found.draft, target, forms.policies(terminal))
    draft = found.draft
    own = [one.label for one in draft.fields if one.known is None]
    terminal.say(f"已起草表样“{saved.stem}”（{draft.title}，{draft.kind.words}）：{saved}")
    if own:
        terminal.say(f"原来的表样里没有、新起名的格：{'、'.join(own)}。")
    for note in (*found.source.notes, *draft.notes):
        terminal.say(note)
    terminal.say(f'请对着原表检查：perfdesk template check "{saved}" --preview 样张.pdf')


def _source(template_id: str) -> Path:
    """Return the file of a template. Raises :class:`UserError` when there is none of this id."""
    files = {path.stem: path for path in _files()}
    if template_id not in files:
        raise UserError(f"没有表样“{template_id}”{did_you_mean(template_id, files)}可用的见 perfdesk template list。")
    return files[template_id]


def _files() -> tuple[Path, ...]:
    folders = (places.own_templates(), *(one.folder / TEMPLATES for one in reversed(in_force().layers)))
    found = {path.stem: path for folder in folders for path in sorted(folder.glob(f"*{_ENDING}"))}
    return tuple(found.values())


def _target(path: Path | None, source: str) -> Path:
    """Return where the copy goes. Raises :class:`UserError` when the file is there or its id is taken."""
    folder, taken = places.own_templates(), {one.stem for one in _files()}
    if path is None:
        names = chain((f"{source}-own",), (f"{source}-own-{number}" for number in count(2)))
        return folder / f"{next(name for name in names if name not in taken)}{_ENDING}"
    target = path if path.suffix == _ENDING else path.with_name(f"{path.name}{_ENDING}")
    target = folder / target if target.parent == Path() else target.absolute()
    if target.exists():
        raise UserError(f"“{target}”已经有了，没有动它。请换个文件名。")
    if target.stem in taken:
        raise UserError(f"编号“{target.stem}”已有表样在用，文件名就是编号。请换个文件名。")
    return target
