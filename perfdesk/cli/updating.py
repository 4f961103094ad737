"""``perfdesk update``: what an update file is, its installation, and the way back; without a file which versions are in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfdesk import places
from perfdesk.cli import forms
from perfdesk.cli.parser import Parser

if TYPE_CHECKING:
    from pathlib import Path

    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal
    from perfdesk.updates import Kind, Rollback, Update

KINDS: Final = ("program", "parameters")


def update_parser() -> Parser:
    """Return the parser of ``perfdesk update``."""
    parser = Parser(
        "update",
        takes="[FILE|--rollback KIND] [--apply]",
        words="更新：看一个更新文件（.perfdesk-update）是什么，装上它，或者回到上一版；什么都不写就列出现在的版本。",
        epilog="不写 --apply 只看，什么都不动。装之前先备份数据文件；装好后重新打开程序，用的就是新的。",
    )
    parser.things.add_argument("source", metavar="FILE", nargs="?", default="", help="更新文件")
    add = parser.options.add_argument
    words = "回到上一版：program 程序，parameters 参数包"
    add("--rollback", metavar="KIND", dest="what", choices=KINDS, default="", help=words)
    add("--apply", action="store_true", help="照着做")
    return parser


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Show or install an update, show or do the way back, or say what is in force."""
    from perfdesk.updates import Kind, read_update

    if arguments.source:
        from pathlib import Path

        update = read_update(Path(arguments.source).absolute())
        _show(update, terminal)
        if arguments.apply:
            _install(update, arguments, terminal)
    elif arguments.what:
        _go_back(Kind(arguments.what), arguments, terminal)
    else:
        for kind in Kind:
            _say_standing(kind, terminal)


def _show(update: Update, terminal: Terminal) -> None:
    from perfdesk.updates import refuse_unfit, standing

    terminal.say(f"{update.kind.words} {update.version}，{update.made:%Y-%m-%d}，签名：{update.signer}。")
    terminal.say(f"现在的是 {standing(update.kind).version}；要 {-(-update.size >> 20)} MB 空间。")
    for change in update.changes:
        terminal.say(f"  {change}")
    refuse_unfit(update)


def _install(update: Update, arguments: Arguments, terminal: Terminal) -> None:
    from perfdesk.updates import install

    store = _store(arguments)
    install(update, back_up=lambda: _back_up(store, terminal), progress=lambda _done, _all: None)
    terminal.say(
        f"{update.kind.words} {update.version} 已装好，重新打开程序，用的就是它。"
        f"perfdesk update --rollback {update.kind} 可以回到上一版。"
    )


def _back_up(store: Path, terminal: Terminal) -> None:
    """Back the data file up, where there is one."""
    from perfdesk.store import Reason
    from perfdesk.store.safekeeping import make

    if store.exists():
        made = make(store, Reason.UPDATE, moment=forms.now())
        terminal.say(f"已备份到“{made.backup.path}”，并已校验。")
        if made.trouble:
            terminal.trouble(made.trouble)


def _go_back(kind: Kind, arguments: Arguments, terminal: Terminal) -> None:
    from perfdesk.updates import plan_rollback, roll_back

    store = _store(arguments)
    plan = plan_rollback(kind, store)
    terminal.say(f"{kind.words}从 {plan.version} 回到 {plan.previous}。")
    _explain(plan, store, terminal)
    if not arguments.apply:
        terminal.say("加 --apply 就照着做。")
        return
    kept = roll_back(plan, store=store, moment=forms.now())
    if kept is not None:
        terminal.say(f"换下来的数据文件在“{kept}”。")
    terminal.say(f"{kind.words} {plan.previous} 已换回，重新打开程序，用的就是它。")


def _explain(plan: Rollback, store: Path, terminal: Terminal) -> None:
    if plan.backup is None:
        terminal.say("数据文件不动。")
        return
    terminal.say(
        f"程序 {plan.previous} 读不了现在的数据文件，要换成 {plan.backup.moment:%Y-%m-%d %H:%M} 的备份“{plan.backup.path.name}”。"
    )
    terminal.say(f"那以后填的只在换下来的那一份里，它留在“{store.parent}”，程序 {plan.version} 还打得开。")


def _say_standing(kind: Kind, terminal: Terminal) -> None:
    from perfdesk.updates import standing

    stands = standing(kind)
    before = f"，上一版是 {stands.previous}" if stands.previous else ""
    waiting = f"；{stands.waiting} 已装好，重新打开程序就用上" if stands.waiting else ""
    terminal.say(f"{kind.words} {stands.version}{before}{waiting}。")
    if stands.refusal:
        terminal.note(stands.refusal)


def _store(arguments: Arguments) -> Path:
    return (arguments.store or places.default_store()).absolute()
