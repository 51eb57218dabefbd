"""A picture in a window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from carehome.services.safety.pictures import Picture
from carehome.ui.kit import theme
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.shortcuts import offer_help

WIDE, HIGH = 860, 640


class PictureDialog(QDialog):
    """Shows a picture as large as the window allows. Esc closes it."""

    def __init__(self, picture: Picture, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(picture.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_help(self)
        self.resize(theme.px(WIDE), theme.px(HIGH))
        shown = QPixmap()
        shown.loadFromData(picture.content)
        room = self.size() * 0.94
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self.label = QLabel()
        self.label.setPixmap(shown.scaled(room, keep, smooth))
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setAccessibleName(picture.name)
        QVBoxLayout(self).addWidget(scrolling(self.label))
