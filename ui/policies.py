"""计分办法 of the office (policies): shows the dialog and writes what it asks for; the open forms follow at once.

What a value may be is decided in the core; here it is put into the office's files, and the shelf is read again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from perfdesk import places, private
from perfdesk.errors import UserError, reason
from ui.dialogs import put_up

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from perfdesk.policy import Policy
    from ui.dialogs.policy import Change, PolicyDialog
    from ui.document import Document
    from ui.forms import Forms


class Policies(QObject):
    """The errand behind 「计分办法…」."""

    def __init__(self, window: QWidget, forms: Forms) -> None:
        super().__init__(window)
        self._window, self._forms = window, forms

    def show(self, document: Document | None) -> None:
        """Show the policy of the open form's template, else of the first one."""
        from ui.dialogs.policy import PolicyDialog

        self._forms.restock()
        template_id = document.template.id if document is not None else ""
        dialog = PolicyDialog(self._forms.shelf, template_id=template_id, parent=self._window)
        dialog.changed.connect(partial(self._change, dialog))
        dialog.restored.connect(partial(self._restore, dialog))
        dialog.chosen.connect(partial(self._choose, dialog))
        put_up(dialog)

    def _change(self, dialog: PolicyDialog, wanted: Change) -> None:
        from perfdesk.policy import with_value

        policy = wanted.policy
        make = partial(with_value, policy, wanted.key, wanted.typed, source=wanted.source, date=wanted.date)
        self._write(dialog, _file_of(policy), make)

    def _restore(self, dialog: PolicyDialog, policy: Policy, key: str) -> None:
        from perfdesk.policy import without_value

        self._write(dialog, _file_of(policy), partial(without_value, policy, key))

    def _choose(self, dialog: PolicyDialog, template_id: str, policy_id: str) -> None:
        """Use another policy for a template; blank is the one that it names. One that cannot score the form is not taken."""
        from perfdesk.policy import choices_text
        from perfdesk.template import with_policy

        shelf = self._forms.shelf
        choices = {name: one for name, one in shelf.choices.items() if name != template_id}
        if policy_id:
            choices[template_id] = policy_id

        def make() -> str:
            with_policy(shelf.templates[template_id], shelf.policies[policy_id or shelf.named[template_id]])
            return choices_text(choices) if choices else ""

        if not self._write(dialog, places.policy_choices(), make):
            trouble = dialog.trouble
            dialog.show_shelf(self._forms.shelf)
            dialog.show_trouble(trouble)

    def _write(self, dialog: PolicyDialog, path: Path, make: Callable[[], str]) -> bool:
        """Put what was asked for into a file of the office, after a backup; blank takes the file away.

        Trouble is said in the dialog: ``False``.
        """
        from perfdesk.exchange.files import write_atomically
        from perfdesk.store import Reason

        try:
            text = make()
            if not self._forms.read_only:
                self._forms.store.safekeeping.make_before(Reason.TEMPLATE)
            if text:
                private.make_folder(path.parent)
                write_atomically(path, text.encode())
            else:
                path.unlink(missing_ok=True)
        except UserError as error:
            dialog.show_trouble(str(error))
            return False
        except OSError as error:
            dialog.show_trouble(f"“{path}”写不进去（{reason(error)}）。请检查磁盘和文件夹，再改一次。")
            return False
        self._forms.restock()
        dialog.show_shelf(self._forms.shelf)
        return True


def _file_of(policy: Policy) -> Path:
    return places.own_policies() / f"{policy.id}.toml"
