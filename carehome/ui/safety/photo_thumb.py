"""A photo shown small: it opens the large one, and can be taken away again."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from carehome.i18n import N_, _
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import icon_button

SIDE = 84
GONE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def small(content: bytes, name: str, side: int = SIDE) -> QToolButton:
    """Return a button that shows a photo small; its name is told when asked."""
    keep, smooth = Qt.AspectRatioMode, Qt.TransformationMode.SmoothTransformation
    room = theme.px(side)
    pixmap = QPixmap()
    pixmap.loadFromData(content)
    made = QToolButton()
    made.setIcon(QIcon(pixmap.scaled(room, room, keep.KeepAspectRatio, smooth)))
    made.setIconSize(QSize(room, room))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


class Thumb(QWidget):
    """A small photo with what takes it away beside it; Delete does so too."""

    opened = Signal()
    removed = Signal()
    own_keys = (("Del", N_("Take the photo away")),)

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__()
        self.picture = small(content, name)
        text = _("Take “{name}” away").format(name=name)
        self.remove = icon_button("close", text, self.removed.emit)
        theme.mark(self.remove, "over")
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self.picture)
        both.addWidget(self.remove, alignment=Qt.AlignmentFlag.AlignTop)
        self.picture.clicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in GONE:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
