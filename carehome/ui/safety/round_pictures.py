"""The pictures of an item: shown small, looked at large, taken away, added."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _, show_moment
from carehome.services.safety.pictures import Picture, Pictures
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.flow import Flow
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.photo_thumb import Thumb, small
from carehome.ui.safety.photo_viewer import Photo, PhotoViewer


class ItemPictures(QWidget):
    """Shows the pictures of one item, and says so where one is missing.

    `added` goes out with the files that were chosen, `removed` with the picture that
    is to be taken away.
    """

    added = Signal(list)
    removed = Signal(int)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._ids: tuple[int, ...] = ()
        self._is_open = False
        self._photos: list[Photo] = []
        self.missing = QLabel(_("A picture is missing: the round cannot be finished."))
        self.strip = QWidget()
        self.add = button(_("Add pictures"), "plus", "Ctrl+P")
        self._arrange()
        self.add.clicked.connect(self._choose)

    def show_of(self, ids: tuple[int, ...], *, is_open: bool, needed: bool) -> None:
        """Show these pictures; `is_open` lets them be taken away and others added."""
        self.missing.setVisible(needed and not ids)
        self.add.setVisible(is_open)
        self.setVisible(bool(ids) or is_open)
        if (ids, is_open) != (self._ids, self._is_open):
            self._ids, self._is_open = ids, is_open
            self._show({})
            if ids:
                read = self._hand.service(Pictures).pictures
                self._hand.jobs.run_last(self, self._show, read, ids)

    def look(self, at: int) -> None:
        """Show the pictures large, from one of them on."""
        PhotoViewer(self._photos, at, self).open()

    def _show(self, found: dict[int, Picture]) -> None:
        row = self.strip.layout()
        assert row, "it is laid out from the beginning"
        while item := row.takeAt(0):
            if gone := item.widget():
                gone.hide()
                gone.deleteLater()
        shown = [found[each] for each in self._ids if each in found]
        self._photos = [_photo(each) for each in shown]
        for at, picture in enumerate(shown):
            row.addWidget(self._thumb(at, picture))
        self.strip.setVisible(bool(shown))

    def _thumb(self, at: int, picture: Picture) -> QWidget:
        look = partial(self.look, at)
        if not self._is_open:
            plain = small(picture.content, picture.name)
            plain.clicked.connect(look)
            return plain
        thumb = Thumb(picture.content, picture.name)
        thumb.opened.connect(look)
        thumb.removed.connect(partial(self.removed.emit, picture.picture_id))
        return thumb

    def _choose(self) -> None:
        kinds = _("Pictures (*.jpg *.jpeg *.png)")
        dialog = QFileDialog(self, _("Choose pictures"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, names: list[str]) -> None:
        self.added.emit([Path(name) for name in names])

    def _arrange(self) -> None:
        theme.mark(self.missing, "error")
        self.missing.setWordWrap(True)
        Flow(self.strip, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.missing)
        column.addWidget(self.strip)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)


def _photo(picture: Picture) -> Photo:
    added = show_moment(picture.added_at.astimezone())
    text = _("{name}, added {moment} by {person}")
    facts = {"name": picture.name, "moment": added, "person": picture.added_by}
    return Photo(picture.content, text.format(**facts))
