"""The page of fire safety: one tab for each thing that is kept."""

from collections.abc import Callable

from carehome.i18n import N_
from carehome.rules.rights import Right
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab, TabbedPage
from carehome.ui.safety.drills import DrillsTab
from carehome.ui.safety.equipment import EquipmentTab
from carehome.ui.safety.folder import FolderTab
from carehome.ui.safety.forms import FormsTab
from carehome.ui.safety.hazards import HazardsTab
from carehome.ui.safety.papers import PapersTab
from carehome.ui.safety.rounds import RoundsTab

ROUNDS, HAZARDS, EQUIPMENT = N_("Rounds"), N_("Hazards"), N_("Equipment")
DRILLS, PAPERS = N_("Drills and training"), N_("Papers and inspections")
FORMS, FOLDER = N_("Forms and plan"), N_("Folder for inspectors")
TABS: dict[str, Callable[[Hand], Tab]] = {
    ROUNDS: RoundsTab,
    HAZARDS: HazardsTab,
    EQUIPMENT: EquipmentTab,
    DRILLS: DrillsTab,
    PAPERS: PapersTab,
    FORMS: FormsTab,
    FOLDER: FolderTab,
}
CHANGING = frozenset({FORMS})  # only for those who may change what is checked


class SafetyPage(TabbedPage):
    """Holds the tabs of fire safety, and leads from one to another.

    Forms and the plan are for those who may change what is checked.
    """

    def __init__(self, hand: Hand) -> None:
        changes = hand.may(Right.CHANGE_SAFETY)
        tabs = {
            each: make for each, make in TABS.items() if changes or each not in CHANGING
        }
        super().__init__(N_("Fire safety"), hand, tabs)
