"""锁 (locks): why a form takes no change, in words. Nothing else; the window names them before the core is there."""

from __future__ import annotations

from typing import Final, NamedTuple


class Lock(NamedTuple):
    """Why a form takes no change: the ``word`` for it beside the form, and the sentence ``why`` to whoever types."""

    word: str
    why: str


LOOKING: Final = Lock("只查看", "本表现在只能查看")
SUBMITTED: Final = Lock("已上报", "本表已上报。要改请先“退回修改”。")
AS_SUBMITTED: Final = "已定稿锁定，要改请先“退回修改”"
"""What stands in place of the verdict's sentence: a form that was handed in cannot be handed in once more."""
