"""Lines of the day: each is one button that opens the thing itself."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from carehome.i18n import _, say_day
from carehome.rules.rights import ROLE_NAMES
from carehome.rules.today import URGENCY_NAMES, Concern, Target, Task, Urgency
from carehome.ui.kit import chips, icons, theme

TONES = {Urgency.LATE: "bad", Urgency.SOON: "warn", Urgency.NOTE: "info"}
LOW, PAD, GAP, ICON = 38, 8, 12, 16
MOST_LINES = 2  # of one text; more is told when asked for
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Pressed(QAbstractButton):
    """Something that is drawn by hand and opens a target; Enter presses it."""

    def __init__(self, said: str, target: Target | None) -> None:
        super().__init__()
        self.target = target
        self.setText(said.replace("&", "&&"))  # read aloud; what is seen is drawn
        self.setAccessibleName(said)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if target is None:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def is_hot(self) -> bool:
        """Say whether the mouse is over something that can be pressed."""
        return self.target is not None and self.underMouse()

    def paint_focus(self, painter: QPainter, radius: int) -> None:
        """Draw a ring where the cursor is."""
        if self.hasFocus():
            inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("brand"), 2))
            painter.drawRoundedRect(inside, theme.px(radius), theme.px(radius))


@dataclass(frozen=True, slots=True)
class Widths:
    """How wide the columns are that the lines of a panel share."""

    first: int
    second: int
    last: int


class Line(Pressed):
    """A line with one text that takes what the columns beside it leave."""

    def __init__(self, text: str, said: str, target: Target | None) -> None:
        super().__init__(said, target)
        self.text_shown = text
        self.widths = Widths(0, 0, 0)
        self._heights: dict[int, int] = {}  # of the text by width: layouts ask often
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def needs(self) -> Widths:
        """Return the widths that the columns of this line ask for."""
        raise NotImplementedError

    def paint_columns(self, painter: QPainter, room: QRect) -> None:
        """Draw what stands beside the text."""
        raise NotImplementedError

    def text_room(self, width: int) -> tuple[int, int]:
        """Return where the text begins and how wide it may be."""
        gap, pad = theme.px(GAP), theme.px(PAD)
        columns = (self.widths.first, self.widths.second)
        left = pad + sum(column + gap for column in columns if column)
        right = self.widths.last + gap if self.widths.last else 0
        return left, max(width - left - right - pad, theme.px(60))

    def heightForWidth(self, width: int) -> int:
        _left, room = self.text_room(width)
        line = self.fontMetrics().lineSpacing()
        needed = min(self._needed(room), MOST_LINES * line)
        return max(needed + theme.px(14), theme.px(LOW))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(LOW))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        _left, room = self.text_room(self.width())
        too_long = self._needed(room) > MOST_LINES * self.fontMetrics().lineSpacing()
        self.setToolTip(self.text_shown if too_long else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.is_hot():
            painter.fillRect(self.rect(), theme.colour("hover"))
        self.paint_columns(painter, self.rect().adjusted(theme.px(PAD), 0, 0, -1))
        left, room = self.text_room(self.width())
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink"))
        box = QRect(left, 0, room, self.height() - 1)
        painter.drawText(box, WRAP, self._fitting(room))
        painter.setPen(theme.colour("line_2"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        self.paint_focus(painter, 4)

    def _needed(self, room: int) -> int:
        if room not in self._heights:
            box = QRect(0, 0, room, 10_000)
            text = self.fontMetrics().boundingRect(box, WRAP, self.text_shown)
            self._heights[room] = text.height()
        return self._heights[room]

    def _fitting(self, room: int) -> str:
        """Return as much of the text as its lines hold."""
        metrics = self.fontMetrics()
        if self._needed(room) <= MOST_LINES * metrics.lineSpacing():
            return self.text_shown
        most = int(room * MOST_LINES * 0.94)  # the first line may break early
        return metrics.elidedText(self.text_shown, Qt.TextElideMode.ElideRight, most)


class TaskLine(Line):
    """When, what, about whom, and the deed that does it."""

    def __init__(self, task: Task, today: date) -> None:
        what, about, deed = str(task.what), str(task.about), str(task.deed)
        self.when = say_when(task, today)
        self.is_late = task.due < today
        late = _("Overdue") if self.is_late else ""
        said = ", ".join(filter(None, (late, self.when, what, about, deed)))
        super().__init__(about, said, task.target)
        self.what, self.deed = what, deed

    def needs(self) -> Widths:
        return Widths(
            theme.room(self.when, theme.font()),
            theme.room(self.what, theme.font(bold=True)),
            theme.room(self.deed, theme.font(13)) + theme.px(24),
        )

    def paint_columns(self, painter: QPainter, room: QRect) -> None:
        gap = theme.px(GAP)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("bad" if self.is_late else "ink_2"))
        painter.drawText(room, MIDDLE, self.when)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("ink"))
        what = room.adjusted(self.widths.first + gap, 0, 0, 0)
        painter.drawText(what, MIDDLE, self.what)
        self._paint_deed(painter)

    def _paint_deed(self, painter: QPainter) -> None:
        high, wide = theme.px(28), self.widths.last
        box = QRectF(
            self.width() - wide - theme.px(PAD), (self.height() - high) / 2, wide, high
        )
        lit = self.is_hot() or self.hasFocus()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("brand" if lit else "control"), 1))
        painter.setBrush(theme.colour("brand_soft" if lit else "paper"))
        painter.drawRoundedRect(
            box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6)
        )
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("brand" if lit else "ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.deed)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class ConcernLine(Line):
    """A subject in the colour of its urgency, what is the matter, and whose it is."""

    def __init__(self, concern: Concern) -> None:
        text, self.subject = str(concern.text), str(concern.subject)
        self.whose = _(ROLE_NAMES[concern.role]) if concern.role else ""
        self.tone = TONES[concern.urgency]
        urgency = _(URGENCY_NAMES[concern.urgency])
        said = ", ".join(filter(None, (urgency, self.subject, text, self.whose)))
        super().__init__(text, said, concern.target)

    def needs(self) -> Widths:
        whose = theme.room(self.whose, theme.font(13)) if self.whose else 0
        return Widths(theme.px(ICON), chips.width(self.subject), whose)

    def paint_columns(self, painter: QPainter, room: QRect) -> None:
        side = theme.px(ICON)
        sign = QRectF(room.left(), (self.height() - side) / 2, side, side)
        icons.paint(painter, ICONS[self.tone], sign, self.tone)
        chip = room.adjusted(self.widths.first + theme.px(GAP), 0, 0, 0)
        chips.paint_chip(painter, chip, self.subject, self.tone)
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("ink_2"))
        right = self.rect().adjusted(0, 0, -theme.px(PAD), -1)
        painter.drawText(right, MIDDLE | Qt.AlignmentFlag.AlignRight, self.whose)


ICONS = {"bad": "bad", "warn": "warn", "info": "info"}


def say_when(task: Task, today: date) -> str:
    """Say when something is due as one says it at the desk."""
    if task.due != today:
        return say_day(task.due)
    return f"{task.at:%H:%M}" if task.at else _("Today")
