"""The words of the 审核 panel: sentences made from findings. Nothing here judges or paints."""

from __future__ import annotations

from collections import Counter

from perfdesk.model import Finding, Severity, flatten
from ui.widgets.marks import mark_of


def verdict_sentence(findings: tuple[Finding, ...]) -> str:
    """Return the sentence under the verdict, with the counts, consequences included.

    Examples: 「2 处错误须改正，5 处警告须说明」; 「没有要改的地方，可以上报」; 「没有要改的地方，3 处提示供参考」.
    """
    count = Counter(finding.severity for finding in flatten(findings))
    parts = []
    if count[Severity.ERROR]:
        parts.append(f"{count[Severity.ERROR]} 处错误须改正")
    if count[Severity.WARNING]:
        parts.append(f"{count[Severity.WARNING]} 处警告须说明")
    if parts:
        return "，".join(parts)
    hints = count[Severity.HINT]
    return f"没有要改的地方，{hints} 处提示供参考" if hints else "没有要改的地方，可以上报"


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
