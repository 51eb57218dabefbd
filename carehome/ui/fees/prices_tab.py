"""The tab of prices: the lists, what single residents pay, the notices."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from carehome.i18n import N_, _
from carehome.ui.fees.personal_prices import PersonalPrices
from carehome.ui.fees.price_notices import NoticeBoard
from carehome.ui.fees.prices import PriceLists
from carehome.ui.kit import theme
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import Pick
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab

LISTS, OWN, NOTICES = "lists", "own", "notices"
NAMES = {
    LISTS: N_("Price lists"),
    OWN: N_("Personal prices"),
    NOTICES: N_("Notices of fees"),
}
_KINDS: Mapping[str, Callable[[Hand], Tab]] = {
    LISTS: PriceLists,
    OWN: PersonalPrices,
    NOTICES: NoticeBoard,
}


class PricesTab(Tab):
    """Holds three views of prices, each made when it is first looked at."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.pick = Pick({code: _(name) for code, name in NAMES.items()})
        self.pick.setAccessibleName(_("What of the prices to show"))
        self.stack = QStackedWidget()
        self._made: dict[str, Tab] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.pick)
        column.addWidget(self.stack, 1)

        self.pick.chosen.connect(self._turn)
        self.pick.set_code(LISTS)

    def open_key(self, key: object) -> None:
        """Turn to the lists, the personal prices or the notices."""
        self.pick.set_code(key)

    def view(self, code: str) -> Tab:
        """Return one of the views, made now if nobody has looked at it yet."""
        if code not in self._made:
            made = _KINDS[code](self.hand)
            made.told.connect(self.told)
            self._made[code] = made
            self.stack.addWidget(made)
        return self._made[code]

    def _turn(self) -> None:
        shown = self.view(self.pick.code())
        self.stack.setCurrentWidget(shown)
        lead(self, shown)
