"""What may stand on the command line, and its help, in Chinese throughout: argparse with its English words replaced.

Nothing is done here; a wrong command line ends in :class:`WrongArguments`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk.cli.packing_arguments import handin_parser, pack_parser, unpack_parser
from perfdesk.cli.parser import FORMATS, PROGRAM, HelpAsked, WrongArguments, in_chinese
from perfdesk.cli.parser import Parser as _Parser
from perfdesk.cli.parser import formats as _formats
from perfdesk.cli.parser import year as _year
from perfdesk.cli.terminal import table
from perfdesk.cli.updating import update_parser
from perfdesk.model import FormKind
from perfdesk.release import described

__all__ = ["Arguments", "HelpAsked", "WrongArguments", "in_chinese", "overview", "read_arguments"]

_DRAFTED: Final = tuple(one for one in FormKind if one not in {FormKind.REPORT, FormKind.CHECK_SHEET})
LISTS: Final = ("forms", "indicators", "findings", "library", "summary")
_LISTS: Final = (
    "KIND：forms 各张表；indicators 全部指标，每项一行；findings 审核提示；library 指标库；summary 汇总表和公开目录的各行。\n"
    "后四种要写 --csv 或 --xlsx。"
)
_EXITS: Final = "退出码：0 没有错误；1 有错误；2 参数或文件不能用（其余的照常处理，取最大的码）。"


class Arguments(NamedTuple):
    """A command line that was read. ``command`` is its one or two words; each command fills the fields it knows."""

    command: str
    files: Sequence[Path] = ()
    store: Path | None = None
    year: int | None = None
    all: bool = False
    json: bool = False
    to: tuple[str, ...] = ()
    out: Path = Path()
    file: Path = Path()
    id: str = ""
    preview: Path | None = None
    source: str = ""
    target: Path | None = None
    code: bool = False
    recipient: str = ""
    names: str = ""
    parts: tuple[str, ...] = ()
    zip: bool = False
    years: tuple[int, ...] = ()
    office: str = ""
    look: bool = False
    both: str = "skip"
    same: str = "new"
    what: str = "forms"
    csv: Path | None = None
    xlsx: Path | None = None
    overwrite: bool = False
    system: bool = False
    apply: bool = False


def _sheet_formats(text: str) -> tuple[str, ...]:
    """Read the formats of an 审核单, which is no record and has no JSON."""
    return _formats(text, FORMATS[:-1])


def _import_parser() -> _Parser:
    parser = _Parser(
        "import",
        takes="FILE… [--preview] [--json OUT] [--same KIND]",
        words="把填报数据、Word 表、Excel 表收进数据文件，逐处说出没有看懂的。内容相同的不重复收。",
        epilog="退出码：0 全看懂了；1 有推定的、存疑的或没有看懂的，都已列出；2 参数或文件不能用（其余的照常处理）。",
    )
    parser.things.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        type=Path,
        help="填报数据（json）、Word（docx）、Excel（xlsx、xls），一个或几个",
    )
    add = parser.options.add_argument
    add("--preview", dest="look", action="store_true", help="只看能读出什么，不收")
    add("--json", metavar="OUT", dest="target", type=Path, help="把读出的写成填报数据文件，不收")
    words = "已有的表：new 另收一张（不写就是这样），version 存为它的版本，update 更新它，skip 跳过"
    add("--same", metavar="KIND", choices=("new", "version", "update", "skip"), default="new", help=words)
    return parser


def _list_parser() -> _Parser:
    parser = _Parser(
        "list",
        takes="[--year YEAR] [--what KIND] [--csv FILE] [--xlsx FILE]",
        words="列出数据文件里的表，或把一种列表写成 CSV、Excel。",
        epilog=_LISTS,
    )
    add = parser.options.add_argument
    add("--year", metavar="YEAR", type=_year, help="只列这一年的")
    add("--what", metavar="KIND", choices=LISTS, default=LISTS[0], help="哪一种列表；不写就是 forms")
    add("--csv", metavar="FILE", type=Path, help="写成 CSV（UTF-8）")
    add("--xlsx", metavar="FILE", type=Path, help="写成 Excel")
    return parser


def _check_parser() -> _Parser:
    parser = _Parser(
        "check",
        takes="FILE…|--year YEAR|--all [--json] [--to pdf,xlsx,docx --out DIR]",
        words="审核：评分，列出错误、警告和提示。写 FILE 时不读写数据文件。",
        epilog=_EXITS,
    )
    parser.with_forms(everything=True)
    parser.options.add_argument("--json", action="store_true", help="输出 JSON，见 docs/exchange-format.md")
    add = parser.options.add_argument
    add("--to", metavar="KIND", default=(), type=_sheet_formats, help="另写出审核单：pdf,xlsx,docx 中的几种")
    add("--out", metavar="DIR", type=Path, help="放审核单的文件夹，没有就新建；不写就是当前文件夹", default=Path())
    return parser


def _export_parser() -> _Parser:
    parser = _Parser(
        "export",
        takes="FILE…|--year YEAR --to pdf,xlsx,docx,json --out DIR [--code]",
        words="导出 PDF、Excel、Word 或填报数据：一张表一个文件，同名的换成新的。",
    )
    parser.with_forms(everything=False)
    formats = ",".join(FORMATS)
    parser.options.add_argument("--to", metavar="KIND", required=True, type=_formats, help=f"格式，{formats} 中的几种")
    parser.options.add_argument("--out", metavar="DIR", required=True, type=Path, help="放文件的文件夹，没有就新建")
    parser.options.add_argument("--code", action="store_true", help="没有上报的表也印上校验码")
    return parser


def _verify_parser() -> _Parser:
    parser = _Parser(
        "verify",
        takes="[FILE…]",
        words="核对：文件写出以后改过没有，几个文件是不是同一份，报送包全不全；不写文件就核对数据文件自己的改动记录。",
        epilog="退出码：0 内容相同；1 内容不同，或没有校验码；2 参数或文件不能用（其余的照常处理，取最大的码）。",
    )
    parser.things.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        type=Path,
        help="PDF、Excel（xlsx）、Word（docx）、填报数据（json），报送包（文件夹、zip）、数据包；不写就核对数据文件",
    )
    return parser


def _backup_parser() -> _Parser:
    words = "备份数据文件：放进它旁边的“备份”文件夹和设好的第二个位置，每份都校验。"
    parser = _Parser("backup", takes="[--to DIR]", words=words)
    add = parser.options.add_argument
    add("--to", metavar="DIR", dest="target", type=Path, help="改放到这个文件夹，如 U 盘；文件夹要先有")
    return parser


def _restore_parser() -> _Parser:
    parser = _Parser(
        "restore",
        takes="[NUMBER|FILE] [--form ID]",
        words="列出备份，或恢复其中一份。恢复前先把现在的样子备份（一张表则留为版本），可以再换回来。",
    )
    add = parser.things.add_argument
    add("source", metavar="NUMBER|FILE", nargs="?", default="", help="备份的编号或文件；不写就列出有哪些")
    parser.options.add_argument("--form", metavar="ID", dest="id", default="", help="只恢复这张表，写编号或项目名称")
    return parser


def _fill_parser() -> _Parser:
    parser = _Parser(
        "fill",
        takes="BLANK --form ID [--year YEAR] [--to FILE] [--overwrite] [--system]",
        words="把一张表填进财政局发的空表（.xlsx），格式、校验和别的内容都不动。",
        epilog="退出码：0 全部填好；1 有没填进去的（逐项列出）；2 参数或文件不能用。",
    )
    parser.things.add_argument("file", metavar="BLANK", type=Path, help="财政局发的空表")
    add = parser.options.add_argument
    add("--form", metavar="ID", dest="id", required=True, help="填哪一张，写编号或项目名称")
    add("--year", metavar="YEAR", type=_year, help="只在这一年的表里找")
    add("--to", metavar="FILE", dest="target", type=Path, help="写成这个文件；不写就放在空表旁边，名字后面加“-已填”")
    add("--overwrite", action="store_true", help="空表里已有的内容也换掉（公式不动）")
    add("--system", action="store_true", help="系统导入用的表：指标各列里有 * _ - 的不填，逐项列出")
    return parser


def _explain_parser() -> _Parser:
    parser = _Parser("explain", takes="[CODE]", words="说明一种审核提示：为什么要紧，依据是什么，怎么办。")
    parser.things.add_argument("id", metavar="CODE", nargs="?", default="", help="代码，如 weight-sum；不写就全部列出")
    return parser


def _template_check_parser() -> _Parser:
    words = "检查一份表样：没有问题显示 OK，否则指出在哪里、错在什么。"
    parser = _Parser("template check", takes="FILE [--preview OUT.pdf]", words=words)
    parser.things.add_argument("file", metavar="FILE", type=Path, help="表样（.toml）")
    parser.options.add_argument("--preview", metavar="OUT.pdf", type=Path, help="没有问题就印一张空表，看看样子")
    return parser


def _template_new_parser() -> _Parser:
    parser = _Parser(
        "template new",
        takes="--from ID [--to FILE]",
        words="照一份现成的表样新建自己的，放进表样文件夹，用记事本就能改。",
    )
    add = parser.options.add_argument
    add("--from", metavar="ID", dest="source", required=True, help="照哪一份，写编号，见 template list")
    add("--to", metavar="FILE", dest="target", type=Path, help="新表样的文件名，也是它的编号；不写就自己起一个")
    return parser


def _draft_parser() -> _Parser:
    parser = _Parser(
        "draft",
        takes="FILE [--kind KIND] [--to FILE]",
        words="照财政局的空白 Word 或 Excel 表起草一份表样，放进表样文件夹。",
    )
    parser.things.add_argument("file", metavar="FILE", type=Path, help="空白的表（.docx、.xlsx、.xls）")
    add = parser.options.add_argument
    kinds = [one.value for one in _DRAFTED]
    add(
        "--kind",
        metavar="KIND",
        dest="source",
        default="",
        choices=kinds,
        help=f"表种；不写就自己认：{'、'.join(kinds)}",
    )
    add("--to", metavar="FILE", dest="target", type=Path, help="新表样的文件名，也是它的编号；不写就用空表的名字")
    return parser


def _policy_show_parser() -> _Parser:
    parser = _Parser("policy show", takes="ID", words="显示一份计分办法的全部参数。")
    parser.things.add_argument("id", metavar="ID", help="计分办法的编号，见 policy list")
    return parser


def _parsers() -> Mapping[str, _Parser]:
    """Return one parser for each command, by its one or two words."""
    parsers = (
        _import_parser(),
        _list_parser(),
        _check_parser(),
        _explain_parser(),
        _export_parser(),
        handin_parser(),
        _fill_parser(),
        pack_parser(),
        unpack_parser(),
        _verify_parser(),
        _backup_parser(),
        _restore_parser(),
        _Parser("salvage", "找回：数据文件损坏了，或者被别的程序改过，从它自己、改动流水和备份里逐张找回。"),
        update_parser(),
        _Parser("template list", "列出可用的表样：自带的，和自己放进表样文件夹的。"),
        _template_check_parser(),
        _template_new_parser(),
        _draft_parser(),
        _Parser("policy list", "列出计分办法。"),
        _policy_show_parser(),
    )
    return {parser.command: parser for parser in parsers}


def overview() -> str:
    """Return the help of the whole program."""
    commands = [f"  {line}" for line in table([(one.command, one.description or "") for one in _parsers().values()])]
    usage = f"用法：{PROGRAM} COMMAND …\n\n绩效填报台的命令行，不开窗口；不写命令就开窗口，只写文件就开窗口收进去。"
    more = f"每个命令的用法：{PROGRAM} COMMAND --help；版本：{PROGRAM} --version"
    return "\n".join((usage, "", "命令：", *commands, "", more, _EXITS))


def read_arguments(argv: Sequence[str]) -> Arguments:
    """Read a command line. Raises :class:`WrongArguments`, and :class:`HelpAsked` when only help is wanted."""
    if not argv:
        raise WrongArguments("没有写命令。", overview())
    if argv[0] in {"-h", "--help"}:
        raise HelpAsked(overview())
    if argv[0] == "--version":
        raise HelpAsked(f"{PROGRAM} {described()}")
    parsers = _parsers()
    for length in (2, 1):
        parser = parsers.get(" ".join(argv[:length]))
        if parser is not None:
            return _read(parser, argv[length:])
    group = [name for name in parsers if name.startswith(f"{argv[0]} ")]
    if group and argv[1:2] in ([], ["-h"], ["--help"]):
        words = "\n".join(f"  {PROGRAM} {parsers[name].command}：{parsers[name].description}" for name in group)
        raise HelpAsked(f"用法：\n{words}") if argv[1:] else WrongArguments(f"{argv[0]} 后面还缺一个命令。", words)
    raise WrongArguments(f"没有“{' '.join(argv[:2] if group else argv[:1])}”这个命令。", overview())


def _refuse_mixed_update(parser: _Parser, found: Arguments) -> None:
    if found.source and found.what:
        parser.error("FILE 和 --rollback 写其中一种")
    if found.apply and not (found.source or found.what):
        parser.error("--apply 前面要写 FILE 或 --rollback")


def _read(parser: _Parser, rest: Sequence[str]) -> Arguments:
    if {"-h", "--help"} & set(rest):
        raise HelpAsked(parser.format_help())
    found = Arguments(parser.command, **vars(parser.parse_intermixed_args(rest)))
    ways = [bool(found.files), found.year is not None, found.all]
    if parser.chooses and sum(ways) != 1:
        parser.error(f"请写 FILE 或 {parser.chooses}，写其中一种")
    if parser.command == "update":
        _refuse_mixed_update(parser, found)
    if parser.command == "list" and found.what != LISTS[0] and found.csv is None and found.xlsx is None:
        parser.error(f"--what {found.what} 要写成文件，请加 --csv 或 --xlsx")
    return found
