"""A panel of lines under one title, with the rest of a long list at a press."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from carehome.i18n import _
from carehome.rules.today import Target
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card
from carehome.ui.today.lines import Line, Widths

MOST = 10  # lines before the rest has to be asked for


class Panel(Card):
    """Lines in their order; `pressed` carries what a line opens."""

    pressed = Signal(object)

    def __init__(self, title: str, nothing: str, why: str) -> None:
        super().__init__(title, " ")
        self.lines: list[Line] = []
        self._all = False
        self._nothing = QLabel(nothing)
        self._why = QLabel(why)
        self._rows = QVBoxLayout()
        self.more = button("", "down", kind="link")
        theme.mark(self._nothing, "strong")
        theme.mark(self._why, "note")
        self._why.setWordWrap(True)
        self._rows.setSpacing(0)
        self.body.setSpacing(theme.px(2))
        for widget in (self._nothing, self._why):
            widget.hide()
            self.body.addWidget(widget)
        self.body.addLayout(self._rows)
        self.body.addWidget(self.more)
        self.body.addStretch(1)
        self.more.hide()
        self.more.clicked.connect(self.show_all)

    def show_lines(self, lines: Sequence[Line], note: str) -> None:
        """Replace the lines; the cursor stays where it was."""
        at = next((i for i, line in enumerate(self.lines) if line.hasFocus()), None)
        target = None if at is None else self.lines[at].target
        self._drop()
        self.lines = list(lines)
        self.note.setText(note)
        widths = _shared([line.needs() for line in lines])
        for line in lines:
            line.widths = widths
            line.clicked.connect(self._press)
            self._rows.addWidget(line)
        for word in (self._nothing, self._why):
            word.setVisible(not lines)
        self._fold()
        if at is not None:
            self._return_to(at, target)

    def show_all(self) -> None:
        """Show the rest of a long list."""
        self._all = True
        self._fold()
        self.lines[MOST].setFocus()

    def _fold(self) -> None:
        for at, line in enumerate(self.lines):
            line.setVisible(self._all or at < MOST)
        self.more.setText(_("Show all {count}").format(count=len(self.lines)))
        self.more.setVisible(not self._all and len(self.lines) > MOST)

    def _drop(self) -> None:
        for line in self.lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()

    def _return_to(self, at: int, target: Target | None) -> None:
        """Put the cursor on the same line, or where the line was."""
        same = (line for line in self.lines if line.target == target)
        nearest = self.lines[min(at, len(self.lines) - 1)] if self.lines else self
        next(same, nearest).setFocus()

    def _press(self) -> None:
        line = self.sender()
        if isinstance(line, Line) and line.target:
            self.pressed.emit(line.target)


def _shared(widths: Sequence[Widths]) -> Widths:
    """Return columns wide enough for every line."""
    return Widths(
        max((each.first for each in widths), default=0),
        max((each.second for each in widths), default=0),
        max((each.last for each in widths), default=0),
    )
