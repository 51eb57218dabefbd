"""Mistakes of the program: caught wherever they arise, logged and told without data."""

import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from carehome.ui.kit import crash

log = logging.getLogger(__name__)

MOST_BYTES, KEPT = 1_000_000, 3
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Bugs(QObject):
    """Catches what nobody handled; `found` brings the report to the screen's thread."""

    found = Signal(str)
    _noted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._noted.connect(self.found, Qt.ConnectionType.QueuedConnection)

    def catch(self) -> None:
        """Hear from now on of every mistake, on every thread."""
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread
        qInstallMessageHandler(_from_qt)

    def note(self, error: BaseException) -> None:
        """Log a mistake and have it told: where it arose, never what it says."""
        report = crash.report(error)
        log.critical("%s", report)
        self._noted.emit(report)

    def _on_error(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.note(error)

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value:
            self.note(args.exc_value)


def release() -> None:
    """Hear of mistakes no more."""
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__
    qInstallMessageHandler(None)


class _Plain(logging.Formatter):
    """Writes where an error arose and leaves out its message, which may name people."""

    def format(self, record: logging.LogRecord) -> str:
        """Look away from what another handler made of the error already."""
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatException(self, ei: Any) -> str:
        return crash.report(ei[1])


def log_to(folder: Path) -> None:
    """Keep a log of the program in `folder`; without one it works all the same."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "carehome.log",
            maxBytes=MOST_BYTES,
            backupCount=KEPT,
            encoding="utf-8",
        )
    except OSError:
        return
    handler.setFormatter(_Plain("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)


def _from_qt(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Put what Qt says into the log; its messages are about windows, not people."""
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text)
