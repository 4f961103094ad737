"""The two exceptions of the program.

Trouble has three kinds. Wrong user data is a finding, never an exception. The environment (full disk, lock, bad file,
newer version) is a ``UserError``. Anything else is our bug and stays whatever Python raised. This module holds no texts
and no logic.
"""

from __future__ import annotations


class PerfdeskError(Exception):
    """Root of everything the program raises on purpose; catch it only at the outermost edge."""


class UserError(PerfdeskError):
    """Something outside the program went wrong and the user can act on it.

    The message is shown as it is: one Chinese sentence that names the thing and the next step, for
    instance 「“法律援助.xlsx”正被其他程序占用，请关闭后重试。」. Raise it ``from`` the cause: the log keeps the detail.
    """
