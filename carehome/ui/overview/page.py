"""The page that tells how the home does: charts, reports, claims, what if."""

from collections.abc import Callable

from carehome.i18n import N_
from carehome.ui.overview.claims import ClaimsTab
from carehome.ui.overview.dashboard import DashboardTab
from carehome.ui.overview.reports import ReportsTab
from carehome.ui.overview.what_if import WhatIfTab
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab, TabbedPage

DASHBOARD, REPORTS = N_("Dashboard"), N_("Reports")
CLAIMS, WHAT_IF = N_("What may be claimed"), N_("What if")
TABS: dict[str, Callable[[Hand], Tab]] = {
    DASHBOARD: DashboardTab,
    REPORTS: ReportsTab,
    CLAIMS: ClaimsTab,
    WHAT_IF: WhatIfTab,
}


class OverviewPage(TabbedPage):
    """Holds the tabs of the overview, and leads from one to another."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(N_("Director's view"), hand, TABS)
