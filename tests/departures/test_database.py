"""What the database itself refuses of departures, whoever writes."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from carehome.db.billing import BillLineRow, BillRow, BillRunRow
from carehome.db.departures import DepartureRow, PayoutRow, PayoutShareRow
from tests.conftest import ROLES, TODAY
from tests.departures.conftest import FEE_OWED
from tests.purse import NOVEMBER

DIRECTOR = next(iter(ROLES.values()))


def refused(leaving, statement):
    with pytest.raises(IntegrityError), leaving.db.writing(DIRECTOR, "x") as session:
        session.connection().execute(text(statement))


@pytest.fixture
def settled(leaving):
    leaving.payments.take(1, FEE_OWED + 10_00, "cash", TODAY)
    number = leaving.taken_off()
    leaving.settle(number)
    return number


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE settlement SET claim_fen = 1",
        "UPDATE settlement SET receiver = '别人'",
        "DELETE FROM settlement",
        "UPDATE payout SET fen = 1",
        "DELETE FROM payout",
        "DELETE FROM payout_share",
        "UPDATE payout_share SET fen = fen - 1",
        "UPDATE payment SET is_void = 1",
        "UPDATE bill_run SET departure_id = NULL",
        "DELETE FROM bill_run",
        "UPDATE stay SET discharged_on = NULL WHERE resident_id = 1",
        "DELETE FROM departure",
    ],
)
def test_what_is_settled_stays(leaving, settled, statement):
    refused(leaving, statement)


def test_nothing_is_finished_before_it_is_settled(leaving):
    leaving.taken_off()
    refused(leaving, "UPDATE departure SET step = 'done', finished_on = '2026-11-21'")


def test_whoever_has_left_is_not_kept_by_cancelling(leaving):
    leaving.billed()
    refused(
        leaving,
        "UPDATE departure SET cancelled_on = '2026-11-21', cancel_reason = 'x'",
    )


def test_a_settlement_that_is_not_in_the_books_is_refused(leaving):
    number = leaving.taken_off()
    refused(
        leaving,
        "INSERT INTO settlement (departure_id, resident_id, made_on, made_at, made_by, "
        "approved_by, receiver, billed_fen, paid_fen, deposit_fen, set_off_fen, "
        "damage_fen, emergency_fen, refunded_fen, paid_out_fen, claim_fen, "
        "claim_reason, text, printed) VALUES "
        f"({number}, 1, '2026-11-21', '2026-11-21', 'x', '', 'y', 0, 0, 0, 0, 0, 0, "
        "0, 0, 0, '', '{}', 0)",
    )


def test_two_open_departures_of_one_person_are_refused(leaving):
    leaving.ordered()
    what = {"kind": "home", "ordered_on": TODAY, "ordered_by": "x", "step": "leave"}
    twin = DepartureRow(resident_id=1, stay_id=1, **what)
    with pytest.raises(IntegrityError), leaving.db.writing(DIRECTOR, "x") as session:
        session.add(twin)


def _last(session):
    query = text("SELECT max(number) FROM bill")
    return session.connection().execute(query).scalar_one()


def charge(session, run_id, departure_id):
    """Write a bill that charges November to the first resident."""
    number = 1 + _last(session)
    known = {"resident_name": "x", "bed": "", "grade": "", "facts": "{}"}
    bill = BillRow(
        run_id=run_id,
        year=2026,
        number=number,
        resident_id=1,
        month=NOVEMBER,
        total_fen=5,
        **known,
    )
    session.add(bill)
    session.flush()
    line = {"item_code": "a", "item_name": "a", "for_month": NOVEMBER, "detail": "{}"}
    session.add(
        BillLineRow(bill_id=bill.id, position=0, kind="fee", amount_fen=5, **line)
    )
    session.flush()
    session.add(
        BillRunRow(
            id=run_id,
            month=NOVEMBER,
            departure_id=departure_id,
            posted_at=datetime(2026, 11, 21, tzinfo=UTC),
            posted_by="x",
            bills=1,
            total_fen=5,
            change_id=1,
        )
    )
    session.flush()


@pytest.mark.parametrize("departure_id", [None, 1])
def test_a_month_is_charged_to_nobody_twice(leaving, departure_id):
    leaving.billed()
    with (
        pytest.raises(IntegrityError, match="billed already"),
        leaving.db.writing(DIRECTOR, "x") as session,
    ):
        charge(session, 99, departure_id)


def test_who_lives_here_gets_no_final_bill(leaving):
    leaving.ordered()
    with (
        pytest.raises(IntegrityError, match="still lives here"),
        leaving.db.writing(DIRECTOR, "x") as session,
    ):
        charge(session, 99, 1)


def pay_out(session, fen, payment_id=1, by=(1, 2)):
    session.add(PayoutShareRow(payout_id=7, payment_id=payment_id, fen=fen))
    session.flush()
    how = {"method": "cash", "payee": "x", "taken_by": by[0], "approved_by": by[1]}
    session.add(PayoutRow(id=7, resident_id=1, day=TODAY, fen=fen, **how))
    session.flush()


@pytest.mark.parametrize(("fen", "by"), [(10_01, (1, 2)), (5_00, (1, 1)), (0, (1, 2))])
def test_no_more_is_paid_out_than_there_is_and_never_by_one(leaving, fen, by):
    leaving.payments.take(1, FEE_OWED + 10_00, "cash", TODAY)
    leaving.billed()
    with pytest.raises(IntegrityError), leaving.db.writing(DIRECTOR, "x") as session:
        pay_out(session, fen, by=by)
