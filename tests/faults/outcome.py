"""What a fault run came to: the line of the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fault, over its rounds: what was acknowledged, what of it is lost, what is there that nobody made, what lies about.

    ``said`` is what the program told the user. ``skipped`` says why the fault could not be made on this machine.
    """

    fault: str
    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    invented: int = 0
    left: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def clean(self) -> bool:
        """Tell whether nothing was lost, invented or left lying about."""
        return not (self.lost or self.invented or self.left)


def together(fault: str, parts: Iterable[Outcome]) -> Outcome:
    """Add outcomes up under one name."""
    found = tuple(parts)
    return Outcome(
        fault,
        rounds=sum(one.rounds for one in found),
        acknowledged=sum(one.acknowledged for one in found),
        lost=sum(one.lost for one in found),
        invented=sum(one.invented for one in found),
        left=tuple(dict.fromkeys(name for one in found for name in one.left)),
        said=tuple(dict.fromkeys(said for one in found for said in one.said)),
        skipped=next((one.skipped for one in found if one.skipped), ""),
    )
