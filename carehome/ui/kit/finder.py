"""Finding anything from anywhere: type, walk with the arrow keys, Enter opens."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Card
from carehome.ui.kit.empty import Empty
from carehome.ui.kit.field import ENTER
from carehome.ui.kit.found import Found, FoundLines, FoundList, Source
from carehome.ui.kit.keys import bind
from carehome.ui.kit.shortcuts import offer_help

WIDE, HIGH, MOST, PAGE = 640, 520, 8, 7
SHARE = 0.8  # of the window's height is the most it takes
CTRL = Qt.KeyboardModifier.ControlModifier
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: PAGE,
    Qt.Key.Key_PageUp: -PAGE,
}


class Finder(QDialog):
    """Asks its sources with every key; each may give a few of what it knows.

    What fits best stands first, whatever source it is from. `typed` goes out with the
    letters, for sources that have to look further; `look` shows what they found.
    """

    own_keys = (
        ("Up", N_("Go up and down")),
        ("Down", N_("Go up and down")),
        ("Enter", N_("Open what the cursor is on")),
        ("Esc", N_("Close")),
    )
    typed = Signal(str)

    def __init__(self, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.sources: list[Source] = []
        self.line = QLineEdit()
        self.found = FoundList()
        self.list = QListView()
        self.empty = Empty(self.list.viewport())
        self.hints = QLabel()
        self._walked = False
        self.setWindowTitle(_("Find"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(WIDE), min(theme.px(HIGH), int(parent.height() * SHARE)))
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.setMinimumHeight(theme.px(40))
        self.list.setModel(self.found)
        self.list.setItemDelegate(FoundLines(self.found, self.list))
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(_("What was found"))
        self.empty.say(_("Nothing found. Try fewer letters."), "")
        theme.mark(self.list, "bare")
        theme.mark(self.hints, "hint")
        card = Card()
        card.body.setContentsMargins(*map(theme.px, (1, 4, 1, 4)))
        card.add(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (14, 14, 14, 10)))
        column.setSpacing(theme.px(10))
        column.addWidget(self.line)
        column.addWidget(card, 1)
        column.addWidget(self.hints)

        self.line.textChanged.connect(self._ask)
        self.line.installEventFilter(self)
        self.list.clicked.connect(self._open)
        chosen = self.list.selectionModel().currentChanged
        chosen.connect(self._say_what_keys_do)
        bind(self, "Ctrl+Return", N_("Do the second deed"), self._do_other)
        offer_help(self)
        self.line.setFocus()

    def add(self, source: Source) -> None:
        """Look through something more; of what fits alike, it is shown last."""
        self.sources.append(source)
        self.look()

    def look(self) -> None:
        """Ask every source for what is typed; the cursor stays where it was led."""
        kept = self.current.mark if self._walked and self.current else None
        letters = self.line.text().strip()
        rows = [found for source in self.sources for found in source(letters)[:MOST]]
        if letters:
            rows.sort(key=lambda found: found.rank)
        self.found.set_rows(rows)
        self.empty.setVisible(not rows)
        marks = [found.mark for found in rows]
        self._go_to(marks.index(kept) if kept in marks else 0)

    @property
    def current(self) -> Found | None:
        """What the cursor is on."""
        at = self.list.currentIndex().row()
        return self.found.rows[at] if 0 <= at < len(self.found.rows) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            pressed = cast(QKeyEvent, event)
            key = Qt.Key(pressed.key())
            if key in STEPS:
                self._walk(STEPS[key])
                return True
            if (
                key in ENTER
                and not pressed.modifiers() & Qt.KeyboardModifier.ControlModifier
            ):
                self._open()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.empty.setGeometry(self.list.viewport().rect())

    def _ask(self) -> None:
        self._walked = False
        self.look()
        self.typed.emit(self.line.text().strip())

    def _walk(self, step: int) -> None:
        self._walked = True
        self._go_to(self.list.currentIndex().row() + step)

    def _go_to(self, row: int) -> None:
        last = len(self.found.rows) - 1
        index = self.found.index(min(max(row, 0), last), 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        self._say_what_keys_do()

    def _open(self) -> None:
        if found := self.current:
            self._do(found.open)

    def _do_other(self) -> None:
        found = self.current
        if found and found.other:
            self._do(found.other[1])

    def _do(self, deed: Callable[[], object]) -> None:
        """Close first: what is opened shall have the cursor."""
        self.accept()
        deed()

    def _say_what_keys_do(self) -> None:
        parts = [_("\u2191\u2193 choose"), _("Enter open"), _("Esc close")]
        if self.current and self.current.other:
            words = self.current.other[0]
            parts.insert(2, _("Ctrl+Enter {deed}").format(deed=words))
        self.hints.setText("\u3000".join(parts))
