"""One answer that an item offers: its key, its text, its points."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from carehome.i18n import _
from carehome.rules.assessments.form import Option
from carehome.ui.kit import chips, theme

CAP, PAD, GAP, LEAST = 26, 8, 12, 42
WRAPPED = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignVCenter.value


class OptionRow(QAbstractButton):
    """An answer to press; `key` is the digit that chooses it, `note` an aside."""

    def __init__(self, option: Option, key: str, note: str = "") -> None:
        super().__init__()
        self.points = option.points
        self._text = option.text
        self._key = key
        self._note = note
        told = _("{points} points").format(points=option.points)
        words = (key, option.text, told, note)
        self.setAccessibleName(_(", ").join(filter(None, words)))
        self.setText(option.text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the digits choose
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def nextCheckState(self) -> None:
        """Stay chosen: whoever is pressed says so to the form, which shows it."""

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(self._room(width), 1), 10_000)
        text = QFontMetrics(theme.font()).boundingRect(room, WRAPPED, self._text)
        return max(text.height() + theme.px(2 * PAD), theme.px(LEAST))

    def sizeHint(self) -> QSize:
        wide = theme.px(420)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(220), theme.px(LEAST))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = "brand_soft" if chosen else "hover" if self.underMouse() else "paper"
        wide = 2 if chosen else 1
        edge = QPen(theme.colour("brand" if chosen else "line"), wide)
        box = QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
        painter.setPen(edge)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        self._paint_cap(painter, chosen)
        self._paint_words(painter, chosen)

    def _paint_cap(self, painter: QPainter, chosen: bool) -> None:
        """Draw the key that chooses this, as it stands on the keyboard."""
        side = theme.px(CAP)
        cap = QRectF(theme.px(PAD), (self.height() - side) / 2, side, side)
        edge = theme.colour("brand" if chosen else "control")
        painter.setPen(QPen(edge, 1))
        painter.setBrush(theme.colour("brand" if chosen else "paper"))
        painter.drawRoundedRect(cap, theme.px(5), theme.px(5))
        painter.setPen(theme.colour("brand_ink" if chosen else "ink"))
        painter.setFont(theme.font(bold=True))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)

    def _paint_words(self, painter: QPainter, chosen: bool) -> None:
        left = theme.px(PAD + CAP + GAP)
        text = QRect(left, 0, self._room(self.width()), self.height())
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font(bold=chosen))
        painter.drawText(text, WRAPPED, self._text)
        right = QRect(0, 0, self.width() - theme.px(PAD), self.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("ink_2"))
        told = _points(self.points)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | middle, told)
        if self._note:
            away = theme.px(PAD + GAP) + theme.room(told, theme.font(13))
            place = QRect(0, 0, self.width() - away, self.height())
            align = Qt.AlignmentFlag.AlignRight
            chips.paint_chip(painter, place, self._note, "quiet", align)

    def _room(self, width: int) -> int:
        """Return how wide the text may be."""
        told = theme.room(_points(self.points), theme.font(13))
        note = chips.width(self._note) + theme.px(GAP) if self._note else 0
        return width - theme.px(2 * PAD + CAP + 2 * GAP) - told - note


def _points(points: int) -> str:
    return _("{points} points").format(points=points)
