"""``perfdesk backup`` and ``perfdesk restore``: backups of the data file, and the way back, whole or one form.

The store makes and checks them. Before anything is restored the present state is kept: the whole file as a backup, a form as a
version; so each restore can itself be taken back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk import places, private
from perfdesk.cli import forms
from perfdesk.cli.terminal import table
from perfdesk.errors import UserError
from perfdesk.model import VersionKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal
    from perfdesk.model import Record
    from perfdesk.store import Backup


def run_backup(arguments: Arguments, terminal: Terminal) -> None:
    """Make a backup: beside the data file and in the second place, or in the folder that is named."""
    from perfdesk.store import Reason
    from perfdesk.store.files import examine
    from perfdesk.store.safekeeping import make, make_in
    from perfdesk.store.unlocking import key_of

    path = _store_path(arguments)
    examine(path)
    key_of(path)  # a file with a password is asked about before anything begins
    if arguments.target is not None:
        one = make_in(path, arguments.target, moment=forms.now())
        terminal.say(f"已备份到“{one.path}”，并已校验。")
        return
    made = make(path, Reason.ASKED, moment=forms.now())
    for each in filter(None, (made.backup, made.second)):
        terminal.say(f"已备份到“{each.path}”，并已校验。")
    if made.trouble:
        terminal.trouble(made.trouble)


def run_restore(arguments: Arguments, terminal: Terminal) -> None:
    """List the backups, or restore one of them: all of it, or one form."""
    from perfdesk.store.backups import found

    path = _store_path(arguments)
    if not arguments.source:
        if arguments.id:
            raise UserError("没有写从哪一份备份恢复。请写编号（不带参数的 perfdesk restore 会列出来）或文件。")
        _list(path, found(path), terminal)
        return
    source = _source(arguments.source, found(path))
    if arguments.id:
        _restore_form(arguments, path, source, terminal)
    else:
        _restore_all(arguments, path, source, terminal)


def _store_path(arguments: Arguments) -> Path:
    return (arguments.store or places.default_store()).absolute()


def _list(path: Path, there: tuple[Backup, ...], terminal: Terminal) -> None:
    if not there:
        terminal.say(f"“{path}”还没有备份。perfdesk backup 做一份。")
        return
    rows = [
        (str(one.number), f"{one.moment:%Y-%m-%d %H:%M}", one.reason.value, f"{one.size / 1e6:.1f} MB", str(one.path))
        for one in there
    ]
    terminal.say("\n".join(table([("编号", "时间", "缘由", "大小", "文件"), *rows])))
    terminal.say(f"共 {len(there)} 份。perfdesk restore 编号：恢复那一份；加 --form：只恢复一张表。")


def _source(text: str, there: tuple[Backup, ...]) -> Path:
    """Return the backup that is meant: by its number, else a file."""
    path = Path(text)
    if path.exists() or not (text.isascii() and text.isdigit()):
        return path.absolute()
    chosen = next((one.path for one in there if one.number == int(text)), None)
    if chosen is None:
        raise UserError(f"没有编号为 {text} 的备份。不带参数的 perfdesk restore 会列出有哪些。")
    return chosen


def _restore_all(arguments: Arguments, path: Path, source: Path, terminal: Terminal) -> None:
    """Put a backup in the place of the data file, after a backup of what is there; what cannot be read is set aside."""
    from perfdesk.store import Reason, StoreBusy
    from perfdesk.store.faults import in_plain_words
    from perfdesk.store.restoring import is_whole, restore

    before: Backup | None = None
    try:
        if path.exists() and is_whole(path):
            with forms.open_store(arguments, read_only=False) as store:
                before = store.safekeeping.make(Reason.RESTORE).backup
                store.become(source)
                forms.carry_backups(store, terminal)
        else:
            with in_plain_words(path):
                private.make_folder(path.parent)
            restore(source, path, now=forms.now)
    except StoreBusy as error:
        raise UserError(f"{error}要恢复，先关闭那个窗口。") from error
    terminal.say(f"“{path}”已恢复成“{source.name}”。")
    _bring_own_files(arguments, terminal)
    if before is not None:
        terminal.say(f"恢复前的备份在“{before.path}”；perfdesk restore {before.number} 可以换回来。")


def _bring_own_files(arguments: Arguments, terminal: Terminal) -> None:
    """Put the office's templates and policies that this machine lacks into its folder; none that is there is replaced."""
    from perfdesk.ownfiles import offers, put_in

    with forms.open_store(arguments, read_only=True) as store:
        found = offers(store)
    missing = [one for one in found if not one.replaces]
    put_in(missing)
    if missing:
        names = "、".join(one.words for one in missing)
        terminal.say(
            f"备份带着本单位自己的 {len(missing)} 份文件，这台电脑上没有，已放进“{places.data_folder()}”：{names}。"
        )
    for one in found:
        if one.replaces:
            terminal.say(f"备份里的{one.words}比这台电脑上的新，没有动它；要换成备份里的，打开窗口时会问。")


def _restore_form(arguments: Arguments, path: Path, source: Path, terminal: Terminal) -> None:
    """Put one form of a backup back; the form as it is now is kept as a version."""
    from perfdesk.store.holding import kept_in, peek

    held = peek(source, path.parent, now=forms.now)
    record = _chosen(arguments.id, {key: one.record for key, one in held.items()}, source)
    name = forms.name_of(record)
    with forms.open_store(arguments, read_only=False) as store:
        now = {one.id for one in (*store.entries(), *store.trashed())}
        if record.id in store.versions.submitted():
            raise UserError(f"“{name}”（{record.year}）已上报，没有恢复。要恢复，先在程序里“退回修改”。")
        if record.id in now and store.load(record.id) == record:
            terminal.say(f"“{name}”（{record.year}）现在和那时一样，没有改动。")
            return
        if record.id in now:
            store.versions.keep(store.load(record.id), VersionKind.REPLACED)
        else:
            store.versions.bring_back(kept_in(source, path.parent, record.id, now=forms.now))
        store.save(record)
    kept = f"；恢复前的样子在版本“{VersionKind.REPLACED.words}”里" if record.id in now else ""
    terminal.say(f"“{name}”（{record.year}）已恢复成“{source.name}”里的样子{kept}。")


def _chosen(wanted: str, there: Mapping[str, Record], source: Path) -> Record:
    """Return the form that is meant: by its id, else by its name if only one bears it."""
    if wanted in there:
        return there[wanted]
    named = [one for one in there.values() if forms.name_of(one) == wanted]
    if len(named) == 1:
        return named[0]
    rows = [(one.id, str(one.year), forms.name_of(one)) for one in named or there.values()]
    why = f"有 {len(named)} 张表叫“{wanted}”" if named else f"没有“{wanted}”这张表"
    lines = "\n".join(table([("编号", "年度", "表"), *rows]))
    raise UserError(f"“{source.name}”里{why}。请用下面的编号：\n{lines}")
