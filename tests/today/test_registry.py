"""One registry tells the page what to ask, and what each line opens."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from carehome.app import today as registry
from carehome.app.today import OPENERS, SOURCES, Source, make_page, sources_of
from carehome.db.books import DayCloseRow
from carehome.db.shifts import ShiftKindRow
from carehome.db.subsidies import SubsidyClaimRow
from carehome.i18n import N_
from carehome.rules.bank.statement import BankLine, Statement
from carehome.rules.departures import Departure
from carehome.rules.entitlements import Standing
from carehome.rules.periods import Period
from carehome.rules.requests import Request, RequestKind
from carehome.rules.rights import Right, Role
from carehome.rules.staff import Leave
from carehome.rules.staff import Person as StaffPerson
from carehome.rules.today import Figure, Target, Task, words
from carehome.services.admissions import Admissions
from carehome.services.bank import Bank, Checked
from carehome.services.beds import Beds, Closing, Closures
from carehome.services.departures import Departures, Order
from carehome.services.deposits import open_in
from carehome.services.enquiries import Enquiries, Enquiry
from carehome.services.entitlements import Entitlements
from carehome.services.home import Home, OpenHome, Profile
from carehome.services.ratings.assessments import Judgement, NewSelf, SelfAssessments
from carehome.services.ratings.awards import Award, RatingAwards
from carehome.services.ratings.conditions import RatingConditions
from carehome.services.ratings.plan import PlanStep, RatingPlan
from carehome.services.ratings.tables import RatingTables
from carehome.services.requests import Requests
from carehome.services.residents import Agreement, Person, Residents
from carehome.services.residents.stays import open_stay_in
from carehome.services.rosters import Mark, Rosters
from carehome.services.service import Service, needs
from carehome.services.staff import Staff, StaffLists
from carehome.services.trust import TrustMoney
from carehome.services.utilities import Utilities
from carehome.services.waiting import Application, WaitingList
from carehome.ui.today.page import TodayPage
from tests import house
from tests.conftest import ROLES, TODAY
from tests.safety.round_house import furnish as furnish_rounds
from tests.safety.safety_house import neglect
from tests.ways.book_deeds import BILL as UTILITY_BILL

DAY, YEAR = timedelta(days=1), timedelta(days=365)
NAMES = [f"{each.kind.__name__}.{each.read.__name__}" for each in SOURCES]


@pytest.fixture
def busy(db, purse, as_role, beds, tmp_path):
    """Let there be something of everything, so that no source ends early."""
    chen, liu = (house.know(db, name, "male") for name in ("陈永昌", "刘大明"))
    desk, residents = as_role(Beds), as_role(Residents)
    leave(db, as_role, house.settle(db, "孙大爷", beds["302-1"], sex="male"))
    desk.reserve(chen, beds["302-1"], TODAY, TODAY + DAY)
    desk.send_cleaning(beds["302-2"])
    as_role(Admissions).begin_again(liu)
    residents.record_absence(1, "hospital", TODAY - 40 * DAY, TODAY)
    purse.deposits.take(2, 6 * 2600_00, "cash", TODAY)
    purse.deposits.spend_in_emergency(2, 100_00, "cash", TODAY, "急诊")
    residents.set_grade(2, "self_care", TODAY, consent_by="王强")
    residents.change_person(2, Person("李桂兰", "female", ability_level=3))
    for item in ("7", "15"):
        as_role(Entitlements).set_state(2, item, Standing.RECEIVES)
    purse.payments.take(1, 100_00, "cash", TODAY)
    purse.payments.take(1, 50_00, "cash", TODAY - DAY)
    ask_and_wait(as_role, house.know(db, "何福", "male"), beds["302-2"])
    sign_and_file(db, residents, tmp_path)
    roster_somebody(db, as_role)
    furnish_rounds(db, TODAY - 2 * DAY)
    neglect(as_role, TODAY)
    rate(as_role)
    as_role(TrustMoney).take(1, 300_00, "cash", TODAY, "养老金")
    as_role(Utilities).add(UTILITY_BILL)
    count_a_till(db)
    claim_a_subsidy(db)
    read_the_bank(as_role)
    let_the_director_decide(as_role)


def let_the_director_decide(as_role):
    """Let every correction of a posted month need the director's word."""
    home = as_role(Home)
    home.change_profile(replace(home.profile(), adjust_months=0))


