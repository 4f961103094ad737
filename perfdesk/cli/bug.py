"""A mistake of the program itself, for the people who maintain it: written to a file, so that no terminal shows a stack trace.

It writes that one file and says where it lies; what is said about it is the business of ``program``.
"""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Final

from perfdesk import __version__, places

FILE_NAME: Final = "perfdesk-error.log"


def write_report(error: BaseException) -> Path | None:
    """Write versions and traceback to ``perfdesk-error.log`` in the data folder, else in the temporary folder.

    The report of an earlier mistake is replaced. Returns the file, ``None`` when neither folder takes it.
    """
    trace = "".join(traceback.format_exception(error))
    facts = f"perfdesk {__version__}\nPython {platform.python_version()}\n{platform.platform()}\n{sys.executable}\n\n"
    for folder in (places.data_folder(), Path(tempfile.gettempdir())):
        path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(facts + trace, encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue  # the next folder; the last one gives None
        return path
    return None
