"""A field that names the file of a photo, and how it is read once it is needed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from carehome.i18n import _
from carehome.services.safety import photos
from carehome.ui.kit.buttons import icon_button
from carehome.ui.kit.fields import TextField

MOST = 1000  # letters of a path
REFUSED = (
    photos.PictureTooBig,
    photos.PictureOfApple,
    photos.PictureKind,
    photos.PictureBroken,
)


class PhotoField(TextField):
    """The path of a photo; the folder beside it lets one choose."""

    def __init__(self, name: str, *, hint: str = "") -> None:
        super().__init__(name, needed=False, hint=hint, most=MOST)
        self.folder = icon_button("import", _("Choose a photo"), self.choose)
        self._line.addWidget(self.folder)

    def choose(self) -> None:
        """Ask for the file."""
        kinds = _("Photos (*.jpg *.jpeg *.png *.webp *.bmp)")
        dialog = QFileDialog(self, _("Choose a photo"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.set_value)
        dialog.open()


def with_photo(deed: Callable[..., object], path: str | None, *values: Any) -> object:
    """Do a deed that takes pictures last; the photo is made small before it begins."""
    pictures = [photos.read_picture(Path(path))] if path else []
    return deed(*values, pictures)
