"""读屏 (spoken): what a screen reader says about choosing in a cell. Words only."""

from __future__ import annotations

from perfdesk.editing import chosen
from perfdesk.sheet import Cell


def spoken(cell: Cell, text: str) -> str:
    """Say for a reader what there is to choose: 「可选：甲、乙（可多选）」, 「已勾选」."""
    if cell.tick:
        return "已勾选，空格取消" if cell.text else "未勾选，空格勾选"
    if not cell.choices:
        return ""
    several = "（可多选）" if cell.many else ""
    held = "、".join(chosen(text, cell.choices)) if cell.boxed else ""
    return f"{f'已选：{held}；' if held else ''}可选：{'、'.join(cell.choices)}{several}，按 Alt+↓ 打开"
