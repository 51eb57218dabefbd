"""Cards at the head of the day: each answers one question with one number."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from carehome.rules.today import Figure, shown
from carehome.ui.kit import theme
from carehome.ui.today.lines import TONES, Pressed

SIDES, TOP, HEAD, NUMBER, BAR, LEAST = 16, 12, 22, 42, 8, 128
EDGE = 6  # of the ground under a warning
SIZES = (28, 24, 20, 17)  # of the number: it shrinks before it is cut
WRAP = Qt.TextFlag.TextWordWrap
BOTTOM = Qt.AlignmentFlag.AlignBottom


class FigureCard(Pressed):
    """A name, a number, how it is made up, and a few words that place it."""

    def __init__(self, figure: Figure) -> None:
        name, number = str(figure.name), shown(figure.number)
        note, beside, below = str(figure.note), str(figure.beside), str(figure.below)
        parts = [str(part.text) for part in figure.parts]
        said = (f"{name} {number}", beside, note, below, *parts)
        super().__init__(", ".join(filter(None, said)), figure.target)
        self.figure = figure
        self.name, self.number = name, number
        self.note, self.beside = note, beside
        self.below = below or "\u2002".join(map(_unbroken, parts))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(220), theme.px(LEAST))

    def heightForWidth(self, width: int) -> int:
        top = self._below_top()
        return max(top + self._below_height(width) + theme.px(14), theme.px(LEAST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        inside = self.rect().adjusted(theme.px(SIDES), 0, -theme.px(SIDES), 0)
        self._paint_head(painter, inside)
        self._paint_number(painter, inside)
        self._paint_bar(painter, inside)
        self._paint_below(painter, inside)
        self.paint_focus(painter, 8)

    def _below_top(self) -> int:
        bar = theme.px(BAR + 6) if self.figure.parts else 0
        return theme.px(TOP + HEAD + NUMBER + 4) + bar

    def _below_height(self, width: int) -> int:
        if not self.below:
            return 0
        edges = 0 if self.figure.urgency is None else theme.px(EDGE)
        room = QRect(0, 0, width - 2 * (theme.px(SIDES) + edges), 1000)
        metrics = QFontMetrics(theme.font(12))
        return metrics.boundingRect(room, WRAP, self.below).height()

    def _paint_ground(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour("edge" if self.is_hot() else "line"), 1))
        painter.setBrush(theme.colour("paper"))
        painter.drawRoundedRect(box, theme.px(8), theme.px(8))

    def _paint_head(self, painter: QPainter, inside: QRect) -> None:
        head = QRect(inside.left(), theme.px(TOP), inside.width(), theme.px(HEAD))
        bold = theme.font(bold=True)
        painter.setFont(bold)
        painter.setPen(theme.colour("ink"))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, self.name)
        head.setLeft(head.left() + theme.room(self.name, bold) + theme.px(8))
        self._paint_line(painter, head, self.note, Qt.AlignmentFlag.AlignRight)

    def _paint_number(self, painter: QPainter, inside: QRect) -> None:
        top = theme.px(TOP + HEAD)
        box = QRect(inside.left(), top, inside.width(), theme.px(NUMBER))
        face = self._face(box.width())
        painter.setFont(face)
        painter.setPen(theme.colour("ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.number)
        ascent = QFontMetrics(face).capHeight()
        line = QFontMetrics(theme.font(13))
        box.setLeft(box.left() + theme.room(self.number, face) + theme.px(8))
        box.setBottom(box.center().y() + ascent // 2 + line.descent() + 1)
        self._paint_line(painter, box, self.beside, BOTTOM)

    def _face(self, width: int) -> QFont:
        for size in SIZES:
            face = theme.font(size, bold=True)
            if theme.room(self.number, face) <= width:
                break
        return face

    def _paint_line(
        self, painter: QPainter, box: QRect, text: str, align: Qt.AlignmentFlag
    ) -> None:
        """Draw a quiet word or two that give way where there is no room."""
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("ink_2"))
        elide = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(text, elide, box.width())
        up = Qt.AlignmentFlag(0) if align == BOTTOM else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, align | up, text)

    def _paint_bar(self, painter: QPainter, inside: QRect) -> None:
        whole = sum(part.count for part in self.figure.parts)
        if not whole:
            return
        top = theme.px(TOP + HEAD + NUMBER + 2)
        bar = QRectF(inside.left(), top, inside.width(), theme.px(BAR))
        round_ends = QPainterPath()
        round_ends.addRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        painter.save()
        painter.setClipPath(round_ends)
        left = bar.left()
        for part in self.figure.parts:
            wide = bar.width() * part.count / whole
            box = QRectF(left, bar.top(), wide, bar.height())
            painter.fillRect(box, theme.colour(part.colour))
            left += wide
        painter.restore()

    def _paint_below(self, painter: QPainter, inside: QRect) -> None:
        if not self.below:
            return
        high = self._below_height(self.width())
        box = QRect(inside.left(), self._below_top(), inside.width(), high)
        painter.setFont(theme.font(12))
        ink = "ink_2"
        if self.figure.urgency is not None:
            ink, edge = TONES[self.figure.urgency], theme.px(EDGE)
            box.adjust(edge, 0, -edge, 0)
            ground = painter.fontMetrics().boundingRect(box, WRAP, self.below)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(f"{ink}_soft"))
            painter.drawRoundedRect(ground.adjusted(-edge, -1, edge, 1), 4, 4)
        painter.setPen(theme.colour(ink))
        painter.drawText(box, WRAP, self.below)


def _unbroken(text: str) -> str:
    """Let a text go to the next line only as a whole: any sign could break it."""
    return "\u2060".join(text.replace(" ", "\u00a0"))
