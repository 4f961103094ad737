"""版本 (release): which program this is, for whoever shows it: the version, and in a package the commit it was built of.

The one source of the version is ``perfdesk.__version__``. What packages the program writes ``resources/build.txt``; a source tree
has none. Nothing is written here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from perfdesk import __version__, places

NAME: Final = "绩效填报台 perfdesk"
"""What the program is called in the properties of a file."""
MAKER: Final = f"{NAME} {__version__}"
"""The same with the version: which program made a file."""
TRIAL: Final = "--trial"
"""The word an update tries its program with: it makes its window, shows and opens nothing, and says its version."""
BUILD: Final = "build.txt"
_COMMIT: Final = re.compile(r"commit=([0-9a-f]{7,40}\+?)\s*", re.ASCII)


@lru_cache(maxsize=1)
def commit() -> str:
    """Return the commit this package was built of, with ``+`` behind it where the source had been changed since.

    Empty in a source tree, and where the file in the package cannot be read: then the version alone is said.
    """
    try:
        text = (places.resources() / BUILD).read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
    found = _COMMIT.fullmatch(text)
    return found[1] if found is not None else ""


def described() -> str:
    """Return the version as it is shown: ``0.1.0``, in a package ``0.1.0 (1a2b3c4d5e6f)``."""
    return f"{__version__} ({commit()})" if commit() else __version__
