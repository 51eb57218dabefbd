"""One line for each member of staff, with the parts of the days claimed for."""

from datetime import date

import pytest

from carehome.rules.periods import Period
from carehome.rules.subsidies.schemes import Counts
from carehome.services.staff.allowances import AllowanceLine
from carehome.services.subsidies.workings import StaffClaims


def part(staff_id, number, due, fen):
    return AllowanceLine(
        staff_id, f"员工{staff_id}", "护理员", "entry", due, fen, (), None, number, due
    )


CLAIMS = StaffClaims(
    (),
    (
        part(61, 1, date(2025, 2, 10), 9000_00),
        part(61, 2, date(2026, 2, 10), 9000_00),
        part(61, 3, date(2027, 2, 10), 0),
        part(62, 1, date(2026, 1, 5), 6000_00),
        part(62, 2, date(2026, 12, 31), 8000_00),
    ),
)


def year(number):
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


@pytest.mark.parametrize(
    ("asked", "fen"),
    [
        (2024, {}),
        (2025, {61: 9000_00}),
        (2026, {61: 9000_00, 62: 14000_00}),
        (2027, {61: 0}),
    ],
)
def test_a_part_of_a_bonus_is_claimed_in_its_own_year(asked, fen):
    people = CLAIMS.people(Counts.ENTRY, year(asked))
    assert {each.key: each.fen for each in people} == fen


def test_count_and_rate_come_to_the_sum():
    for asked in range(2024, 2028):
        for each in CLAIMS.people(Counts.ENTRY, year(asked)):
            assert each.count * each.rate_fen == each.fen


def test_all_years_together_claim_each_part_once():
    claimed = sum(
        each.fen
        for asked in range(2024, 2028)
        for each in CLAIMS.people(Counts.ENTRY, year(asked))
    )
    assert claimed == CLAIMS.sums["entry"]
