"""The page that tells how the home does: charts, reports, claims, what if."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from carehome.i18n import N_, _
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame, Tabs
from carehome.ui.overview.claims import ClaimsTab
from carehome.ui.overview.dashboard import DashboardTab
from carehome.ui.overview.hand import Hand
from carehome.ui.overview.reports import ReportsTab
from carehome.ui.overview.tab import Tab
from carehome.ui.overview.what_if import WhatIfTab

DASHBOARD, REPORTS = N_("Dashboard"), N_("Reports")
CLAIMS, WHAT_IF = N_("What may be claimed"), N_("What if")
TABS: dict[str, Callable[[Hand], Tab]] = {
    DASHBOARD: DashboardTab,
    REPORTS: ReportsTab,
    CLAIMS: ClaimsTab,
    WHAT_IF: WhatIfTab,
}


class OverviewPage(PageFrame):
    """Holds the tabs of the overview, and leads from one to another.

    `told` says in a line what was done.
    """

    told = Signal(str)

    def __init__(self, hand: Hand) -> None:
        super().__init__(_("Director's view"))
        self._hand = hand
        self.titles = tuple(TABS)
        self.tabs = Tabs()
        for title in self.titles:
            self.tabs.add(_(title), partial(self._make, title))
        self.tabs.offer_keys()
        self.tabs.content(0)
        self.body.addWidget(self.tabs, 1)
        lead(self, self.tabs.content(0))

        self.tabs.shown.connect(self._lead_in)

    def open_tab(self, title: str, key: object = None) -> None:
        """Show a tab by its title in English; open one thing there, if named."""
        at = self.titles.index(title)
        self.tabs.strip.setCurrentIndex(at)
        shown = self.tabs.content(at)
        if key is not None and isinstance(shown, Tab):
            shown.open_key(key)

    def _make(self, title: str) -> Tab:
        tab = TABS[title](self._hand)
        tab.told.connect(self.told)
        tab.wanted.connect(self.open_tab)
        return tab

    def _lead_in(self, at: int) -> None:
        lead(self, self.tabs.content(at))
