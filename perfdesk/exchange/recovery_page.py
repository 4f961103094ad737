"""恢复密钥的那一页 (recovery page): the sheet that a clerk prints when a password is set, and locks away.

One A4 page: what it is for, of which data file, and the groups, numbered and large enough to be typed from paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from perfdesk.fonts import Face, reportlab_face
from perfdesk.fonts.paper import Canvas

_MM: Final = 72 / 25.4
_PAPER_MM: Final = (210.0, 297.0)
_LEFT_MM, _TOP_MM = 25.0, 35.0
_TITLE: Final = "恢复密钥"
_ACROSS: Final = 4  # groups in a line
_STEP_MM: Final = (40.0, 18.0)  # from group to group, from line to line
_WORDS: Final = (
    "忘了数据密码，用这份密钥打开数据文件和它的备份：在填密码的窗口里点“忘了密码”，",
    "照着下面一组一组地填。空格、横线和大小写都不要紧；没有字母 O、I、L、U。",
    "谁拿到这张纸，谁就能打开数据文件。请像公章一样保管，不要和电脑、U 盘放在一起，",
    "不要拍照。改密码以后，这份密钥照样有效。",
)


def render(groups: Sequence[str], *, name: str, day: str) -> bytes:
    """Return the page as a PDF: ``groups`` of the key, ``name`` of the data file, ``day`` on which the password was set."""
    target = BytesIO()
    width, height = (side * _MM for side in _PAPER_MM)
    song = reportlab_face(Face.SONG)
    canvas = Canvas(target, pagesize=(width, height), invariant=1, initialFontName=song, lang="zh-CN")
    canvas.setTitle(_TITLE)
    canvas.setViewerPreference("PrintScaling", "None")
    left, top = _LEFT_MM * _MM, height - _TOP_MM * _MM
    canvas.setFont(song, 22)
    canvas.drawString(left, top, _TITLE)
    canvas.setFont(song, 12)
    canvas.drawString(left, top - 12 * _MM, f"绩效填报台　数据文件“{name}”　{day}")
    for line, text in enumerate(_WORDS):
        canvas.drawString(left, top - (24 + 8 * line) * _MM, text)
    for place, group in enumerate(groups):
        across, down = left + place % _ACROSS * _STEP_MM[0] * _MM, top - (70 + place // _ACROSS * _STEP_MM[1]) * _MM
        canvas.setFont(song, 9)
        canvas.drawString(across, down + 7 * _MM, f"第 {place + 1} 组")
        canvas.setFont(song, 20)
        canvas.drawString(across, down, " ".join(group))
    canvas.setFont(song, 12)
    below = top - (80 + len(groups) // _ACROSS * _STEP_MM[1]) * _MM
    canvas.drawString(left, below - 10 * _MM, "存放地点：________________________　　保管人：________________")
    canvas.save()
    return target.getvalue()
