"""A field for a folder: typed, or chosen in the system's own dialog."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton

from carehome.i18n import _
from carehome.ui.kit.field import Check
from carehome.ui.kit.fields import TextField


class FolderField(TextField):
    """The path of a folder, which need not be there yet."""

    def __init__(self, name: str, *, hint: str = "", check: Check | None = None):
        super().__init__(name, hint=hint, check=check, most=400)
        self.browse = QPushButton(_("Browse"))
        self._line.addWidget(self.browse)
        self.browse.clicked.connect(self._ask)

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.name, str(_nearest(Path(self.typed()))))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.set_value)
        dialog.open()


def _nearest(folder: Path) -> Path:
    """Return `folder`, or the nearest one above it that is there."""
    return next((each for each in (folder, *folder.parents) if each.is_dir()), folder)
