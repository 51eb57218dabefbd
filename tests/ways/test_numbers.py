"""Bills and receipts are found by what people type of their numbers."""

from datetime import date

import pytest

from carehome.rules import numbers
from carehome.rules.numbers import Wanted
from tests.conftest import TODAY

OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("2026-000123", Wanted(2026, 123, 123)),
        ("2026-123", Wanted(2026, 123, 123)),
        ("000123", Wanted(None, 123, 123)),
        (" 123 ", Wanted(None, 123, 123)),
        ("2026-0001", Wanted(2026, 100, 199)),
        ("2026-00012", Wanted(2026, 120, 129)),
        ("2026-", None),
        ("12a", None),
        ("1234567", None),
        ("", None),
    ],
)
def test_what_a_typed_number_means(typed, wanted):
    assert numbers.read(typed) == wanted


def test_numbers_are_written_as_people_say_them():
    assert numbers.write(2026, 123) == "2026-000123"


@pytest.fixture
def purse(ways):
    ways.purse.post(OCTOBER)
    return ways.purse


def test_a_bill_is_found_by_its_number(purse, ways):
    (first,) = purse.billing.find("2026-000001")
    assert (first.label, first.month, first.resident) == (
        "2026-000001",
        OCTOBER,
        "王秀英",
    )
    assert [bill.label for bill in purse.billing.find("2")] == ["2026-000002"]
    assert purse.billing.find("2025-000001") == []
    assert [bill.label for bill in purse.billing.find("2026-0000")] == [
        "2026-000002",
        "2026-000001",
    ]


def test_somebodys_newest_bills_and_receipts_are_found(purse, ways):
    purse.deposits.take(ways.li, 500_00, "cash", TODAY)
    purse.payments.take(ways.wang, 100_00, "cash", TODAY)
    assert [bill.resident for bill in purse.billing.newest_of([ways.wang])] == [
        "王秀英"
    ]
    both = purse.receipts.newest_of([ways.wang, ways.li])
    assert [(each.resident, each.label) for each in both] == [
        ("王秀英", "2026-000002"),
        ("李大成", "2026-000001"),
    ]
    assert purse.receipts.newest_of([]) == []


def test_a_receipt_is_found_by_its_number(purse, ways):
    purse.payments.take(ways.wang, 100_00, "cash", TODAY)
    (found,) = purse.receipts.find("2026-1")
    assert found.resident == "王秀英"
    assert purse.receipts.find("99") == []
