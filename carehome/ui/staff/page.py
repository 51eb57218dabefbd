"""The page of the people who work here: their files, and lists over everybody."""

from PySide6.QtCore import Signal

from carehome.i18n import N_, _
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame, Tabs
from carehome.ui.staff.hand import Hand
from carehome.ui.staff.listing import StaffList

PEOPLE = 0
TABS = (N_("All staff"),)


class StaffPage(PageFrame):
    """Leads from the list of staff to their files; `told` says what was done."""

    told = Signal(str)

    def __init__(self, hand: Hand) -> None:
        super().__init__(_("Staff"))
        self._hand = hand
        self.tabs = Tabs()
        self.tabs.add(_(TABS[PEOPLE]), self._people)
        self.body.addWidget(self.tabs, 1)
        lead(self, self.tabs.content(PEOPLE))

    def _people(self) -> StaffList:
        people = StaffList(self._hand)
        people.told.connect(self.told)
        return people
