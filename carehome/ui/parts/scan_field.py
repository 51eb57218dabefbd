"""A field that names the file of a scan, typed or chosen."""

from PySide6.QtWidgets import QFileDialog

from carehome.i18n import _
from carehome.ui.kit.buttons import icon_button
from carehome.ui.kit.fields import TextField

MOST = 1000  # letters of a path


class ScanField(TextField):
    """The path of a PDF or picture; the folder beside it lets one choose."""

    def __init__(self, name: str, *, hint: str = "") -> None:
        super().__init__(name, needed=False, hint=hint, most=MOST)
        self.folder = icon_button("import", _("Choose a file"), self.choose)
        self._line.addWidget(self.folder)

    def choose(self) -> None:
        """Ask for the file."""
        kinds = _("Scans (*.pdf *.jpg *.jpeg *.png)")
        dialog = QFileDialog(self, _("Choose a file"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.set_value)
        dialog.open()
