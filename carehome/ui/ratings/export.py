"""The tab of the submission folder."""

from PySide6.QtWidgets import QLabel, QVBoxLayout

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.ratings.hand import Hand
from carehome.ui.ratings.tab import Tab


class ExportTab(Tab):
    """The tab of the submission folder."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.note = QLabel(_("A folder is made from a self-assessment."))
        theme.mark(self.note, "hint")
        column = QVBoxLayout(self)
        column.addWidget(self.note)
        column.addStretch()
