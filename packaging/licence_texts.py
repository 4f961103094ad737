"""Writes resources/licences/: what the program brings along, each part with its version, its licence and the texts of it.

Run it with ``make licences`` after a lock has changed; the licence gate holds the folder to the lock. The texts of a package are
those it brings itself; of Qt, which brings none, they are kept in the folder (``KEPT``). Must not be imported by the program.
"""

from __future__ import annotations

import json
import platform
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from licence_gate import ROOT, licence_of, locked

if TYPE_CHECKING:
    from email.message import Message

FOLDER = ROOT / "resources" / "licences"
INDEX = FOLDER / "index.json"
KEPT = ("Qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt")
BROUGHT = {"sqlcipher3": ("SQLCipher.txt", "cryptography.txt")}  # what its wheel holds besides: SQLCipher, OpenSSL
USES = {
    "alembic": "数据文件升级",
    "attrs": "读写数据文件",
    "cattrs": "读写数据文件",
    "cffi": "数据密码",
    "charset-normalizer": "PDF 用的文字编码",
    "cryptography": "数据密码（含 OpenSSL）",
    "et-xmlfile": "写 Excel",
    "lxml": "读写 Word、Excel",
    "mako": "数据文件升级",
    "markupsafe": "数据文件升级",
    "openpyxl": "读写 Excel",
    "pillow": "PDF 用的图像",
    "platformdirs": "数据文件夹的位置",
    "pycparser": "数据密码",
    "pypdfium2": "打印预览（含 PDFium）",
    "pypinyin": "拼音查找",
    "pyside6-essentials": "界面（含 Qt）",
    "python-docx": "写 Word",
    "reportlab": "写 PDF",
    "shiboken6": "界面（含 Qt）",
    "sqlalchemy": "数据文件",
    "sqlcipher3": "数据密码（含 SQLCipher、OpenSSL）",
    "tomli-w": "写计分办法",
    "typing-extensions": "其他库要用",
    "xlrd": "读旧版 Excel（.xls）",
}
CHOSEN = {"pyside6-essentials": "LGPL-3.0-only", "shiboken6": "LGPL-3.0-only"}  # where a package leaves the choice
ELSEWHERE = re.compile(r"/(android|cibw_musl|pbin_musl|v8_xfa)/")  # what pypdfium2 builds for other systems
TEXTS = re.compile(r"(LICEN[CS]E|COPYING|NOTICE)", re.IGNORECASE)


class Part(NamedTuple):
    """One part: its name, what the program needs it for, version, licence, and its texts in the folder (or beside the data)."""

    name: str
    use: str
    version: str
    licence: str
    texts: tuple[str, ...]


def others() -> list[Part]:
    """Return what no lock names: Python itself, the faces and the icons."""
    return [
        Part("Python", "运行程序", platform.python_version(), "PSF-2.0", ("Python.txt",)),
        Part("Noto CJK", "宋体（PD Song）、黑体（PD Hei）", "2.004", "OFL-1.1", ("../fonts/OFL-NotoCJK.txt",)),
        Part("LXGW WenKai", "楷体（PD Kai）", "1.250", "OFL-1.1", ("../fonts/OFL-LXGW.txt",)),
        Part("HanaMin", "生僻字（PD Rare）", "20170904", "Hanazono", ("../fonts/HANAZONO.txt",)),
        Part("Lucide", "图标", "1.62.0", "ISC", ("../icons/LICENSE.txt",)),
    ]


def texts_of(name: str) -> str:
    """Return every licence text a package brings for this system, each under its file name."""
    files = metadata.files(name) or ()
    wanted = [one for one in files if ".dist-info/" in str(one) and TEXTS.search(str(one)) and one.suffix != ".py"]
    here = sorted(one for one in wanted if not ELSEWHERE.search(str(one)))
    parts = [(one.name, _read(Path(str(one.locate())))) for one in here]
    if len(parts) == 1:
        return parts[0][1]
    return "\n\n".join(f"{'=' * 20} {title} {'=' * 20}\n\n{text.strip()}" for title, text in parts) + "\n"


def _read(path: Path) -> str:
    """Read a text; some are older than UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return path.read_text(encoding="latin-1")


def package(name: str) -> Part:
    """Write the texts of a package and return its entry; raises ``KeyError`` where nobody said what it is for."""
    found = metadata.metadata(name)
    licence, text = CHOSEN.get(name) or licence_of(cast("Message", found)), texts_of(name)
    if not text.strip():
        return Part(name, USES[name], found["Version"], licence, KEPT)
    (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")
    return Part(name, USES[name], found["Version"], licence, (f"{name}.txt", *BROUGHT.get(name, ())))


def main() -> int:
    """Write the folder anew."""
    for old in FOLDER.glob("*.txt"):
        if old.name not in {*KEPT, "SQLCipher.txt"}:
            old.unlink()
    python = Path(sys.base_prefix) / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "LICENSE.txt"
    (FOLDER / "Python.txt").write_text(python.read_text(encoding="utf-8"), encoding="utf-8")
    parts = [*others(), *(package(name) for name in locked(ROOT / "requirements-run.txt"))]
    lines = ",\n".join(f"  {json.dumps(one._asdict(), ensure_ascii=False)}" for one in parts)
    INDEX.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{len(parts)} parts in {FOLDER.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
