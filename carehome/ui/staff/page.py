"""The page of the people who work here: their files, and lists over everybody."""

from PySide6.QtCore import Signal

from carehome.i18n import N_, _
from carehome.rules.rights import Right
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
        self.search = self.head.add_search(_("Name, pinyin, number, post or phone"))
        self.add = self.head.add_primary(_("New member of staff"), "plus", "Ctrl+N")
        self.add.setVisible(hand.may(Right.CHANGE_STAFF))
        self.people = StaffList(hand, self.search)
        self.tabs = Tabs()
        self.tabs.add(_(TABS[PEOPLE]), lambda: self.people)
        self.body.addWidget(self.tabs, 1)
        lead(self, self.search)

        self.people.told.connect(self.told)
        self.add.clicked.connect(self.begin)

    def begin(self) -> None:
        """Ask for somebody who is new."""
        self._turn(PEOPLE)
        self.people.ask_new()

    def open_member(self, staff_id: int, leaf: str = "") -> None:
        """Open the file of somebody at a leaf."""
        self._turn(PEOPLE)
        self.people.open_member(staff_id, leaf)

    def _turn(self, at: int) -> None:
        self.tabs.strip.setCurrentIndex(at)
