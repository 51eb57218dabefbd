"""The tab of the day close: one's own till, the counts of all, cash handed on."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from carehome.i18n import _
from carehome.services.day_close import CLOSES, MINE
from carehome.ui.fees.tills.closes import CloseList
from carehome.ui.fees.tills.handovers import HandoverList
from carehome.ui.fees.tills.mine import MyTill
from carehome.ui.kit import theme
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import Pick
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab

HANDED = "handed"


class DayCloseTab(Tab):
    """Holds the parts of the day close."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.parts = Pick(
            {
                MINE: _("My till"),
                CLOSES: _("Day closes"),
                HANDED: _("Cash handed on"),
            }
        )
        self.parts.setAccessibleName(_("What is shown of the tills"))
        self.mine = MyTill(hand)
        self.closes = CloseList(hand)
        self.handed = HandoverList(hand)
        self.stack = QStackedWidget()
        self._tabs: dict[str, Tab] = {
            MINE: self.mine,
            CLOSES: self.closes,
            HANDED: self.handed,
        }
        for tab in self._tabs.values():
            self.stack.addWidget(tab)
            tab.told.connect(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.parts)
        column.addWidget(self.stack, 1)

        self.parts.chosen.connect(self._turn)
        self.open_key(MINE)

    def open_key(self, key: object) -> None:
        """Show one of the parts."""
        self.parts.set_code(key)
        self._turn()

    def _turn(self) -> None:
        shown = self._tabs[self.parts.code()]
        self.stack.setCurrentWidget(shown)
        lead(self, shown)
