"""The line above a list: what it holds, and its deeds; it breaks where it must."""

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.flow import Flow


class Bar(QWidget):
    """A note at the left and deeds after it."""

    def __init__(self) -> None:
        super().__init__()
        self.note = QLabel()
        theme.mark(self.note, "note")
        self.note.setMinimumHeight(theme.px(34))  # level with the deeds beside it
        self._row = Flow(self, 8)
        self._row.addWidget(self.note)

    def add(self, widget: QWidget) -> None:
        """Put something at the end."""
        self._row.addWidget(widget)

    def add_button(
        self, text: str, icon: str = "", keys: str = "", kind: str = ""
    ) -> QPushButton:
        """Add a deed."""
        deed = button(text, icon, keys, kind)
        self._row.addWidget(deed)
        return deed
