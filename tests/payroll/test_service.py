from datetime import date

import openpyxl
import pytest

from carehome.rules.payroll import Basis, Pay
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.staff import Leave, LeaveTaken
from carehome.services.payroll import Payroll
from carehome.services.rosters import Mark, Rosters
from carehome.services.staff import Pay as Pays
from carehome.services.staff import Staff
from carehome.services.staff.pay import PayLine
from tests.requests.house import staff

OCTOBER = date(2026, 10, 1)
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def people(db):
    return staff(db)[0]


@pytest.fixture
def rosters(as_role):
    return as_role(Rosters, Role.HEAD_NURSE)


@pytest.fixture
def payroll(as_role, people):
    return as_role(Payroll)


def work(rosters, first, who, **days):
    """Let somebody work: E=[1, 2], N=[30], by the days of the month."""
    cells = {
        (str(who), day - 1): Mark(code) for code, each in days.items() for day in each
    }
    rosters.set_cells(first, cells)


def of(month, who):
    return next(line for line in month.lines if line.staff_id == who)


def test_a_night_into_the_national_holiday_is_paid_in_two_months(
    payroll, rosters, people
):
    work(rosters, SEPTEMBER, people[0], N=[30])
    assert of(payroll.month(OCTOBER), people[0]).hours.of(Pay.STATUTORY) == 420
    assert of(payroll.month(SEPTEMBER), people[0]).hours.of(Pay.NORMAL) == 60


def test_the_home_s_calendar_says_what_a_weekend_is(payroll, rosters, people):
    work(rosters, OCTOBER, people[0], E=[10])  # a Saturday that the state works
    assert of(payroll.month(OCTOBER), people[0]).hours.of(Pay.NORMAL) == 480


def test_time_off_for_overtime_makes_up_for_a_rest_day(
    payroll, rosters, people, as_role
):
    days = [day for day in range(8, 32) if day not in (11, 18, 24, 25, 31)]
    work(rosters, OCTOBER, people[0], E=days)  # 17, a Saturday, too; all working days
    assert of(payroll.month(OCTOBER), people[0]).hours.of(Pay.REST) == 480
    leave = LeaveTaken(Leave.COMPENSATION, date(2026, 10, 8), date(2026, 10, 8), 1)
    rosters.set_cells(OCTOBER, {(str(people[0]), 7): Mark()})
    as_role(Staff).add_leave(people[0], leave)
    found = of(payroll.month(OCTOBER), people[0]).hours
    assert found.of(Pay.REST) == 0
    made_up = [each for each in found.entries if each.basis is Basis.MADE_UP]
    assert [each.made_up_on for each in made_up] == [date(2026, 10, 8)]


def test_sick_leave_makes_up_for_nothing(payroll, rosters, people, as_role):
    days = [day for day in range(9, 32) if day not in (11, 18, 24, 25, 31)]
    work(rosters, OCTOBER, people[0], E=days)
    sick = LeaveTaken(Leave.SICK, date(2026, 10, 8), date(2026, 10, 8), 1)
    as_role(Staff).add_leave(people[0], sick)
    assert of(payroll.month(OCTOBER), people[0]).hours.of(Pay.REST) == 480


def test_money_is_told_where_the_pay_is_known(payroll, rosters, people, as_role):
    work(rosters, OCTOBER, people[0], E=[1])
    as_role(Pays).save(people[0], PayLine(date(2026, 1, 1), "month", 217_500))
    month = payroll.month_with_pay(OCTOBER)
    assert of(month, people[0]).premiums[Pay.STATUTORY] == 30_000
    assert of(month, people[1]).premiums is None


def test_hours_come_without_money_for_who_may_not_see_pay(as_role, people):
    nurse = as_role(Payroll, Role.HEAD_NURSE)
    assert {line.premiums for line in nurse.month(OCTOBER).lines} == {None}
    with pytest.raises(NotAllowed):
        nurse.month_with_pay(OCTOBER)


def test_the_accountant_gets_the_hours_with_pay(as_role, people):
    month = as_role(Payroll, Role.ACCOUNTANT).month_with_pay(OCTOBER)
    assert {line.name for line in month.lines} == {"何梅", "赵敏", "孙芳"}


def test_a_month_that_is_only_a_draft_is_told(payroll, rosters, people):
    assert payroll.month(OCTOBER).missing == (OCTOBER,)
    work(rosters, OCTOBER, people[0], E=[8])
    month = payroll.month(OCTOBER)
    assert (month.drafts, month.missing) == ((OCTOBER,), ())


def test_comprehensive_hours_count_the_whole_quarter(db, as_role, rosters):
    people = staff(db, "quarter")[0]
    july, august = date(2026, 7, 1), date(2026, 8, 1)
    work(rosters, july, people[0], E=range(1, 32))
    work(rosters, august, people[0], E=range(1, 32))
    line = of(as_role(Payroll).month(august), people[0])
    assert (line.hours.worked, line.hours.standard) == (62 * 480, 496 * 60)
    assert line.hours.of(Pay.OVERTIME) == 0
    work(rosters, SEPTEMBER, people[0], E=[1])
    line = of(as_role(Payroll).month(SEPTEMBER), people[0])
    assert line.hours.of(Pay.OVERTIME) == 480


@pytest.fixture
def saved(payroll, tmp_path):
    def save(write=payroll.write, values=True):
        path = tmp_path / "hours.xlsx"
        write(OCTOBER, path)
        return openpyxl.load_workbook(path, data_only=values)

    return save


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_sums_of_the_workbook_are_those_of_its_basis(saved, rosters, people):
    work(rosters, OCTOBER, people[0], E=[1, 8, 9], N=[10])
    sums, basis = saved().worksheets
    mine = next(row for row in rows(sums) if row[1] == "何梅")
    told = [row for row in rows(basis) if row[1] == "何梅"]
    for percent, total in zip((100, 150, 200, 300), mine[6:10], strict=True):
        assert total == sum(row[5] for row in told if row[4] == percent)
    assert mine[10] == 4 * 480


def test_the_sums_are_formulas_over_the_basis(saved, rosters, people):
    work(rosters, OCTOBER, people[0], E=[1])
    sums = saved(values=False).worksheets[0]
    mine = next(row for row in sums.iter_rows() if row[1].value == "何梅")
    line = mine[0].row
    for cell, percent in zip(mine[6:10], (100, 150, 200, 300), strict=True):
        assert cell.value == (
            f"=SUMIFS('依据'!$F:$F,'依据'!$A:$A,$A{line},'依据'!$E:$E,{percent})"
        )


def test_only_the_workbook_with_pay_tells_money(saved, payroll, people):
    titles = [cell for row in rows(saved().worksheets[0]) for cell in row if cell]
    assert not any("元" in str(title) for title in titles)
    paid = saved(payroll.write_with_pay).worksheets[0]
    assert any("元" in str(cell) for row in rows(paid) for cell in row)
