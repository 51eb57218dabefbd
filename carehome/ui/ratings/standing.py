"""The tab of where the home stands and what would lift its grade."""

from PySide6.QtWidgets import QLabel, QVBoxLayout

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.ratings.hand import Hand
from carehome.ui.ratings.tab import Tab


class StandingTab(Tab):
    """The tab of where the home stands and what would lift its grade."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.note = QLabel(
            _("Where the home stands is shown once a self-assessment has been begun.")
        )
        theme.mark(self.note, "hint")
        column = QVBoxLayout(self)
        column.addWidget(self.note)
        column.addStretch()
