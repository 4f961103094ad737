"""找回清单 (salvage list): what came back of a damaged data file and from where, as text to read, copy and print.

No file is touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from perfdesk.store.sources import Source

if TYPE_CHECKING:
    from perfdesk.store.salvage import Found, Salvaged

_AS_IT_WAS: Final = frozenset({Source.FILE, Source.READ, Source.JOURNAL, Source.REPLAYED})
_EARLIER: Final = frozenset({Source.BACKUP, Source.VERSION})
_ORDER: Final = (
    Source.NOWHERE,
    Source.PART,
    *sorted(_EARLIER),
    Source.READ,
    Source.REPLAYED,
    Source.JOURNAL,
    Source.FILE,
)


def titled(done: Salvaged, titles: Mapping[str, str]) -> Salvaged:
    """Call the forms without a name of their own by their template's title instead of its id."""
    forms = tuple(one._replace(name=titles.get(one.name, one.name)) for one in done.forms)
    return done._replace(forms=forms)


def headline(done: Salvaged) -> str:
    """Say in one sentence what became of the forms: 「40 张表找回 39 张：37 张原样，2 张是备份或版本里的样子；1 张没有找回」."""
    count = Counter(one.source for one in done.forms)
    nowhere, part = count[Source.NOWHERE], count[Source.PART]
    whole, earlier = (sum(count[one] for one in kind) for kind in (_AS_IT_WAS, _EARLIER))
    if whole == len(done.forms):
        return f"{whole} 张表都找回了"
    kinds = ((whole, "张原样"), (earlier, "张是备份或版本里的样子"), (part, "张不全"))
    told = "，".join(f"{number} {words}" for number, words in kinds if number)
    rest = f"；{nowhere} 张没有找回" if nowhere else ""
    return f"{len(done.forms)} 张表找回 {len(done.forms) - nowhere} 张：{told}{rest}"


def ordered(done: Salvaged) -> tuple[Found, ...]:
    """Return the forms with those first that need looking at."""
    return tuple(sorted(done.forms, key=lambda one: (_ORDER.index(one.source), -(one.year or 0), one.name)))


def where_from(form: Found) -> str:
    """Say where a form came from and how it stands: 「备份，2026年3月18日 09:30 的样子」."""
    if form.source is Source.NOWHERE:
        return f"没有找回，只知道编号“{form.record_id}”"
    if form.source is Source.PART:
        missing = "、".join(form.missing)
        return f"数据文件，不全：{f'缺{missing}' if missing else '与改动记录对不上'}"
    when = f"，{_when(form.moment)} 的样子" if form.moment is not None else ""
    return f"{form.source.value}{when}"


def further(done: Salvaged) -> Iterator[str]:
    """Say what else is to be known, a sentence each."""
    yield f"损坏的文件原样留着，改名为“{done.aside.name}”。"
    if done.backup is not None:
        yield f"用到的备份是“{done.backup.name}”。"
    for one in done.refused:
        yield f"备份“{one.name}”也读不出来，没有用。"
    yield f"版本读出 {done.versions} 个，改动记录读出 {done.lines} 行{f'，另有 {done.cut} 行前后接不上' if done.cut else ''}。"
    if done.versions_lost:
        yield f"另有 {done.versions_lost} 个版本没有读出来；其中有上报版的，以盖章的那份为准。"
    if done.unread:
        yield f"磁盘上有 {done.unread // 1024} KB 读不出来，磁盘可能要坏了，尽早换一块。"


def whole_text(done: Salvaged) -> str:
    """Return the whole list, a form a line."""
    lines = (f"{one.year or '年度不明'}　{one.name or '名称不明'}　{where_from(one)}" for one in ordered(done))
    return "\n".join((headline(done), *further(done), "", *lines, ""))


def _when(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"
