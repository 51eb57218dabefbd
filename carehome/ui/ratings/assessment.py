"""The tab of the self-assessment: points, reasons and evidence, item by item."""

from PySide6.QtWidgets import QLabel, QVBoxLayout

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.ratings.hand import Hand
from carehome.ui.ratings.tab import Tab


class AssessmentTab(Tab):
    """The tab of the self-assessment: points, reasons and evidence, item by item."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.note = QLabel(_("No self-assessment has been begun yet."))
        theme.mark(self.note, "hint")
        column = QVBoxLayout(self)
        column.addWidget(self.note)
        column.addStretch()
