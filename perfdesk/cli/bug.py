"""A mistake of the program itself, for the people who maintain it: written to a file, so that no terminal shows a stack trace.

It holds no word of a form and no path. What is said about it is the business of ``program``.
"""

from __future__ import annotations

import platform
import sys
import tempfile
from pathlib import Path
from typing import Final

from perfdesk import places, private, release, traces

FILE_NAME: Final = "perfdesk-error.log"
_KIND: Final = "frozen" if getattr(sys, "frozen", False) else "from source"


def write_report(error: BaseException) -> Path | None:
    """Write versions and the place of the mistake to ``perfdesk-error.log`` in the data folder, else in the temporary folder.

    The report of an earlier mistake is replaced. Returns the file, ``None`` when neither folder takes it.
    """
    facts = f"perfdesk {release.described()}\nPython {platform.python_version()}\n{platform.platform()}\n{_KIND}\n\n"
    for folder in (places.data_folder(), Path(tempfile.gettempdir())):
        path = folder / FILE_NAME
        try:
            private.make_folder(folder)
            path.unlink(missing_ok=True)
            with open(path, "x", encoding="utf-8", errors="backslashreplace", opener=private.opener) as file:
                file.write(f"{facts}{traces.where(error)}\n")
        except OSError:
            continue  # the next folder; the last one gives None
        return path
    return None
