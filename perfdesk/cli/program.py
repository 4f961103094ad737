"""The outermost edge of the command line: arguments in, exit code out, and no traceback for what the user can mend."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from perfdesk.cli import checking, datafiles, exporting, keeping
from perfdesk.cli.arguments import Arguments, HelpAsked, WrongArguments, read_arguments
from perfdesk.cli.terminal import Exit, NoReader, Terminal
from perfdesk.errors import UserError

Command = Callable[[Arguments, Terminal], None]

_COMMANDS: Final[Mapping[str, Command]] = MappingProxyType(
    {
        "import": keeping.run_import,
        "list": keeping.run_list,
        "check": checking.run,
        "export": exporting.run,
        "template list": datafiles.list_templates,
        "template check": datafiles.check_template,
        "policy list": datafiles.list_policies,
        "policy show": datafiles.show_policy,
    }
)


def main(argv: Sequence[str]) -> int:
    """Carry out one command line (without the program's name) and return the exit code, see :class:`Exit`.

    Never raises: a mistake of the program itself is printed with its traceback and gives 3.
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
    except Exception:  # noqa: BLE001 - the outermost edge: nobody above could say it in Chinese
        terminal.trouble(f"{traceback.format_exc()}\n程序自己出了错，没有做完。请把上面的内容发给维护人员。", Exit.BUG)
    return int(terminal.code)


def _carry_out(argv: Sequence[str], terminal: Terminal) -> None:
    try:
        arguments = read_arguments(argv)
    except HelpAsked as help_:
        terminal.say(str(help_).rstrip())
    except WrongArguments as wrong:
        terminal.trouble(f"{wrong}\n{wrong.usage}")
    else:
        _COMMANDS[arguments.command](arguments, terminal)
