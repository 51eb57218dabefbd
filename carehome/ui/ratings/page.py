"""The page of the star rating: one tab for each step on the way to a grade."""

from collections.abc import Callable

from carehome.i18n import N_
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab, TabbedPage
from carehome.ui.ratings.assessment import AssessmentTab
from carehome.ui.ratings.export import ExportTab
from carehome.ui.ratings.standing import StandingTab
from carehome.ui.ratings.tables import TablesTab

ASSESSMENT, STANDING = N_("Self-assessment"), N_("Where we stand")
TABLES, EXPORT = N_("Rating tables"), N_("Submission folder")
TABS: dict[str, Callable[[Hand], Tab]] = {
    ASSESSMENT: AssessmentTab,
    STANDING: StandingTab,
    TABLES: TablesTab,
    EXPORT: ExportTab,
}


class RatingsPage(TabbedPage):
    """Holds the tabs of the star rating, and leads from one to another."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(N_("Star rating"), hand, TABS)
