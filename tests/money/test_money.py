from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.i18n import show_money
from carehome.rules.money import (
    MOST,
    BadAmount,
    capital,
    half_up,
    read_amount,
    yuan,
)

FEN = st.integers(-MOST + 1, MOST - 1)


# The examples of the rules for filling in bills (正确填写票据和结算凭证的基本规定), where
# they leave a choice the shorter or the clearer form, and what lies between them.
@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (168032, "壹仟陆佰捌拾元叁角贰分"),
        (10700053, "壹拾万零柒仟元伍角叁分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (0, "零元整"),
        (1, "壹分"),
        (5, "伍分"),
        (10, "壹角整"),
        (50, "伍角整"),
        (12, "壹角贰分"),
        (100, "壹元整"),
        (101, "壹元零壹分"),
        (110, "壹元壹角整"),
        (1000, "壹拾元整"),
        (1001, "壹拾元零壹分"),
        (1010, "壹拾元壹角整"),
        (1100, "壹拾壹元整"),
        (10000, "壹佰元整"),
        (10100, "壹佰零壹元整"),
        (11000, "壹佰壹拾元整"),
        (100100, "壹仟零壹元整"),
        (101000, "壹仟零壹拾元整"),
        (1000000, "壹万元整"),
        (1000100, "壹万零壹元整"),
        (1010000, "壹万零壹佰元整"),
        (1100000, "壹万壹仟元整"),
        (10000000, "壹拾万元整"),
        (10000001, "壹拾万元零壹分"),
        (10010000, "壹拾万零壹佰元整"),
        (12345678, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
        (100000000, "壹佰万元整"),
        (100500000, "壹佰万零伍仟元整"),
        (105000000, "壹佰零伍万元整"),
        (1000000000, "壹仟万元整"),
        (1000000007, "壹仟万元零柒分"),
        (1000000700, "壹仟万零柒元整"),
        (10000000000, "壹亿元整"),
        (10000000100, "壹亿零壹元整"),
        (10001000000, "壹亿零壹万元整"),
        (10100000000, "壹亿零壹佰万元整"),
        (11000000000, "壹亿壹仟万元整"),
        (987654321098, "玖拾捌亿柒仟陆佰伍拾肆万叁仟贰佰壹拾元玖角捌分"),
        (-15000, "负壹佰伍拾元整"),
        (-1, "负壹分"),
    ],
)
def test_capital_numerals_follow_the_rules_for_bills(fen, written):
    assert capital(fen) == written


DIGITS = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}
GROUPS = {"万": 10**4, "亿": 10**8}


def said(written: str) -> int:
    """Read capital numerals back the way a bank clerk does."""
    sign = -1 if written.startswith("负") else 1
    total = group = digit = 0
    for char in written.lstrip("负").rstrip("整"):
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in PLACES:
            group, digit = group + digit * PLACES[char], 0
        elif char in GROUPS:
            total, group, digit = total + (group + digit) * GROUPS[char], 0, 0
        elif char == "元":
            total, group, digit = (total + group + digit) * 100, 0, 0
        else:
            total, digit = total + digit * {"角": 10, "分": 1}[char], 0
    return sign * total


@given(FEN)
def test_capital_numerals_read_back_as_the_same_amount(fen):
    assert said(capital(fen)) == fen


@given(FEN)
def test_capital_numerals_say_no_zero_twice_and_none_before_a_unit(fen):
    written = capital(fen)
    assert "零零" not in written
    assert written == "零元整" or not any(
        f"零{unit}" in written for unit in "拾佰仟万亿元角分整"
    )


@given(FEN)
def test_capital_numerals_end_in_whole_unless_fen_are_named(fen):
    assert capital(fen).endswith("分" if fen % 10 else "整")


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [
        (0, 7, 0),
        (10, 5, 2),
        (1, 2, 1),
        (3, 2, 2),
        (5, 2, 3),
        (1, 3, 0),
        (2, 3, 1),
        (149, 100, 1),
        (150, 100, 2),
        (-1, 2, -1),
        (1, -2, -1),
        (-1, -2, 1),
        (-149, 100, -1),
        (200000 * 16, 30, 106667),
    ],
)
def test_half_up_rounds_a_half_away_from_zero(numerator, denominator, rounded):
    assert half_up(numerator, denominator) == rounded


@given(st.integers(), st.integers(1, 10**9))
def test_half_up_is_the_nearest_whole_and_mirrors_with_the_sign(numerator, denominator):
    rounded = half_up(numerator, denominator)
    assert abs(Fraction(numerator, denominator) - rounded) <= Fraction(1, 2)
    assert half_up(-numerator, denominator) == -rounded


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("0", 0),
        ("1200", 120000),
        ("1200.5", 120050),
        ("1200.50", 120050),
        ("0.01", 1),
        ("1,200", 120000),
        ("1,234,567.89", 123456789),
        ("¥1200", 120000),
        ("￥1,200.00", 120000),
        ("1200元", 120000),
        (" 1 200 元 ", 120000),
        ("1200万", 1200000000),
        ("1.2万元", 1200000),
        ("１２００．５０", 120050),
        ("-15", -1500),
        ("+15", 1500),
        ("1.500", 150),
        (1200, 120000),
        (-3, -300),
        (1200.5, 120050),
        (0.1, 10),
        (1e3, 100000),
        (Decimal("12.30"), 1230),
        (Decimal("1E+3"), 100000),
    ],
)
def test_amounts_are_read_as_people_and_sheets_write_them(typed, fen):
    assert read_amount(typed) == fen


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "abc",
        "一百",
        "12,00",
        "1,2000",
        "1.2.3",
        "1..2",
        ".5.",
        "1.2345678万",
        "元",
        "¥",
        "1e5",
        "0.001",
        "12.345",
        "nan",
        "--5",
        None,
        True,
        0.001,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        MOST // 100,
        "10000000000",
        "1000000万",
    ],
)
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(BadAmount):
        read_amount(typed)


def test_the_refusal_says_what_was_typed_and_how_to_type_it():
    with pytest.raises(BadAmount) as told:
        read_amount("12,00")
    assert told.value.message == "“12,00”不是金额，请写成 1200 或 1200.50。"


def test_the_most_that_is_taken_is_one_fen_short_of_the_limit():
    assert read_amount("9,999,999,999.99") == MOST - 1


@given(st.integers(0, MOST - 1))
def test_an_amount_as_shown_can_be_typed_back(fen):
    assert read_amount(show_money(fen)) == fen


@given(FEN)
def test_yuan_keep_every_fen(fen):
    assert yuan(fen) * 100 == fen
    assert read_amount(yuan(fen)) == fen
