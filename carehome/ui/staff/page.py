"""The page of the people who work here: their files, and lists over everybody."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from carehome.i18n import N_, _
from carehome.rules.deadlines import Matter
from carehome.rules.rights import Right
from carehome.ui.kit.keys import bind
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame, Tabs
from carehome.ui.staff.claims import ClaimList
from carehome.ui.staff.due import DueList
from carehome.ui.staff.hand import Hand
from carehome.ui.staff.listing import StaffList
from carehome.ui.staff.lists import ListsView
from carehome.ui.staff.reader import StaffReader
from carehome.ui.staff.training import TrainingView

PEOPLE, DUE, TRAINING, CLAIMS = range(4)
TABS = (N_("All staff"), N_("What ends"), N_("Trainings"), N_("Allowances"))
LISTS = N_("Posts and certificates")


class StaffPage(QStackedWidget):
    """Leads from lists to the files of the staff, and to the reading of a list.

    `told` says in a line what was done.
    """

    told = Signal(str)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._reader: StaffReader | None = None
        self.lists = PageFrame(_("Staff"))
        head = self.lists.head
        self.search = head.add_search(_("Name, pinyin, number, post or phone"))
        self.read_roll = head.add_button(_("Read in a list"), "import", "Ctrl+R")
        self.add = head.add_primary(_("New member of staff"), "plus", "Ctrl+N")
        self.people = StaffList(hand, self.search)
        self.tabs = Tabs()
        self.tabs.add(_(TABS[PEOPLE]), lambda: self.people)
        self.tabs.add(_(TABS[DUE]), self._due)
        self.tabs.add(_(TABS[TRAINING]), self._training)
        if hand.may(Right.SEE_PAY):
            self.tabs.add(_(TABS[CLAIMS]), self._claims)
        if hand.may(Right.CHANGE_STAFF):
            self.tabs.add(_(LISTS), self._lists)
        self.tabs.content(PEOPLE)
        self.lists.body.addWidget(self.tabs, 1)
        self.addWidget(self.lists)
        may_change = hand.may(Right.CHANGE_STAFF)
        self.add.setVisible(may_change)
        self.read_roll.setVisible(may_change)
        lead(self, self.lists)
        lead(self.lists, self.search)

        bind(self.lists, "Ctrl+PgDown", N_("The next list"), partial(self._step, 1))
        bind(self.lists, "Ctrl+PgUp", N_("The list before"), partial(self._step, -1))
        self.people.told.connect(self.told)
        self.add.clicked.connect(self.begin)
        self.read_roll.clicked.connect(self.open_roll)
        self.tabs.shown.connect(self._go_in)
        self.currentChanged.connect(self._lead_keys)

    @property
    def reader(self) -> StaffReader:
        """The reading of lists, made at the first visit."""
        if self._reader is None:
            self._reader = StaffReader(self._hand.services.rolls, self._hand.jobs)
            self._reader.left.connect(self.open_lists)
            self._reader.told.connect(self.told)
            self.addWidget(self._reader)
        return self._reader

    def begin(self) -> None:
        """Ask for somebody who is new."""
        self._turn(PEOPLE)
        self.people.ask_new()

    def open_member(self, staff_id: int, leaf: str = "") -> None:
        """Open the file of somebody at a leaf."""
        self._turn(PEOPLE)
        self.people.open_member(staff_id, leaf)

    def open_due(self, matter: Matter | None = None) -> None:
        """List what ends soon."""
        self._turn(DUE)
        shown = self.tabs.content(DUE)
        assert isinstance(shown, DueList)
        if matter:
            shown.show_group(matter)

    def open_roll(self) -> None:
        """Show the reading of a list."""
        self.setCurrentWidget(self.reader)
        self.reader.setFocus()

    def open_lists(self) -> None:
        """Show the lists."""
        self.setCurrentWidget(self.lists)
        self.lists.setFocus()

    def _turn(self, at: int) -> None:
        self.open_lists()
        self.tabs.strip.setCurrentIndex(at)

    def _step(self, by: int) -> None:
        """Go on to the next list, round at the end."""
        strip = self.tabs.strip
        strip.setCurrentIndex((strip.currentIndex() + by) % strip.count())

    def _go_in(self, at: int) -> None:
        """Put the cursor where work on a tab begins, unless it walks over the tabs."""
        self.search.setVisible(at == PEOPLE)
        content = self.search if at == PEOPLE else self.tabs.content(at)
        lead(self.lists, content)
        if not self.tabs.strip.hasFocus():
            content.setFocus()

    def _lead_keys(self, at: int) -> None:
        """Let whoever gives this page the keys give them to the part that is shown."""
        if shown := self.widget(at):
            lead(self, shown)

    def _due(self) -> DueList:
        due = DueList(self._hand)
        due.member_wanted.connect(self.open_member)
        return due

    def _training(self) -> TrainingView:
        training = TrainingView(self._hand)
        training.told.connect(self.told)
        training.member_wanted.connect(self.open_member)
        return training

    def _lists(self) -> ListsView:
        lists = ListsView(self._hand)
        lists.told.connect(self.told)
        return lists

    def _claims(self) -> ClaimList:
        claims = ClaimList(self._hand)
        claims.told.connect(self.told)
        claims.member_wanted.connect(self.open_member)
        return claims
