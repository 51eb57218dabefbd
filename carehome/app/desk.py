"""What the pages of one person stand on, and how one page opens another."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtWidgets import QTabBar

from carehome.app.recent import Recent
from carehome.i18n import N_, _
from carehome.services.admissions import Admissions
from carehome.services.agreements import Agreements
from carehome.services.assessments import Assessments
from carehome.services.beds import Beds
from carehome.services.billing import Billing, BillName
from carehome.services.change_log import ChangeLog
from carehome.services.consequences import Consequences
from carehome.services.day_sheets import DaySheets
from carehome.services.departures import Departures
from carehome.services.deposits import Deposits
from carehome.services.drawer import Drawer
from carehome.services.entitlements import Entitlements
from carehome.services.grades import Grades
from carehome.services.home import Home, OpenHome
from carehome.services.late_facts import LateFacts
from carehome.services.papers import Papers
from carehome.services.payers import Payers
from carehome.services.payments import Payments
from carehome.services.prices import OwnPrices, Prices
from carehome.services.receipts import Receipts
from carehome.services.residents import Residents
from carehome.services.retention import Retention
from carehome.services.risks import Risks
from carehome.services.service import Clock, Service
from carehome.services.shifts import Shifts
from carehome.services.staff import Staff
from carehome.services.trust import TrustMoney
from carehome.ui.desktop import SetLook
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.assessing import AssessmentServices
from carehome.ui.parts.care import CareServices
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.money import MoneyServices
from carehome.ui.shell import Shell

if TYPE_CHECKING:
    from carehome.ui.assessments import AssessmentsPage
    from carehome.ui.beds.page import BedsPage
    from carehome.ui.books.page import BooksPage
    from carehome.ui.enquiries.page import EnquiriesPage
    from carehome.ui.fees.page import FeesPage
    from carehome.ui.overview.page import OverviewPage
    from carehome.ui.people import ResidentsPage
    from carehome.ui.presence import PresencePage
    from carehome.ui.ratings.page import RatingsPage
    from carehome.ui.rosters.page import RostersPage
    from carehome.ui.safety.page import SafetyPage
    from carehome.ui.staff.page import StaffPage

S = TypeVar("S", bound=Service)

TODAY, RESIDENTS, BEDS = N_("Today"), N_("Residents"), N_("Beds")
PRESENCE = N_("Who is here")
ASSESSMENTS = N_("Assessments")
FEES, SETTINGS = N_("Fees"), N_("Settings")
BOOKS = N_("Books")
STAFF = N_("Staff")
ROSTERS = N_("Rosters")
SAFETY = N_("Fire safety")
RATING = N_("Star rating")
OVERVIEW = N_("Director's view")
AGREEMENTS = N_("Agreements")
ENQUIRIES = N_("Newcomers")
OPENING = N_("First set-up")


class Desk:
    """What the pages of one person stand on, and how one page opens another."""

    shell: Shell
    teller: Callable[[str], object]

    def __init__(
        self,
        opened: OpenHome,
        jobs: Jobs,
        clock: Clock,
        set_look: SetLook | None = None,
    ) -> None:
        self.opened = opened
        self.user = opened.user
        self.home = opened.profile.name
        self.jobs = jobs
        self.clock = clock
        self.set_look = set_look

    def service(self, kind: type[S]) -> S:
        """Return a service as this person may use it."""
        return kind(self.opened.db, self.user, self.clock)

    @cached_property
    def hand(self) -> Hand:
        """What the tabs of a page share, with the ways to other pages."""
        return Hand(
            self.service,
            self.jobs,
            self.user,
            self.clock,
            self.open_member,
            self.open_resident,
            self.shell.open_page,
            self.open_tab,
        )

    @cached_property
    def recent(self) -> Recent:
        """Whose files the person opened last."""
        return Recent(self.jobs, self.service(Drawer))

    @cached_property
    def care(self) -> CareServices:
        """The services about residents."""
        return CareServices(
            self.service(Residents),
            self.service(Admissions),
            self.service(Beds),
            self.service(Consequences),
            self.service(ChangeLog),
            self.service(Home),
            self.service(Agreements),
            self.service(Retention),
            self.service(Departures),
            self.service(Grades),
            self.service(Entitlements),
            self.service(Risks),
        )

    @cached_property
    def assessing(self) -> AssessmentServices:
        """The services about ability assessments."""
        return AssessmentServices(
            self.service(Assessments),
            self.service(Residents),
            self.service(Grades),
            self.service(Staff),
            self.service(Risks),
            self.service(Shifts),
        )

    @cached_property
    def money(self) -> MoneyServices:
        """The services about money."""
        return MoneyServices(
            self.service(Billing),
            self.service(Payments),
            self.service(Receipts),
            self.service(Deposits),
            self.service(Prices),
            self.service(Papers),
            self.service(Residents),
            self.service(Home),
            self.service(Payers),
            self.service(OwnPrices),
            self.service(Consequences),
            self.service(DaySheets),
            self.service(LateFacts),
            self.service(TrustMoney),
        )

    def today(self) -> date:
        """Return the day it is."""
        return self.clock().date()

    def tell(self, text: str) -> None:
        """Tell in a line what was done."""
        self.teller(text)

    def open_tab(self, page: str, title: str) -> None:
        """Open one tab of a page."""
        if page == ASSESSMENTS:
            self.assessments_page().open_lists()  # a form may stand in their place
        for strip in self.shell.open_page(page).findChildren(QTabBar):
            titles = [strip.tabText(at) for at in range(strip.count())]
            if title in titles:
                strip.setCurrentIndex(titles.index(title))
                return

    def open_bed(self, bed_id: int) -> None:
        """Open the file of a bed."""
        self.beds_page().open_bed(bed_id)

    def open_resident(self, resident_id: int) -> None:
        """Open somebody's file."""
        self.residents_page().open_resident(resident_id)

    def residents_page(self) -> "ResidentsPage":
        """Go to the residents."""
        return cast("ResidentsPage", self.shell.open_page(RESIDENTS))

    def change_grade(self, resident_id: int, grade: str, reason: str) -> None:
        """Begin to give somebody another nursing grade."""
        self.residents_page().change_grade(resident_id, grade, reason)

    def presence_page(self) -> "PresencePage":
        """Go to who is here."""
        return cast("PresencePage", self.shell.open_page(PRESENCE))

    def begin_admission(self) -> None:
        """Begin the admission of somebody new."""
        self.residents_page().begin_admission()

    def enquiries_page(self) -> "EnquiriesPage":
        """Go to the enquiries and the waiting list."""
        return cast("EnquiriesPage", self.shell.open_page(ENQUIRIES))

    def begin_enquiry(self) -> None:
        """Take a call down."""
        self.enquiries_page().begin_enquiry()

    def admit_again(self, resident_id: int) -> None:
        """Begin the admission of somebody whom the home knows."""
        self.residents_page().admit_again(resident_id)

    def open_departures(self) -> None:
        """List who leaves and who is not through."""
        self.residents_page().open_departures()

    def move_resident(self, resident_id: int) -> None:
        """Begin to move somebody to another bed."""
        self.beds_page().move_resident(resident_id)

    def open_leaf(self, resident_id: int, title: str) -> None:
        """Open one leaf of somebody's file, by its title."""
        self.residents_page().open_leaf(resident_id, title)

    def open_bill(self, bill: BillName) -> None:
        """Open a posted bill."""
        self.fees_page().show_bill(bill.bill_id, bill.month)

    def open_receipt(self, receipt_id: int) -> None:
        """Open a receipt."""
        self.fees_page().show_receipt(receipt_id)

    def take_payment(self, resident_id: int) -> None:
        """Begin to take a payment from somebody."""
        self.fees_page().show_payment(resident_id)

    def open_risks(self, resident_id: int) -> None:
        """Open the risks of somebody."""
        self.open_leaf(resident_id, _("Risks"))

    def assess(self, resident_id: int) -> None:
        """Begin to assess somebody, or go on where it was left."""
        self.assessments_page().begin(resident_id)

    def open_assessment(self, assessment_id: int, is_draft: bool = False) -> None:
        """Open an assessment: a draft to go on with it, else to look at it."""
        page = self.assessments_page()
        (page.resume if is_draft else page.open_assessment)(assessment_id)

    def assessments_page(self) -> "AssessmentsPage":
        """Go to the assessments."""
        return cast("AssessmentsPage", self.shell.open_page(ASSESSMENTS))

    def open_agreements(self, resident_id: int) -> None:
        """Open somebody's agreements."""
        self.open_leaf(resident_id, _("Terms"))

    def open_papers(self, resident_id: int) -> None:
        """Open somebody's documents."""
        self.open_leaf(resident_id, _("Documents"))

    def staff_page(self) -> "StaffPage":
        """Go to the people who work here."""
        return cast("StaffPage", self.shell.open_page(STAFF))

    def open_member(self, staff_id: int) -> None:
        """Open the file of somebody who works here."""
        self.staff_page().open_member(staff_id)

    def rosters_page(self) -> "RostersPage":
        """Go to the rosters."""
        return cast("RostersPage", self.shell.open_page(ROSTERS))

    def safety_page(self) -> "SafetyPage":
        """Go to fire safety."""
        return cast("SafetyPage", self.shell.open_page(SAFETY))

    def open_safety(self, tab: str, key: object = None) -> None:
        """Open a tab of fire safety, and one thing there if it is named."""
        self.safety_page().open_tab(tab, key)

    def ratings_page(self) -> "RatingsPage":
        """Go to the star rating."""
        return cast("RatingsPage", self.shell.open_page(RATING))

    def open_rating(self, tab: str, key: object = None) -> None:
        """Open a tab of the star rating, and one thing there if it is named."""
        self.ratings_page().open_tab(tab, key)

    def overview_page(self) -> "OverviewPage":
        """Go to how the home does."""
        return cast("OverviewPage", self.shell.open_page(OVERVIEW))

    def open_overview(self, tab: str, key: object = None) -> None:
        """Open a tab of the overview, and one thing there if it is named."""
        self.overview_page().open_tab(tab, key)

    def beds_page(self) -> "BedsPage":
        """Go to the beds."""
        return cast("BedsPage", self.shell.open_page(BEDS))

    def books_page(self) -> "BooksPage":
        """Go to the books."""
        return cast("BooksPage", self.shell.open_page(BOOKS))

    def open_books(self, tab: str, key: object = None) -> None:
        """Open a tab of the books, and one thing there if it is named."""
        self.books_page().open_tab(tab, key)

    def fees_page(self) -> "FeesPage":
        """Go to the fees."""
        return cast("FeesPage", self.shell.open_page(FEES))
