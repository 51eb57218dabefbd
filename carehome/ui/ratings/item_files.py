"""The files of an item: looked at, added, taken away."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.ratings.judging import EvidenceFile
from carehome.services.ratings.evidence import RatingEvidence
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.elided import Elided
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand


class ItemFiles(QWidget):
    """Lists the files of an item, or of the whole, by their numbers.

    `added` goes out with the files that were chosen or dropped, `removed` with the one
    to take away, `earlier_wanted` when those of the earlier one shall be attached.
    """

    added = Signal(list)
    removed = Signal(int)
    earlier_wanted = Signal()

    def __init__(self, hand: Hand, keys: str = "") -> None:
        super().__init__()
        self._hand = hand
        self._shown: object = None
        self.list = QWidget()
        self._lines = QVBoxLayout(self.list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.px(2))
        self.add = button(_("Add files"), "plus", keys, kind="small")
        self.take = button(_("Take those of the earlier one"), "import", kind="small")
        deeds = QHBoxLayout()
        deeds.addWidget(self.add)
        deeds.addWidget(self.take)
        deeds.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.list)
        column.addLayout(deeds)
        self.setAcceptDrops(True)
        self.add.clicked.connect(self.choose)
        self.take.clicked.connect(self.earlier_wanted)

    def show_files(
        self, files: tuple[EvidenceFile, ...], *, is_open: bool, earlier: int = 0
    ) -> None:
        """Show files; `is_open` lets some be added and taken away."""
        self.add.setVisible(is_open)
        self.take.setVisible(is_open and earlier > len(files))
        self.setAcceptDrops(is_open)
        if self._shown == (files, is_open):
            return
        self._shown = files, is_open
        while item := self._lines.takeAt(0):
            if gone := item.widget():
                gone.hide()
                gone.deleteLater()
        for file in files:
            self._lines.addWidget(self._line(file, is_open))
        self.list.setVisible(bool(files))

    def choose(self) -> None:
        """Ask for files."""
        kinds = _("Scans and photos (*.pdf *.jpg *.jpeg *.png *.webp *.bmp)")
        dialog = QFileDialog(self, _("Add files"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.take_files)
        dialog.open()

    def take_files(self, names: list[str]) -> None:
        """Hand files on."""
        self.added.emit([Path(name) for name in names])

    def look(self, file: EvidenceFile) -> None:
        """Show a file in a window of its own."""
        window = PaperDialog(file.title, f"{file.title}.pdf", self._hand.jobs, self)
        window.read(_page, self._hand.service(RatingEvidence), file.file_id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        self.take_files([url.toLocalFile() for url in urls if url.isLocalFile()])
        event.acceptProposedAction()

    def _line(self, file: EvidenceFile, is_open: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        number = QLabel(_("No. {number}").format(number=file.number))
        theme.mark(number, "hint")
        name, pages = Elided(file.title), QLabel()
        pages.setText(_("{count} {count:page|pages}").format(count=file.pages or 1))
        theme.mark(pages, "hint")
        look = button(_("View"), kind="link")
        look.setAccessibleName(_("View “{file}”").format(file=file.title))
        look.clicked.connect(partial(self.look, file))
        row.addWidget(number)
        row.addWidget(name, 1)
        row.addWidget(pages)
        row.addWidget(look)
        if is_open:
            words = _("Take “{file}” away").format(file=file.title)
            deed = partial(self.removed.emit, file.file_id)
            row.addWidget(icon_button("remove", words, deed))
        return line


def _page(evidence: RatingEvidence, file_id: int) -> bytes:
    return as_page(evidence.content(file_id))


def as_page(content: bytes) -> bytes:
    """Return a PDF or a photo as a paper to be looked at."""
    from carehome.reports.pictures import page_of  # noqa: PLC0415 - heavy

    return content if content.startswith(b"%PDF-") else page_of(content)
