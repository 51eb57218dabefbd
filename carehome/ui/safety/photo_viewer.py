"""Photos looked at large: one after the other, or before and after side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.keys import bind
from carehome.ui.kit.shortcuts import offer_help

SHARE = 0.92  # of the window that it stands over
LEAST = (320, 240)  # pixels at a text size of 100 %


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo to be looked at: a JPEG, and below it what is known of it.

    `is_first` marks what was taken before the work.
    """

    content: bytes
    words: str
    is_first: bool = False


class PhotoView(QWidget):
    """One photo as large as there is room, with its words below."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = QPixmap()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.mark(self.words, "note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self.words)
        self.setMinimumSize(QSize(*map(theme.px, LEAST)))

    def show_photo(self, photo: Photo) -> None:
        """Show another photo."""
        self.shown.loadFromData(photo.content)
        self.words.setText(photo.words)
        self.setAccessibleName(photo.words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the photo into the room above its words, never larger than it is."""
        keep = Qt.AspectRatioMode.KeepAspectRatio
        room = QSize(self.width(), self.words.y() - theme.px(6))
        size = self.shown.size().scaled(room, keep)
        if size.width() > self.shown.width():
            size = self.shown.size()
        rest = room - size
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        at = QPoint(rest.width() // 2, rest.height() // 2)
        painter.drawPixmap(at.x(), at.y(), size.width(), size.height(), self.shown)


class PhotoViewer(QDialog):
    """Turns over photos by their arrows; Esc closes it.

    Where there are photos of before and of after the work, they can be laid side by
    side; then the arrows turn over pairs.
    """

    def __init__(self, photos: Sequence[Photo], at: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.at = at
        self.photos = photos
        self.left, self.right = PhotoView(), PhotoView()
        self.back = icon_button("left", _("The photo before"), partial(self.turn, -1))
        self.on = icon_button("right", _("The next photo"), partial(self.turn, 1))
        self.count = QLabel()
        self.pairs = button(_("Before and after"), "grid", "Alt+B")
        self.away = button(_("Close"))
        self.setWindowTitle(_("Photos"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(parent.window().size() * SHARE)
        self._arrange()
        self._show()
        self.on.setFocus()

        offer_help(self)
        bind(self, "Left", N_("The photo before"), self.back.click)
        bind(self, "Right", N_("The next photo"), self.on.click)
        self.pairs.toggled.connect(self._pair)
        self.away.clicked.connect(self.accept)

    def turn(self, steps: int) -> None:
        """Go on by so many photos, or pairs, as far as there are any."""
        self.at = min(max(self.at + steps, 0), self._many() - 1)
        self._show()

    def _pair(self, _paired: bool) -> None:
        self.at = 0
        self._show()

    def _many(self) -> int:
        before, after = self._sides()
        return (
            max(len(before), len(after)) if self.pairs.isChecked() else len(self.photos)
        )

    def _sides(self) -> tuple[list[Photo], list[Photo]]:
        before = [each for each in self.photos if each.is_first]
        return before, [each for each in self.photos if not each.is_first]

    def _show(self) -> None:
        paired = self.pairs.isChecked()
        if paired:
            before, after = self._sides()
            self.left.show_photo(before[min(self.at, len(before) - 1)])
            self.right.show_photo(after[min(self.at, len(after) - 1)])
        else:
            self.left.show_photo(self.photos[self.at])
        self.right.setVisible(paired)
        many = self._many()
        text = _("{number} of {count}").format(number=self.at + 1, count=many)
        self.count.setText(text)
        self.back.setEnabled(self.at > 0)
        self.on.setEnabled(self.at < many - 1)

    def _arrange(self) -> None:
        self.pairs.setCheckable(True)
        self.pairs.setVisible(all(self._sides()))
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(12))
        beside.addWidget(self.left, 1)
        beside.addWidget(self.right, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        for each in (self.back, self.count, self.on):
            foot.addWidget(each)
        foot.addStretch(1)
        foot.addWidget(self.pairs)
        foot.addWidget(self.away)
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (16, 14, 16, 14)))
        column.setSpacing(theme.px(10))
        column.addLayout(beside, 1)
        column.addLayout(foot)
