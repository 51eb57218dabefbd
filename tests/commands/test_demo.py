"""The demonstration home is a real home, and `carehome bill` does its month end.

One file, since making the home takes long: it is made once for all of these.
"""

import json
from datetime import date

import pypdf
import pytest
from sqlalchemy import func, select, text
from typer.testing import CliRunner

from carehome.commands import demo, told
from carehome.commands.line import cli
from carehome.db.beds import BedRow
from carehome.db.billing import ReceiptRow
from carehome.rules.billing.adjustments import Standing
from carehome.rules.periods import Period
from carehome.services.accounts import Accounts
from carehome.services.admissions import Admissions
from carehome.services.billing import Billing
from carehome.services.day_sheets import DaySheets
from carehome.services.deposits import Deposits
from carehome.services.lapses import Lapses
from carehome.services.residents import Residents
from carehome.services.safety.drills import Drills
from carehome.services.safety.equipment import Equipment
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.rounds import Rounds
from carehome.services.safety.trainings import FireTrainings
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
    assert len(of(Staff).members(DAY)) == 62
    assert len(of(Accounts).accounts()) == 5


def test_its_history_spans_six_months_and_leaves_the_last_whole_one_open(of):
    months = [run.month for run in of(Billing).runs()]
    assert months == [date(2026, month, 1) for month in (9, 8, 7, 6)]
    assert of(Billing).next_month() == date(2026, 10, 1)


def test_each_of_its_bills_can_be_computed_again_to_the_fen(of):
    for run in of(Billing).runs():
        checked = of(DaySheets).check(run.month)
        assert (checked.bills, checked.differing) == (run.bills, ())


def test_the_month_left_open_can_be_posted_as_it_is(of):
    trial = of(Billing).trial(date(2026, 10, 1))
    assert trial.problems == ()
    assert len(trial.bills) >= 105


def test_two_leaves_came_to_be_known_late_one_of_them_long_past(of):
    late = [each.correction for each in of(Billing).trial(date(2026, 10, 1)).late]
    found = {(x.month.month, x.standing) for x in late if _of_a_leave(x)}
    assert found >= {(6, Standing.WAITING), (9, Standing.DUE)}


def _of_a_leave(correction):
    return any(line.source["corrects"] == "refund" for line in correction.lines)


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


def test_a_certificate_that_lapses_costs_shifts_told_in_one_line(of):
    lost = of(Lapses).ahead()
    assert lost
    [line] = of(Lapses).today(DAY)
    assert line.count == len(lost)


def test_everybody_who_is_here_is_charged_bed_care_and_meals(of):
    trial = of(Billing).trial(date(2026, 10, 1))
    whole = [bill for bill in trial.bills if len(bill.lines) >= 3]
    kinds = [{line.category for line in bill.lines} for bill in whole]
    assert all({"bed", "care", "meal"} <= kind for kind in kinds)


def test_a_year_of_fire_safety_has_been_with_its_gaps(of):
    """A home finds sixty to ninety hazards a year, and misses rounds now and then."""
    year = Period(date(2025, 12, 1), DAY)
    listed = of(Rounds).listed(year)
    assert 5_500 < len(listed.rounds) < 6_500
    assert listed.missed
    assert 60 <= len(of(Hazards).listed()) <= 90


def test_who_was_trained_about_fire_was_tested(of):
    trainings = of(FireTrainings).year(2026).trainings
    assert all(each.tested for each in trainings if each.training.day < DAY)
    assert any(each.failed for each in trainings)


def test_the_drills_have_their_score_sheets(of):
    held = [each for each in of(Drills).year(2026).drills if each.held_on]
    assert all(each.score for each in held)


def test_a_floor_plan_bears_its_equipment(of):
    ledger = of(Equipment).ledger()
    assert any(line.point for line in ledger.lines)


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


@pytest.fixture
def carehome():
    return lambda *words: CliRunner().invoke(cli, [str(word) for word in words])


