"""Old Word files (.doc, .rtf) turned into .docx by the LibreOffice that is installed, if one is.

It runs in a process of its own with a profile of its own, in a folder that only the user can read and that is gone afterwards;
macros are off, links are not followed, and after 60 seconds it is ended with all it started.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perfdesk import private
from perfdesk.exchange.guard import MAX_FILE

TIMEOUT: Final = 60.0
"""Seconds that a conversion may take; a form takes five."""
_NAMES: Final = ("soffice", "libreoffice")
_PLACES: Final = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_WINDOWS: Final = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
_SETTINGS: Final = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
)
"""What the profile says: no macros, no links to follow."""


def converter() -> Path | None:
    """Return the LibreOffice that is installed, ``None`` where there is none."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found:
        return Path(found)
    return next((path for path in _candidates() if path.is_file()), None)


def _candidates() -> Iterator[Path]:
    for variable in _WINDOWS:
        if folder := os.environ.get(variable):
            yield Path(folder) / "LibreOffice" / "program" / "soffice.exe"
    for place in _PLACES:
        anchor = Path(place)
        yield from sorted(Path(anchor.anchor).glob(str(anchor.relative_to(anchor.anchor))))


def to_docx(data: bytes, suffix: str) -> bytes | None:
    """Turn an old Word file into .docx; ``suffix`` is ``.doc`` or ``.rtf``.

    ``None`` where no LibreOffice is installed, or it could not: then the person is told how to do it by hand.
    """
    program = converter()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="perfdesk-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        try:
            return _convert(program, folder, data, suffix)
        except OSError:  # the disk is full, the program cannot be started
            return None


def _convert(program: Path, folder: Path, data: bytes, suffix: str) -> bytes | None:
    source, target = folder / f"source{suffix}", folder / "out" / "source.docx"
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    private.make_folder(settings.parent)
    for path, content in ((source, data), (settings, _settings().encode())):
        with open(path, "xb", opener=private.opener) as file:
            file.write(content)
    words = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target.parent), str(source)),
    ]
    if not _run(words, folder) or not target.is_file() or target.stat().st_size > MAX_FILE:
        return None
    return target.read_bytes()


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<?xml version="1.0"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


def _run(words: list[str], folder: Path) -> bool:
    """Run to the end, or to the end of the time; tells whether it ended well."""
    process = subprocess.Popen(  # noqa: S603 - a fixed program with file names made here
        words,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(TIMEOUT) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started, if it still runs."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended, and all of its group
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
