"""The pages of the program: who may see each, and how it is made for a desk."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from carehome.app.desk import (
    AGREEMENTS,
    ASSESSMENTS,
    BEDS,
    BOOKS,
    ENQUIRIES,
    FEES,
    OPENING,
    OVERVIEW,
    PRESENCE,
    RATING,
    RESIDENTS,
    ROSTERS,
    SAFETY,
    SETTINGS,
    STAFF,
    TODAY,
    Desk,
)
from carehome.i18n import _
from carehome.rules.rights import Right
from carehome.services.accounts import Accounts
from carehome.services.agreements import AgreementTemplates
from carehome.services.bed_figures import BedFigures
from carehome.services.beds import Closures, KeptBeds
from carehome.services.calendar import HomeCalendar
from carehome.services.change_log import ChangeLog
from carehome.services.deposits.fee_rules import FeeRules
from carehome.services.enquiries import Enquiries
from carehome.services.home import Home
from carehome.services.lapses import Lapses
from carehome.services.opening import Opening
from carehome.services.payroll import Payroll
from carehome.services.presence import Presence
from carehome.services.prices import PriceVersions
from carehome.services.requests import Requests, SickCalls
from carehome.services.residents import Residents
from carehome.services.rolls import Rolls
from carehome.services.rosters import Rosters
from carehome.services.rosters.papers import RosterPapers
from carehome.services.rosters.weights import RosterWeights
from carehome.services.shifts import Shifts
from carehome.services.staff import Allowances, Pay, Staff, StaffLists, Trainings
from carehome.services.staff.files import StaffFiles
from carehome.services.staff.rolls import StaffRolls
from carehome.services.waiting import WaitingList
from carehome.ui.kit import theme


@dataclass(frozen=True)
class Entry:
    """A page of the program: who may see it, and how it is made for a desk."""

    title: str
    icon: str
    right: Right
    make: Callable[[Desk], QWidget]
    passing: bool = False


# Pages are imported when they are first visited: the program starts without them.


def _today(desk: Desk) -> QWidget:
    from carehome.app.today import make_page

    return make_page(desk)


def _presence(desk: Desk) -> QWidget:
    from carehome.app.evacuation import show_sheet
    from carehome.ui.presence import PresencePage

    page = PresencePage(desk.service(Presence), desk.user, desk.jobs, desk.today)
    page.resident_wanted.connect(desk.open_resident)
    page.evacuation_wanted.connect(partial(show_sheet, desk))
    page.told.connect(desk.tell)
    return page


def _residents(desk: Desk) -> QWidget:
    from carehome.ui.people import ResidentsPage

    page = ResidentsPage(
        desk.care,
        desk.money,
        desk.service(Rolls),
        desk.jobs,
        desk.user,
        desk.today,
        partial(_money_panel, desk) if desk.user.may(Right.SEE_FEES) else None,
        {
            _("Ability"): partial(_assessment_panel, desk),
            _("Risks"): partial(_risk_panel, desk),
        },
    )
    page.bed_wanted.connect(desk.move_resident)
    page.payment_wanted.connect(desk.take_payment)
    page.told.connect(desk.tell)
    page.file_opened.connect(desk.recent.note)
    page.set_recent(desk.recent.ids())
    desk.recent.changed.connect(page.set_recent)
    return page


def _money_panel(desk: Desk) -> QWidget:
    from carehome.ui.parts.money_panel import MoneyPanel

    panel = MoneyPanel(desk.money, desk.jobs, desk.today, desk.user)
    panel.told.connect(desk.tell)
    return panel


def _assessment_panel(desk: Desk) -> QWidget:
    from carehome.ui.parts.assessment_panel import AssessmentPanel

    assessments = desk.assessing.assessments
    panel = AssessmentPanel(assessments, desk.jobs, desk.user, desk.today)
    panel.begin_wanted.connect(desk.assess)
    panel.opened.connect(desk.open_assessment)
    return panel


def _risk_panel(desk: Desk) -> QWidget:
    from carehome.ui.parts.risks.panel import RiskPanel

    panel = RiskPanel(desk.assessing.risks, desk.jobs, desk.user, desk.today)
    panel.told.connect(desk.tell)
    return panel


def _assessments(desk: Desk) -> QWidget:
    from carehome.ui.assessments import AssessmentsPage

    page = AssessmentsPage(desk.assessing, desk.jobs, desk.user, desk.today)
    page.resident_wanted.connect(desk.open_resident)
    page.risks_wanted.connect(desk.open_risks)
    page.grade_wanted.connect(desk.change_grade)
    page.told.connect(desk.tell)
    return page


def _beds(desk: Desk) -> QWidget:
    from carehome.ui.beds.page import BedsPage

    care = desk.care
    page = BedsPage(
        care.beds,
        desk.service(Closures),
        care.residents,
        care.consequences,
        desk.service(BedFigures),
        care.home,
        desk.user,
        desk.jobs,
        desk.today,
    )
    page.resident_wanted.connect(desk.open_resident)
    page.told.connect(desk.tell)
    return page


def _agreements(desk: Desk) -> QWidget:
    from carehome.ui.agreements import AgreementServices, AgreementsPage

    services = AgreementServices(
        desk.care.agreements,
        desk.service(AgreementTemplates),
        desk.care.retention,
    )
    page = AgreementsPage(services, desk.jobs, desk.today, desk.user)
    page.resident_wanted.connect(desk.open_agreements)
    page.papers_wanted.connect(desk.open_papers)
    page.told.connect(desk.tell)
    return page


def _enquiries(desk: Desk) -> QWidget:
    from carehome.ui.enquiries.hand import EnquiryServices, Hand
    from carehome.ui.enquiries.page import EnquiriesPage

    services = EnquiryServices(
        desk.service(Enquiries),
        desk.service(WaitingList),
        desk.service(Closures),
        desk.service(KeptBeds),
        desk.care.beds,
        desk.care.home,
    )
    page = EnquiriesPage(Hand(services, desk.jobs, desk.user, desk.today))
    page.admission_wanted.connect(desk.admit_again)
    page.resident_wanted.connect(desk.open_resident)
    page.told.connect(desk.tell)
    return page


def _fees(desk: Desk) -> QWidget:
    from carehome.ui.fees.page import FeesPage

    page = FeesPage(desk.money, desk.hand)
    page.resident_wanted.connect(desk.open_resident)
    page.told.connect(desk.tell)
    return page


def _books(desk: Desk) -> QWidget:
    from carehome.ui.books.page import BooksPage

    page = BooksPage(desk.hand)
    page.told.connect(desk.tell)
    return page


def _staff(desk: Desk) -> QWidget:
    from carehome.ui.staff.hand import Hand, StaffServices
    from carehome.ui.staff.page import StaffPage

    services = StaffServices(
        desk.service(Staff),
        desk.service(StaffFiles),
        desk.service(StaffLists),
        desk.service(Trainings),
        desk.service(Pay),
        desk.service(Allowances),
        desk.service(StaffRolls),
        desk.service(Lapses),
    )
    page = StaffPage(Hand(services, desk.jobs, desk.user, desk.today))
    page.told.connect(desk.tell)
    return page


def _rosters(desk: Desk) -> QWidget:
    from carehome.ui.rosters.conflicts import tell_conflicts
    from carehome.ui.rosters.handing_out import HandingOut, Ways
    from carehome.ui.rosters.page import RostersPage
    from carehome.ui.rosters.reading import read_month, store_cells
    from carehome.ui.rosters.repair import offer_sick_calls

    rosters = desk.service(Rosters)
    page = RostersPage(
        partial(read_month, rosters),
        partial(store_cells, rosters),
        desk.user,
        desk.jobs,
        desk.today,
        _roster_tabs(desk, rosters),
    )
    ways = Ways(rosters, desk.service(RosterPapers), desk.service(Payroll))
    HandingOut(page, ways, desk.jobs)
    tell_conflicts(page, desk.jobs)
    if desk.user.may(Right.CHANGE_ROSTER):
        offer_sick_calls(page, desk.service(SickCalls), desk.jobs, desk.today)
    page.person_wanted.connect(desk.open_member)
    page.told.connect(desk.tell)
    return page


def _roster_tabs(desk: Desk, rosters: Rosters) -> dict[str, Callable[[], QWidget]]:
    """Return what stands beside the month, to whom may see it."""
    from carehome.ui.rosters.payroll import PayrollHand, PayrollView
    from carehome.ui.rosters.publishing import ChangesView
    from carehome.ui.rosters.requests import RequestHand, RequestsView
    from carehome.ui.rosters.shifts import ShiftsView
    from carehome.ui.rosters.wishes import WishesView

    shifts, user = desk.service(Shifts), desk.user
    jobs, may, today = desk.jobs, desk.user.may, desk.today
    asked = RequestHand(desk.service(Requests), desk.service(Staff), jobs, may, today)
    paid = PayrollHand(desk.service(Payroll), jobs, may, today)
    first = today().replace(day=1)
    tabs: dict[str, Callable[[], QWidget]] = {}
    tabs[_("Shifts and people")] = lambda: ShiftsView(shifts, jobs, user, today)
    if may(Right.CHANGE_ROSTER):
        tabs[_("Requests")] = lambda: RequestsView(asked)
        tabs[_("Changes of the roster")] = lambda: ChangesView(rosters, jobs, first)
    if may(Right.CHANGE_ROSTER) or may(Right.SEE_PAY):
        tabs[_("Hours for the payroll")] = lambda: PayrollView(paid)
    tabs[_("Holidays and working weekends")] = partial(_holidays, desk)
    writes = may(Right.CHANGE_ROSTER)
    tabs[_("Wishes for the roster")] = lambda: WishesView(rosters, jobs, writes, today)
    return tabs


def _holidays(desk: Desk) -> QWidget:
    from carehome.ui.rosters.holidays import HolidaysView

    calendar = desk.service(HomeCalendar)
    view = HolidaysView(calendar, desk.jobs, desk.user, desk.today)
    view.told.connect(desk.tell)
    return view


def _safety(desk: Desk) -> QWidget:
    from carehome.ui.safety.page import SafetyPage

    page = SafetyPage(desk.hand)
    page.told.connect(desk.tell)
    return page


def _ratings(desk: Desk) -> QWidget:
    from carehome.ui.ratings.page import RatingsPage

    page = RatingsPage(desk.hand)
    page.told.connect(desk.tell)
    return page


def _overview(desk: Desk) -> QWidget:
    from carehome.ui.overview.page import OverviewPage

    page = OverviewPage(desk.hand)
    page.told.connect(desk.tell)
    return page


def _opening(desk: Desk) -> QWidget:
    from carehome.ui.opening import OpeningPage, OpeningServices

    services = OpeningServices(
        desk.service(Opening),
        desk.care.beds,
        desk.money.prices,
        desk.service(PriceVersions),
        desk.money.billing,
        desk.service(Rolls),
        desk.care.home,
    )
    page = OpeningPage(services, desk.jobs, desk.clock)
    page.told.connect(desk.tell)
    page.left.connect(partial(desk.shell.open_page, TODAY))
    page.admission_wanted.connect(desk.begin_admission)
    page.accounts_wanted.connect(lambda: desk.open_tab(SETTINGS, _("Accounts")))
    page.bills_wanted.connect(lambda: desk.open_tab(FEES, _("Month end")))
    return page


def _settings(desk: Desk) -> QWidget:
    from carehome.ui.settings.page import Services, SettingsPage

    services = Services(
        desk.service(Home),
        desk.service(Accounts),
        desk.service(ChangeLog),
        desk.service(Residents),
        desk.care.grades,
        desk.service(RosterWeights),
        desk.service(FeeRules),
    )
    page = SettingsPage(
        services, desk.user, desk.home, desk.jobs, desk.today, theme.look()
    )
    page.told.connect(desk.tell)
    page.resident_wanted.connect(desk.open_resident)
    if desk.set_look:
        page.look_wanted.connect(desk.set_look)
    return page


PAGES = (
    Entry(OPENING, "home", Right.CHANGE_HOME, _opening, passing=True),
    Entry(TODAY, "today", Right.USE_PROGRAM, _today),
    Entry(PRESENCE, "show", Right.SEE_BEDS, _presence),
    Entry(RESIDENTS, "residents", Right.SEE_RESIDENTS, _residents),
    Entry(ENQUIRIES, "phone", Right.SEE_RESIDENTS, _enquiries),
    Entry(BEDS, "beds", Right.SEE_BEDS, _beds),
    Entry(ASSESSMENTS, "assessment", Right.SEE_RESIDENTS, _assessments),
    Entry(AGREEMENTS, "paper", Right.SEE_RESIDENTS, _agreements),
    Entry(FEES, "fees", Right.SEE_FEES, _fees),
    Entry(BOOKS, "book", Right.KEEP_BOOKS, _books),
    Entry(STAFF, "staff", Right.SEE_STAFF, _staff),
    Entry(ROSTERS, "roster", Right.SEE_ROSTER, _rosters),
    Entry(SAFETY, "fire", Right.SEE_SAFETY, _safety),
    Entry(RATING, "rating", Right.SEE_RATING, _ratings),
    Entry(OVERVIEW, "reports", Right.SEE_OVERVIEW, _overview),
    Entry(SETTINGS, "settings", Right.USE_PROGRAM, _settings),
)
