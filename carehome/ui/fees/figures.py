"""Cards that each answer one question at the head of a tab."""

from PySide6.QtWidgets import QLabel

from carehome.ui.kit import theme
from carehome.ui.kit.cards import Card, Figure
from carehome.ui.kit.elided import Elided


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
            self.body.addWidget(part)
        column = self.layout()
        assert column is not None
        column.setContentsMargins(*map(theme.px, (16, 9, 16, 9)))
        self.setFixedHeight(theme.px(102))

    def show_number(self, number: str, words: str = "", kind: str = "hint") -> None:
        """Change what is shown; `kind` is a look of the words, such as error."""
        self.figure.show_number(number)
        self.words.setText(words)
        theme.mark(self.words, kind)
