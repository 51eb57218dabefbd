"""A PDF on the screen: turn its pages, zoom, print, save.

It is shown from memory, so that no paper of a resident lies about as a file.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QPointF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from carehome.errors import Trouble
from carehome.i18n import _
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.printing import Printing, printer_for
from carehome.ui.kit.troubles import NotPrinted, NotSaved

CLOSER, LEAST, MOST = 1.25, 0.25, 4.0
COMFORT = 1.3  # a small paper on a wide screen is not blown up beyond this


class PdfPreview(QWidget):
    """Shows a PDF; `saved` and `printed` tell that it went to a file or to paper."""

    saved = Signal(Path)
    printed = Signal(int)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._name = ""
        self._data = b""
        self._zoomed = False
        self._buffer = QBuffer(self)
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.page = QLabel()
        bar = QHBoxLayout()
        bar.setSpacing(theme.px(4))
        turn_back, turn_on = partial(self._turn, -1), partial(self._turn, 1)
        self.back = icon_button("up", _("Page up"), turn_back, "PgUp")
        self.on = icon_button("down", _("Page down"), turn_on, "PgDown")
        self.smaller = icon_button("minus", _("Smaller"), self._shrink, "Ctrl+-")
        self.larger = icon_button("plus", _("Larger"), self._grow, "Ctrl++")
        self.fit = icon_button("fit", _("Fit the width"), self._fit, "Alt+0")
        self.save = button(_("Save as"), "save", "Ctrl+S")
        self.print = button(_("Print"), "print", "Ctrl+P")
        for part in (self.back, self.page, self.on):
            bar.addWidget(part)
        bar.addSpacing(theme.px(12))
        for part in (self.smaller, self.larger, self.fit):
            bar.addWidget(part)
        bar.addStretch()
        bar.addWidget(self.save)
        bar.addSpacing(theme.px(4))
        bar.addWidget(self.print)
        self._dress()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(bar)
        column.addWidget(self.view, 1)

        self.save.clicked.connect(self.ask_where)
        self.print.clicked.connect(self.ask_printer)
        self.view.pageNavigator().currentPageChanged.connect(self._count)
        self.document.statusChanged.connect(self._count)
        self._count()

    def show_bytes(self, data: bytes, name: str) -> None:
        """Show a PDF from memory; `name` is offered when it is saved."""
        self._name, self._data = name, data
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._zoomed = False
        self._settle()

    def show_file(self, path: Path) -> None:
        """Show a PDF that lies in a folder."""
        then = partial(self.show_bytes, name=path.name)
        self._jobs.run(self, then, path.read_bytes)

    def ask_where(self) -> None:
        """Ask where to save the PDF."""
        dialog = QFileDialog(self, _("Save as"), self._name, _("PDF files (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, file: str) -> None:
        """Write the PDF to `file`."""
        self._jobs.run(
            self, self.saved.emit, _write, Path(file), self._data, failed=self._refuse
        )

    def ask_printer(self) -> None:
        """Ask which printer, and print."""
        printer = printer_for(self.document)
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(partial(self.print_on, printer))
        QDialog.open(dialog)

    def print_on(self, printer: QPrinter) -> None:
        """Send the pages to `printer`."""
        printing = Printing(self.document, printer, self)
        printing.finished.connect(self.printed)
        if not printing.start():
            self._refuse(NotPrinted())

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, Trouble):
            raise error
        dialogs.tell(self, error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Choose a size to read at, until the person chooses one."""
        if self._zoomed:
            return
        mode = QPdfView.ZoomMode
        fits = self._width_factor() <= COMFORT
        self.view.setZoomMode(mode.FitToWidth if fits else mode.Custom)
        self.view.setZoomFactor(COMFORT)

    def _turn(self, pages: int) -> None:
        at = self.view.pageNavigator().currentPage() + pages
        if 0 <= at < self.document.pageCount():
            self.view.pageNavigator().jump(at, QPointF())

    def _grow(self) -> None:
        self._zoom(CLOSER)

    def _shrink(self) -> None:
        self._zoom(1 / CLOSER)

    def _zoom(self, factor: float) -> None:
        fitted = self.view.zoomMode() is QPdfView.ZoomMode.FitToWidth
        now = self._width_factor() if fitted else self.view.zoomFactor()
        self._zoomed = True
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(now * factor, LEAST), MOST))

    def _fit(self) -> None:
        self._zoomed = True
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _width_factor(self) -> float:
        """Return the zoom at which a page is as wide as its place."""
        dots = self.view.logicalDpiX() / 72
        page = self.document.pagePointSize(0).width() * dots
        return self.width() / page if page else COMFORT

    def _count(self) -> None:
        pages = self.document.pageCount()
        at = self.view.pageNavigator().currentPage()
        text = _("Page {page} of {pages}").format(page=at + 1, pages=pages)
        self.page.setText(text if pages else "")
        self.back.setEnabled(at > 0)
        self.on.setEnabled(at + 1 < pages)
        for part in (self.save, self.print, self.smaller, self.larger, self.fit):
            part.setEnabled(pages > 0)

    def _dress(self) -> None:
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName(_("Preview"))
        theme.mark(self.page, "note")
        lead(self, self.view)


def _write(path: Path, data: bytes) -> Path:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise NotSaved(file=path.name, reason=error.strerror) from error
    return path
