"""帮助 (helping): F1 for every place of the window and its dialogs, the list of keys, 关于, 诊断信息. It changes no form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from perfdesk import places, release
from ui.actions import key_list
from ui.dialogs import put_up

if TYPE_CHECKING:
    from perfdesk.model import FormKind
    from perfdesk.sheet import Cell
    from ui.forms import Forms
    from ui.manual import ManualWindow
    from ui.widgets.toast import Toast

KEY: Final = "F1"


class Helping(QObject):
    """What the menu 帮助 offers, for one window."""

    def __init__(self, window: QWidget, forms: Forms, toast: Toast) -> None:
        super().__init__(window)
        self._window, self._forms, self._toast = window, forms, toast
        self._manual: ManualWindow | None = None
        self._fault = ""

    @property
    def manual(self) -> ManualWindow | None:
        """The handbook while it is open; it goes with the dialog it stands over."""
        return self._manual if self._manual is not None and isValid(self._manual) else None

    # -------------------------------------------------------------- manual
    def show_here(self, *, cell: Cell | None = None, kind: FormKind | None = None) -> None:
        """F1: open the handbook where it explains the part that has the keyboard. ``cell`` and ``kind``: that of a sheet."""
        from ui.manual import place_of

        focus = QApplication.focusWidget() or self._window
        self._show(place_of(focus, cell=cell, kind=kind), over=focus.window())

    def show_manual(self) -> None:
        """使用手册: from its beginning, or where it was left."""
        self._show("", over=self._window)

    def _show(self, heading: str, *, over: QWidget) -> None:
        """Open the handbook over the window or dialog that asks; over another one it would be shut off by a question."""
        from perfdesk.parameters import MANUAL, in_force
        from ui.manual import ManualWindow

        manual = self.manual
        if manual is not None and over not in {manual, manual.parent()}:
            manual.close()
            manual = None
        if manual is None:
            manual = self._manual = ManualWindow(in_force().file(MANUAL), over)
            manual.finished.connect(manual.deleteLater)
            manual.finished.connect(self._forget)
        if heading:
            manual.turn_to(heading)
        manual.show()
        manual.raise_()
        manual.activateWindow()

    def _forget(self) -> None:
        self._manual = None

    def serve(self, app: QApplication) -> None:
        """Give F1 to the dialogs of the window, each when it first gets the keyboard; a dialog shuts off the window's own F1."""
        app.focusChanged.connect(self._give_key)

    def _give_key(self, _old: QWidget | None, now: QWidget | None) -> None:
        dialog = now.window() if now is not None else None
        if not isinstance(dialog, QDialog) or not self._owns(dialog) or dialog.findChild(QShortcut, KEY) is not None:
            return
        key = QShortcut(QKeySequence(KEY), dialog)
        key.setObjectName(KEY)
        key.activated.connect(self.show_here)

    def _owns(self, dialog: QDialog) -> bool:
        """Tell whether a dialog stands over our window, or over another dialog of it."""
        above = dialog.parentWidget()
        while above is not None and above is not self._window:
            above = above.parentWidget()
        return above is not None

    # ---------------------------------------------------------------- rest
    def show_keys(self) -> None:
        """键盘一览."""
        from ui.dialogs.keys import KeysDialog

        put_up(KeysDialog(key_list(), self._window))

    def show_about(self) -> None:
        """关于."""
        from perfdesk.parameters import in_force
        from ui.dialogs.about import AboutDialog
        from ui.licences import read_parts

        lines = [
            f"版本 {release.described()}　参数 {in_force().words}",
            "离线填报、审核、打印预算绩效的各种表和报告。本程序按 MIT 许可，附带的各部分按下面各自的许可。",
        ]
        if self._forms.ready:
            lines.append(f"数据在：{self._forms.store.path}")
        put_up(AboutDialog(lines, read_parts(places.resources() / "licences"), self._window))

    def open_folder(self) -> None:
        """Show where the data lie."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._forms.store.path.parent)))

    def remember(self, fault: str) -> None:
        """The program came to grief: keep where, for the diagnosis."""
        self._fault = fault

    def diagnosis(self) -> str:
        """Return what helps to find a fault, with no word of any form."""
        from ui.diagnosis import diagnose

        return diagnose(self._window, self._forms, self._fault)

    def diagnose(self) -> None:
        """Copy what helps to find a fault."""
        QGuiApplication.clipboard().setText(self.diagnosis())
        self._toast.say("诊断信息已复制，里面没有表的内容，可以粘贴到邮件里")
