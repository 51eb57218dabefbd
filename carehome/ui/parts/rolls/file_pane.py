"""The first step: which file; and what was read in before, to be undone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table_view import TableView


class DropPlace(QFrame):
    """A place to drop a file on, or to ask for one; `chosen` carries its path."""

    chosen = Signal(Path)

    def __init__(self, words: str) -> None:
        super().__init__()
        title = QLabel(words)
        self.choose = button(_("Choose a file…"), "import", "Ctrl+O", "primary")
        note = QLabel(
            _(
                "Your own sheet as it is (.xlsx): title rows, merged cells and column "
                "names of your own do no harm. Nothing is stored before you confirm, "
                "and the file itself is never changed."
            )
        )
        note.setWordWrap(True)
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        note.setMaximumWidth(theme.px(560))
        theme.mark(title, "heading")
        theme.mark(note, "note")
        self.setAcceptDrops(True)
        self.setMinimumHeight(theme.px(180))
        theme.mark(self, "drop")
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(12))
        column.addStretch()
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(title, alignment=middle)
        column.addWidget(self.choose, alignment=middle)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(note, 8)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch()
        lead(self, self.choose)
        self.choose.clicked.connect(self.ask)

    def ask(self) -> None:
        """Open the system's dialog."""
        words = _("Workbooks (*.xlsx *.xlsm);;All files (*)")
        dialog = QFileDialog(self, _("Choose a roll"), "", words)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.chosen.emit(Path(file)))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            theme.mark(self, "drop_here")

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        theme.mark(self, "drop")

    def dropEvent(self, event: QDropEvent) -> None:
        theme.mark(self, "drop")
        files = [url for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.chosen.emit(Path(files[0].toLocalFile()))


class Reading(Protocol):
    """One reading of a roll, which can be taken back."""

    @property
    def is_undone(self) -> bool: ...


class FilePane(QWidget):
    """Takes a file, tells what was wrong with it, and lists the earlier readings.

    `words` ask for the file; `earlier` lists the readings, None where the change log
    takes them back; `between` stands below the place for the file.
    """

    chosen = Signal(Path)
    undo_wanted = Signal(object)

    def __init__(
        self,
        words: str,
        earlier: TableView[Any] | None,
        between: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.drop = DropPlace(words)
        self.error = QLabel()
        self.error.setWordWrap(True)
        self.error.hide()
        theme.mark(self.error, "banner")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.drop)
        if between:
            column.addWidget(between)
        column.addWidget(self.error)
        self.undo = button(_("Undo the selected reading"), "undo", kind="small")
        if earlier is None:
            column.addStretch(1)
        else:
            self.earlier = earlier
            self._list(earlier, column)
        lead(self, self.drop)

        self.drop.chosen.connect(self.chosen)

    def focus(self) -> None:
        """Put the cursor on what is to be done first."""
        self.drop.choose.setFocus()

    def show_readings(self, readings: Sequence[Reading]) -> None:
        """List the earlier readings, the newest first."""
        self.earlier.table.set_rows(readings)

    def tell(self, text: str) -> None:
        """Say what is wrong with a file; an empty text takes it away."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def _list(self, earlier: TableView[Any], column: QVBoxLayout) -> None:
        """Lay out the earlier readings with what undoes one of them."""
        heading = QLabel(_("Earlier readings"))
        theme.mark(heading, "heading")
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(self.undo)
        column.addLayout(head)
        column.addWidget(ListCard(earlier), 1)
        earlier.set_empty(_("Nothing was read in yet."))
        earlier.picked.connect(self._offer)
        self.undo.setEnabled(False)
        self.undo.clicked.connect(self._want_undo)

    def _offer(self, reading: Reading | None) -> None:
        self.undo.setEnabled(reading is not None and not reading.is_undone)

    def _want_undo(self) -> None:
        self.undo_wanted.emit(self.earlier.current_row())
