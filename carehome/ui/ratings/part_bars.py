"""Points as bars: the total and the four parts, with the lines of the grades."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from carehome.i18n import _
from carehome.rules.ratings.grades import part_line
from carehome.rules.ratings.items import PART_NAMES, Part
from carehome.rules.ratings.points import show_points
from carehome.services.ratings.standing import Standing
from carehome.ui.kit import theme

ROW, BAR, GAP = 46, 12, 12
SMALL, USUAL = 11, 13
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, what there is of what there may be, the lines by grade."""

    name: str
    got: int
    full: int
    lines: tuple[tuple[int, int], ...]
    wanted: int

    @property
    def words(self) -> str:
        """Say the points in figures."""
        return f"{show_points(self.got)} / {show_points(self.full)}"

    @property
    def is_short(self) -> bool:
        """Say whether the next grade asks for more."""
        return self.got < self.wanted


def bars_of(standing: Standing) -> list[Bar]:
    """Return the bars of a standing: the total, then the parts."""
    grade = standing.next_grade
    wanted = next(line for line in standing.lines if line.grade == grade)
    total = tuple((line.grade, line.hundredths) for line in standing.lines)
    full = sum(standing.full.values())
    found = [Bar(_("All parts"), standing.hundredths, full, total, wanted.hundredths)]
    for part in Part:
        mark = standing.full[part]
        lines = tuple((line.grade, part_line(line, mark)) for line in standing.lines)
        asked = part_line(wanted, mark)
        name = _(PART_NAMES[part])
        found.append(Bar(name, standing.points[part], mark, lines, asked))
    return found


class PartBars(QWidget):
    """Draws bars below each other; a number above each line names its grade."""

    def __init__(self) -> None:
        super().__init__()
        self.bars: Sequence[Bar] = ()
        self.setAccessibleName(_("Points by part"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw other bars, and say them to who cannot see them."""
        self.bars = bars
        told = (f"{bar.name} {bar.words}" for bar in bars)
        self.setAccessibleDescription(_(", ").join(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(360), theme.px(ROW) * max(len(self.bars), 1))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = theme.font(USUAL)
        before = max(theme.room(bar.name, face) for bar in self.bars) + theme.px(GAP)
        behind = max(theme.room(bar.words, face) for bar in self.bars) + theme.px(GAP)
        for at, bar in enumerate(self.bars):
            top = at * theme.px(ROW)
            place = QRectF(
                before,
                top + theme.px(22),
                self.width() - before - behind,
                theme.px(BAR),
            )
            self._write(painter, bar, place)
            self._fill(painter, bar, place)

    def _write(self, painter: QPainter, bar: Bar, place: QRectF) -> None:
        painter.setFont(theme.font(USUAL, bold=bar is self.bars[0]))
        painter.setPen(theme.colour("ink"))
        high = theme.px(24)
        top = place.center().y() - high / 2
        painter.drawText(QRectF(0, top, place.left(), high), LEFT, bar.name)
        rest = self.width() - place.right()
        box = QRectF(place.right(), top, rest, high)
        painter.drawText(box, RIGHT, bar.words)

    def _fill(self, painter: QPainter, bar: Bar, place: QRectF) -> None:
        round_ = place.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("quiet_soft"))
        painter.drawRoundedRect(place, round_, round_)
        painter.setBrush(theme.colour("warn" if bar.is_short else "ok"))
        filled = QRectF(place)
        filled.setWidth(place.width() * bar.got / bar.full)
        painter.drawRoundedRect(filled, round_, round_)
        painter.setFont(theme.font(SMALL))
        for grade, line in bar.lines:
            x = place.left() + place.width() * line / bar.full
            is_next = line == bar.wanted
            painter.setPen(QPen(theme.colour("ink" if is_next else "control"), 1.5))
            top = place.top() - theme.px(3)
            painter.drawLine(int(x), int(top), int(x), int(place.bottom()))
            above = QRectF(x - 10, top - theme.px(16), 20, theme.px(15))
            painter.setPen(theme.colour("ink" if is_next else "ink_2"))
            painter.drawText(above, MIDDLE, str(grade))
