"""Cards: white panels that hold one answer, a figure, or a list of facts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.elided import Elided


class Card(QFrame):
    """A panel with a title at the left and a note at the right of its head."""

    def __init__(
        self, title: str = "", note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = QLabel(title)
        self.note = Elided(note)
        self.body = QVBoxLayout()
        theme.mark(self, "card")
        theme.mark(self.title, "heading")
        theme.mark(self.note, "note")
        grows, keeps = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed
        self.title.setSizePolicy(grows, keeps)
        self.note.setSizePolicy(grows, keeps)

        self.head = QHBoxLayout()
        self.head.addWidget(self.title)
        self.head.addStretch()
        self.head.addWidget(self.note)
        self.body.setSpacing(theme.px(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (16, 12, 16, 14)))
        column.setSpacing(theme.px(8))
        if title or note:
            column.addLayout(self.head)
        column.addLayout(self.body)

    def add(self, widget: QWidget) -> None:
        """Put a widget below what is already there."""
        self.body.addWidget(widget)


class ListCard(QFrame):
    """A panel that a list fills, its words in line with the title.

    Who goes to the panel goes to its list, as when a file beside it is closed.
    """

    def __init__(self, view: QWidget, title: str = "", note: str = "") -> None:
        super().__init__()
        self.title = QLabel(title)
        self.note = Elided(note)
        theme.mark(self, "card")
        theme.mark(self.title, "heading")
        theme.mark(self.note, "note")
        self.setFocusProxy(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (6, 2, 6, 6)))
        column.setSpacing(theme.px(2))
        column.addWidget(view, 1)
        if title or note:
            head = QHBoxLayout()
            head.setContentsMargins(*map(theme.px, (10, 10, 10, 0)))
            head.addWidget(self.title)
            head.addStretch()
            head.addWidget(self.note)
            column.insertLayout(0, head)


class Figure(QWidget):
    """A big number with a few words beside it; it shrinks before it is cut."""

    SIZES = (28, 24, 20, 17)

    def __init__(self, number: str = "", words: str = "") -> None:
        super().__init__()
        self.number = QLabel()
        self.words = Elided()
        theme.mark(self.words, "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self.number)
        row.addWidget(self.words, alignment=Qt.AlignmentFlag.AlignBottom)
        row.addStretch()
        self.setFixedHeight(theme.px(40))
        self.show_number(number, words)

    def show_number(self, number: str, words: str = "") -> None:
        """Change what is shown."""
        self.number.setText(number)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.words.setContentsMargins(0, 0, 0, theme.px(5))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        least = theme.font(self.SIZES[-1], bold=True)
        return QSize(theme.room(self.number.text(), least), theme.px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take the largest size at which the number is whole."""
        for size in self.SIZES:
            face = theme.font(size, bold=True)
            if theme.room(self.number.text(), face) <= self.width():
                break
        self.number.setFont(face)


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value; with `before` it tells a change."""

    name: str
    value: str
    before: str = ""
    strong: bool = False


class Facts(QWidget):
    """Named values below each other, divided by thin lines."""

    def __init__(self, facts: Sequence[Fact] = ()) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Replace what is shown."""
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for fact in facts:
            self._column.addWidget(_fact_row(fact))


class FactGrid(QWidget):
    """Named values side by side, as at the head of a file; one column when narrow.

    Values that are whole sentences wrap, in a grid that `wraps`.
    """

    def __init__(
        self, facts: Sequence[Fact] = (), columns: int = 2, wraps: bool = False
    ) -> None:
        super().__init__()
        self._wraps = wraps
        self._most = columns
        self._columns = columns
        self._pairs: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(8))
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Replace what is shown."""
        for pair in self._pairs:
            for label in pair:
                label.hide()
                label.deleteLater()
        self._pairs = [(QLabel(fact.name), _value(fact)) for fact in facts]
        for name, value in self._pairs:
            for label in (name, value):
                label.setParent(self)
                label.show()  # a layout shows what it is given a moment later
            theme.mark(name, "note")
            value.setAlignment(Qt.AlignmentFlag.AlignLeft)
            value.setWordWrap(self._wraps)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        if self._wraps:
            return super().minimumSizeHint()
        wide = max((_wide(pair) for pair in self._pairs), default=0)
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = max((_wide(pair) for pair in self._pairs), default=1)
        fitting = max(min(self.width() // wide, self._most), 1)
        if fitting != self._columns:
            self._columns = fitting
            self._arrange()

    def _arrange(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        for column in range(self._most):
            self._grid.setColumnStretch(2 * column + 1, int(column < self._columns))
        for at, (name, value) in enumerate(self._pairs):
            row, column = divmod(at, self._columns)
            self._grid.addWidget(name, row, 2 * column, top)
            self._grid.addWidget(value, row, 2 * column + 1)


class Consequences(Card):
    """What a deed brings about, shown before it is confirmed."""

    confirmed = Signal()
    dismissed = Signal()

    def __init__(self, title: str, do: str, parent: QWidget | None = None) -> None:
        super().__init__(title, _("Preview"), parent)
        self.subject = QLabel()
        self.facts = Facts()
        self.confirm = QPushButton(do)
        self.cancel = QPushButton(_("Cancel"))
        self.obstacle = QLabel()
        self._warnings = QVBoxLayout()
        self.subject.setWordWrap(True)
        self.obstacle.setWordWrap(True)
        self.obstacle.hide()
        theme.mark(self.obstacle, "banner")
        theme.mark(self.confirm, "primary")
        for button in (self.confirm, self.cancel):
            button.setAutoDefault(True)  # Enter presses, as in a dialog

        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addStretch()
        foot.addWidget(self.cancel)
        foot.addWidget(self.confirm)
        self._warnings.setSpacing(theme.px(4))
        self.body.setSpacing(theme.px(10))
        self.body.addWidget(self.subject)
        self.body.addWidget(self.facts)
        self.body.addLayout(self._warnings)
        self.body.addWidget(self.obstacle)
        self.body.addLayout(foot)
        self.body.addStretch()

        self.confirm.clicked.connect(self.confirmed)
        self.cancel.clicked.connect(self.dismissed)

    def show_deed(
        self, subject: str, facts: Sequence[Fact], warnings: Sequence[str] = ()
    ) -> None:
        """Show whom the deed is about, what changes, and what to beware of."""
        self.subject.setText(subject)
        self.facts.show_facts(facts)
        while item := self._warnings.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for warning in warnings:
            tag = Tag(warning, "warn")
            tag.setWordWrap(True)
            self._warnings.addWidget(tag)

    def set_obstacle(self, text: str) -> None:
        """Say what forbids the deed; an empty text lets it be confirmed."""
        self.obstacle.setText(text)
        self.obstacle.setVisible(bool(text))
        self.confirm.setEnabled(not text)


def _fact_row(fact: Fact) -> QFrame:
    frame, name, value = QFrame(), QLabel(fact.name), _value(fact)
    theme.mark(frame, "fact")
    name.setWordWrap(True)
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, theme.px(7), 0, theme.px(7))
    row.addWidget(name, 1)
    row.addWidget(value)
    return frame


def _value(fact: Fact) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(f"{fact.before} → {fact.value}" if fact.before else fact.value)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    theme.mark(label, "strong" if fact.strong else "")
    return label


def _wide(pair: tuple[QLabel, QLabel]) -> int:
    """Return the room that a name and its value need."""
    return sum(label.sizeHint().width() for label in pair) + 2 * theme.px(12)
