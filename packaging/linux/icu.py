"""Makes a small libicudata of the wheels' large one: ``icu.py libicudata.so.73``; run inside the build root, in place.

Names of places, units and languages in two hundred languages (22 MB) serve nobody here; what stays is what Qt asks ICU for:
sorting, zones, the roots, Chinese and English, and the converters of Chinese texts. Qt breaks lines by tables of its own.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

SYMBOL = re.compile(r"^\s*\d+:\s+([0-9a-f]+)\s+(\S+)\s+OBJECT\s+GLOBAL\s+DEFAULT\s+\d+\s+(icudt\d+_dat)$", re.MULTILINE)
SONAME = re.compile(r"\(SONAME\).*\[(.*)\]")
LANGUAGES = re.compile(r"(root|zh|en|yue)(_.*)?|pool|res_index|ucadata")
A_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z0-9_]*)?")
BY_LANGUAGE = frozenset({"", "coll", "zone"})
NOT_ASKED = frozenset({"brkitr", "curr", "lang", "rbnf", "region", "translit", "unit"})
CONVERTERS = re.compile(r"gb18030|windows-936-.*|ibm-1386_.*|ibm-1383_.*|ibm-5478_.*|windows-950-.*|ibm-1373_.*")
UNUSED = frozenset({"unames.icu", "confusables.cfu"})
ASSEMBLY = """
    .section .rodata
    .globl {symbol}
    .type {symbol}, @object
    .balign 16
{symbol}:
    .incbin "{data}"
    .size {symbol}, .-{symbol}
    .section .note.GNU-stack,"",@progbits
"""


def is_kept(item: str) -> bool:
    """Tell whether an item of the data stays: ``zone/zh.res`` does, ``zone/fr.res`` does not."""
    folder, _, name = item.rpartition("/")
    stem, _, ending = name.rpartition(".")
    if folder in NOT_ASKED or item in UNUSED:
        return False
    if ending == "cnv":
        return bool(CONVERTERS.fullmatch(stem))
    if ending == "res" and folder in BY_LANGUAGE and A_LANGUAGE.fullmatch(stem):
        return bool(LANGUAGES.fullmatch(stem))
    return True


def said(*command: str) -> str:
    """Run a tool and return what it prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def shrink(library: Path) -> None:
    """Replace the library by one with the same name and symbol and fewer data."""
    found = SYMBOL.search(said("readelf", "-sW", "--dyn-syms", str(library)))
    soname = SONAME.search(said("readelf", "-dW", str(library)))
    if found is None or soname is None:
        raise SystemExit(f"{library} is no ICU data library")
    start, size, symbol = int(found[1], 16), int(found[2], 0), found[3]  # read-only: addresses are offsets in the file
    whole = library.read_bytes()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / f"{symbol.removesuffix('_dat')}l.dat"
        data.write_bytes(whole[start : start + size])
        items = said("icupkg", "-l", str(data)).split()
        gone, less = folder / "gone.lst", folder / "less" / data.name
        less.parent.mkdir()
        gone.write_text("".join(f"{one}\n" for one in items if not is_kept(one)), encoding="ascii")
        said("icupkg", "-r", str(gone), str(data), str(less))
        source = folder / "data.s"
        source.write_text(ASSEMBLY.format(symbol=symbol, data=less), encoding="ascii")
        target = folder / library.name
        said("gcc", "-shared", "-nostdlib", f"-Wl,-soname,{soname[1]}", "-o", str(target), str(source))
        library.write_bytes(target.read_bytes())
    print(f"{library.name}: {len(whole) >> 20} MB -> {library.stat().st_size >> 20} MB")


if __name__ == "__main__":
    shrink(Path(sys.argv[1]))
