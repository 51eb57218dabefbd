"""Figures where facts lie on an edge: the end of a month, of a stay, of a contract."""

import shutil
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from sqlalchemy import select

from carehome.db.assessments import AssessmentRow
from carehome.db.billing import PaymentRow
from carehome.db.database import Database
from carehome.db.departures import DepartureRow, PayoutRow, PayoutShareRow
from carehome.db.enquiries import EnquiryRow
from carehome.db.hazards import HazardRow
from carehome.db.residents import AbsenceRow, StayRow
from carehome.db.rosters import RosterCellRow, RosterRow
from carehome.db.shifts import ShiftKindRow
from carehome.db.staff import StaffMemberRow
from carehome.rules.periods import Period
from carehome.services.figures import figures_in
from carehome.services.home import FILE
from tests.conftest import KEY, TODAY
from tests.figures import small_home
from tests.figures.small_home import (
    ACCOUNT,
    CHEN,
    LI,
    OTHER,
    SUN,
    WANG,
    ZHOU_MIN,
    october,
)
from tests.house import DIRECTOR
from tests.purse import OCTOBER, Purse

IN_OCTOBER = Period(OCTOBER, date(2026, 11, 1))
IN_NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
IN_SEPTEMBER = Period(date(2026, 9, 1), OCTOBER)


