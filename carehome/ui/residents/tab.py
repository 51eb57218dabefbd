"""What all leaves of a resident's file share."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from carehome.rules.rights import User
from carehome.services.residents import ResidentFile
from carehome.ui.kit import theme
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.care import CareServices, Lists

LEAST = 150  # high enough for the titles of a list and three rows


class Leaf(QWidget):
    """One leaf of the file: shows its part and offers the deeds that belong there.

    `told` goes out with a line on what was done.
    """

    told = Signal(str)

    def __init__(
        self, services: CareServices, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self.services = services
        self.jobs = jobs
        self.user = user
        self.today = today
        self._shown: tuple[ResidentFile, Lists] | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(10))

    def show_file(self, file: ResidentFile, lists: Lists) -> None:
        """Show what belongs here of a file."""
        self._shown = file, lists
        self.refresh(file, lists)

    @property
    def file(self) -> ResidentFile:
        """The file that is shown; deeds wait until there is one."""
        assert self._shown, "no file is shown yet"
        return self._shown[0]

    @property
    def lists(self) -> Lists:
        """The home's own lists."""
        assert self._shown, "no file is shown yet"
        return self._shown[1]

    def refresh(self, file: ResidentFile, lists: Lists) -> None:
        """Fill the leaf."""
        raise NotImplementedError

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
