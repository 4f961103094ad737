"""Years written in texts: 「2020年度普法经费」 of 2020 becomes 「2021年度普法经费」 in 2021; other years stay as they are."""

from __future__ import annotations

import re
from functools import lru_cache

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def move_year(text: str, old: int, new: int) -> str:
    """Return the text with its own year moved on, in the width it was typed in.

    ``move_year("2020年12月底前，比2019年多", 2020, 2021)`` gives 「2021年12月底前，比2019年多」; a figure without 年 is no year.
    """
    for was, now in ((str(old), str(new)), (str(old).translate(_WIDE), str(new).translate(_WIDE))):
        text = _year(was).sub(now, text)
    return text


@lru_cache(maxsize=16)
def _year(digits: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9０-９]){digits}(?=\s*年)")