def test_a_day_that_is_none_is_told(carehome, tmp_path):
    done = carehome("demo", "--home", tmp_path / "home", "--day", "2026-02-30")
    assert done.exit_code == 1
    assert "2026-02-30" in done.stderr


# ---- carehome bill


def test_a_trial_says_why_each_line_is_what_it_is(carehome, demo_home):
    done = carehome("bill", "--home", demo_home, "--month", "2026-10", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["posted"] is False
    assert told["total_fen"] == sum(bill["total_fen"] for bill in told["bills"])
    for bill in told["bills"]:
        amounts = [line["amount_fen"] for line in bill["lines"]]
        assert bill["total_fen"] == sum(amounts)
        assert all(line["why"] for line in bill["lines"])


def test_a_trial_posts_nothing(carehome, demo_home):
    words = ("bill", "--home", demo_home, "--month", "2026-10", "--json")
    assert carehome(*words).stdout == carehome(*words).stdout


def test_posting_gives_the_bills_of_the_trial_their_numbers(carehome, demo_copy):
    words = ("bill", "--home", demo_copy, "--month", "2026-10", "--json")
    trial = json.loads(carehome(*words).stdout)
    posted = json.loads(carehome(*words, "--post").stdout)
    assert posted["posted"] is True
    assert posted["total_fen"] == sum(bill["total_fen"] for bill in posted["bills"])
    tried = {bill["resident_id"]: bill["total_fen"] for bill in trial["bills"]}
    fresh = [bill for bill in posted["bills"] if bill["resident_id"] in tried]
    assert {bill["resident_id"]: bill["total_fen"] for bill in fresh} == tried
    numbers = [bill["number"] for bill in fresh]
    first = int(numbers[0][5:])
    assert numbers == [f"2026-{first + n:06d}" for n in range(len(numbers))]
    assert json.loads(carehome(*words).stdout) == posted


def test_a_month_is_posted_once(carehome, demo_home):
    done = carehome("bill", "--home", demo_home, "--month", "2026-09", "--post")
    assert done.exit_code == 1
    assert "已经入账" in done.stderr


def test_months_go_in_order(carehome, demo_home):
    done = carehome("bill", "--home", demo_home, "--month", "2026-11", "--post")
    assert done.exit_code == 1
    assert "2026年10月" in done.stderr


def test_the_bills_go_to_paper(carehome, demo_home, tmp_path):
    path = tmp_path / "bills.pdf"
    done = carehome(
        "bill", "--home", demo_home, "--month", "2026-09", "--pdf", path, "--json"
    )
    bills = json.loads(done.stdout)["bills"]
    reader = pypdf.PdfReader(path)
    assert len(reader.pages) >= len(bills)
    assert bills[0]["number"] in reader.pages[0].extract_text()


@pytest.mark.parametrize("month", ["2026", "2026-13", "october", "2026-00"])
def test_a_month_that_is_none_is_told(carehome, demo_home, month):
    done = carehome("bill", "--home", demo_home, "--month", month)
    assert done.exit_code == 1
    assert month in done.stderr


def test_a_folder_without_a_home_is_told(carehome, tmp_path):
    done = carehome("bill", "--home", tmp_path, "--month", "2026-10")
    assert done.exit_code == 1
    assert str(tmp_path) in done.stderr


def test_a_wrong_password_is_told(carehome, demo_home, monkeypatch):
    monkeypatch.setenv("CAREHOME_PASSWORD", "not-the-password")
    words = ("bill", "--home", demo_home, "--month", "2026-10", "--user", "caiwu")
    done = carehome(*words)
    assert done.exit_code == 1
    assert "密码" in done.stderr


def test_a_person_without_the_right_is_refused(carehome, demo_home, monkeypatch):
    monkeypatch.setenv("CAREHOME_PASSWORD", "yanshi-2026")
    words = ("bill", "--home", demo_home, "--month", "2026-10", "--user", "anquan")
    done = carehome(*words)
    assert done.exit_code == 1
    assert "岗位" in done.stderr