def read_the_bank(as_role):
    """Let a line of the bank wait for whoever knows whose it is."""
    bank = as_role(Bank)
    account = bank.add_account("基本户", "", "6200019900123456", "operating")
    line = BankLine(6, TODAY - 60 * DAY, 12, 12, "周某", mark="1")
    told = Statement("signed", "6200019900123456", (line,))
    bank.take_over(account, Checked("a.csv", told))


def claim_a_subsidy(db):
    """Let a claim of an earlier month wait for its answer."""
    first = date(TODAY.year, 1, 1)
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        session.add(
            SubsidyClaimRow(
                scheme="xian/star-subsidy",
                name="运营补助",
                starts=first,
                ends=first.replace(month=2),
                fen=100_00,
                shares={},
                told={},
                office="区民政局",
                handed_on=first.replace(month=2),
                handed_by="caiwu",
            )
        )


def count_a_till(db):
    """Let the home close days at the till."""
    day = TODAY - 10 * DAY
    counted = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        session.add(
            DayCloseRow(
                account_id=ROLES[Role.DIRECTOR].account_id,
                day=day,
                booked_fen=0,
                counted_fen=0,
                closed_at=counted.replace(tzinfo=None),
            )
        )


def rate(as_role):
    """Let a grade end, an item lack points and be late, and a step be overdue."""
    table_id = as_role(RatingTables).take_practice()
    as_role(RatingConditions).take_region("shanghai")
    selves = as_role(SelfAssessments)
    year = Period(TODAY - YEAR, TODAY)
    self_id = selves.begin(NewSelf("自评", table_id, year, 1))
    item = selves.sheet(self_id).lines[0].item
    selves.judge(self_id, item.item_id, Judgement(0))
    selves.share_out(self_id, [item.item_id], None, TODAY - DAY)
    as_role(RatingPlan).add(PlanStep(self_id, "补记录", due_on=TODAY - DAY))
    as_role(RatingAwards).save(Award(1, TODAY - 3 * YEAR))


def roster_somebody(db, as_role):
    """Put somebody on a shift for which a certificate lacks, and let them ask for leave."""
    carer = next(p for p in as_role(StaffLists).posts() if p.is_care and p.needs)
    who = as_role(Staff).add(StaffPerson("何梅", TODAY - YEAR), carer.post_id)
    kind = ShiftKindRow(code="E", sign="早", name="早班", starts=420, span=480)
    kind.minutes = 480
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        session.add(kind)
    first = TODAY.replace(day=1)
    as_role(Rosters).set_cells(first, {(str(who), TODAY.day): Mark("E")})
    leave = Request(RequestKind.LEAVE, who, TODAY, TODAY, Leave.ANNUAL)
    as_role(Requests).add(leave)


def leave(db, as_role, resident_id):
    """Let somebody have left with a deposit held, and another be about to leave."""
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        open_in(session, resident_id, 100_00, TODAY - 60 * DAY, 1)
    as_role(Residents).discharge(resident_id, TODAY - 20 * DAY, "回家")
    as_role(Departures).order(2, Order(Departure.HOME))


def sign_and_file(db, residents, folder):
    """Let an agreement be unsigned, and the papers of another have had their time."""
    residents.add_agreement(2, Agreement(TODAY - 9 * DAY, TODAY + 90 * DAY))
    zhou = house.know(db, "周老伯", "male")
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        open_stay_in(session, zhou, TODAY - 7 * YEAR)
    residents.discharge(zhou, TODAY - 6 * YEAR, "回家")
    (folder / "体检.pdf").write_bytes(b"%PDF-1.4 report")
    residents.add_paper(zhou, "medical", "体检", folder / "体检.pdf")


