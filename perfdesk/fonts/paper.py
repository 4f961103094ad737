"""The one door to reportlab: what of it the program uses, imported without what it does not use.

reportlab 5.1.0 imports Pillow at once, which takes 15 ms, for pictures that no form has. Here Pillow is put off until the first
picture asks for it. Loaded on demand, as reportlab itself; nothing is drawn here.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec


def _put_off(package: str, name: str) -> None:
    """Let ``package.name`` be loaded when somebody first looks into it; one that is loaded already, or not there, stays so."""
    full = f"{package}.{name}"
    if full in sys.modules:
        return
    spec = find_spec(full)
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[full] = module_from_spec(spec)
    spec.loader.exec_module(module)
    setattr(import_module(package), name, module)


_put_off("PIL", "Image")

from reportlab import rl_config  # noqa: E402 - after Pillow was put off
from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

__all__ = ["Canvas", "TTEncoding", "TTFont", "TTFontFace", "pdfmetrics", "rl_config"]
