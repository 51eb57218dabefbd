"""The page of those who may come: enquiries, waiting list, visits, closed days."""

from PySide6.QtCore import Signal

from carehome.i18n import N_, _
from carehome.rules.closures import Closure
from carehome.rules.rights import Right
from carehome.ui.enquiries.closures import ClosureList
from carehome.ui.enquiries.desk import EnquiryDesk
from carehome.ui.enquiries.hand import Hand
from carehome.ui.enquiries.kept import KeptBedList
from carehome.ui.enquiries.visits import VisitList
from carehome.ui.enquiries.waiting import WaitingDesk
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame, Tabs
from carehome.ui.parts.closed import ClosedBanner

ENQUIRIES, WAITING, VISITS, CLOSURES, KEPT = range(5)
TABS = (
    N_("Enquiries"),
    N_("Waiting list"),
    N_("Visits"),
    N_("Closed periods"),
    N_("Beds kept back"),
)


class EnquiriesPage(PageFrame):
    """Enquiries, the waiting list, visits, closed periods and beds kept back.

    `admission_wanted` and `resident_wanted` carry somebody for other pages, `told` a
    line on what was done.
    """

    admission_wanted = Signal(int)
    resident_wanted = Signal(int)
    told = Signal(str)
    SHOWS = frozenset({"closure"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(_("Newcomers"))
        self._hand = hand
        self.banner = ClosedBanner()
        self.tabs = Tabs()
        self.tabs.add(_(TABS[ENQUIRIES]), self._enquiries)
        self.tabs.add(_(TABS[WAITING]), self._waiting)
        self.tabs.add(_(TABS[VISITS]), self._visits)
        self.tabs.add(_(TABS[CLOSURES]), lambda: ClosureList(hand))
        self.tabs.add(_(TABS[KEPT]), lambda: KeptBedList(hand))
        self.body.addWidget(self.banner)
        self.body.addWidget(self.tabs, 1)
        self.tabs.offer_keys()
        self.tabs.shown.connect(self._go_in)
        hand.jobs.changed.connect(self._on_changed)
        lead(self, self.tabs.content(ENQUIRIES))
        self._read_closures()

    def begin_enquiry(self) -> None:
        """Take a call down."""
        self._show(ENQUIRIES)
        desk = self.tabs.content(ENQUIRIES)
        assert isinstance(desk, EnquiryDesk)
        if self._hand.may(Right.CHANGE_RESIDENTS):
            desk.ask_call()

    def open_enquiry(self, enquiry_id: int) -> None:
        """Open the file of an enquiry."""
        self._show(ENQUIRIES)
        desk = self.tabs.content(ENQUIRIES)
        assert isinstance(desk, EnquiryDesk)
        desk.open_enquiry(enquiry_id)

    def open_waiting(self, entry_id: int) -> None:
        """Open an entry of the waiting list."""
        self._show(WAITING)
        desk = self.tabs.content(WAITING)
        assert isinstance(desk, WaitingDesk)
        desk.open_entry(entry_id)

    def open_closures(self) -> None:
        """Show the closed periods."""
        self._show(CLOSURES)

    def _show(self, at: int) -> None:
        self.tabs.strip.setCurrentIndex(at)

    def _go_in(self, at: int) -> None:
        """Put the cursor where work on a tab begins, unless it walks over the tabs."""
        content = self.tabs.content(at)
        lead(self, content)
        if not self.tabs.strip.hasFocus():
            content.setFocus()

    def _enquiries(self) -> EnquiryDesk:
        desk = EnquiryDesk(self._hand)
        self._connect(desk)
        desk.entry_wanted.connect(self.open_waiting)
        return desk

    def _waiting(self) -> WaitingDesk:
        desk = WaitingDesk(self._hand)
        self._connect(desk)
        return desk

    def _visits(self) -> VisitList:
        visits = VisitList(self._hand)
        visits.enquiry_wanted.connect(self.open_enquiry)
        return visits

    def _connect(self, desk: EnquiryDesk | WaitingDesk) -> None:
        desk.told.connect(self.told)
        desk.admission_wanted.connect(self.admission_wanted)
        desk.resident_wanted.connect(self.resident_wanted)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & self.SHOWS:
            self._read_closures()

    def _read_closures(self) -> None:
        read, day = self._hand.services.closures.on, self._hand.today()
        self._hand.jobs.run_last(self, self._show_closures, read, day)

    def _show_closures(self, closures: list[Closure]) -> None:
        self.banner.show_closures(closures)
