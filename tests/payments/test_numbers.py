"""The receipts of a year have each number once, and the list says so."""

import pytest

from carehome.rules.numbers import check
from tests.conftest import TODAY
from tests.purse import FEE


@pytest.mark.parametrize(
    ("used", "missing", "twice"),
    [
        ([], (), ()),
        ([1, 2, 3], (), ()),
        ([3, 1], (2,), ()),
        ([1, 2, 2], (), (2,)),
        ([2], (1,), ()),
    ],
)
def test_a_number_that_is_missing_or_twice_is_told(used, missing, twice):
    found = check(2026, used)
    assert (found.missing, found.twice) == (missing, twice)
    assert found.is_whole is not bool(missing or twice)


def test_void_receipts_keep_their_numbers(purse):
    void = purse.payments.take(1, FEE, "cash", TODAY)
    purse.payments.take(2, FEE, "cash", TODAY)
    purse.receipts.void(void, "打错")
    found = purse.receipts.check_numbers(2026)
    assert (found.last, found.is_whole) == (2, True)
