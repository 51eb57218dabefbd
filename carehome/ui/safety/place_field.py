"""A field for a place: typed freely, or one of those that the home knows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyledItemDelegate

from carehome.i18n import N_, _
from carehome.ui.kit import icons, theme
from carehome.ui.kit.fields import TextField

SHOWN = 10  # places in sight at a time


class PlaceField(TextField):
    """A line of text under which places are offered that contain what was typed."""

    own_keys = (("Down", N_("Show the places")),)

    def __init__(self, name: str, places: Sequence[str], *, hint: str = "") -> None:
        super().__init__(name, hint=hint)
        self.offers = QCompleter(list(places), self)
        self.offers.setFilterMode(Qt.MatchFlag.MatchContains)
        self.offers.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.offers.setMaxVisibleItems(SHOWN)
        self.input.setCompleter(self.offers)
        self.opener = QAction(icons.icon("down"), _("Show the places"), self)
        self.input.addAction(self.opener, QLineEdit.ActionPosition.TrailingPosition)
        self._dress()
        self.offers.activated.connect(self.set_value)
        self.opener.triggered.connect(self.offer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            popup = self.offers.popup()
            if event.key() == Qt.Key.Key_Down and popup and not popup.isVisible():
                self.offer()
                return True
        return super().eventFilter(watched, event)

    def offer(self) -> None:
        """Show the places that fit what is typed, or all of them."""
        self.input.setFocus()
        self.offers.setCompletionPrefix(self.typed())
        if not self.offers.completionCount():
            self.offers.setCompletionPrefix("")
        self.offers.complete()

    def _dress(self) -> None:
        """Dress the list, which is a window of its own."""
        popup = self.offers.popup()
        assert popup, "a completer makes its list when asked"
        theme.dress(popup)
        theme.mark(popup, "choices")
        popup.setItemDelegate(QStyledItemDelegate(popup))
