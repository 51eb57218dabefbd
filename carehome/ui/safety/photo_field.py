"""A field for some photos: chosen, dropped, or pasted, and at once shown small.

A photo is read and made small when it is added, so that a broken one is told beside
the field; what was pasted never lies in a file, but with the draft in the encrypted
data of the home.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QMimeData,
    QObject,
    Qt,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from carehome.errors import CareHomeError, Refusal
from carehome.i18n import N_, _
from carehome.rules.safety.hazards import MOST_PICTURES, TooManyPictures
from carehome.services.safety import photos
from carehome.services.safety.photos import NewPicture
from carehome.ui.kit.buttons import button
from carehome.ui.kit.field import Field
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.safety.photo_thumb import Thumb
from carehome.ui.safety.photo_viewer import Photo, PhotoViewer

KINDS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".heic")
REFUSED = (
    photos.PictureTooBig,
    photos.PictureOfApple,
    photos.PictureKind,
    photos.PictureBroken,
    TooManyPictures,
)


class PhotosUnread(Refusal):
    """A photo is saved once it has been read."""

    text = N_("The photos are still being read. One moment.")


class PhotosField(Field[tuple[NewPicture, ...]]):
    """Some photos, each with a small picture that opens the large one."""

    input: QPushButton

    def __init__(self, name: str, jobs: Jobs, *, hint: str = "") -> None:
        hint = hint or _("Or drop photos here, or copy and paste them with Ctrl+V.")
        adding = button(_("Add photos"), "plus")
        super().__init__(name, adding, needed=False, hint=hint)
        self._jobs = jobs
        self._taken: dict[str, tuple[NewPicture, str]] = {}  # by digest, with its file
        self._waiting = 0
        self.thumbs = QWidget()
        self._thumbs: dict[str, Thumb] = {}  # by digest
        self._lay()
        self._paster = _Paster(self)
        adding.clicked.connect(self.choose)
        bind(self, "Ctrl+V", N_("Paste photos"), self.paste, WITHIN)

    def read(self) -> tuple[NewPicture, ...] | None:
        if self._waiting:
            raise PhotosUnread
        return tuple(picture for picture, _file in self._taken.values())

    def set_value(self, value: Sequence[NewPicture] | None) -> None:
        self._taken = {each.digest: (each, "") for each in value or ()}
        self._show()

    def raw(self) -> Any:
        """Return the files; what was pasted has none and is returned itself."""
        return [file or _packed(picture) for picture, file in self._taken.values()]

    def set_raw(self, raw: Any) -> None:
        self.set_value([_unpacked(each) for each in raw if isinstance(each, dict)])
        files = [Path(each) for each in raw if isinstance(each, str)]
        self.add_files(file for file in files if file.is_file())

    def submits(self, event: QKeyEvent) -> bool:
        """Enter opens the folder, as the field is a button; Ctrl+Enter submits."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return bool(held) and super().submits(event)

    def choose(self) -> None:
        """Ask for files."""
        kinds = _("Photos ({kinds})").format(kinds=" ".join(f"*{k}" for k in KINDS))
        dialog = QFileDialog(self, _("Choose photos"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._add_named)
        dialog.open()

    def paste(self) -> None:
        """Take what was copied: files, or a picture as chats give it."""
        self.take(QGuiApplication.clipboard().mimeData())

    def take(self, given: QMimeData) -> None:
        """Take the photos of what was copied or dropped."""
        if given.hasUrls():
            files = (url.toLocalFile() for url in given.urls())
            self.add_files(Path(file) for file in files if file)
        elif given.hasImage():
            content = _bytes_of(QImage(given.imageData()))
            self._read("", photos.make_picture, _("Pasted photo"), content)

    def add_files(self, paths: Iterable[Path]) -> None:
        """Read photos from files and add them."""
        for path in paths:
            self._read(str(path), photos.read_picture, path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_photos(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take(event.mimeData())
        event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._paster.watch(self.window())

    def _add_named(self, files: list[str]) -> None:
        self.add_files(map(Path, files))

    def _read(self, file: str, read: Any, *values: Any) -> None:
        if len(self._taken) + self._waiting >= MOST_PICTURES:
            self.set_error(TooManyPictures(most=MOST_PICTURES).message)
            return
        self._waiting += 1
        self._touched()
        then = partial(self._add, file)
        self._jobs.run(self, then, read, *values, failed=self._refuse)

    def _add(self, file: str, picture: NewPicture) -> None:
        self._waiting -= 1
        self._taken.setdefault(picture.digest, (picture, file))  # the same comes once
        self._show()
        self.changed.emit()  # what was wrong with another one stays said

    def _refuse(self, error: Exception) -> None:
        self._waiting -= 1
        self.changed.emit()
        if not isinstance(error, CareHomeError):
            raise error
        self.set_error("\n".join(filter(None, (self.error, error.message))))

    def _remove(self, digest: str) -> None:
        del self._taken[digest]
        self._show()
        self._touched()
        self.focus()

    def _look(self, digest: str) -> None:
        shown = [Photo(each.content, each.name) for each, _f in self._taken.values()]
        PhotoViewer(shown, list(self._taken).index(digest), self).open()

    def _show(self) -> None:
        """Show the photos in their order; what is shown already keeps its focus."""
        row = self.thumbs.layout()
        assert row, "it is laid out from the beginning"
        for digest in self._thumbs.keys() - self._taken.keys():
            gone = self._thumbs.pop(digest)
            gone.hide()
            gone.deleteLater()
        while row.takeAt(0):
            pass
        for digest, (picture, _file) in self._taken.items():
            if digest not in self._thumbs:
                self._thumbs[digest] = self._thumb(digest, picture)
            row.addWidget(self._thumbs[digest])
        self.thumbs.setVisible(bool(self._taken))
        self.updateGeometry()

    def _thumb(self, digest: str, picture: NewPicture) -> Thumb:
        thumb = Thumb(picture.content, picture.name)
        thumb.opened.connect(partial(self._look, digest))
        thumb.removed.connect(partial(self._remove, digest))
        return thumb

    def _lay(self) -> None:
        Flow(self.thumbs, 8)
        self.thumbs.hide()
        self.setAcceptDrops(True)
        self._line.addStretch(1)
        column = self.layout()
        assert isinstance(column, QVBoxLayout), "fields are columns"
        column.insertWidget(1, self.thumbs)


class _Paster(QObject):
    """Hands photos that are pasted while the cursor is in a text to their field."""

    def __init__(self, field: PhotosField) -> None:
        super().__init__(field)
        self._field = field
        self._watched: set[QWidget] = set()

    def watch(self, window: QWidget) -> None:
        """Look at the texts of a window, each of them once."""
        texts: list[QWidget] = [*window.findChildren(QLineEdit)]
        texts += window.findChildren(QPlainTextEdit)
        for text in texts:
            if text not in self._watched:
                self._watched.add(text)
                text.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            pastes = event.matches(QKeySequence.StandardKey.Paste)
            given = QGuiApplication.clipboard().mimeData()
            if pastes and holds_photos(given) and self._field.isVisible():
                self._field.take(given)
                return True
        return super().eventFilter(watched, event)


def holds_photos(given: QMimeData) -> bool:
    """Say whether what was copied or dropped holds photos, and not just words."""
    files = [url.toLocalFile().lower() for url in given.urls()]
    return any(map(str, files)) or (given.hasImage() and not given.hasText())


def _packed(picture: NewPicture) -> dict[str, Any]:
    """Return a photo as a draft can hold it."""
    content = b64encode(picture.content).decode("ascii")
    taken_at = picture.taken_at and picture.taken_at.isoformat()
    return {**asdict(picture), "content": content, "taken_at": taken_at}


def _unpacked(packed: dict[str, Any]) -> NewPicture:
    """Return the photo that a draft holds."""
    content, taken_at = b64decode(packed["content"]), packed["taken_at"]
    taken_at = taken_at and datetime.fromisoformat(taken_at)
    return NewPicture(**{**packed, "content": content, "taken_at": taken_at})


def _bytes_of(image: QImage) -> bytes:
    """Return a pasted picture as bytes, without any file."""
    longest = photos.LONGEST_SIDE
    if max(image.width(), image.height()) > longest:
        keep, smooth = Qt.AspectRatioMode, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(longest, longest, keep.KeepAspectRatio, smooth)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())
