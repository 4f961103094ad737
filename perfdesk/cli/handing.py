"""``perfdesk handin``: the hand-in package of a year, and what ``perfdesk verify`` says of one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perfdesk.cli import forms
from perfdesk.cli.terminal import Exit
from perfdesk.fingerprint import Stamp
from perfdesk.handin import PATTERN, Order, Wanted, check_pattern, with_summary
from perfdesk.template import Filled

if TYPE_CHECKING:
    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal
    from perfdesk.handin import Outcome
    from perfdesk.pagesetup import PageSetup

_FLAGS: Final = {"contents": "contents", "summary": "summary", "checks": "check_sheets", "print": "merged"}


class _Told:
    """Says each file while it is made; nobody stops it but Ctrl+C, after which the next run goes on."""

    stopped = False

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def advance(self, done: int, current: str, /) -> None:
        """Say the file that is next."""
        self._terminal.note(f"{done + 1:4}  {current}")


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Write the package of a year. What could not be written is a trouble each, and the exit code says so."""
    from perfdesk.handin.writing import write

    wanted = _wanted(arguments)
    check_pattern(wanted.pattern)
    order = _order(arguments, wanted, terminal)
    _tell(write(order, _Told(terminal)), terminal)


def _wanted(arguments: Arguments) -> Wanted:
    on = {flag: part in arguments.parts for part, flag in _FLAGS.items()}
    return Wanted(
        arguments.year or 0,
        arguments.out,
        arguments.to,
        arguments.recipient,
        arguments.names or PATTERN,
        contents=on["contents"],
        summary=on["summary"],
        check_sheets=on["check_sheets"],
        merged=on["merged"],
        zipped=arguments.zip,
    )


def _order(arguments: Arguments, wanted: Wanted, terminal: Terminal) -> Order:
    known = forms.templates(terminal)
    found = forms.chosen(arguments, known, terminal)
    usable = list(forms.with_templates(found, known, terminal))
    filled = tuple(Filled(template, form.record) for form, template in usable)
    names = {one.record.bureau.strip() for one in filled} - {""}
    office = names.pop() if len(names) == 1 else ""
    if wanted.summary:
        filled = with_summary(filled, known, year=wanted.year, office=office)
    around = (*filled, *forms.year_before(arguments, known))
    stamps: Mapping[str, Stamp] = {form.record.id: form.stamp for form, _ in usable if form.stamp is not None}
    return Order(wanted, filled, around, forms.now(), office, stamps, _setups(arguments, filled))


def _setups(arguments: Arguments, filled: tuple[Filled, ...]) -> Mapping[str, PageSetup]:
    with forms.open_store(arguments, read_only=True) as store:
        return store.page_setups.of(one.record.id for one in filled)


def _tell(outcome: Outcome, terminal: Terminal) -> None:
    for note in outcome.notes:
        terminal.note(note)
    for one in outcome.failed:
        terminal.trouble(one.why)
    kept = f"，{len(outcome.kept)} 个没有变，没有重写" if outcome.kept else ""
    removed = f"，去掉了上次的 {len(outcome.removed)} 个" if outcome.removed else ""
    terminal.say(f"写好 {len(outcome.written)} 个文件{kept}{removed}，在“{outcome.place}”。")
    if outcome.code:
        terminal.say(f"本包校验码 {outcome.code}。")


def is_package(path: Path) -> bool:
    """Tell whether a path is a package: a folder or zip with a manifest, or a data package."""
    from perfdesk.handin import verifying

    return path.is_dir() or _is_data(path) or (path.suffix.lower() == ".zip" and verifying.is_package(path))


def _is_data(path: Path) -> bool:
    return path.name.lower().endswith(".perfdesk.zip") and path.is_file()


def prove(path: Path, terminal: Terminal) -> None:
    """Hold a package against its manifest and say what was found. Raises :class:`UserError` for one that cannot be read."""
    if _is_data(path):
        from perfdesk.exchange.package import read_package

        package = read_package(path)
        terminal.say(f"“{path.name}”：{package.office or '没有写单位'}的 {len(package.forms)} 张表，和写出时相同。")
        return
    from perfdesk.handin import verifying

    proof = verifying.verify(path)
    for sentence in proof.sentences:
        terminal.say(f"“{path.name or path}”：{sentence}")
    if not proof.holds:
        terminal.reach(Exit.FLAWED)
