"""The outermost edge of the command line: arguments in, exit code out, and no traceback for what the user can mend."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from perfdesk.cli.arguments import Arguments, HelpAsked, WrongArguments, read_arguments
from perfdesk.cli.passwords import opening_what_is_locked
from perfdesk.cli.terminal import Exit, NoReader, Terminal
from perfdesk.errors import UserError

Command = Callable[[Arguments, Terminal], None]
_SELDOM: Final = 100_000
"""So many new objects before Python searches for garbage in circles (it begins with 700): more than one form makes."""


def _command(name: str) -> Command:
    """Return what a command does; only its own part of the program is imported (checking is not needed to export)."""
    if name == "check":
        from perfdesk.cli import checking

        return checking.run
    if name == "export":
        from perfdesk.cli import exporting

        return exporting.run
    if name in {"pack", "unpack", "handin", "verify"}:
        return _of_packages(name)
    if name in {"backup", "restore", "salvage"}:
        from perfdesk.cli import backups, salvaging

        return {"backup": backups.run_backup, "restore": backups.run_restore, "salvage": salvaging.run}[name]
    if name in {"import", "list"}:
        return _import() if name == "import" else _list()
    from perfdesk.cli import drawn, explaining, filling, policies, updating

    return {
        "update": updating.run,
        "fill": filling.run,
        "explain": explaining.run,
        "template list": drawn.list_templates,
        "template check": drawn.check_template,
        "template new": drawn.new_template,
        "draft": drawn.draft_template,
        "policy list": policies.list_policies,
        "policy show": policies.show_policy,
    }[name]


def _import() -> Command:
    from perfdesk.cli import importing

    return importing.run


def _list() -> Command:
    from perfdesk.cli import lists

    return lists.run


def _of_packages(name: str) -> Command:
    """Return what a command does that makes, takes in or proves a package."""
    if name in {"pack", "unpack"}:
        from perfdesk.cli import parcels

        return parcels.run_pack if name == "pack" else parcels.run_unpack
    from perfdesk.cli import handing, verifying

    return handing.run if name == "handin" else verifying.run


def run(argv: Sequence[str]) -> int:
    """Carry out one command line as all that this process does, and return the exit code.

    As :func:`main`, without what only a longer life needs: Python hardly searches for garbage in circles, which modules and forms
    have none of, and not at all when the process ends. That is a tenth of the time of one form as PDF.
    """
    gc.set_threshold(_SELDOM)
    code = main(argv)
    gc.freeze()
    return code


def main(argv: Sequence[str]) -> int:
    """Carry out one command line (without the program's name) and return the exit code, see :class:`Exit`.

    Never raises: a mistake of the program itself is written to a file that one sentence names, and gives 3.
    """
    terminal = Terminal.standard()
    try:
        _carry_out(argv, terminal)
        terminal.flush()
    except NoReader:
        terminal.mute()
        return Exit.NO_READER
    except KeyboardInterrupt:
        terminal.trouble("已停止。写到一半的文件没有留下，已经写好的都在。", Exit.INTERRUPTED)
    except UserError as error:
        terminal.trouble(error)
    except Exception as error:  # noqa: BLE001 - the outermost edge: nobody above could say it in Chinese
        terminal.trouble(_own_mistake(error), Exit.BUG)
    return int(terminal.code)


def _own_mistake(error: Exception) -> str:
    """Keep the traceback for the maintainers and say in one sentence where it lies."""
    from perfdesk.cli import bug

    path = bug.write_report(error)
    if path is None:
        return f"程序自己出了错（{type(error).__name__}），没有做完，经过也没能记下来。请告诉维护人员做的是哪一步。"
    return f"程序自己出了错，没有做完，经过已记在“{path}”。请把这个文件交给维护人员。"


def _carry_out(argv: Sequence[str], terminal: Terminal) -> None:
    try:
        arguments = read_arguments(argv)
    except HelpAsked as help_:
        terminal.say(str(help_).rstrip())
    except WrongArguments as wrong:
        terminal.trouble(f"{wrong}\n{wrong.usage}")
    else:
        work = partial(_command(arguments.command), arguments, terminal)
        opening_what_is_locked(work, terminal)
