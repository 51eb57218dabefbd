"""Phone numbers as people type them, as they are kept and as they are read out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.phones import BadPhone, MobileLength, read_phone, show_phone

DIGITS = st.text("0123456789", min_size=8, max_size=8)
MOBILES = st.builds("1{}{}".format, st.sampled_from(["38", "59", "91"]), DIGITS)
LANDLINES = st.builds("{}-{}".format, st.sampled_from(["010", "029", "0531"]), DIGITS)
EXTENDED = st.builds("{}转{}".format, LANDLINES, st.integers(1, 9999))
NUMBERS = st.lists(MOBILES | LANDLINES | EXTENDED, min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("", "", ""),
        (" 13800000000 ", "13800000000", "138 0000 0000"),
        ("１３８００００００００", "13800000000", "138 0000 0000"),
        ("138 0000 0000", "13800000000", "138 0000 0000"),
        ("138-0000-0000", "13800000000", "138 0000 0000"),
        ("+86 13800000000", "13800000000", "138 0000 0000"),
        (
            "13800000000/0531-8507305",
            "13800000000/0531-8507305",
            "138 0000 0000 / 0531-8507305",
        ),
        (
            "13800000000、13900000000",
            "13800000000/13900000000",
            "138 0000 0000 / 139 0000 0000",
        ),
        ("0531-8507305转12", "0531-8507305转12", "0531-8507305 转 12"),
        ("010 88507305 分机 12", "010-88507305转12", "010-88507305 转 12"),
        ("02988507305", "029-88507305", "029-88507305"),
        ("（029）88507305", "029-88507305", "029-88507305"),
        ("4008001234", "400-800-1234", "400-800-1234"),
        ("81234", "81234", "81234"),
        ("+1 415 555 0100", "+1 415 555 0100", "+1 415 555 0100"),
    ],
)
def test_a_phone_number_is_kept_as_people_dial_it(typed, kept, shown):
    assert read_phone(typed) == kept
    assert show_phone(kept) == shown


@pytest.mark.parametrize("typed", ["12a", "12", "没有", "138abc00000", "电话"])
def test_what_nobody_could_call_is_refused(typed):
    with pytest.raises(BadPhone) as told:
        read_phone(typed)
    assert typed in told.value.message


@pytest.mark.parametrize("typed", ["1380000000", "138000000000"])
def test_a_mobile_number_with_a_digit_too_few_or_many_says_so(typed):
    with pytest.raises(MobileLength) as told:
        read_phone(typed)
    assert str(len(typed)) in told.value.message


@given(NUMBERS)
def test_what_is_shown_is_read_back(numbers):
    kept = read_phone("/".join(numbers))
    assert read_phone(show_phone(kept)) == kept


def test_what_was_kept_before_such_care_is_shown_as_it_is():
    assert show_phone("1380000") == "1380000"
