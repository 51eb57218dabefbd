"""A PDF on the screen: turn pages, zoom, print, save."""

from PySide6.QtWidgets import QWidget

from carehome.ui.kit.jobs import Jobs


class PdfPreview(QWidget):
    """Shows a PDF."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
