"""The panel below the grid: what a cell is, what is wrong there, what would mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.elided import Elided
from carehome.ui.rosters.worksheet import Change

LINES, FIXES = 3, 3
ELIDE = Qt.TextElideMode.ElideRight
DIGITS = "\u2460\u2461\u2462"


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way to mend what is wrong: in words, and as the change that it makes."""

    words: str
    change: Change


class ReasonPanel(QFrame):
    """Says what is wrong with a cell and offers ways to mend it.

    `remedy_chosen` carries the change of the one that is pressed, `all_asked` that the
    list of everything is wanted.
    """

    remedy_chosen = Signal(object)
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Elided()
        self.lines = [Elided() for _line in range(LINES)]
        self.remedy_title = QLabel(_("What would mend it (fewest changes first)"))
        self.remedies = [button("", kind="link_line") for _fix in range(FIXES)]
        self.more = button("", kind="link_line")
        theme.mark(self, "card")
        theme.mark(self.title, "strong")
        theme.mark(self.remedy_title, "strong")
        self._offered: Sequence[Remedy] = ()
        self._lines = LINES
        row = QHBoxLayout(self)
        row.setContentsMargins(*map(theme.px, (16, 9, 16, 9)))
        row.setSpacing(theme.px(24))
        for remedy in self.remedies:
            wide = remedy.sizePolicy()
            wide.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
            remedy.setSizePolicy(wide)
        row.addLayout(self._left(), 3)
        row.addLayout(self._right(), 2)
        self.set_low(False)
        self.more.clicked.connect(self.all_asked)
        for at, remedy in enumerate(self.remedies):
            remedy.clicked.connect(partial(self.take, at))
        self.offer(())

    def tell(self, title: str, reasons: Sequence[tuple[str, bool]]) -> None:
        """Show what a cell is, and what is wrong, each with whether it is hard."""
        self.title.setText(title)
        for at, line in enumerate(self.lines):
            said = at < min(len(reasons), self._lines)
            line.setText(_marked(*reasons[at]) if said else "")
            _dress(line, "bad_words" if said and reasons[at][1] else "warn_words")
            line.setVisible(said or at == 0)
        if not reasons:
            self.lines[0].setText(_("Nothing is wrong here."))
            _dress(self.lines[0], "note")
        rest = len(reasons) - self._lines
        self.more.setText(_("{count} more reasons").format(count=rest))
        self.more.setVisible(rest > 0)

    def set_low(self, is_low: bool) -> None:
        """Take less room where there is little: the last lines give way."""
        self._lines = LINES - is_low
        self.setFixedHeight(theme.px(82 if is_low else 104))

    def warn(self, text: str) -> None:
        """Say gently what a key did not do."""
        self.tell(text, ())
        self.lines[0].clear()

    def offer(self, remedies: Sequence[Remedy]) -> None:
        """Offer ways to mend what is told; none takes the offer away."""
        self._offered = remedies[: self._lines]
        self.remedy_title.setVisible(bool(remedies))
        for at, shown in enumerate(self.remedies):
            shown.setVisible(at < len(self._offered))
        self._write_remedies()

    def take(self, at: int) -> None:
        """Do one of the ways that are offered."""
        if at < len(self._offered):
            self.remedy_chosen.emit(self._offered[at].change)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write_remedies()

    def _write_remedies(self) -> None:
        """Write as much of each remedy as there is room for; the whole is its tip."""
        room = self.width() * 2 // 5 - theme.px(40)
        for at, remedy in enumerate(self._offered):
            shown, text = self.remedies[at], f"{DIGITS[at]} {remedy.words}"
            cut = shown.fontMetrics().elidedText(text, ELIDE, room)
            shown.setText(cut)
            shown.setAccessibleName(text)
            shown.setToolTip(text)

    def _left(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.more)
        head.addStretch()
        return _column(head, *self.lines)

    def _right(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.addWidget(self.remedy_title)
        head.addStretch()
        return _column(head, *self.remedies)


def _column(head: QHBoxLayout, *rest: QLabel | QPushButton) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.px(1))
    column.addLayout(head)
    for each in rest:
        column.addWidget(each)
    column.addStretch()
    return column


def _dress(line: QLabel, kind: str) -> None:
    """Give a line another look if need be: that takes longer than all else here."""
    if line.property("kind") != kind:
        theme.mark(line, kind)


def _marked(text: str, is_hard: bool) -> str:
    """Say whether a reason is a hard one: colour alone would not tell."""
    kind = _("Must not be") if is_hard else _("Costs points")
    return _("{kind}: {reason}").format(kind=kind, reason=text)
