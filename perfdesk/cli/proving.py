"""``perfdesk verify`` without a file: whether the data file's change log, forms and versions still hold together.

The store names the first place where they do not, and the next step. It changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.cli import forms
from perfdesk.cli.terminal import Exit

if TYPE_CHECKING:
    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Say whether the data file was changed by anything but this program since its log began."""
    from perfdesk.store.proofs import sentence

    with forms.open_store(arguments, read_only=True) as store:
        proof, names = store.history.prove(), store.history.names()
        path = store.path
    if proof.broken is None:
        terminal.say(f"“{path}”的改动记录 {proof.lines} 行、{proof.forms} 张表逐一相符，没有被别的程序改过。")
        return
    terminal.say(sentence(path, proof, names))
    terminal.reach(Exit.FLAWED)
