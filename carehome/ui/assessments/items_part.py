"""Part B of an assessment: the items, with what they come to and help beside them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.ui.assessments.item_list import ItemList
from carehome.ui.assessments.item_panel import ItemPanel
from carehome.ui.assessments.sheet import Sheet
from carehome.ui.assessments.standing import Standing
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling

LEFT, RIGHT = 224, 290
SLIM_LEFT, SLIM_RIGHT = 112, 250  # where there is little room, numbers say enough
ROOMY = 940


class ItemsPart(QWidget):
    """All items at the left, the one at hand in the middle, what comes of it beside."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self.panel = ItemPanel(sheet)
        self.list = ItemList(sheet)
        self.standing = Standing(sheet)
        self.help = QLabel()
        self.help.setWordWrap(True)
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.help.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lead(self, self.panel)
        self._arrange()

        self.list.wanted.connect(self._go_to)
        sheet.moved.connect(self._show_help)
        self._show_help()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= theme.px(ROOMY)
        self._left.setFixedWidth(theme.px(LEFT if roomy else SLIM_LEFT))
        self._right.setFixedWidth(theme.px(RIGHT if roomy else SLIM_RIGHT))

    def _go_to(self, number: str) -> None:
        self._sheet.go_to(number)
        self.panel.setFocus()

    def _show_help(self) -> None:
        self.help.setText(self._sheet.item.help)

    def _arrange(self) -> None:
        left = self._left = ListCard(self.list)
        help_card = Card(_("How to judge this item"))
        help_card.add(self.help)
        side = QVBoxLayout()
        side.setSpacing(theme.px(10))
        side.addWidget(self.standing)
        side.addWidget(help_card)
        side.addStretch()
        beside = QWidget()
        beside.setLayout(side)
        right = self._right = scrolling(beside)
        side.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(left)
        row.addWidget(self.panel, 1)
        row.addWidget(right)
