"""安装更新 in words: the pages of its dialog, each a statement of fact, what goes with it, and the buttons.

What is installed or taken back is decided in ``perfdesk.updates``; here it is said. Nothing is shown here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.updates import Kind
from ui.dialogs import CANCEL, Choice
from ui.dialogs.service import split_sentence
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from perfdesk.errors import UserError
    from perfdesk.updates import Rollback, Standing, Update

CHOOSE: Final = "choose"
INSTALL: Final = "install"
STOP: Final = "stop"
RESTART: Final = "restart"
GO_BACK: Final = "go-back"
BACK: Final = "back:"
"""Begins the keys of 回到上一版, one for each kind: ``back:program``."""
_CLOSE: Final = Choice(CANCEL, "关闭")
_CHOOSE: Final = Choice(CHOOSE, "选更新文件…", primary=True)
_OTHER: Final = Choice(CHOOSE, "选别的文件…", primary=True)
_RESTART: Final = Choice(RESTART, "重新启动", primary=True)
_HOW: Final = (
    "更新文件的名字以 .perfdesk-update 结尾，由发布程序的人给，放在 U 盘或电脑上都行，不用联网；也可以直接拖到这里。"
    "程序的更新换程序；参数包换表样、计分办法、手册和年度日程，程序不动。"
)
_SAFE: Final = (
    "先备份数据文件，再装进单独的文件夹，现在的一版原样留着。装好以后重新启动才换过去；"
    "中途断电、拔了 U 盘，现在的一版照样能用，以后也可以回到现在的一版。"
)


class Page(NamedTuple):
    """What the dialog shows: ``facts`` are names with what they are, ``changes`` the list of what is new.

    ``running``: work is under way, with its progress; the dialog cannot be closed then. ``mark``: ``None`` for plain information.
    """

    fact: str
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    changes: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = (_CLOSE,)
    mark: Mark | None = None
    running: bool = False


def standing_page(standings: tuple[Standing, ...]) -> Page:
    """Say which versions are in force, and where one can go back to."""
    back = tuple(
        Choice(f"{BACK}{one.kind.value}", f"{one.kind.words}回到 {one.previous}…") for one in standings if one.previous
    )
    facts = tuple((one.kind.words, _in_force(one)) for one in standings)
    waits = any(one.waiting for one in standings)
    choices = (_CLOSE, *back, Choice(CHOOSE, "选更新文件…"), _RESTART) if waits else (_CLOSE, *back, _CHOOSE)
    return Page("安装更新", (_HOW,), facts, choices=choices)


def _in_force(one: Standing) -> str:
    """现在 0.1.0，上一版 0.0.9。 And why it takes no update here, where it does not."""
    waiting = f"，已装好 {one.waiting}，重新启动后用" if one.waiting else ""
    before = f"，上一版 {one.previous}" if one.previous and not one.waiting else ""
    return f"现在 {one.version}{waiting}{before}。{one.refusal}"


def update_page(update: Update, now: str) -> Page:
    """Show an update before it is installed: what, from whom, from which version to which, what changes, what will be done."""
    facts = (
        ("文件", f"{update.path.name}，占 {size_words(update.size)}"),
        ("签名", f"{update.signer}，对得上"),
        ("制作", day_words(update.made)),
    )
    choices = (Choice(CANCEL, "取消"), Choice(CHOOSE, "选别的文件…"), Choice(INSTALL, "安装", primary=True))
    return Page(f"{update.kind.words} {now} → {update.version}", (_SAFE,), facts, update.changes, choices)


def working_page(fact: str, words: str, *, may_stop: bool) -> Page:
    """Say what is being done; ``may_stop``: it can still be stopped with nothing changed."""
    return Page(fact, (words,), choices=(Choice(STOP, "停止"),) if may_stop else (), running=True)


def installed_page(update: Update) -> Page:
    """It is there; it counts from the next start."""
    words = (
        f"重新启动以后用{update.kind.words} {update.version}。填过的都已存上；先不重启也可以接着填，下次打开就是新的。"
    )
    choices = (Choice(CANCEL, "以后再说"), _RESTART)
    return Page(f"{update.kind.words} {update.version} 装好了", (words,), choices=choices, mark=Mark.OK)


def refusal_page(error: UserError, *, must_restart: bool = False) -> Page:
    """Say why not, in the words of who refused. ``must_restart``: the window has let go of its data file."""
    fact, advice = split_sentence(str(error))
    choices = (_RESTART,) if must_restart else (_CLOSE, _OTHER)
    return Page(fact, (advice,) if advice else (), choices=choices, mark=Mark.ERROR)


def rollback_page(plan: Rollback, today: date) -> Page:
    """Say what going back does to the program and to the data, before it is done."""
    verb = Choice(GO_BACK, f"回到 {plan.previous}", primary=True)
    fact = f"{plan.kind.words}从 {plan.version} 回到 {plan.previous}"
    return Page(fact, _of_going_back(plan, today), choices=(Choice(CANCEL, "取消"), verb), mark=Mark.WARNING)


def _of_going_back(plan: Rollback, today: date) -> tuple[str, ...]:
    if plan.kind is Kind.PARAMETERS:
        return (
            "表样、计分办法、手册和年度日程回到上一版，从下次启动起算。",
            "填过的表都不动。用这一版才有的表样填的表照样打得开；计分办法不同的，得分和审核会跟着变，已上报的不变。",
        )
    if plan.backup is None:
        return ("从下次启动起用上一版的程序。", "填过的表都不动：上一版读得懂现在的数据文件。")
    kept = "现在的数据文件原样留在旁边，不会删；以后再装新版，可以从它恢复。"
    when = moment_words(plan.backup.moment, today)
    return (
        f"上一版读不懂现在的数据文件，所以换上它读得懂的最近一份备份：{when}（{plan.backup.reason.value}）。",
        f"{when} 以后填的、改的，回去以后看不到。{kept}",
    )


def went_back_page(plan: Rollback, kept: Path | None) -> Page:
    """It is done, and the data file of before lies there."""
    where = (f"原来的数据文件在“{kept}”。",) if kept is not None else ()
    words = f"重新启动以后用{plan.kind.words} {plan.previous}。"
    must = plan.must_restore
    choices = (_RESTART,) if must else (Choice(CANCEL, "以后再说"), _RESTART)
    return Page(f"已回到{plan.kind.words} {plan.previous}", (words, *where), choices=choices, mark=Mark.OK)


def size_words(size: int) -> str:
    """48 MB, 230 KB: bytes as a person reads them."""
    return f"{size / (1 << 20):.0f} MB" if size >= 1 << 20 else f"{max(size >> 10, 1)} KB"


def day_words(day: date) -> str:
    """2026年11月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(moment: datetime, today: date) -> str:
    """今天 09:30, 2026年11月2日 09:30."""
    return f"今天 {moment:%H:%M}" if moment.date() == today else f"{day_words(moment.date())} {moment:%H:%M}"
