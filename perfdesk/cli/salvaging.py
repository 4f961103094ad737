"""``perfdesk salvage``: a damaged data file, or one whose change log another program broke, is put together again.

The store reads, judges and sets the old file aside; here it is decided whether there is anything to put together, and told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk import places
from perfdesk.cli import forms
from perfdesk.cli.terminal import Exit
from perfdesk.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Put the data file together again and list what came back; one that is whole stays as it is."""
    from perfdesk.store.salvage import salvage
    from perfdesk.store.salvagelist import titled, whole_text
    from perfdesk.store.sources import Source

    path = (arguments.store or places.default_store()).absolute()
    if not _needs_it(arguments, path, terminal):
        return
    titles = {key: one.title for key, one in forms.templates(terminal).items()}
    done = titled(salvage(path, now=forms.now), titles)
    terminal.say(whole_text(done).rstrip())
    terminal.say(f"新的数据文件是“{path}”。")
    if any(one.source in {Source.PART, Source.NOWHERE} for one in done.forms):
        terminal.reach(Exit.FLAWED)


def _needs_it(arguments: Arguments, path: Path, terminal: Terminal) -> bool:
    """Tell whether there is anything to put together; where not, say why. Raises :class:`UserError` for what it cannot mend."""
    from perfdesk.store import StoreDamaged
    from perfdesk.store.changelog import Break
    from perfdesk.store.engine import journals_beside
    from perfdesk.store.proofs import sentence

    if not path.exists() and not any(one.exists() for one in journals_beside(path)):
        raise UserError(f"没有找到“{path}”，旁边也没有它的改动流水。请检查文件名，或者用 --store 写明数据文件。")
    if not path.exists():
        return True
    try:
        with forms.open_store(arguments, read_only=True) as store:
            proof, names = store.history.prove(), store.history.names()
    except StoreDamaged:
        return True
    if proof.broken is None:
        terminal.say(f"“{path}”没有损坏，改动记录也接得上，没有动它。")
    elif proof.broken is Break.VERSION:  # what is gone from a file that reads is not in it
        terminal.say(f"{sentence(path, proof, names)}这一种找回帮不上，没有动它。")
        terminal.reach(Exit.FLAWED)
    return proof.broken not in {None, Break.VERSION}
