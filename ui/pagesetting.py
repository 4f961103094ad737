"""页面设置的差事 (page setting): which set-up a form is printed with, and asking for another one.

It is kept in the office's data file beside the form. Where nothing can be written it holds until the program is closed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from perfdesk.errors import UserError
from ui.dialogs import put_up
from ui.forms import name_of
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PySide6.QtWidgets import QWidget

    from perfdesk.derive import Derived
    from perfdesk.pagesetup import PageSetup
    from ui.dialogs import Dialogs
    from ui.forms import Forms
    from ui.widgets.toast import Toast


class PageSetting(QObject):
    """The page set-ups of the forms of one store."""

    def __init__(self, window: QWidget, forms: Forms, *, dialogs: Dialogs, toast: Toast) -> None:
        super().__init__(window)
        self._forms, self._dialogs, self._toast = forms, dialogs, toast
        self._for_now: dict[str, PageSetup] = {}

    def of(self, ids: Iterable[str]) -> Mapping[str, PageSetup]:
        """Return the set-ups of these forms; where there is none the form is printed as its template draws it."""
        return {**self._forms.store.page_setups.of(ids), **self._for_now}

    def ask(self, derived: Derived, *, parent: QWidget, chosen: Callable[[], object]) -> None:
        """页面设置 of a form, over the dialog it was asked in; ``chosen`` is called once there is another one."""
        from perfdesk.pagesetup import AS_DRAWN
        from ui.dialogs.page_setup import PageSetupDialog

        record = derived.record
        now = self.of((record.id,)).get(record.id, AS_DRAWN)
        dialog = PageSetupDialog(derived.sheet, now, about=name_of(record, derived.template), parent=parent)
        dialog.confirmed.connect(partial(self._keep, record.id, chosen))
        put_up(dialog)

    def _keep(self, record_id: str, chosen: Callable[[], object], setup: PageSetup) -> None:
        if self._forms.read_only:
            self._for_now[record_id] = setup
            self._toast.say("现在只能查看，页面设置用到关闭程序为止", mark=Mark.HINT)
        else:
            try:
                self._forms.store.page_setups.choose({record_id: setup})
            except UserError as error:
                self._dialogs.tell_trouble(error)
                return
        chosen()
