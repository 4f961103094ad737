"""The words of the 审核 panel: sentences made from findings. Nothing here judges or paints."""

from __future__ import annotations

from perfdesk.model import Finding
from ui.widgets.marks import mark_of


def consequence_text(finding: Finding, *, whole: bool) -> str:
    """Return the 「连带」 line of a finding that follows from another one; ``whole`` adds its arithmetic."""
    sentence = f"连带：{closed(finding.title)}"
    return sentence + closed(finding.message) if whole and finding.message else sentence


def spoken(finding: Finding) -> str:
    """Return everything a card says, for screen readers: severity, sentence, arithmetic, place, consequences."""
    parts = [
        f"{mark_of(finding.severity).value}：{closed(finding.title)}",
        closed(finding.message),
        closed(finding.where),
    ]
    parts += [consequence_text(one, whole=True) for one in finding.consequences]
    return "".join(parts)


def closed(text: str) -> str:
    """Return a text that ends with a full stop; a blank stays blank."""
    return text if not text or text[-1] in "。？！" else f"{text}。"
