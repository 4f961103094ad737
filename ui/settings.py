"""设置 (settings): what the window remembers from one day to the next, in an INI file beside the data.

Never the registry: machines get re-imaged, and a USB stick carries its settings along. Nothing of the office's forms is kept here.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings

from perfdesk import private
from perfdesk.amounts import MoneyUnit

FILE_NAME: Final = "perfdesk.ini"
_RECENT: Final = 12


class Settings:
    """Typed access to the INI file. Unreadable or missing entries give the default, a full disk loses only the settings."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window, as Qt saved them; empty at the first start."""
        return self._bytes("window/geometry")

    def save_window(self, geometry: QByteArray) -> None:
        """Remember place and size."""
        self._set("window/geometry", geometry)

    def audit_width(self, room: str) -> int:
        """Return the width (px) somebody gave 审核 in windows with this much room, 0 where nobody did."""
        text = self._text(f"audit/{room}", "")
        return int(text) if text.isascii() and text.isdigit() else 0

    def set_audit_width(self, room: str, width: int) -> None:
        """Remember the width of 审核."""
        self._set(f"audit/{room}", str(width))

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a switch: ``rail``, ``audit``."""
        return self._text(f"view/{name}", "1" if default else "0") == "1"

    def set_flag(self, name: str, *, on: bool) -> None:
        """Remember a switch."""
        self._set(f"view/{name}", "1" if on else "0")

    def word(self, name: str, default: str = "") -> str:
        """Return a remembered word.

        ``mode``, ``scale``, ``folder``, ``import_folder``; what new forms begin with: ``bureau``, ``code``, ``template``, ``year``;
        the years of ``ui.coverage``.
        """
        return self._text(f"last/{name}", default)

    def set_word(self, name: str, text: str) -> None:
        """Remember a word."""
        self._set(f"last/{name}", text)

    def unit(self) -> MoneyUnit | None:
        """Return the 金额单位 new forms begin with, ``None`` for the one of the template."""
        text = self._text("last/unit", "")
        return MoneyUnit(text) if text in set(MoneyUnit) else None

    def recent_forms(self) -> tuple[str, ...]:
        """Return the ids of the forms opened last, the latest first; some may be gone."""
        return tuple(one for one in self._text("last/form", "").split(" ") if one)

    def remember_form(self, record_id: str) -> None:
        """Put a form before the others opened last."""
        others = [one for one in self.recent_forms() if one != record_id]
        self.set_word("form", " ".join([record_id, *others][:_RECENT]))

    def zoom(self, template_id: str) -> float | None:
        """Return the zoom chosen for a template (1.0 is 100 %), ``None`` for 适合宽度."""
        text = self._text(f"zoom/{template_id}", "")
        try:
            return float(text) if text else None
        except ValueError:
            return None

    def set_zoom(self, template_id: str, zoom: float | None) -> None:
        """Remember the zoom of a template."""
        self._set(f"zoom/{template_id}", "" if zoom is None else f"{zoom:.2f}")

    def sync(self) -> None:
        """Write now."""
        self._file.sync()

    def _set(self, key: str, value: object) -> None:
        """Remember a value; Qt would make file and folder for everybody to read, and keeps the rights of what is there."""
        with suppress(OSError):  # it is there, mostly; where it cannot be made Qt loses the settings
            private.make_folder(self._path.parent)
            private.make_file(self._path)
        self._file.setValue(key, value)

    def _text(self, key: str, default: str) -> str:
        value = self._file.value(key, default)
        return value if isinstance(value, str) else default

    def _bytes(self, key: str) -> QByteArray:
        value = self._file.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()
