"""What may stand behind the commands for packages: ``handin``, ``pack``, ``unpack``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from perfdesk.cli.parser import Parser, formats, year

PARTS: Final = ("contents", "summary", "checks", "print")
_PRINTED: Final = ("pdf", "xlsx", "docx")
_HANDIN: Final = (
    "文件名可以写 {序号} {项目名称} {表种} {表名} {年度} {单位} {报送给}，不写就是 {序号}-{项目名称}-{表种}。\n"
    "另附：contents 目录；summary 本年没有汇总表就做一张；checks 各张表的审核单；print 全部合成一个带书签的 PDF。\n"
    "停了、断了，或者改了几张表，照样再做一次：没有变的文件不重写。核对：perfdesk verify 文件夹或压缩包。"
)


def handin_parser() -> Parser:
    """Return the parser of ``perfdesk handin``."""
    parser = Parser(
        "handin",
        takes="--year YEAR --out DIR [--to pdf,xlsx,docx] [--for NAME] [--names PATTERN] [--with …] [--zip]",
        words="写出一年的报送包：编了号的文件，带目录和校验清单，装在文件夹或压缩包里。",
        epilog=_HANDIN,
    )
    add = parser.options.add_argument
    add("--year", metavar="YEAR", type=year, required=True, help="数据文件里这一年的全部表")
    add("--out", metavar="DIR", type=Path, required=True, help="放报送包的文件夹，没有就新建")
    add("--to", metavar="KIND", type=_printed, default=("pdf", "xlsx"), help="格式，pdf,xlsx,docx 中的几种")
    add("--for", metavar="NAME", dest="recipient", default="", help="报送给谁，如 县财政局")
    add("--names", metavar="PATTERN", default="", help="文件名怎么起")
    add("--with", metavar="PART", dest="parts", type=_parts, default=("contents",), help=f"另附，{','.join(PARTS)}")
    add("--zip", action="store_true", help="装成一个压缩包")
    return parser


def _printed(text: str) -> tuple[str, ...]:
    return formats(text, _PRINTED)


def _parts(text: str) -> tuple[str, ...]:
    """Read ``contents,print``; ``none`` is nothing."""
    if text.strip() == "none":
        return ()
    names = [one.strip().lower() for one in text.replace("，", ",").split(",") if one.strip()]
    strange = next((one for one in names if one not in PARTS), None)
    if strange is not None or not names:
        what = f"没有“{strange}”这一项" if strange else "没有写另附什么"
        raise argparse.ArgumentTypeError(f"{what}，可选 {'、'.join(PARTS)}，都不要就写 none")
    return tuple(dict.fromkeys(names))


def pack_parser() -> Parser:
    """Return the parser of ``perfdesk pack``."""
    parser = Parser(
        "pack",
        takes="--year YEAR[,YEAR…] --out DIR|FILE [--office NAME]",
        words="写出数据包：几年的表、版本和自己的表样、计分办法，用 U 盘带到别的电脑，或交上级汇总。",
    )
    add = parser.options.add_argument
    add("--year", metavar="YEARS", dest="years", type=_years, required=True, help="哪几年，如 2024 或 2023,2024")
    add("--out", metavar="DIR|FILE", type=Path, required=True, help="放数据包的文件夹，或它的文件名")
    add("--office", metavar="NAME", default="", help="哪个单位的；不写就看表上的单位")
    return parser


def unpack_parser() -> Parser:
    """Return the parser of ``perfdesk unpack``."""
    parser = Parser(
        "unpack",
        takes="FILE… [--look] [--both merge|take|skip]",
        words="收进数据包：新的、对方改过的收进来；本机改过的不动；收以前先备份。",
        epilog=_UNPACK,
    )
    parser.things.add_argument("files", metavar="FILE", nargs="+", type=Path, help="数据包，一个或几个")
    add = parser.options.add_argument
    add("--look", action="store_true", help="只看里面有什么，不收")
    add("--both", metavar="HOW", default="skip", type=_how, help="两边都改过的怎么办，不写就不收")
    return parser


_UNPACK: Final = (
    "两边都改过的表：merge 逐格合并（只有一边改的取那一边，两边都改的留本机），take 用数据包的，skip 不收。\n"
    "改动以前的样子、合并时数据包里的样子，都留成版本。\n"
    "退出码：0 都收了，或没有要收的；1 有没收的；2 参数或文件不能用。"
)


def _how(text: str) -> str:
    if text in {"merge", "take", "skip"}:
        return text
    raise argparse.ArgumentTypeError(f"没有“{text}”，可选 merge、take、skip")


def _years(text: str) -> tuple[int, ...]:
    return tuple(sorted({year(one.strip()) for one in text.replace("，", ",").split(",")}))