def ask_and_wait(as_role, resident_id, bed_id):
    """Let somebody ask, another wait for an answer, and the home be closed."""
    as_role(Enquiries).take(Enquiry(TODAY, name="赵敏", next_on=TODAY))
    waiting = as_role(WaitingList)
    entry = waiting.join(resident_id, Application(TODAY))
    waiting.offer(entry, bed_id, TODAY, {})
    as_role(Closures).close(Closing(TODAY, None, "流感", "院长"))


@pytest.fixture
def desk(db, jobs, clock, monkeypatch):
    """Return the desk of somebody of a role."""

    class Shell:
        entries = ()

    def make(role=Role.DIRECTOR):
        opened = OpenHome(db, ROLES[role], Profile("福寿养老院"))
        made = registry.Desk(opened, jobs, clock)
        made.shell = Shell()
        return made

    return make


def tables_read(db, source, clock):
    """Return the tables that a source asks the database for."""
    asked = set()

    def note(_connection, _cursor, statement, *_more):
        asked.update(re.findall(r"(?:FROM|JOIN) (\w+)", statement))

    event.listen(db._engine, "before_cursor_execute", note)
    try:
        list(source.read(source.kind(db, ROLES[Role.DIRECTOR], clock), TODAY))
    finally:
        event.remove(db._engine, "before_cursor_execute", note)
    return asked


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_a_source_names_all_tables_that_it_reads(db, busy, clock, source):
    assert tables_read(db, source, clock) <= source.tables


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_what_a_line_opens_has_an_opener(db, busy, clock, source):
    lines = source.read(source.kind(db, ROLES[Role.DIRECTOR], clock), TODAY)
    kinds = {line.target.kind for line in lines if line.target}
    assert kinds <= OPENERS.keys()


def test_the_busy_home_makes_nearly_every_source_speak(db, busy, clock):
    """The two tests above look at lines, so there must be some."""
    director = ROLES[Role.DIRECTOR]
    silent = [
        name
        for name, source in zip(NAMES, SOURCES, strict=True)
        if not list(source.read(source.kind(db, director, clock), TODAY))
    ]
    assert set(silent) <= {
        *("Opening.today", "Billing.month_end_today", "Beds.moves_today"),
        *("Prices.today", "PriceVersions.today", "Accounts.today"),
        *("Payers.today", "Refunds.today"),  # both are tried where they live
    }


@pytest.mark.parametrize("role", Role)
def test_a_role_is_asked_no_source_beyond_its_rights(desk, role):
    asked = sources_of(desk(role))
    assert asked
    assert all(ROLES[role].may(source.right) for source in asked)


def test_the_figures_of_an_accountant_begin_with_money(desk):
    kinds = [source.kind.__name__ for source in sources_of(desk(Role.ACCOUNTANT))]
    assert kinds[:3] == ["Billing", "Deposits", "Receipts"]


class Fire(Service):
    """A subject of later."""

    @needs(Right.SEE_BEDS)
    def today(self, day):
        target = Target("round", 7)
        yield Figure(words(N_("Rounds")), 3, target=target)
        yield Task(day, "巡查", "三楼", "登记", target)


def test_a_new_subject_needs_nothing_but_its_entry(desk, monkeypatch, qtbot):
    opened = []
    monkeypatch.setattr(registry, "SOURCES", (Source(Fire, Fire.today, frozenset()),))
    opener = registry.Opener("Fire", lambda _desk, key: opened.append(key))
    monkeypatch.setitem(registry.OPENERS, "round", opener)
    page = make_page(desk(Role.SAFETY_OFFICER))
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: bool(page.tasks.lines))
    assert isinstance(page, TodayPage)
    assert page.cards[0].number == "3"
    page.tasks.lines[0].click()
    assert opened == [7]