@pytest.fixture(scope="module")
def counted_home(_template, tmp_path_factory):
    """The small home with its bills of October, as a file to copy."""
    path = tmp_path_factory.mktemp("edges") / FILE
    shutil.copy(_template, path)
    db = Database(path, KEY)
    purse = Purse(db, lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    purse.set_prices()
    small_home.build(db)
    purse.post(OCTOBER)
    db.close()
    return path


@pytest.fixture
def home(counted_home, tmp_path):
    path = tmp_path / "edge" / FILE
    path.parent.mkdir()
    shutil.copy(counted_home, path)
    db = Database(path, KEY)
    yield db
    db.close()


def add(home, *rows):
    with home.writing(DIRECTOR, "test") as session:
        for row in rows:
            session.add(row)
            session.flush()


def value(home, key, period=IN_OCTOBER, today=TODAY):
    with home.reading() as session:
        return figures_in(session, [key], period, today)[key].value


def test_a_leave_over_the_end_of_a_month_counts_in_both(home):
    back = date(2026, 11, 4)
    add(
        home,
        AbsenceRow(resident_id=LI, kind="leave", left_on=october(30), returned_on=back),
    )
    assert value(home, "residents.leave_days") == 3 + 2  # 王秀英, and the 30th and 31st
    assert value(home, "residents.leave_days", IN_NOVEMBER) == 3
    assert value(home, "residents.on_leave") == 1
    assert value(home, "residents.on_leave", IN_NOVEMBER) == 0


def test_a_leave_of_one_day_is_no_day_away(home):
    day = october(20)
    add(home, AbsenceRow(resident_id=LI, kind="leave", left_on=day, returned_on=day))
    assert value(home, "residents.leave_days") == 3


def test_who_dies_on_the_last_day_of_a_month_died_in_it(home):
    with home.writing(DIRECTOR, "test") as session:
        stay = session.get_one(StayRow, 2)  # 李桂兰, since the 16th
        stay.discharged_on = october(31)
        row = DepartureRow(resident_id=LI, stay_id=2, kind="death", step="papers")
        row.ordered_on, row.ordered_by = october(31), "test"
        session.add(row)
    assert value(home, "residents.deaths") == 2
    assert value(home, "residents.deaths", IN_NOVEMBER) == 0
    assert value(home, "residents.total") == 2
    assert value(home, "residents.person_days") == 31 + 15 + 20 + 31


def test_who_leaves_on_the_first_of_a_month_leaves_in_that_month(home):
    with home.writing(DIRECTOR, "test") as session:
        session.get_one(StayRow, 2).discharged_on = date(2026, 11, 1)
    assert value(home, "residents.departures") == 1
    assert value(home, "residents.departures", IN_NOVEMBER) == 1
    assert value(home, "residents.total") == 3
    assert value(home, "residents.person_days", IN_NOVEMBER) == 2 * 21


@pytest.mark.parametrize(("first", "then"), [(3, 2), (2, 3)])
def test_of_two_assessments_on_a_day_the_later_one_holds(home, first, then):
    noon = datetime(2026, 10, 20, 12)  # noqa: DTZ001
    with home.writing(DIRECTOR, "test") as session:
        for number, level in ((4, first), (5, then)):
            row = AssessmentRow(
                resident_id=WANG,
                form="gbt42195-2022",
                edition="2022",
                state="draft",
                begun_at=noon,
                begun_by="test",
                base_on=october(20),
                reason="immediate",
            )
            session.add(row)
            session.flush()
            row.year, row.number = 2026, number
            row.level = row.ability_level = level
            row.assessor_1, row.assessor_2, row.is_medical_1 = "周敏", "郑洁", True
            row.finished_at, row.state = noon, "finished"
            session.flush()
    assert value(home, "residents.severe") == (1 if then == 3 else 0)
    assert value(home, "care.assessments") == 3  # both, and that of 张建国
    assert value(home, "residents.level_3", IN_SEPTEMBER) == 1  # not yet then


def test_a_shift_of_who_has_left_is_nobodys(home):
    assert value(home, "roster.carers_mean") == Fraction(3, 31)
    with home.writing(DIRECTOR, "test") as session:
        session.get_one(StaffMemberRow, SUN).left_on = october(3)  # on duty that day
    assert value(home, "roster.carers_mean") == Fraction(2, 31)
    assert value(home, "staff.left") == 1
    assert value(home, "staff.total") == 4


def test_a_night_over_the_end_of_a_month_belongs_to_the_day_it_begins_on(home):
    with home.writing(DIRECTOR, "test") as session:
        night = session.scalar(select(ShiftKindRow.id).where(ShiftKindRow.code == "XN"))
        month = session.scalar(select(RosterRow).where(RosterRow.month == OCTOBER))
        moment, month.state, month.published_at = month.published_at, "draft", None
        session.flush()
        cell = RosterCellRow(roster_id=month.id, staff_id=ZHOU_MIN, day=october(31))
        cell.shift_id = night
        session.add(cell)
        session.flush()
        month.state, month.published_at = "published", moment
    assert value(home, "roster.night_mean") == Fraction(3, 31)
    assert value(home, "roster.night_mean", IN_NOVEMBER) is None


def test_a_hazard_sent_back_is_open_and_overdue_again(home):
    found = october(1, 4)
    with home.writing(DIRECTOR, "test") as session:
        row = HazardRow(year=2026, serial=4, severity="general", origin="hand")
        row.item, row.place, row.found_by = "应急灯不亮", "三楼", "test"
        row.found_at, row.due_at, row.first_due_at = found, october(8, 4), october(8, 4)
        session.add(row)
        session.flush()
        row.state, row.rectified_by, row.rectified_account = (
            "rectified",
            "周敏",
            ACCOUNT,
        )
        row.rectified_at = october(7, 4)
    assert value(home, "safety.hazards_overdue") == 1  # the major one only
    with home.writing(DIRECTOR, "test") as session:
        row = session.scalar(select(HazardRow).where(HazardRow.serial == 4))
        row.state, row.rectified_by = "open", ""
        row.rectified_account = row.rectified_at = None
    assert value(home, "safety.hazards_open") == 2
    assert value(home, "safety.hazards_overdue") == 2


def test_what_is_paid_back_out_is_prepaid_no_more(home):
    assert value(home, "fees.prepaid", IN_NOVEMBER) == 400_00
    with home.writing(DIRECTOR, "test") as session:
        payment = session.scalar(
            select(PaymentRow).where(PaymentRow.resident_id == WANG)
        )
        share = PayoutShareRow(payout_id=1, payment_id=payment.id, fen=150_00)
        session.add(share)
        session.flush()
        out = PayoutRow(id=1, resident_id=WANG, day=date(2026, 11, 21), fen=150_00)
        out.method, out.payee = "cash", "女儿"
        out.taken_by, out.approved_by = ACCOUNT, OTHER
        session.add(out)
    assert value(home, "fees.prepaid", IN_NOVEMBER) == 250_00
    assert value(home, "fees.prepaid") == 3000_00  # October knows nothing of it
    assert value(home, "fees.paid") == 3000_00


def test_an_earlier_stay_does_not_answer_who_asks_again(home):
    row = EnquiryRow(asked_on=october(27), caller="侄子", taken_by="test")
    row.resident_id = CHEN  # lives here since May
    add(home, row)
    assert value(home, "enquiries.admitted_share") == Fraction(1, 3)
