"""The parser of one command: argparse with its English words replaced, raising instead of ending the process."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any, Final, NoReturn

FORMATS: Final = ("pdf", "xlsx", "docx", "json")
PROGRAM: Final = "perfdesk"

#: argparse's own sentences (3.11–3.13) -> ours.
_SENTENCES: Final = (
    (r"argument (.+?): (.+)", "{0}：{1}"),
    (r"the following arguments are required: (.+)", "还缺 {0}"),
    (r"unrecognized arguments: (.+)", "不认得 {0}"),
    (r"ambiguous option: (.+?) could match (.+)", "{0} 可以是 {1}，请写全"),
    (r"expected at least one argument", "后面至少要写一项"),
    (r"expected (?:one argument|\d+ arguments?)", "后面要写一项"),
    (r"ignored explicit argument (.+)", "后面不能写 {0}"),
    (r"not allowed with argument (.+)", "不能与 {0} 同时用"),
    (r"invalid choice: (.+?) \(choose from (.+)\)", "没有 {0}，可选 {1}"),
    (r"one of the arguments (.+) is required", "{0} 要写其中一项"),
)


class WrongArguments(Exception):  # noqa: N818 - the sentence it carries is the point
    """The command line cannot be used. ``str()`` is one Chinese sentence; ``usage`` is how to write it."""

    def __init__(self, sentence: str, usage: str) -> None:
        super().__init__(sentence)
        self.usage = usage


def in_chinese(message: str) -> str:
    """Put a sentence of argparse into Chinese; one that is Chinese already stays."""
    for pattern, words in _SENTENCES:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return words.format(*map(in_chinese, match.groups()))
    return message.replace("'", "").replace(", ", "、")


class HelpAsked(Exception):  # noqa: N818 - no mistake at all
    """Help was asked for; ``str()`` is the help."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with 「用法」 in front; lines are short enough to need no wrapping, which argparse does badly for Chinese."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401 - as argparse
        """Begin with the usage."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese and raises instead of ending the process."""

    def __init__(self, command: str, words: str, *, takes: str = "", epilog: str = "") -> None:
        super().__init__(
            prog=f"{PROGRAM} {command}",
            usage=" ".join(part for part in (PROGRAM, command, takes, "[--store FILE]") if part),
            description=words,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Formatter,
        )
        self.command = command
        self.chooses = ""
        self.things = self.add_argument_group("参数")
        self.options = self.add_argument_group("选项")
        self.options.add_argument("-h", "--help", action="store_true", default=argparse.SUPPRESS, help="显示这份说明")
        self.options.add_argument("--store", metavar="FILE", type=Path, help="数据文件；不写就用本机（或 U 盘）自己的")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line."""
        raise WrongArguments(f"命令写得不对：{in_chinese(message)}。", self.format_usage().strip())

    def with_forms(self, *, everything: bool) -> None:
        """Take FILE… or ``--year`` (or ``--all``)."""
        self.things.add_argument("files", metavar="FILE", nargs="*", type=Path, help="填报数据（JSON），一个或几个")
        self.options.add_argument("--year", metavar="YEAR", type=year, help="数据文件里这一年的全部表")
        self.chooses = "--year、--all" if everything else "--year"
        if everything:
            self.options.add_argument("--all", action="store_true", help="数据文件里的全部表")


def year(text: str) -> int:
    """Read a year of four digits."""
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    raise argparse.ArgumentTypeError(f"应为四位年份，如 2024，现在是“{text}”")


def formats(text: str, known: tuple[str, ...] = FORMATS) -> tuple[str, ...]:
    """Read ``pdf,xlsx``: names from ``known``, in the order given, none twice."""
    names = [one.strip().lower() for one in text.replace("，", ",").split(",") if one.strip()]
    strange = [one for one in names if one not in known]
    if strange or not names:
        what = f"没有“{strange[0]}”这种格式" if strange else "没有写格式"
        raise argparse.ArgumentTypeError(f"{what}，可选 {'、'.join(known)}，用逗号隔开")
    return tuple(dict.fromkeys(names))
