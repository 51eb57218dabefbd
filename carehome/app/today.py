"""What the first page is made of: the sources of its lines, and what they open.

A subject adds a Source, and an opener for each new kind of target; the page itself
is not touched.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from carehome.app.desk import (
    AGREEMENTS,
    ASSESSMENTS,
    BEDS,
    BOOKS,
    ENQUIRIES,
    FEES,
    OPENING,
    PRESENCE,
    RATING,
    RESIDENTS,
    ROSTERS,
    SAFETY,
    SETTINGS,
    STAFF,
    Desk,
)
from carehome.i18n import N_, _
from carehome.rules.rights import Right, Role
from carehome.rules.today import Concern, Line, People, Target, Task, Today, Urgency
from carehome.services.accounts import Accounts
from carehome.services.admissions import Admissions
from carehome.services.agreements import Agreements
from carehome.services.arrears import Arrears
from carehome.services.assessments import Assessments
from carehome.services.bank import Bank
from carehome.services.beds import Beds, Closures
from carehome.services.billing import FACTS, Billing
from carehome.services.books import Books
from carehome.services.day_close import DayCloses
from carehome.services.departures import Departures
from carehome.services.deposits import Deposits
from carehome.services.deposits.account import DepositAccount
from carehome.services.enquiries import Enquiries
from carehome.services.entitlements import Entitlements
from carehome.services.grades import Grades
from carehome.services.lapses import Lapses
from carehome.services.late_facts import LateFacts
from carehome.services.opening import Opening
from carehome.services.payers import Payers
from carehome.services.presence import Presence
from carehome.services.prices import Prices, PriceVersions
from carehome.services.ratings.awards import RatingAwards
from carehome.services.ratings.standing import STANDS_ON
from carehome.services.ratings.standing_today import StandingToday
from carehome.services.ratings.today import RatingToday
from carehome.services.receipts import Receipts
from carehome.services.refunds import Refunds
from carehome.services.requests import Requests
from carehome.services.residents import Residents
from carehome.services.retention import Retention
from carehome.services.risks import Risks
from carehome.services.safety.approvals import SafetyPapers
from carehome.services.safety.drills import Drills
from carehome.services.safety.equipment import Equipment
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.incidents import Incidents
from carehome.services.safety.inspections import Inspections
from carehome.services.safety.plans import EmergencyPlans
from carehome.services.safety.rounds_today import RoundsToday
from carehome.services.safety.trainings import FireTrainings
from carehome.services.service import Service
from carehome.services.staff.files import StaffFiles
from carehome.services.subsidies import Overlaps, Subsidies
from carehome.services.trust import TrustTill
from carehome.services.utilities import Utilities
from carehome.services.waiting import WaitingList
from carehome.ui.today.page import TodayPage


@dataclass(frozen=True)
class Source:
    """A method of a service that tells lines of a day, to whom may ask it.

    `tables` are those it reads. Of the roles in `leads` its figures come first.
    """

    kind: type[Service]
    read: Callable[..., Iterable[Line]]
    tables: frozenset[str]
    leads: frozenset[Role] = frozenset()

    @property
    def right(self) -> Right:
        """The right that the method asks for."""
        return cast(Right, self.read.right)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Opener:
    """The page that holds a kind of target, and how to open one there."""

    page: str
    open: Callable[[Desk, Any], object]


@dataclass(frozen=True)
class Deed:
    """Something that people come to the first page for."""

    right: Right
    text: str
    icon: str
    keys: str
    do: Callable[[Desk], object]


CLOSING, TRUST = N_("Month close"), N_("Trust money")  # tabs of the books
SUBSIDIES = N_("Subsidies")
UTILITIES = N_("Utilities")  # another one
BANK = N_("Bank statements")  # another one
SAFETY_ROUNDS = N_("Rounds")
SAFETY_HAZARDS = N_("Hazards")
SAFETY_EQUIPMENT = N_("Equipment")
SAFETY_DRILLS = N_("Drills and training")
SAFETY_PAPERS = N_("Papers and inspections")  # a tab of fire safety
STANDING = N_("Where we stand")  # a tab of the star rating
ASSESSMENT = N_("Self-assessment")  # another one
PLACES = frozenset({"building", "floor", "room", "bed", "bed_use"})
STAYS = frozenset({"stay", "resident"})
MONEY = frozenset({"bill", "bill_run", "payment_share"})
OWED = MONEY | {"reminder_rule"}
# What the monthly fee of a resident is computed from.
TERMS = frozenset({"price_list", "price", "fee_item", "personal_price", "home"})
LATE_ONES = FACTS | {"account", "bill", "bill_line", "change", "code", "room"}
TERMS |= {"standing_charge", "charge", "cover", "payer"}
TERMS |= {"grade_change", "meal_choice"}
BOARD = PLACES | {"resident", "absence", "code", "kept_bed", "resident_category"}
OFFERED = frozenset({"bed_offer", "waiting_entry", "resident"})
CLOSED = frozenset({"closure", "building", "floor", "code"})
TILLS = frozenset({"day_close", "payment", "payer_payment", "payout"})
TILLS |= {"deposit_entry", "deposit_draw", "donation", "donation_use"}
TILLS |= {"utility_bill", "account", "subsidy_payment", "payer_refund"}
BANKED = frozenset({"bank_account", "bank_line", "bank_claim", "receipt"})
BANKED |= {"deposit_draw", "trust_entry", "trust_draw", "donation", "donation_use"}
BANKED |= {"till_handover", "subsidy_payment", "payer_refund"}
TAKINGS = frozenset({"receipt", "payment", "deposit_entry"})
DEPARTED = frozenset({"departure", "settlement", "bill", "payment", "payout"})
DEPARTED |= {"deposit_entry", "trust_entry"}
CLAIMED = frozenset({"subsidy_claim", "subsidy_person", "subsidy_payment"})
OVERLAPPING = frozenset(
    {
        *("entitlement", "cover", "payer", "stay", "resident", "overlap_word"),
        *("home",),
    }
)
TRUSTED = frozenset({"trust_entry", "trust_draw", "trust_count", "resident", "stay"})
STAFF_FILES = frozenset({"staff_member", "staff_post", "post", "post_need"})
STAFF_FILES |= {"certificate", "certificate_kind", "contract", "maternity"}
STAFF_FILES |= {"staff_rule"}
# What a roster is built from, the need of the residents included.
ROSTERED = frozenset({"roster", "roster_cell", "roster_wish", "roster_weight"})
ROSTERED |= {"shift_kind", "shift_need", "cover_ratio", "calendar_day", "staff_leave"}
ROSTERED |= {"training", "training_attendance", "unit", "unit_floor", "room", "bed"}
ROSTERED |= {"bed_use", "resident", "absence", "assessment"}
EQUIPPED = frozenset({"safety_equipment", "equipment_kind", "equipment_service"})
RATING_TABLES = frozenset(
    {"rating_self", "rating_score", "rating_item", "rating_line", "rating_table"}
)
RATING_TABLES |= {"rating_file", "rating_content"}
ROUND_TABLES = frozenset(
    {"safety_round", "safety_round_rule", "round_plan", "form", "form_version"}
)
ROUND_TABLES |= {"safety_place"}
DRILLED = frozenset({"safety_drill", "safety_drill_role", "safety_drill_floor"})
DRILLED |= {"safety_drill_score", "safety_lesson", "safety_drill_rule"}
DRILLED |= {"floor", "building", "staff_member"}
TRAINED_FOR_FIRE = frozenset({"safety_training_subject", "safety_drill_rule"})
TRAINED_FOR_FIRE |= {"training", "training_attendance", "staff_member", "staff_post"}
TRAINED_FOR_FIRE |= {"post", "post_need", "change"}
EMERGENCY_PLANS = frozenset({"emergency_plan", "emergency_plan_version"})
EMERGENCY_PLANS |= {"emergency_plan_grade", "emergency_plan_scan"}
EMERGENCY_PLANS |= {"safety_drill_rule"}
INCIDENTS = frozenset({"safety_incident", "safety_incident_report", "safety_lesson"})
INCIDENTS |= {"safety_incident_duty"}
MONEY_FIRST = frozenset({Role.ACCOUNTANT})
SOURCES = (
    Source(Opening, Opening.today, frozenset({"bed", "price", "stay", "home"})),
    Source(
        Billing, Billing.month_end_today, frozenset({"bill_run", "account", "stay"})
    ),
    Source(Admissions, Admissions.today, PLACES | STAYS | {"admission"}),
    Source(Departures, Departures.today, STAYS | {"departure"}),
    Source(Departures, Departures.gone_today, STAYS | DEPARTED),
    Source(Beds, Beds.moves_today, PLACES | STAYS),
    Source(Enquiries, Enquiries.today, frozenset({"enquiry", "visit"})),
    Source(WaitingList, WaitingList.today, PLACES - {"bed_use"} | OFFERED),
    Source(Closures, Closures.today, CLOSED),
    Source(Closures, Closures.expected_today, CLOSED | PLACES | STAYS),
    Source(Residents, Residents.returns_today, STAYS | {"absence"}),
    Source(Deposits, Deposits.to_bank, frozenset({"deposit_entry"})),
    Source(
        DepositAccount,
        DepositAccount.today,
        frozenset({"deposit_entry", "deposit_draw", "deposit_draw_part", "receipt"}),
    ),
    Source(Beds, Beds.today, BOARD),
    Source(Residents, Residents.away_today, STAYS | {"absence"}),
    Source(Billing, Billing.today, OWED | {"resident"}, MONEY_FIRST),
    Source(Refunds, Refunds.today, frozenset({"refund"})),
    Source(
        Arrears,
        Arrears.today,
        PLACES | OWED | {"contact", "reminder", "resident", "bed_use"},
    ),
    Source(
        Deposits,
        Deposits.today,
        PLACES | STAYS | TERMS | {"deposit_entry", "absence", "rule_choice", "payer"},
        MONEY_FIRST,
    ),
    Source(Receipts, Receipts.today, TAKINGS, MONEY_FIRST),
    Source(LateFacts, LateFacts.today, LATE_ONES),
    Source(Prices, Prices.today, STAYS | TERMS | {"price_notice"}),
    Source(
        PriceVersions,
        PriceVersions.today,
        frozenset({"price_list", "personal_price"}),
        leads=frozenset({Role.DIRECTOR}),
    ),
    Source(
        Residents,
        Residents.today,
        STAYS
        | {"absence", "bed_use", "grade_change", "agreement", "contact"}
        | {"resident_category"},
    ),
    Source(Grades, Grades.today, STAYS | {"grade_change", "grade_rule"}),
    Source(
        Entitlements,
        Entitlements.today,
        PLACES | STAYS | {"entitlement", "resident_category", "grade_rule"},
    ),
    Source(
        Assessments,
        Assessments.today,
        PLACES
        | STAYS
        | {"assessment", "assessment_draft", "assessment_flag", "admission", "home"},
    ),
    Source(
        Risks,
        Risks.today,
        STAYS | {"risk_assessment", "assessment", "admission"},
    ),
    Source(Presence, Presence.today, STAYS | {"evacuation"}),
    Source(
        Agreements,
        Agreements.today,
        STAYS | PLACES | {"agreement", "agreement_document", "paper"},
    ),
    Source(
        Retention,
        Retention.today,
        STAYS
        | {"agreement", "agreement_document", "paper", "retention", "retention_hold"},
    ),
    Source(StaffFiles, StaffFiles.today, STAFF_FILES),
    Source(Requests, Requests.today, frozenset({"staff_request"})),
    Source(Lapses, Lapses.today, STAFF_FILES | ROSTERED),
    Source(RoundsToday, RoundsToday.today, ROUND_TABLES),
    Source(Hazards, Hazards.today, frozenset({"safety_hazard", "safety_hazard_rule"})),
    Source(Equipment, Equipment.today, EQUIPPED),
    Source(SafetyPapers, SafetyPapers.today, frozenset({"safety_paper", "paper_rule"})),
    Source(Inspections, Inspections.today, frozenset({"outside_inspection"})),
    Source(Drills, Drills.today, DRILLED),
    Source(FireTrainings, FireTrainings.today, TRAINED_FOR_FIRE),
    Source(EmergencyPlans, EmergencyPlans.today, EMERGENCY_PLANS),
    Source(Incidents, Incidents.today, INCIDENTS),
    Source(
        StandingToday,
        StandingToday.today,
        STANDS_ON,
        frozenset({Role.DIRECTOR, Role.HEAD_NURSE}),
    ),
    Source(RatingAwards, RatingAwards.today, frozenset({"rating_award"})),
    Source(RatingToday, RatingToday.today, RATING_TABLES),
    Source(Books, Books.today, frozenset({"month_close", "bill_run"})),
    Source(
        Payers,
        Payers.today,
        frozenset(
            {
                *("bill", "bill_line", "bill_run", "payer", "payer_payment"),
                *("payer_share", "payer_refund"),
                *("payer_cut", "payer_statement", "resident"),
            }
        ),
    ),
    Source(TrustTill, TrustTill.today, TRUSTED),
    Source(DayCloses, DayCloses.today, TILLS),
    Source(Utilities, Utilities.today, frozenset({"utility_bill"})),
    Source(Bank, Bank.today, BANKED),
    Source(Subsidies, Subsidies.today, CLAIMED),
    Source(Overlaps, Overlaps.today, OVERLAPPING),
    Source(Beds, Beds.free_today, BOARD),
    Source(Accounts, Accounts.today, frozenset({"account"})),
)


def _open_people(desk: Desk, people: People) -> None:
    desk.residents_page().open_some(str(people.title), people.resident_ids)


OPENERS = {
    "opening": Opener(OPENING, lambda desk, _key: desk.shell.open_page(OPENING)),
    "resident": Opener(RESIDENTS, Desk.open_resident),
    "admission": Opener(
        RESIDENTS, lambda desk, key: desk.residents_page().open_admission(key)
    ),
    "departure": Opener(
        RESIDENTS, lambda desk, key: desk.residents_page().open_departure(key)
    ),
    "gone": Opener(RESIDENTS, lambda desk, _key: desk.open_departures()),
    "admit": Opener(
        RESIDENTS, lambda desk, key: desk.residents_page().admit_again(key)
    ),
    "return": Opener(
        RESIDENTS, lambda desk, key: desk.residents_page().record_return(key)
    ),
    "residents": Opener(RESIDENTS, _open_people),
    "bed": Opener(BEDS, Desk.open_bed),
    "beds": Opener(BEDS, lambda desk, state: desk.beds_page().show_state(state)),
    "evacuation": Opener(
        PRESENCE, lambda desk, _key: desk.presence_page().show_unknown()
    ),
    "enquiry": Opener(
        ENQUIRIES, lambda desk, key: desk.enquiries_page().open_enquiry(key)
    ),
    "waiting": Opener(
        ENQUIRIES, lambda desk, key: desk.enquiries_page().open_waiting(key)
    ),
    "closure": Opener(
        ENQUIRIES, lambda desk, _key: desk.enquiries_page().open_closures()
    ),
    "move": Opener(BEDS, Desk.move_resident),
    "risk": Opener(RESIDENTS, Desk.open_risks),
    "risks": Opener(
        ASSESSMENTS,
        lambda desk, key: desk.assessments_page().show_risks(key == "telling"),
    ),
    "assess": Opener(ASSESSMENTS, Desk.assess),
    "assess_due": Opener(
        ASSESSMENTS, lambda desk, _key: desk.assessments_page().show_due()
    ),
    "assess_draft": Opener(
        ASSESSMENTS, lambda desk, key: desk.assessments_page().resume(key)
    ),
    "pay": Opener(FEES, Desk.take_payment),
    "receipts": Opener(FEES, lambda desk, _key: desk.open_tab(FEES, _("Receipts"))),
    "day_close": Opener(FEES, lambda desk, key: desk.fees_page().show_day_close(key)),
    "arrears": Opener(FEES, lambda desk, key: desk.fees_page().show_arrears(key)),
    "refunds": Opener(FEES, lambda desk, _key: desk.fees_page().show_refunds()),
    "month_end": Opener(FEES, lambda desk, _key: desk.fees_page().show_month_end()),
    "late": Opener(FEES, lambda desk, _key: desk.fees_page().show_late()),
    "deposit": Opener(FEES, lambda desk, key: desk.fees_page().show_deposit(key)),
    "deposits": Opener(FEES, lambda desk, key: desk.fees_page().show_deposits(key)),
    "closing": Opener(BOOKS, lambda desk, key: desk.open_books(CLOSING, key)),
    "bank": Opener(BOOKS, lambda desk, key: desk.open_books(BANK, key)),
    "trust": Opener(BOOKS, lambda desk, key: desk.open_books(TRUST, key)),
    "subsidies": Opener(BOOKS, lambda desk, key: desk.open_books(SUBSIDIES, key)),
    "subsidy_claims": Opener(
        BOOKS, lambda desk, _key: desk.open_books(SUBSIDIES, "claims")
    ),
    "overlaps": Opener(
        BOOKS, lambda desk, _key: desk.open_books(SUBSIDIES, "overlaps")
    ),
    "utilities": Opener(BOOKS, lambda desk, key: desk.open_books(UTILITIES, key)),
    "payers": Opener(FEES, lambda desk, key: desk.fees_page().show_payers(key)),
    "prices": Opener(FEES, lambda desk, _key: desk.fees_page().show_prices("lists")),
    "own-prices": Opener(FEES, lambda desk, _key: desk.fees_page().show_prices("own")),
    "notices": Opener(FEES, lambda desk, _key: desk.fees_page().show_prices("notices")),
    "due_papers": Opener(
        AGREEMENTS,
        lambda desk, _key: desk.open_tab(AGREEMENTS, _("Keeping and destroying")),
    ),
    "equipment": Opener(
        SAFETY, lambda desk, key: desk.open_safety(SAFETY_EQUIPMENT, key)
    ),
    "round": Opener(SAFETY, lambda desk, key: desk.open_safety(SAFETY_ROUNDS, key)),
    "rounds": Opener(SAFETY, lambda desk, key: desk.open_safety(SAFETY_ROUNDS, key)),
    "drill": Opener(SAFETY, lambda desk, key: desk.open_safety(SAFETY_DRILLS, key)),
    "hazard": Opener(SAFETY, lambda desk, key: desk.open_safety(SAFETY_HAZARDS, key)),
    "hazards": Opener(SAFETY, lambda desk, key: desk.open_safety(SAFETY_HAZARDS, key)),
    "requests": Opener(
        ROSTERS, lambda desk, _key: desk.open_tab(ROSTERS, _("Requests"))
    ),
    "staff": Opener(STAFF, lambda desk, key: desk.staff_page().open_member(key)),
    "staff_due": Opener(STAFF, lambda desk, key: desk.staff_page().open_due(key)),
    "lost_shifts": Opener(STAFF, lambda desk, _key: desk.staff_page().open_due()),
    "safety_paper": Opener(
        SAFETY,
        lambda desk, key: desk.open_safety(SAFETY_PAPERS, ("safety_paper", key)),
    ),
    "outside_inspection": Opener(
        SAFETY,
        lambda desk, key: desk.open_safety(SAFETY_PAPERS, ("outside_inspection", key)),
    ),
    "rating_items": Opener(RATING, lambda desk, key: desk.open_rating(ASSESSMENT, key)),
    "rating_standing": Opener(RATING, lambda desk, _key: desk.open_rating(STANDING)),
    "rating_plan": Opener(
        RATING, lambda desk, _key: desk.open_rating(STANDING, "plan")
    ),
    "rating_awards": Opener(
        RATING, lambda desk, _key: desk.open_rating(STANDING, "held")
    ),
    "accounts": Opener(
        SETTINGS, lambda desk, _key: desk.open_tab(SETTINGS, _("Accounts"))
    ),
}
DEEDS = (
    Deed(
        Right.TAKE_MONEY,
        N_("Take a payment"),
        "fees",
        "F9",
        lambda desk: desk.open_tab(FEES, _("Payments")),
    ),
    Deed(
        Right.CHANGE_RESIDENTS,
        N_("Admit a resident"),
        "plus",
        "Ctrl+N",
        lambda desk: desk.residents_page().begin_admission(),
    ),
)


def make_page(desk: Desk) -> TodayPage:
    """Return the first page of one person."""
    sources = sources_of(desk)
    tables = frozenset().union(*(source.tables for source in sources))
    reads = [partial(source.read, desk.service(source.kind)) for source in sources]
    page = TodayPage(reads, tables, desk.jobs, desk.today)
    deeds = [deed for deed in DEEDS if desk.user.may(deed.right)]
    for deed in deeds:
        add = page.head.add_primary if deed is deeds[-1] else page.head.add_button
        add(_(deed.text), deed.icon, deed.keys).clicked.connect(partial(deed.do, desk))
    page.wanted.connect(partial(open_target, desk))
    page.learnt.connect(partial(show_counts, desk))
    page.search_wanted.connect(partial(_search, desk))
    return page


def sources_of(desk: Desk) -> list[Source]:
    """Return what somebody may ask, first what matters most to the role."""
    allowed = (source for source in SOURCES if desk.user.may(source.right))
    return sorted(allowed, key=lambda source: desk.user.role not in source.leads)


def open_target(desk: Desk, target: Target) -> None:
    """Open what a line is about."""
    OPENERS[target.kind].open(desk, target.key)


def _search(desk: Desk) -> None:
    desk.shell.search_asked.emit()


def show_counts(desk: Desk, today: Today) -> None:
    """Show in the navigation how many things should be done by now on each page."""
    waiting: Counter[str] = Counter()
    due = [task for task in today.tasks if task.due <= today.day]
    late = [each for each in today.concerns if each.urgency is Urgency.LATE]
    waits: list[Task | Concern] = [*due, *late]
    for line in waits:
        if line.target:
            waiting[OPENERS[line.target.kind].page] += line.count
    for title in desk.shell.entries:
        desk.shell.set_count(title, waiting[title])
