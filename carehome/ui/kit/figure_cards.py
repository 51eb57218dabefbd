"""Cards that each answer one question at the head of a tab."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from carehome.ui.kit import theme
from carehome.ui.kit.cards import Card, Figure
from carehome.ui.kit.elided import Elided

HIGH, LOW = 102, 68
ROOMY = 500  # a tab lower than this needs its height for the list


class FigureCard(Card):
    """A name, a number, and below it a few words that put the number in its place."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = QLabel(name)
        self.figure = Figure()
        self.words = Elided()
        theme.mark(self.name, "note")
        theme.mark(self.words, "hint")
        self.body.setSpacing(0)
        for part in (self.name, self.figure, self.words):
            self.add(part)
        self._column = self.layout()
        self.set_low(False)

    def show_number(self, number: str, words: str = "", kind: str = "hint") -> None:
        """Change what is shown; `kind` is a look of the words, such as error."""
        self.figure.show_number(number)
        self.words.setText(words)
        self.setToolTip(words)
        theme.mark(self.words, kind)

    def set_low(self, low: bool) -> None:
        """Leave the words out, or take room for them as well."""
        self.words.setVisible(not low)
        edge = 3 if low else 9
        if self._column:
            self._column.setContentsMargins(*map(theme.px, (16, edge, 16, edge)))
        self.setFixedHeight(theme.px(LOW if low else HIGH))


class FigureRow(QWidget):
    """Figures side by side, low when the tab they stand in has little height."""

    def __init__(self, *cards: FigureCard) -> None:
        super().__init__()
        self._cards = cards
        self._low = False
        self._tab: QWidget | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        for card in cards:
            row.addWidget(card, 1)

    def watch(self, tab: QWidget) -> None:
        """Follow the height of the tab."""
        self._tab = tab
        tab.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._tab and event.type() == QEvent.Type.Resize:
            low = self._tab.height() < theme.px(ROOMY)
            if low != self._low:
                self._low = low
                for card in self._cards:
                    card.set_low(low)
        return super().eventFilter(watched, event)
