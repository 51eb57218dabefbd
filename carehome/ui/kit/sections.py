"""A leaf of a file: sections below each other, each with its deeds and lists."""

from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from carehome.ui.kit import theme
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.table_view import TableView

LEAST = 150  # high enough for the titles of a list and three rows


class Sections(QWidget):
    """Stacks headings, facts and lists from above."""

    def __init__(self) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(10))

    def add_list(self, view: TableView[Any], share: int = 1) -> None:
        """Add a list that takes its share of the room, three rows at the least."""
        view.setMinimumHeight(theme.px(LEAST))
        self.body.addWidget(view, share)

    def add_section(self, title: str, *deeds: QPushButton) -> QLabel:
        """Begin a section under a heading, with its deeds at the right."""
        label = QLabel(title)
        theme.mark(label, "heading")
        room = QWidget()
        row = Flow(room, 6)
        row.addWidget(label)
        for deed in deeds:
            row.addWidget(deed)
        for deed in deeds[:1]:
            row.push_right(deed)
        self.body.addWidget(room)
        return label
