"""A field for addresses: province, city and county are offered while one types."""

from typing import Any

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtWidgets import QCompleter, QStyledItemDelegate

from carehome.rules import divisions
from carehome.ui.kit import theme
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.jobs import Jobs

MOST = 200
_SIGNS = "\uff0c\uff08\uff09\uff1b\uff1a"  # wide ones that belong into an address
_WIDE = {
    **{
        code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _SIGNS
    },
    0x3000: 0x20,
}


class AddressField(TextField):
    """Where somebody lives: down to the county from a list, free from there on."""

    def __init__(self, name: str, jobs: Jobs, *, needed: bool = False) -> None:
        super().__init__(name, needed=needed, most=MOST)
        self._jobs = jobs
        self._is_ready = False
        self._offered = QStringListModel(self)
        self.found = QCompleter(self._offered, self)
        self.found.setCompletionMode(
            QCompleter.CompletionMode.UnfilteredPopupCompletion
        )
        self.found.setWidget(self.input)
        if popup := self.found.popup():
            theme.mark(popup, "choices")
            popup.setItemDelegate(
                QStyledItemDelegate(popup)
            )  # its own ignores the look
            popup.setAccessibleName(name)
        self.input.textEdited.connect(self._offer)
        self.input.editingFinished.connect(self._tidy)
        self.found.activated.connect(self._take)

    def read(self) -> str | None:
        return narrowed(self.typed()) or None

    def _offer(self, typed: str) -> None:
        """Offer the counties that what is typed may mean."""
        if not self._is_ready:
            self._jobs.run_last(self, self._begin, divisions.warm)
            return
        names = divisions.complete(typed)
        self._offered.setStringList(names)
        if names:
            self.found.complete()
        elif popup := self.found.popup():
            popup.hide()

    def _begin(self, _read: Any) -> None:
        """The list is read: offer what fits what was typed meanwhile."""
        self._is_ready = True
        if popup := self.found.popup():
            theme.dress(popup)  # a window of its own
        if self.input.hasFocus():
            self._offer(self.input.text())

    def _take(self, name: str) -> None:
        self.input.setText(name)
        self.input.setCursorPosition(len(name))
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._offer(name))  # of a city its counties

    def _tidy(self) -> None:
        """Write digits and letters as they are written everywhere else."""
        if (text := self.read()) and text != self.input.text():
            self.input.setText(text)


def narrowed(text: str) -> str:
    """Return a text with full-width digits and letters made narrow."""
    return text.translate(_WIDE)
