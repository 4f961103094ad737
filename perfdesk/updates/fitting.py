"""Whether an update fits: the kind of installation, the machine, the version. One sentence for each reason why not."""

from __future__ import annotations

from perfdesk import __version__, places
from perfdesk.errors import UserError
from perfdesk.updates.manifest import order, this_machine
from perfdesk.updates.rack import Rack, has_rack, in_plain_words, pack_in_force, rack_of, shipped_parameters
from perfdesk.updates.types import Kind, Standing, Update


def standing(kind: Kind) -> Standing:
    """Say which version of a kind is in force, and what may become of it here. Raises :class:`UserError` where the disk fails."""
    rack = rack_of(kind)
    with in_plain_words(rack, undone="没有动"):
        return _standing(kind, rack)


def _standing(kind: Kind, rack: Rack) -> Standing:
    if kind is Kind.PROGRAM:
        if not has_rack():
            return Standing(kind, __version__, "", _not_ours())
        waiting = rack.current if rack.has(rack.current) and rack.current != _running() else ""
        before = rack.previous if rack.has(rack.previous) and rack.previous != (waiting or _running()) else ""
        return Standing(kind, __version__, before, "", waiting)
    current, own = pack_in_force(), shipped_parameters()
    before = rack.previous
    if rack.has(before) and before != current and order(before) > order(own):
        return Standing(kind, current or own, before, "")
    return Standing(kind, current or own, own if current else "", "")


def _running() -> str:
    """The name of the folder the running program lies in, which is its version."""
    return places.program_folder().name


def _not_ours() -> str:
    return (
        "这台电脑上的程序是管理员用安装包装的（或者是从源代码运行的），不能用更新文件换。"
        f"请管电脑的同事装新的安装包：sudo apt install ./perfdesk_新版本_amd64.deb（现在是 {__version__}）。"
    )


def refuse_unfit(update: Update) -> None:
    """Raise :class:`UserError` where an update is not for this program or machine, or brings nothing new."""
    name, stands = update.path.name, standing(update.kind)
    if update.kind is Kind.PROGRAM:
        if stands.refusal:
            raise UserError(stands.refusal)
        if update.machine != this_machine():
            raise UserError(
                f"“{name}”是给{_words_of(update.machine)}的，这台电脑是{_words_of(this_machine())}，没有更新。请要一份给这种电脑的。"
            )
        if update.version == stands.waiting:
            raise UserError(f"程序 {update.version} 已经装好了。请关闭程序再打开，用的就是它。")
    if order(update.needs) > order(__version__):
        raise UserError(
            f"“{name}”要程序 {update.needs} 以上才能装，现在是 {__version__}，没有更新。请先更新程序，再装它。"
        )
    if order(update.version) == order(stands.version):
        raise UserError(f"“{name}”是{update.kind.words} {update.version}，和现在用的一样，不用更新。")
    if order(update.version) < order(stands.version):
        raise UserError(
            f"“{name}”是{update.kind.words} {update.version}，比现在用的 {stands.version} 旧，没有更新。"
            "要换回旧的，请用“回到上一版”。"
        )


_SYSTEMS = {"linux": "Linux（麒麟、统信）", "windows": "Windows"}


def _words_of(machine: str) -> str:
    """「 Windows amd64 电脑」: what a clerk may be asked for."""
    system, _, processor = machine.partition("-")
    return f" {_SYSTEMS.get(system, system)} {processor} 电脑"
