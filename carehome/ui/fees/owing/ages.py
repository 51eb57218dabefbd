"""How old debts are: a class of age beside the other, each with its share."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _, show_money, show_share
from carehome.rules.arrears import AGE_NAMES, Age
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Card, Figure

COLOURS: dict[Age, str] = {
    Age.NOT_DUE: "ok",
    Age.TO_30: "info",
    Age.TO_60: "warn",
    Age.TO_90: "warn",
    Age.TO_180: "bad",
    Age.OLDER: "bad",
}
THICK = 6


class ShareLine(QWidget):
    """A line as long as a share of the whole; what it tells stands in words above."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self._share = 0.0
        self.setFixedHeight(theme.px(THICK))

    def show_share(self, share: float) -> None:
        """Draw another share, from 0 to 1."""
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        half = self.height() / 2
        for share, colour in ((1.0, "line_2"), (self._share, self._colour)):
            long = max(self.width() * share, self.height() if share else 0)
            painter.setBrush(theme.colour(colour))
            painter.drawRoundedRect(QRectF(0, 0, long, self.height()), half, half)


class AgeCells(Card):
    """The sums of all debts by age."""

    def __init__(self) -> None:
        super().__init__()
        self.total = Figure()
        self.people = QLabel()
        self.amounts: dict[Age, QLabel] = {}
        self._shares: dict[Age, QLabel] = {}
        self._lines: dict[Age, ShareLine] = {}
        row = QHBoxLayout()
        row.setSpacing(theme.px(18))
        theme.mark(self.people, "note")
        whole = QVBoxLayout()
        whole.setSpacing(0)
        whole.addWidget(self.people)
        whole.addWidget(self.total)
        row.addLayout(whole, 2)
        for age, name in AGE_NAMES.items():
            row.addLayout(self._cell(age, _(name)), 1)
        self.body.addLayout(row)

    def show_ages(self, ages: Mapping[Age, int], count: int) -> None:
        """Show what so many people owe in each class, in fen."""
        total = sum(ages.values())
        self.total.show_number(show_money(total))
        text = _("owed by {count} {count:person|people}")
        self.people.setText(text.format(count=count))
        for age, fen in ages.items():
            share = fen / total if total else 0.0
            self.amounts[age].setText(show_money(fen))
            self._shares[age].setText(show_share(share) if fen else "")
            self._lines[age].show_share(share)

    def _cell(self, age: Age, name: str) -> QVBoxLayout:
        amount = self.amounts[age] = QLabel(show_money(0))
        share = self._shares[age] = QLabel()
        line = self._lines[age] = ShareLine(COLOURS[age])
        title = QLabel(name)
        theme.mark(title, "note")
        theme.mark(amount, "strong")
        theme.mark(share, "hint")
        words = QHBoxLayout()
        words.addWidget(amount)
        words.addStretch()
        words.addWidget(share)
        cell = QVBoxLayout()
        cell.setSpacing(theme.px(3))
        cell.addWidget(title)
        cell.addLayout(words)
        cell.addWidget(line)
        return cell
