"""LibreOffice as a reader of what is exported: the office's other program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

FONTS = Path(__file__).parents[2] / "resources" / "fonts"


def _has(library: str) -> bool:
    program = shutil.which("soffice")
    return program is not None and (Path(program).resolve().parent / library).exists()


calc = pytest.mark.skipif(not _has("libsclo.so"), reason="LibreOffice Calc is not on the path")
writer = pytest.mark.skipif(not _has("libswlo.so"), reason="LibreOffice Writer is not on the path")


def convert(folder: Path, data: bytes, kind: str, *, source_kind: str = "xlsx") -> bytes:
    """Let LibreOffice open a file, with the program's own faces for 宋体, and write it in another format."""
    source = folder / f"表.{source_kind}"
    source.write_bytes(data)
    (folder / "fonts.conf").write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{FONTS}</dir><cachedir>{folder}/fonts</cachedir>'
        '<match target="pattern"><test name="family"><string>宋体</string></test>'
        '<edit name="family" mode="assign" binding="strong"><string>PD Song</string></edit></match></fontconfig>',
        encoding="utf-8",
    )
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            *("--convert-to", kind, "--outdir", str(folder / "out"), str(source)),
        ],
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "FONTCONFIG_FILE": str(folder / "fonts.conf"),
            "LANG": "C.UTF-8",
        },
        check=True,
        capture_output=True,
        timeout=120,
    )
    return next((folder / "out").iterdir()).read_bytes()
