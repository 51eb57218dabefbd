"""Asking for papers and inspections, showing their scans, telling refusals."""

from PySide6.QtWidgets import QWidget

from carehome.errors import CareHomeError
from carehome.i18n import _
from carehome.services.safety.approvals import SafetyPapers
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.forms import Form
from carehome.ui.parts.deeds import Deed, DeedDialog, let_scroll
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand

WIDE = 720


def asking(
    title: str, form: Form, hand: Hand, deed: Deed, parent: QWidget, draft: str
) -> DeedDialog:
    """Return a dialog that asks for what a deed needs, to be opened."""
    dialog = DeedDialog(title, form, _("Save"), hand.jobs, deed, parent, draft)
    dialog.setMinimumWidth(theme.px(WIDE))
    let_scroll(dialog)
    return dialog


def show_scan(name: str, scan_id: int, hand: Hand, parent: QWidget) -> None:
    """Show a scan in a window of its own."""
    window = PaperDialog(name, f"{name}.pdf", hand.jobs, parent)
    window.read(as_page, hand.service(SafetyPapers), scan_id)


def as_page(papers: SafetyPapers, scan_id: int) -> bytes:
    """Return a scan as a page to be looked at."""
    from carehome.reports.pictures import page_of  # noqa: PLC0415 - heavy

    content = papers.scan(scan_id)
    return content if content.startswith(b"%PDF-") else page_of(content)


def tell_failure(parent: QWidget, error: Exception) -> None:
    """Tell in a window of its own what was refused."""
    if not isinstance(error, CareHomeError):
        raise error
    dialogs.tell(parent, error)
