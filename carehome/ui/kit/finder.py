"""Finding anything from anywhere: type, walk with the arrow keys, Enter opens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.ui.kit import theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.field import ENTER
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView

WIDE, HIGH, MOST = 620, 440, 8
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True)
class Found:
    """One thing that was found: what it is, and how it is opened."""

    kind: str
    title: str
    note: str
    open: Callable[[], object]


Source = Callable[[str], Sequence[Found]]
COLUMNS = (
    Column[Found]("", lambda found: found.kind, chip=lambda _found: "quiet", width=84),
    Column[Found]("", lambda found: found.title, bold=True, width=180),
    Column[Found](
        "", lambda found: found.note, tone=lambda _found: "ink_2", stretch=True
    ),
)


class Finder(QDialog):
    """Asks its sources with every key; each may give a few of what it knows."""

    def __init__(self, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.sources: list[Source] = []
        self.line = QLineEdit()
        self.table = TableModel(COLUMNS)
        self.list = TableView(self.table, "finder", N_("Find"))
        self.setWindowTitle(_("Find"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(WIDE), theme.px(HIGH))
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.setMinimumHeight(theme.px(40))
        self.list.horizontalHeader().hide()
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.set_empty(_("Nothing found. Try fewer letters."))
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (14, 14, 14, 14)))
        column.setSpacing(theme.px(10))
        column.addWidget(self.line)
        column.addWidget(ListCard(self.list), 1)

        self.line.textChanged.connect(self.look)
        self.line.installEventFilter(self)
        self.list.clicked.connect(self._open)
        self.line.setFocus()

    def add(self, source: Source) -> None:
        """Look through something more; what comes first is shown first."""
        self.sources.append(source)
        self.look()

    def look(self) -> None:
        """Ask every source for what is typed."""
        typed = self.line.text().strip()
        rows = [found for source in self.sources for found in source(typed)[:MOST]]
        self.table.set_rows(rows)
        if rows:
            self.list.selectRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            key = cast(QKeyEvent, event).key()
            if key in STEPS:
                self._walk(STEPS[Qt.Key(key)])
                return True
            if key in ENTER:
                self._open()
                return True
        return super().eventFilter(watched, event)

    def _walk(self, step: int) -> None:
        at = self.list.currentIndex().row() + step
        self.list.selectRow(min(max(at, 0), len(self.table.rows) - 1))

    def _open(self) -> None:
        found = self.list.current_row()
        if found is not None:
            self.accept()
            found.open()
