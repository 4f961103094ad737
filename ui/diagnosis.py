"""诊断信息 (diagnosis): what helps to find a fault, put together from a list of what may be told.

No word of a form is in it, and no name of a person: of folders only the kind is said.
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication

from perfdesk import places, release
from perfdesk.parameters import in_force

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

    from ui.forms import Forms


def diagnose(window: QWidget, forms: Forms, last_fault: str) -> str:
    """Return the diagnosis, a fact a line; ``last_fault`` is where the program last came to grief, as ``ui.trouble`` tells it."""
    facts = {**_program(), **_screen(window), **_data(forms)}
    lines = [f"{name}：{fact}" for name, fact in facts.items()]
    return "\n".join((*lines, "", last_fault) if last_fault else lines)


def _program() -> Mapping[str, str]:
    return {
        "程序": f"绩效填报台 {release.described()}",
        "参数": _parameters(),
        "Python": platform.python_version(),
        "Qt": qVersion(),
        "操作系统": f"{QSysInfo.prettyProductName()}，{QSysInfo.kernelVersion()}，{QSysInfo.currentCpuArchitecture()}",
    }


def _parameters() -> str:
    """Which set is in force, of how many; a version only: the note of a pack is somebody's free text."""
    found = in_force()
    kept = f"，另存 {len(found.kept)} 版" if found.kept else ""
    passed_over = f"，用不了 {len(found.refused)} 版" if found.refused else ""
    return f"{found.pack.version}，{'随程序' if found.is_shipped else '参数包'}{kept}{passed_over}"


def _screen(window: QWidget) -> Mapping[str, str]:
    screens = "；".join(_of_screen(one) for one in QGuiApplication.screens())
    return {
        "屏幕": f"{screens}（{QGuiApplication.platformName()}）",
        "窗口": f"{window.width()}×{window.height()}，{window.font().pixelSize()} 像素的字",
    }


def _of_screen(screen: QScreen) -> str:
    size = screen.size()
    return f"{size.width()}×{size.height()}，{round(screen.devicePixelRatio() * 100)}%"


def _data(forms: Forms) -> Mapping[str, str]:
    """How much there is, and where in general; never what, and no path, for it carries a name."""
    if not forms.ready:
        return {"数据文件": "没有打开"}
    path = forms.store.path
    size = f"{path.stat().st_size // 1024} KB" if path.is_file() else "读不到"
    where = (
        "程序旁边（U 盘）" if places.is_portable() else "用户的数据文件夹" if path == places.default_store() else "别处"
    )
    return {
        "数据文件": f"{size}，{where}{'，只查看' if forms.read_only else ''}",
        "表": f"{len(forms.lines)} 张，回收站 {forms.trashed_count} 张",
        "表样": f"{len(forms.shelf.templates)} 份，自己的 {len(forms.shelf.own)} 份，用不了 {len(forms.shelf.refused)} 份",
    }
