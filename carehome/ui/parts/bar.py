"""The line above a list: how it stands, what narrows it, its deeds."""

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.flow import Flow


class Bar(QWidget):
    """A note at the left, all else at the right; it breaks where room is short.

    `before` stands at the left of the note, such as what chooses the list.
    """

    def __init__(self, *before: QWidget) -> None:
        super().__init__()
        self.note = QLabel()
        theme.mark(self.note, "note")
        self.note.setMinimumHeight(theme.px(34))  # level with the deeds beside it
        self._row = Flow(self, 8)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._pushed = False
        for each in (*before, self.note):
            self._row.addWidget(each)

    def add(self, widget: QWidget) -> None:
        """Put something at the right end."""
        self._row.addWidget(widget)
        if not self._pushed:
            self._row.push_right(widget)
            self._pushed = True

    def add_button(
        self, text: str, icon: str = "", keys: str = "", kind: str = ""
    ) -> QPushButton:
        """Add a deed."""
        deed = button(text, icon, keys, kind)
        self.add(deed)
        return deed
