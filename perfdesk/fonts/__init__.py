"""字体 (fonts): the bundled faces; how wide a text is, which face draws which character, and what none can draw.

Layout, screen and PDF all measure here, so that a line broken on the screen is the line in the file. Widths are plain
geometry in pt (floats), never amounts of money. Importing this opens no font and never loads reportlab: the widths come from
``advances.bin``, the face itself is opened only by ``reportlab_face``, when a PDF is written. The window loads the same files
through ``path``. Characters outside the chain of faces are reported by ``missing``; what to do about it is the caller's.
"""

from __future__ import annotations

from perfdesk.fonts.faces import ASCENT, DESCENT, SELDOM, Face, folder, is_packed, path, unpack
from perfdesk.fonts.metrics import Run, advances, missing, runs, substituted, text_width

__all__ = [
    "ASCENT",
    "DESCENT",
    "SELDOM",
    "Face",
    "Run",
    "advances",
    "folder",
    "is_packed",
    "missing",
    "path",
    "register",
    "reportlab_face",
    "runs",
    "substituted",
    "text_width",
    "unpack",
]


def reportlab_face(face: Face) -> str:
    """The name under which reportlab knows ``face``; registers it when asked for the first time (about 0.1 s)."""
    from perfdesk.fonts.embedding import reportlab_face as registered

    return registered(face)


def register() -> None:
    """Register every face with reportlab at once; ``reportlab_face`` alone is enough where few are needed."""
    for face in Face:
        reportlab_face(face)
