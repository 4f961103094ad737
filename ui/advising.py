"""提醒 (advising): that data do not lie well on a share or in a synchronised folder, and that the clock was set back; each once.

Nothing is refused because of it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from perfdesk.errors import UserError
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from datetime import datetime

    from perfdesk.store import Store
    from perfdesk.store.location import Risk
    from ui.dialogs import Dialogs
    from ui.settings import Settings
    from ui.widgets.toast import Toast

_PLACE, _CLOCK = "advised_place", "advised_clock"
_LATE: Final = timedelta(minutes=10)
"""Clocks are put right by so much without anybody having set them back."""


def advise(store: Store, settings: Settings, dialogs: Dialogs, *, toast: Toast, now: datetime) -> None:
    """Look where the data file lies and what the clock says; say what is amiss and was not said before."""
    from perfdesk.store.location import risk_of

    risk = risk_of(store.path)
    if risk is not None and settings.word(_PLACE) != str(risk.place):
        settings.set_word(_PLACE, str(risk.place))
        dialogs.tell(*place_words(risk), mark=Mark.WARNING)
    try:
        last = store.history.latest()
    except UserError:
        return  # opening a form says why
    if last is not None and now.astimezone() + _LATE < last.astimezone() and settings.word(_CLOCK) != last.isoformat():
        settings.set_word(_CLOCK, last.isoformat())
        toast.say(clock_words(last.astimezone(), now.astimezone()), mark=Mark.WARNING)


def place_words(risk: Risk) -> tuple[str, str]:
    """Return what is so and what to do, for a place of the data file."""
    from perfdesk.store.location import Kind

    advice = "可以照常填；最好退出程序，把数据文件夹移到本机磁盘上。要两处都有，在“文件 › 备份…”里设第二个位置。"
    if risk.kind is Kind.NETWORK:
        return (
            f"数据文件放在网络位置“{risk.place}”",
            f"网络一断，正在存的就可能存不上；两台电脑同时打开也不一定拦得住。{advice}",
        )
    return (
        f"数据文件放在{risk.name}同步的文件夹里",
        f"“{risk.place}”由{risk.name}同步：保存时文件可能被占住，两台电脑都填过的会有一份被换掉。{advice}",
    )


def clock_words(last: datetime, now: datetime) -> str:
    """Say that the clock stands before the last saving: 「电脑的时间是 2026年3月1日 09:00，比上次保存（…）还早。…」."""
    return (
        f"电脑的时间是 {_when(now)}，比上次保存（{_when(last)}）还早。表照常保存；先校准电脑的日期和时间，免得日期印错"
    )


def _when(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"
