"""A field for the name of somebody: who is known is offered, others can be typed."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QStyledItemDelegate

from carehome.ui.kit import theme
from carehome.ui.kit.fields import TextField


class NameField(TextField):
    """The name of somebody the home knows, or of somebody from outside."""

    def __init__(self, name: str, *, needed: bool = True, hint: str = "") -> None:
        super().__init__(name, needed=needed, hint=hint)
        self._names = QStringListModel(self)
        self.found = QCompleter(self._names, self)
        self.found.setFilterMode(Qt.MatchFlag.MatchContains)
        self.found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.input.setCompleter(self.found)
        self.input.textEdited.connect(self._dress)

    def offer(self, names: Iterable[str]) -> None:
        """Offer these people."""
        self._names.setStringList(list(names))

    def _dress(self) -> None:
        """Dress the list that opens under the first letter: a window of its own."""
        popup = self.found.popup()
        if popup and not popup.styleSheet():
            theme.dress(popup)
            theme.mark(popup, "choices")
            popup.setItemDelegate(QStyledItemDelegate(popup))
            popup.setAccessibleName(self.name)
