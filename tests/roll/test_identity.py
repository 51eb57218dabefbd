from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules import identity
from carehome.rules.identity import BadIdentity, check_digit
from tests.roll.people import TODAY

WOMAN = "370102194001020020"
WITH_X = "37010219360506031X"


def fault_of(typed):
    with pytest.raises(BadIdentity) as raised:
        identity.read(typed, TODAY)
    assert raised.value.message
    return raised.value.fault


@pytest.mark.parametrize(
    "typed",
    [
        "37010219360506031x",
        " 37010219360506031X ",
        "\u300037010219360506031X",
        "'37010219360506031X",
        "’37010219360506031X",
        "370102 19360506 031X",
        "370102-19360506-031X",
        "370102\n19360506031X",
        "\u200b37010219360506031X\ufeff",
        "３７０１０２１９３６０５０６０３１Ｘ",
        "37010219360506031×",
        "37010219360506031Χ",
    ],
)
def test_number_is_read_through_what_surrounds_it(typed):
    assert identity.read(typed, TODAY).number == WITH_X


@pytest.mark.parametrize(("number", "sex"), [(WOMAN, "female"), (WITH_X, "male")])
def test_number_tells_sex(number, sex):
    assert identity.read(number, TODAY).sex == sex


def test_number_tells_birth():
    assert identity.read(WITH_X, TODAY).born == date(1936, 5, 6)


@pytest.mark.parametrize(
    "typed", ["370102360506031", 370102360506031, 370102360506031.0]
)
def test_old_number_of_15_digits_is_completed(typed):
    found = identity.read(typed, TODAY)
    assert (found.number, found.was_old) == (WITH_X, True)


def test_new_number_was_not_completed():
    assert not identity.read(WITH_X, TODAY).was_old


@pytest.mark.parametrize("area", ["999999", "810000", "820000", "830000", "110103"])
def test_area_nobody_lists_is_no_fault(area):
    first = area + "19400102002"
    assert identity.read(first + check_digit(first), TODAY).born == date(1940, 1, 2)


@pytest.mark.parametrize(
    "typed",
    [
        6.10103194412283e17,
        610103194412283000,
        Decimal("610103194412283000"),
        1234567890123456,
        "6.10103E+17",
        "6.10103194412283e17",
        "610103194412283000",
        "610103194412283000.0",
    ],
)
def test_number_that_excel_rounded_is_said_so(typed):
    assert fault_of(typed) == "id_lost_digits"


@pytest.mark.parametrize(
    ("number", "may_be"), [("370102194001026000", True), (WOMAN, False)]
)
def test_sound_number_ending_in_zeros_is_kept_but_noticed(number, may_be):
    assert identity.read(number, TODAY).may_be_rounded is may_be


@pytest.mark.parametrize(
    "typed",
    [WOMAN[:-1], WOMAN + "1", "3701021936050603", "1", 37010219360506, WOMAN[:14]],
)
def test_number_of_other_length_is_said_so(typed):
    assert fault_of(typed) == "id_length"


@pytest.mark.parametrize(
    "typed",
    [
        "E12345678",
        "610103********0015",
        "6101O3193605060310",
        "3701021936X5060310",
        "户口簿",
        True,
        3701.5,
        float("inf"),
    ],
)
def test_other_signs_are_said_so(typed):
    assert fault_of(typed) == "id_unreadable"


@pytest.mark.parametrize("typed", [None, "", "  ", "'"])
def test_missing_number_is_said_so(typed):
    assert fault_of(typed) == "id_missing"


@pytest.mark.parametrize(
    "born", ["19400231", "19401301", "20261122", "19001231", "00000101"]
)
def test_birth_that_cannot_be_is_said_so(born):
    first = f"370102{born}002"
    assert fault_of(first + check_digit(first)) == "id_date"


def test_old_number_with_an_impossible_birth_is_said_so():
    assert fault_of("370102400231002") == "id_date"


@given(
    st.dates(date(1910, 1, 1), date(2026, 11, 21)),
    st.integers(1, 999),
    st.integers(0, 17),
    st.integers(1, 9),
)
def test_one_wrong_digit_is_always_found(born, order, place, shift):
    first = f"370102{born:%Y%m%d}{order:03d}"
    number = first + check_digit(first)
    assert identity.read(number, TODAY).born == born
    digit = (10 if number[place] == "X" else int(number[place])) + shift
    wrong = number[:place] + str(digit % 10) + number[place + 1 :]
    if wrong != number:
        assert fault_of(wrong) in ("id_check_digit", "id_lost_digits")
