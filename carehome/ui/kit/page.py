"""The frame of a page: a head with its deeds, a body, a file at the right."""

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _
from carehome.ui.kit import icons, theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.keys import WITHIN, bind

HEAD, TITLE = 56, 220
SEARCHING = 100  # the part that the search field takes of what is left, to nobody's 1
MOST = 0.45  # of the width is what a file takes from its list


class Head(QFrame):
    """The head of a page: its title, a search field, its deeds at the right."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = _Title(title)
        self.search = Search()
        self.search.hide()
        theme.mark(self, "head")
        theme.mark(self.title, "title")
        self.setFixedHeight(theme.px(HEAD))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(20), 0, theme.px(20), 0)
        self._row.setSpacing(theme.px(10))
        self._row.addWidget(self.title)
        self._row.addStretch(1)
        self._row.addWidget(self.search, SEARCHING)

    def add_search(self, hint: str) -> "Search":
        """Show the search field (Ctrl+F); `hint` says what it looks through."""
        self.search.look_for(hint)
        self.search.show()
        return self.search

    def add_button(self, text: str, icon: str = "", keys: str = "") -> QPushButton:
        """Add a deed of the page, with its keys if it has some."""
        return self._add(button(text, icon, keys))

    def add_primary(self, text: str, icon: str = "", keys: str = "") -> QPushButton:
        """Add the deed that people come to the page for."""
        return self._add(button(text, icon, keys, "primary"))

    def add_widget(self, widget: QWidget) -> None:
        """Add something else to the head, such as a choice of month."""
        self._row.addWidget(widget)

    def _add(self, deed: QPushButton) -> QPushButton:
        self._row.addWidget(deed)
        return deed


class _Title(Elided):
    """The title of a page; the search field gives way before it does."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        least.setWidth(min(self.sizeHint().width(), theme.px(TITLE)))
        return least


class Search(QLineEdit):
    """Looks through the list of a page with every key; Esc empties it."""

    left_down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setClearButtonEnabled(False)
        self.setMinimumWidth(theme.px(120))
        self.setMaximumWidth(theme.px(320))
        self.setMinimumHeight(theme.px(34))
        glass = QAction(icons.icon("search"), "", self)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        theme.mark(self, "search")
        words = N_("Search the list of this page")
        bind(self, QKeySequence.StandardKey.Find, words, self._come_here)
        self.installEventFilter(self)

    def look_for(self, hint: str) -> None:
        """Say what is looked through."""
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setToolTip(_("{hint} (Ctrl+F)").format(hint=hint))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._lets_go(cast(QKeyEvent, event))
        if event.type() == QEvent.Type.KeyPress:
            key = cast(QKeyEvent, event).key()
            if key == Qt.Key.Key_Escape and self.text():
                self.clear()
                return True
            if key == Qt.Key.Key_Down:
                self.left_down.emit()
                return True
        return super().eventFilter(watched, event)

    def _lets_go(self, event: QKeyEvent) -> bool:
        """Leave Ctrl+Z to the window where no typing is left to be undone."""
        if event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            event.ignore()
            return True
        return False

    def _come_here(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()


class PageFrame(QWidget):
    """A page: its head and, below, room for what it shows."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.head = Head(title)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(*map(theme.px, (20, 16, 20, 16)))
        self.body.setSpacing(theme.px(12))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(self.body, 1)


class Side(QFrame):
    """The file of one thing, open at the right of its list."""

    closed = Signal()

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.title = Elided(title)
        self.close_button = icon_button("close", _("Close (Esc)"), self.closed.emit)
        theme.mark(self, "side")
        theme.mark(self.title, "heading")
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.close_button)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(12))
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (16, 12, 16, 14)))
        column.setSpacing(theme.px(8))
        column.addLayout(self.head)
        column.addLayout(self.body, 1)


class Split(QSplitter):
    """A list with a file that opens beside it; Esc gives the room back."""

    def __init__(
        self, main: QWidget, side: Side, width: int = 420, most: float = MOST
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.main = main
        self.side = side
        self._width = theme.px(width)
        self._most = most
        self.addWidget(main)
        self.addWidget(side)
        self.setHandleWidth(theme.px(12))
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        side.setMinimumWidth(theme.px(280))
        side.hide()
        self._away = bind(self, "Esc", N_("Close the file"), side.closed.emit, WITHIN)
        self._away.setEnabled(False)
        side.closed.connect(self.close_side)

    def open_side(self) -> None:
        """Show the file; the cursor stays in the list."""
        if self.side.isHidden():
            self.side.show()
            self._away.setEnabled(True)
            wide = min(self._width, int(self.width() * self._most))
            self.setSizes([max(self.width() - wide, 1), wide])

    def close_side(self) -> None:
        """Put the file away and go back to the list."""
        self._width = self.side.width()
        self.side.hide()
        self._away.setEnabled(False)
        self.main.setFocus()


class Tabs(QWidget):
    """A strip of titles; what belongs to one is made when it is first looked at."""

    shown = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.strip = QTabBar()
        self.stack = QStackedWidget()
        self._makers: list[Callable[[], QWidget] | None] = []
        self.strip.setDrawBase(False)
        self.strip.setExpanding(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)
        self.strip.currentChanged.connect(self._show)

    def add(self, title: str, make: Callable[[], QWidget]) -> None:
        """Add a tab whose content `make` returns at the first look."""
        self._makers.append(make)
        self.stack.addWidget(QWidget())
        self.strip.addTab(title)

    def rename(self, at: int, title: str) -> None:
        """Change a title, say because a count changed."""
        self.strip.setTabText(at, title)

    def offer_keys(self) -> None:
        """Let Alt and a digit go to each tab; the tenth has the 0."""
        for at in range(min(self.strip.count(), 10)):
            keys, title = f"Alt+{(at + 1) % 10}", self.strip.tabText(at)
            self.strip.setTabToolTip(at, f"{title} {keys}")
            bind(self, keys, title, partial(self.go_to, at))

    def go_to(self, at: int) -> None:
        """Show a tab; a cursor that was in another goes to where work begins."""
        cursor = self.focusWidget()
        moves = cursor is not None and cursor.hasFocus()
        self.strip.setCurrentIndex(at)
        if moves:
            self.content(at).setFocus()

    def content(self, at: int) -> QWidget:
        """Return what belongs to a tab, made if need be."""
        if make := self._makers[at]:
            self._makers[at] = None
            room, widget = self.stack.widget(at), make()
            self.stack.insertWidget(at, widget)
            if room:
                self.stack.removeWidget(room)
                room.deleteLater()
        widget_there = self.stack.widget(at)
        assert widget_there
        return widget_there

    def _show(self, at: int) -> None:
        if 0 <= at < len(self._makers):
            self.stack.setCurrentWidget(self.content(at))
            self.shown.emit(at)


def scrolling(widget: QWidget) -> QScrollArea:
    """Let a widget that is higher than its place scroll, without a frame."""
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    theme.mark(area, "bare")
    if not widget.property("kind"):
        theme.mark(widget, "bare")
    return area
