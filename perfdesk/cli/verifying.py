"""``perfdesk verify``: whether a file still shows what was written, whether several are the same content, a package is whole.

A PDF, Excel or Word file is held against the seal in its own properties, a record file against the code it states. It tells in
which form of the data file the content is found. It changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfdesk import places
from perfdesk.cli import forms, handing, proving
from perfdesk.cli.terminal import Exit
from perfdesk.errors import UserError, reason
from perfdesk.exchange.exchange import read_records
from perfdesk.exchange.sealing import Printed, read_printed
from perfdesk.fingerprint import fingerprint
from perfdesk.gathering import renew
from perfdesk.template import Filled

if TYPE_CHECKING:
    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal
    from perfdesk.model import Record


class _Verdict(NamedTuple):
    """What was found in a file: a sentence, the code of its content (``""``: none) and whether the content is that of its code."""

    words: str
    code: str
    holds: bool


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Say of each file whether its content is that of its code, and of several whether they are the same.

    Without a file it is the data file's own change log that is verified.
    """
    if not arguments.files:
        proving.run(arguments, terminal)
        return
    files = [path for path in forms.expand(arguments.files) if not _is_proved(path, terminal)]
    if not files:
        return
    known = forms.templates(terminal)
    stored = _stored(arguments, known, terminal)
    found: list[_Verdict] = []
    for path in files:
        try:
            verdicts = list(_judge(path, known))
        except UserError as error:
            terminal.trouble(error)
            continue
        for verdict in verdicts:
            terminal.say(f"“{path.name}”{verdict.words}{_whose(verdict, stored)}")
        found += verdicts
    if not all(verdict.holds for verdict in found):
        terminal.reach(Exit.FLAWED)
    if arguments.store is not None and any(verdict.holds and verdict.code not in stored for verdict in found):
        terminal.say(f"“{arguments.store}”里没有与它内容相同的表。")
        terminal.reach(Exit.FLAWED)
    if len(found) > 1:
        _compare(found, terminal)


def _is_proved(path: Path, terminal: Terminal) -> bool:
    """Tell whether a path is a hand-in package; if so, say how it stands."""
    if not handing.is_package(path):
        return False
    try:
        handing.prove(path, terminal)
    except UserError as error:
        terminal.trouble(error)
    return True


def _compare(found: list[_Verdict], terminal: Terminal) -> None:
    """Say whether several contents are one."""
    if len({verdict.code for verdict in found}) > 1:
        terminal.say("它们不是同一份内容。")
        terminal.reach(Exit.FLAWED)
    elif all(verdict.holds for verdict in found):
        terminal.say(f"{len(found)} 份内容相同。")


def _judge(path: Path, known: forms.Templates) -> Iterator[_Verdict]:
    if path.suffix.lower() == ".json":
        read = read_records(path, known)
        yield from map(_of_record, read.records, read.codes)
        return
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"“{path.name}”打不开（{reason(error)}），请检查文件是否还在、是否有权读取。") from error
    yield _of_printed(read_printed(data, name=path.name))


def _of_record(record: Record, stated: str) -> _Verdict:
    code, name = fingerprint(record), f"（{record.year}，{forms.name_of(record)}）"
    if stated and stated != code:
        return _Verdict(f"{name}内容不同：写着校验码 {stated}，按内容算得 {code}，写出以后改过。", code, holds=False)
    return _Verdict(f"{name}校验码 {code}，{'内容没有改过' if stated else '是按内容算得的'}。", code, holds=True)


def _of_printed(printed: Printed) -> _Verdict:
    seal = printed.seal
    if seal is None:
        return _Verdict("没有校验码。", "", holds=False)
    if printed.changed:
        return _Verdict(f"内容不同：印着校验码 {seal.code}，写出以后改过。", seal.code, holds=False)
    if not seal.texts:
        words = f"印着校验码 {seal.code}，但它是另外打印或转成的，改没改过看不出。请核对原来导出的文件。"
        return _Verdict(words, seal.code, holds=False)
    return _Verdict(f"校验码 {seal.code}，内容没有改过。", seal.code, holds=True)


def _whose(verdict: _Verdict, stored: Mapping[str, str]) -> str:
    """Say which form of the data file has the code."""
    there = stored.get(verdict.code)
    return "" if there is None else f"数据文件里是{there}。"


def _stored(arguments: Arguments, known: forms.Templates, terminal: Terminal) -> Mapping[str, str]:
    """Return the codes of the forms in the data file, each with the words for the form; nothing where there is no data file."""
    if arguments.store is None and not places.default_store().exists():
        return {}
    try:
        with forms.open_store(arguments, read_only=True) as store:
            records, versions = store.load_all(), store.versions.all()
    except UserError as error:
        if arguments.store is not None:
            raise
        terminal.note(str(error))  # the files can be judged without it
        return {}
    there = [Filled(known[one.template_id], one) for one in records if one.template_id in known]
    names = {one.record.id: _words(one.record) for one in there}
    now = {fingerprint(_as_printed(one, there)): names[one.record.id] for one in reversed(there)}
    kept = {one.code: f"{names.get(one.record_id, '一张已删的表')}的{one.label}" for one in reversed(versions)}
    return now | kept


def _as_printed(form: Filled, there: list[Filled]) -> Record:
    others = tuple(one for one in there if one is not form and one.record.year == form.record.year)
    return renew(form.template, form.record, others)


def _words(record: Record) -> str:
    return f"“{forms.name_of(record)}”（{record.year}）"
