"""The recovery key, shown once: to be printed, copied or saved, and put away."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from carehome.errors import CareHomeError
from carehome.i18n import _
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.tick import Tick
from carehome.ui.kit.troubles import NotPrinted, NotSaved

ACROSS = 4


class RecoveryKey(QWidget):
    """Shows the key of a home; `put_away` tells whether the person says it is safe."""

    put_away = Signal(bool)

    def __init__(self, home: str, key: str, jobs: Jobs) -> None:
        super().__init__()
        self._home = home
        self._key = key
        self._jobs = jobs
        self.print = button(_("Print"), "print")
        self.copy = button(_("Copy"), "copy")
        self.save = button(_("Save as"), "save")
        self.safe = Tick(_("I have written it down or printed it, and put it away."))
        self.why = QLabel(_warning())
        self.why.setWordWrap(True)

        groups = QGridLayout()
        groups.setSpacing(theme.px(8))
        for at, group in enumerate(key.split("-")):
            label = QLabel(group)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            theme.mark(label, "secret")
            groups.addWidget(label, *divmod(at, ACROSS))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for each in (self.print, self.copy, self.save):
            row.addWidget(each)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addLayout(groups)
        column.addWidget(self.why)
        column.addLayout(row)
        column.addWidget(self.safe)

        self.safe.toggled.connect(self.put_away)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask_where)
        self.print.clicked.connect(self._ask_printer)
        lead(self, self.print)

    def save_to(self, file: str) -> None:
        """Write the key into a text file."""
        text = "\n\n".join((self._home, _title(), self._key, _warning()))
        self._jobs.run(self, self._saved, _write, Path(file), text, failed=self._refuse)

    def print_on(self, printer: QPrinter) -> None:
        """Draw the key on one sheet of paper."""
        painter = QPainter()
        if not painter.begin(printer):
            self._refuse(NotPrinted())
            return
        _draw(painter, self._home, self._key, printer)
        painter.end()
        self.print.setText(_("Printed"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._key)
        self.copy.setText(_("Copied"))

    def _ask_where(self) -> None:
        name = _("Recovery key {home}.txt").format(home=self._home)
        dialog = QFileDialog(self, _("Save as"), name, _("Text files (*.txt)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(partial(self.print_on, printer))
        QDialog.open(dialog)

    def _saved(self, _answer: None) -> None:
        self.save.setText(_("Saved"))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)


def _title() -> str:
    return _("Recovery key")


def _warning() -> str:
    return _(
        "Whoever has this key can open all data, and without it and every password "
        "nobody can. Lock it away, not on this computer. It is not shown again."
    )


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise NotSaved(file=path.name, reason=error.strerror) from error


def _draw(painter: QPainter, home: str, key: str, printer: QPrinter) -> None:
    """Lay the sheet out in points, whatever the printer's dots are."""
    scale = printer.resolution() / 72
    painter.scale(scale, scale)
    wide = printer.pageLayout().paintRectPoints().width()
    words = Qt.TextFlag.TextWordWrap
    half = len(key) // 2 + 1
    for top, size, bold, text in (
        (10, 14, False, home),
        (40, 22, True, _title()),
        (100, 24, True, key[:half].strip("-").replace("-", "   ")),
        (140, 24, True, key[half:].replace("-", "   ")),
        (200, 12, False, _warning()),
    ):
        font = theme.font(bold=bold)
        font.setPixelSize(size)
        painter.setFont(font)
        painter.drawText(QRectF(0, top, wide, 80), words, text)
