"""The line above a list: how it stands, what narrows it, its deeds."""

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.flow import Flow


class Bar(QWidget):
    """A note at the left, deeds at the right; it breaks where room is short."""

    def __init__(self) -> None:
        super().__init__()
        self.note = QLabel()
        theme.mark(self.note, "note")
        self._row = Flow(self, 8)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._pushed = False
        self._row.addWidget(self.note)

    def put(self, widget: QWidget) -> None:
        """Add something that narrows the list."""
        self._add(widget)

    def add_button(
        self, text: str, icon: str = "", keys: str = "", kind: str = ""
    ) -> QPushButton:
        """Add a deed; all but the note stands at the right."""
        deed = button(text, icon, keys, kind)
        self._add(deed)
        return deed

    def _add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)
        if not self._pushed:
            self._row.push_right(widget)
            self._pushed = True
