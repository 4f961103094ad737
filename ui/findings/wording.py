"""The words of the 审核 panel: sentences made from findings. Nothing here judges or paints."""

from __future__ import annotations

from typing import Final

from perfdesk.model import Finding, Severity
from ui.widgets.marks import mark_of

TABS: Final[tuple[tuple[str, Severity | None], ...]] = (("全部", None), *((one.words, one) for one in Severity))
"""The choice of a severity above a list of findings, the gravest first."""


def consequence_text(finding: Finding, *, whole: bool) -> str:
    """Return the 「连带」 line of a finding that follows from another one; ``whole`` adds its arithmetic."""
    sentence = f"连带：{closed(finding.title)}"
    return sentence + closed(finding.message) if whole and finding.message else sentence


def answer_line(finding: Finding) -> str:
    """Return the 说明 of an idle card in one line."""
    return f"{'说明（过时）' if finding.is_stale else '说明'}：{finding.answer}"


def answer_caption(finding: Finding) -> str:
    """Return what stands above the field of the 说明."""
    if finding.is_stale:
        return "说明（写好以后数字变了，请重写）"
    return f"说明　{len(finding.answer)} 字" if finding.answer else "说明"


def explanation_texts(code: str) -> tuple[str, ...]:
    """Return why a finding matters, where that is written, and what to do."""
    from perfdesk.checks.explaining import explain  # with it come the checks, and the window is to stand before them

    found = explain(code)
    return f"为什么：{found.why}", f"依据：{found.source}", f"怎么办：{found.what}"


def preview_lines(finding: Finding) -> tuple[str, ...]:
    """Return what a fix of several cells would change, a line each, after a head."""
    if finding.fix is None or not finding.fix.preview:
        return ()
    return (f"将改 {len(finding.fix.preview)} 格：", *(f"　{one}" for one in finding.fix.preview))


def spoken(finding: Finding) -> str:
    """Return everything a card says, for screen readers: severity, sentence, arithmetic, place, consequences."""
    parts = [
        f"{mark_of(finding.severity).value}：{closed(finding.title)}",
        closed(finding.message),
        closed(finding.where),
    ]
    head, *changes = preview_lines(finding) or ("",)
    parts += [closed(head + "；".join(one.strip() for one in changes))] if head else []
    parts += [closed(answer_line(finding))] if finding.answer else []
    parts += [consequence_text(one, whole=True) for one in finding.consequences]
    return "".join(parts)


def closed(text: str) -> str:
    """Return a text that ends with a full stop; a blank stays blank."""
    return text if not text or text[-1] in "。？！" else f"{text}。"
