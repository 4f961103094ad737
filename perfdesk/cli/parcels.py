"""``perfdesk pack`` and ``perfdesk unpack``: forms with their versions from one data file into another, on a USB stick."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perfdesk.cli import forms
from perfdesk.cli.terminal import Exit, table
from perfdesk.errors import UserError
from perfdesk.exchange.files import write_atomically
from perfdesk.exchange.package import read_package, write_package
from perfdesk.merging.types import Standing
from perfdesk.parcels import Choice, file_name, look, pack, receive

if TYPE_CHECKING:
    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal
    from perfdesk.merging.types import Offer
    from perfdesk.parcels import Look
    from perfdesk.store import Store

_BOTH: Final = {"merge": Choice.MERGE, "take": Choice.TAKE, "skip": Choice.SKIP}


def run_pack(arguments: Arguments, terminal: Terminal) -> None:
    """Write the package of some years. A folder takes it under a name of its own."""
    with forms.open_store(arguments, read_only=True) as store:
        package = pack(store, arguments.years, office=arguments.office, made=forms.now())
    path = arguments.out
    if path.is_dir() or not path.name.lower().endswith(".zip"):
        from perfdesk.cli.exporting import folder_of

        path = folder_of(path) / file_name(package)
    write_atomically(path, write_package(package))
    versions = sum(len(one.versions) for one in package.forms)
    own = len(package.templates) + len(package.policies)
    more = f"，自己的表样和计分办法 {own} 份" if own else ""
    terminal.say(f"已写出“{path}”：{len(package.forms)} 张表，{versions} 个版本{more}。")
    blank = sum(not one.record.bureau.strip() for one in package.forms)
    if blank:
        terminal.note(f"{blank} 张表没有写单位，上级汇总时会分不清是谁的。可以先在“表的信息”里补上。")


def run_unpack(arguments: Arguments, terminal: Terminal) -> None:
    """Show what packages offer, and take it in unless only a look is wanted; one that cannot be read keeps no other out."""
    for path in forms.expand(arguments.files):
        try:
            _unpack(path, arguments, terminal)
        except UserError as error:
            terminal.trouble(error)


def _unpack(path: Path, arguments: Arguments, terminal: Terminal) -> None:
    package = read_package(path)
    with forms.open_store(arguments, read_only=arguments.look) as store:
        found = look(store, package)
        terminal.say(
            f"“{path.name}”：{package.office or '没有写单位'}，{package.made:%Y-%m-%d} 写出，{len(found.offers)} 张表。"
        )
        chosen = {one.parcel.record.id: _choice(one, _BOTH[arguments.both]) for one in found.offers}
        terminal.say("\n".join(table([_row(one, chosen[one.parcel.record.id]) for one in found.offers])))
        for note in found.notes:
            terminal.note(note)
        if not arguments.look:
            _receive(store, found, chosen, terminal)
    left = [
        one
        for one in found.offers
        if chosen[one.parcel.record.id] is Choice.SKIP and one.standing not in {Standing.SAME, Standing.OLDER}
    ]
    if left:
        terminal.reach(Exit.FLAWED)


def _choice(offer: Offer, both: Choice) -> Choice:
    if not offer.takes:
        return Choice.SKIP
    return both if offer.standing is Standing.BOTH else Choice.TAKE


def _row(offer: Offer, choice: Choice) -> tuple[str, ...]:
    record = offer.parcel.record
    why = offer.refuses or offer.about
    words = f"{choice.words}（{why}）" if why else choice.words
    return ("   ", str(record.year), forms.name_of(record), record.bureau, offer.standing.words, words)


def _receive(store: Store, found: Look, chosen: dict[str, Choice], terminal: Terminal) -> None:
    if all(one is Choice.SKIP for one in chosen.values()):
        terminal.say("没有要收的。")
        return
    done = receive(store, found, chosen, forms.templates(terminal))
    for name in done.files:
        terminal.say(f"放进了对方的 {name}。")
    count = Counter(one is not Choice.SKIP for one in chosen.values())[True]
    terminal.say(f"收进 {count} 张表，收以前的备份在“{done.backup.path}”。")
