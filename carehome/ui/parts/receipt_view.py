"""A receipt as it comes to paper; printing or saving it makes the next a reprint."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.rights import Right, User
from carehome.services.receipts import IssuedReceipt
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.preview import PdfPreview
from carehome.ui.kit.shortcuts import offer_help
from carehome.ui.parts.money import MoneyServices
from carehome.ui.parts.paper import bytes_of

WIDE, HIGH = 860, 600


class ReceiptView(QWidget):
    """Shows one receipt; `shown` goes out when it is there to be printed."""

    shown = Signal()

    def __init__(self, services: MoneyServices, jobs: Jobs, user: User) -> None:
        super().__init__()
        self._services = services
        self._jobs = jobs
        self._may_print = user.may(Right.TAKE_MONEY)
        self._receipt: IssuedReceipt | None = None
        self.preview = PdfPreview(jobs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview)
        lead(self, self.preview.print)

        self.preview.printed.connect(self._count)
        self.preview.saved.connect(self._count)

    def show_receipt(self, receipt: IssuedReceipt) -> None:
        """Draw a receipt as it would come to paper now."""
        self._receipt = receipt
        draw = self._services.papers.preview_receipt
        self._jobs.run_last(self, self._show, bytes_of, draw, receipt.receipt_id)

    def _show(self, data: bytes) -> None:
        if self._receipt is None:
            return
        name = _("Receipt {number}.pdf").format(number=self._receipt.label)
        self.preview.show_bytes(data, name)
        self.preview.print.setEnabled(self._may_print)
        self.preview.save.setEnabled(self._may_print)
        self.shown.emit()

    def _count(self, _told: object) -> None:
        if self._receipt:
            count = self._services.papers.count_print
            self._jobs.run(self, self._counted, count, self._receipt.receipt_id)

    def _counted(self, _done: None) -> None:
        if self._receipt:
            self.show_receipt(self._receipt)


class ReceiptDialog(QDialog):
    """A receipt in a window of its own, ready to be printed. Esc closes it."""

    def __init__(
        self, services: MoneyServices, jobs: Jobs, user: User, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self.view = ReceiptView(services, jobs, user)
        self.setWindowTitle(_("Receipt"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_help(self)
        self.resize(theme.px(WIDE), theme.px(HIGH))
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (16, 12, 16, 16)))
        column.addWidget(self.view)
        self.view.shown.connect(self._show)

    def read(self, receipt_id: int) -> None:
        """Open with the receipt of that number in the books."""
        receipt = self._services.receipts.receipt
        self._jobs.run(self, self.view.show_receipt, receipt, receipt_id)

    def _show(self) -> None:
        if not self.isVisible():
            self.open()
            self.view.preview.print.setFocus()
