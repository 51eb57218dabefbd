"""Papers before they leave the program: looked at, printed, saved."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.progress import Cancelled, Progress
from carehome.ui.kit.shortcuts import offer_help
from carehome.ui.parts.paper import bytes_in_steps, bytes_of

WIDE, HIGH = 860, 640


class PaperDialog(QDialog):
    """A paper in a window of its own: to look at, print, save. Esc closes it."""

    def __init__(self, title: str, name: str, jobs: Jobs, parent: QWidget) -> None:
        from carehome.ui.kit.preview import PdfPreview  # noqa: PLC0415 - heavy

        super().__init__(parent)
        self._name = name
        self._jobs = jobs
        self.preview = PdfPreview(jobs)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_help(self)
        self.resize(theme.px(WIDE), theme.px(HIGH))
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (16, 12, 16, 16)))
        column.addWidget(self.preview)

    def draw(self, write: Callable[..., object], *values: Any) -> None:
        """Open with what `write(*values, path)` draws."""
        self._jobs.run(self, self._show, bytes_of, write, *values, failed=self._fail)

    def read(self, call: Callable[..., bytes], *values: Any) -> None:
        """Open with what `call(*values)` returns, and no file on the way."""
        self._jobs.run(self, self._show, call, *values, failed=self._fail)

    def draw_in_steps(
        self, write: Callable[..., object], subject: Any, progress: Progress
    ) -> None:
        """Do as `draw` for a long paper that tells how far it is."""
        values = (write, subject, progress.step)
        self._jobs.run(self, self._show, bytes_in_steps, *values, failed=self._fail)

    def _show(self, data: bytes) -> None:
        self.preview.show_bytes(data, self._name)
        self.open()
        self.preview.print.setFocus()

    def _fail(self, error: Exception) -> None:
        self.deleteLater()
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self.parentWidget(), error)
