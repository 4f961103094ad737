"""The words of 恢复: moments, where a copy lies, what becomes of a form. No widget and no store here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfdesk.store.holding import Consequences, Difference, Fate

if TYPE_CHECKING:
    from datetime import date, datetime

    from perfdesk.store.timeline import Point

SAME: Final = "与现在的内容相同，不用恢复"
_DAY_WORDS: Final = {0: "今天", 1: "昨天"}
_KB: Final = 1024


def when(moment: datetime, today: date) -> str:
    """Say a moment, the nearer the finer: 「今天 14:32」, 「3月18日 14:32」, 「2019-12-31 14:32」."""
    days = (today - moment.date()).days
    if days in _DAY_WORDS:
        return f"{_DAY_WORDS[days]} {moment:%H:%M}"
    if moment.year == today.year:
        return f"{moment.month}月{moment.day}日 {moment:%H:%M}"
    return f"{moment:%Y-%m-%d %H:%M}"


def point_name(point: Point, today: date) -> str:
    """Name a moment of the time-line: 「今天 09:30 每天」, 「3月18日 14:02 送审稿」."""
    what = point.version.name if point.version is not None else str(point.backup.reason) if point.backup else ""
    return f"{when(point.moment, today)} {what}"


def point_lines(point: Point, today: date, form: str) -> str:
    """Return the two lines of a moment in the list; ``form`` names the form of a version."""
    name = point_name(point, today)
    if point.backup is None:
        return f"{name}\n版本 · {form}"
    place = "第二处" if point.backup.elsewhere else "本机和第二处" if point.twin is not None else "本机"
    return f"{name}\n备份 · {place} · {size_words(point.backup.size)}"


def size_words(size: int) -> str:
    """Say a size: 「348 KB」, 「1.2 MB」."""
    return f"{size / _KB / _KB:.1f} MB" if size >= _KB * _KB else f"{max(size // _KB, 1)} KB"


def fate_words(one: Difference) -> str:
    """Say what restoring all of it does to a form: 「改回 3 格」, 「找回（现在没有）」, 「不变」."""
    return "，".join(filter(None, (_fate(one), _versions(one.lost, one.lost_submitted))))


def _fate(one: Difference) -> str:
    cells = f"改回 {one.cells} 格" if one.cells else ""
    if one.fate is Fate.COMES:
        return "找回（现在没有）" if one.then is not None and one.then.in_use else "找回到回收站"
    if one.fate is Fate.GOES:
        return "没有了（那时还没有）" if one.now is not None and one.now.in_use else "没有了（现在在回收站）"
    if one.fate is Fate.OUT_OF_BIN:
        return "，".join(filter(None, ("从回收站取回", cells)))
    if one.fate is Fate.INTO_BIN:
        return "，".join(filter(None, ("回到回收站", cells)))
    return cells or "不变"


def _versions(count: int, submitted: int) -> str:
    if not count:
        return ""
    return f"{count} 个版本没有了" + (f"（上报版 {submitted} 个）" if submitted else "")


def consequence_words(found: Consequences) -> str:
    """Say what restoring all of it does: 「找回 1 张表，改回 2 张表（5 格），1 张表没有了」."""
    parts = (
        f"找回 {found.comes} 张表" if found.comes else "",
        f"改回 {found.changes} 张表（{found.cells} 格）" if found.changes else "",
        f"{found.goes} 张表没有了" if found.goes else "",
        _versions(found.versions, found.submitted),
    )
    return "，".join(filter(None, parts))
