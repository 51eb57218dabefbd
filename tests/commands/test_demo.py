"""The demonstration home is a real home: all its figures hold."""

from datetime import date

import pytest
from sqlalchemy import func, select, text
from typer.testing import CliRunner

from carehome.__main__ import cli
from carehome.commands import demo, told
from carehome.db.beds import BedRow
from carehome.db.billing import ReceiptRow
from carehome.services.accounts import Accounts
from carehome.services.admissions import Admissions
from carehome.services.billing import Billing
from carehome.services.deposits import Deposits
from carehome.services.residents import Residents
from carehome.services.staff import Staff
from tests.commands.conftest import DAY


@pytest.fixture
def opened(demo_home):
    home = told.sign_in(demo_home, None)
    yield home
    home.db.close()


@pytest.fixture
def of(opened):
    return lambda kind: kind(opened.db, opened.user, told.now)


def test_it_has_the_size_that_is_told(opened, of):
    with opened.db.reading() as session:
        assert session.scalar(select(func.count(BedRow.id))) == 128
    here = [line for line in of(Residents).find("") if line.bed]
    assert 105 <= len(here) <= 119
    assert len(of(Staff).members(DAY)) == 46
    assert len(of(Accounts).accounts()) == 5


def test_its_history_spans_six_months_and_leaves_the_last_whole_one_open(of):
    months = [run.month for run in of(Billing).runs()]
    assert months == [date(2026, month, 1) for month in (9, 8, 7, 6)]
    assert of(Billing).next_month() == date(2026, 10, 1)


def test_each_of_its_bills_can_be_computed_again_to_the_fen(of):
    billing = of(Billing)
    for run in billing.runs():
        for bill in billing.bills(run.month):
            assert billing.recomputed(bill.bill_id) == bill.lines
            assert bill.total == sum(line.amount_fen for line in bill.lines)


def test_the_month_left_open_can_be_posted_as_it_is(of):
    trial = of(Billing).trial(date(2026, 10, 1))
    assert trial.problems == ()
    assert len(trial.bills) >= 105
    assert trial.to_confirm == 0


def test_its_receipts_have_no_gap(opened):
    with opened.db.reading() as session:
        query = select(ReceiptRow.number).order_by(ReceiptRow.number)
        numbers = session.scalars(query).all()
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 300


def test_something_is_left_to_do(of):
    assert len(of(Admissions).open()) == 3
    assert of(Deposits).over_held()
    status = [line.status.value for line in of(Residents).find("")]
    assert status.count("hospital") + status.count("leave") >= 3


def test_everybody_who_is_here_is_charged_bed_care_and_meals(of):
    trial = of(Billing).trial(date(2026, 10, 1))
    whole = [bill for bill in trial.bills if len(bill.lines) >= 3]
    kinds = [{line.category for line in bill.lines} for bill in whole]
    assert all({"bed", "care", "meal"} <= kind for kind in kinds)


def contents(folder):
    home = told.sign_in(folder, None)
    try:
        with home.db.reading() as session:
            names = session.scalars(
                text("SELECT name FROM sqlite_master WHERE type = 'table'")
            ).all()
            return {
                name: session.execute(text(f'SELECT * FROM "{name}"')).fetchall()
                for name in names
            }
    finally:
        home.db.close()


def test_the_same_seed_and_day_give_the_same_home(demo_home, tmp_path):
    demo.make(tmp_path / "again", 1, DAY)
    assert contents(tmp_path / "again") == contents(demo_home)


def test_a_day_that_is_none_is_told(tmp_path):
    words = ["demo", "--home", str(tmp_path / "home"), "--day", "2026-02-30"]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 1
    assert "2026-02-30" in done.stderr
