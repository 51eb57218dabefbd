"""The line above a list of the settings: what it holds, and its deeds."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button


class Bar(QWidget):
    """A note at the left and deeds at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.note = QLabel()
        theme.mark(self.note, "note")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(8))
        self._row.addWidget(self.note)
        self._row.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """Put something at the right end."""
        self._row.addWidget(widget)

    def add_button(
        self, text: str, icon: str = "", keys: str = "", kind: str = ""
    ) -> QPushButton:
        """Add a deed."""
        deed = button(text, icon, keys, kind)
        self._row.addWidget(deed)
        return deed
