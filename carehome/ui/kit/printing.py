"""Sending the pages of a PDF to a printer, one at a time, without a halt on screen."""

from PySide6.QtCore import QObject, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

SHARP = 300  # dots per inch; more would only be slower


def printer_for(document: QPdfDocument) -> QPrinter:
    """Return a printer set to the paper that the document is made for."""
    points = document.pagePointSize(0)
    lying = points.width() > points.height()
    paper = QPageSize(points.transposed() if lying else points, QPageSize.Unit.Point)
    turned = QPageLayout.Orientation
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(paper)
    printer.setPageOrientation(turned.Landscape if lying else turned.Portrait)
    printer.setFullPage(True)
    return printer


class Printing(QObject):
    """One print-out on its way to the printer; `finished` tells how many pages went."""

    finished = Signal(int)

    def __init__(
        self, document: QPdfDocument, printer: QPrinter, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._printer = printer
        self._painter = QPainter()
        self._pages = _wanted(document, printer)
        self._done = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._print_next)

    def start(self) -> bool:
        """Begin; False when the printer does not take the job."""
        if not self._painter.begin(self._printer):
            return False
        self._timer.start(0)
        return True

    def _print_next(self) -> None:
        if self._done == len(self._pages):
            self._timer.stop()
            self._painter.end()
            self.finished.emit(self._done)
            self.deleteLater()
            return
        if self._done:
            self._printer.newPage()
        page = self._pages[self._done]
        target = _place(self._document.pagePointSize(page), self._printer)
        dots = min(SHARP / self._printer.resolution(), 1.0)
        size = QSize(int(target.width() * dots), int(target.height() * dots))
        self._painter.drawImage(target, self._document.render(page, size))
        self._done += 1


def _wanted(document: QPdfDocument, printer: QPrinter) -> range:
    """Return the pages that the person chose in the print dialog."""
    first, last = printer.fromPage(), printer.toPage()
    if printer.printRange() is not QPrinter.PrintRange.PageRange or not first:
        return range(document.pageCount())
    return range(first - 1, min(last, document.pageCount()))


def _place(page: QSizeF, printer: QPrinter) -> QRectF:
    """Fit a page onto the paper without distorting it."""
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    size = page.scaled(QSizeF(paper.size()), Qt.AspectRatioMode.KeepAspectRatio)
    left = (paper.width() - size.width()) / 2
    return QRectF(
        left, (paper.height() - size.height()) / 2, size.width(), size.height()
    )
