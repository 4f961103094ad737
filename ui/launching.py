"""启动 on Windows (launching): tells the launcher that the program stands, and the taskbar whose windows these are.

``perfdesk.exe`` waits for an event (its name is in ``PERFDESK_STANDS``) or the program's end; a program that ends before it said
this gives way to the version before (``packaging/windows/launcher.c``). Elsewhere nothing happens.
"""

from __future__ import annotations

import os
import sys
from typing import Final

EVENT: Final = "PERFDESK_STANDS"
APP_ID: Final = "perfdesk"
"""What Windows groups windows by; without it they would lie under the button and the icon of Python."""
_MODIFY: Final = 0x0002  # EVENT_MODIFY_STATE


def say_who() -> None:
    """Name the program to the taskbar; before the first window."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)


def is_waited_for() -> bool:
    """Tell whether a launcher waits for :func:`say_it_stands`; if the program ends before, it says so and takes the one before."""
    return bool(os.environ.get(EVENT))


def say_it_stands() -> None:
    """Tell the launcher, if one waits, that the start went well: the window has all it needs, or a command was read.

    The name is taken out of the environment: programs that this one starts are not waited for.
    """
    name = os.environ.pop(EVENT, "")
    if sys.platform == "win32" and name:
        import ctypes

        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenEventW.restype = ctypes.c_void_p
        event = ctypes.c_void_p(kernel.OpenEventW(_MODIFY, False, name))
        if event:
            kernel.SetEvent(event)
            kernel.CloseHandle(event)
