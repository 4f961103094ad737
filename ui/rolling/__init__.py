"""由上年建立: the wizard of the window's size. It shows a plan and says what was decided; it makes and saves nothing."""

from __future__ import annotations

from ui.rolling.dialog import RollingDialog

__all__ = ["RollingDialog"]
