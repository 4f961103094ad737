"""故障 (trouble): the log, and what happens when something is our bug. A person meets one dialog, the log keeps the rest.

Installed once by the program's start. It never ends the program: the record is saved, work can go on.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from copy import copy
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from perfdesk import private, traces
from perfdesk.errors import UserError

LOG_NAME: Final = "perfdesk.log"
FAULT_NAME: Final = "perfdesk-fault.log"
_LOG_BYTES: Final = 512 * 1024
_LOG_FILES: Final = 4
_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_log = logging.getLogger("perfdesk")


class Trouble(QObject):
    """Takes uncaught exceptions of every thread.

    ``bug_met`` carries where it happened, without a word of any form; ``user_error_met`` carries a :class:`UserError`.
    """

    bug_met = Signal(str)
    user_error_met = Signal(object)
    _caught = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._faults: IO[str] | None = None
        self._handler: logging.Handler | None = None
        self._caught.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over what nobody catches."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        qInstallMessageHandler(_take_qt_message)

    def open_log(self) -> None:
        """Keep a log in the folder. Without a folder that can be written there is only the screen."""
        from logging.handlers import (
            RotatingFileHandler,  # brings half of the network with it: not before the window stands
        )

        try:
            private.make_folder(self._folder)
            log, faults = self._folder / LOG_NAME, self._folder / FAULT_NAME
            for one in (log, faults):
                if not one.exists():
                    private.make_file(one)
            handler = RotatingFileHandler(log, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8")
            if faults.stat().st_size > _LOG_BYTES:
                _rotate(str(faults), f"{faults}.1")
            self._faults = faults.open("a", encoding="utf-8")
        except OSError as error:
            _log.warning("no log: %s", error)
            return
        handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        handler.rotator = _rotate
        logging.getLogger().addHandler(handler)
        self._handler = handler
        faulthandler.enable(self._faults)

    def remove(self) -> None:
        """Give everything back as it was before :meth:`install`."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log and pass on; a Ctrl+C in the terminal ends the program as ever."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._caught.emit(error.with_traceback(trace))

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught.emit(args.exc_value)

    def _take(self, error: BaseException) -> None:
        """In the UI thread: a user's trouble is told as such, anything else is our bug."""
        if isinstance(error, UserError):
            self.user_error_met.emit(error)
            return
        _log.error("uncaught", exc_info=error)
        self.bug_met.emit(traces.where(error))


def _rotate(source: str, target: str) -> None:
    """Put a full log aside; the next one is its owner's alone, too."""
    Path(source).replace(target)
    private.make_file(Path(source))


class _Formatter(logging.Formatter):
    """Leaves out what an exception says: that may quote what somebody typed."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record, whatever another handler has made of its exception."""
        own = copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return where it happened."""
        return traces.where(ei[1]) if ei[1] is not None else ""


def _take_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Put Qt's own messages into the log."""
    del context
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)
