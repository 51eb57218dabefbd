"""The head of a guided chain: where one is, what is done, what comes."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from carehome.i18n import _
from carehome.ui.kit import icons, theme

BALL, GAP = 24, 8


class Steps(QWidget):
    """Numbered steps; one that is done can be gone back to, by mouse or Enter."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.steps = [Step(at + 1, title) for at, title in enumerate(titles)]
        fixed = QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for at, step in enumerate(self.steps):
            if at:
                row.addWidget(_Link(), 1)
            row.addWidget(step)
            step.clicked.connect(lambda _on=False, at=at: self.chosen.emit(at))
        self.go(0)

    def go(self, current: int, reached: int | None = None) -> None:
        """Stand at step `current`; the steps up to `reached` can be visited."""
        last = current if reached is None else reached
        for at, step in enumerate(self.steps):
            step.stand(done=at < last, current=at == current)
            step.setEnabled(at <= last)

    def stand(self, current: int, done: Collection[int]) -> None:
        """Stand at a step of a chain that can be walked in any order."""
        for at, step in enumerate(self.steps):
            step.stand(done=at in done, current=at == current)
            step.setEnabled(True)


class Step(QAbstractButton):
    """One step of a chain."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self._number = number
        self.is_done = self.is_current = False
        self.setText(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def stand(self, *, done: bool, current: bool) -> None:
        """Show whether the step is done, at hand or still to come."""
        self.is_done, self.is_current = done, current
        words = {
            (True, False): _("Step {number}, {title}, done"),
            (False, True): _("Step {number}, {title}, now"),
            (True, True): _("Step {number}, {title}, now"),
            (False, False): _("Step {number}, {title}, later"),
        }[done, current]
        self.setAccessibleName(words.format(number=self._number, title=self.text()))
        self.update()

    def sizeHint(self) -> QSize:
        text = QFontMetrics(theme.font(bold=True)).horizontalAdvance(self.text())
        return QSize(text + theme.px(BALL + GAP + 6), theme.px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(BALL)
        ball = QRectF(2, (self.height() - side) / 2, side, side)
        plain = not (self.is_done or self.is_current)
        ground = "brand" if self.is_current else "brand_soft"
        painter.setPen(QPen(theme.colour("edge"), 1) if plain else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("paper" if plain else ground))
        painter.drawEllipse(ball)
        if self.is_done and not self.is_current:
            inset = theme.px(5)
            box = ball.adjusted(inset, inset, -inset, -inset)
            icons.paint(painter, "check", box, "brand")
        else:
            painter.setPen(theme.colour("brand_ink" if self.is_current else "ink_2"))
            painter.setFont(theme.font(13, bold=True))
            painter.drawText(ball, Qt.AlignmentFlag.AlignCenter, str(self._number))
        left = int(ball.right()) + theme.px(GAP)
        painter.setFont(theme.font(bold=self.is_current))
        painter.setPen(theme.colour("ink_2" if plain else "ink"))
        text = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("brand"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            around = QRectF(self.rect()).adjusted(0.75, 3, -0.75, -3)
            painter.drawRoundedRect(around, theme.px(6), theme.px(6))


class _Link(QWidget):
    """The line between two steps."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(theme.px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() // 2, self.width(), 1, theme.colour("line"))
