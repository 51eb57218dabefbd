"""The page of fire safety: one tab for each thing that is kept."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Signal

from carehome.i18n import N_, _
from carehome.rules.rights import Right
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame, Tabs
from carehome.ui.safety.drills import DrillsTab
from carehome.ui.safety.equipment import EquipmentTab
from carehome.ui.safety.folder import FolderTab
from carehome.ui.safety.forms import FormsTab
from carehome.ui.safety.hand import Hand
from carehome.ui.safety.hazards import HazardsTab
from carehome.ui.safety.papers import PapersTab
from carehome.ui.safety.rounds import RoundsTab
from carehome.ui.safety.tab import Tab

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


class SafetyPage(PageFrame):
    """Holds the tabs of fire safety, and leads from one to another.

    `told` says in a line what was done.
    """

    told = Signal(str)

    def __init__(self, hand: Hand) -> None:
        super().__init__(_("Fire safety"))
        self._hand = hand
        self.titles = tuple(self._allowed())
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

    def _allowed(self) -> Iterable[str]:
        changes = self._hand.may(Right.CHANGE_SAFETY)
        return (title for title in TABS if changes or title not in CHANGING)

    def _make(self, title: str) -> Tab:
        tab = TABS[title](self._hand)
        tab.told.connect(self.told)
        tab.wanted.connect(self.open_tab)
        return tab

    def _lead_in(self, at: int) -> None:
        lead(self, self.tabs.content(at))
