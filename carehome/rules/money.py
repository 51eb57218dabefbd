"""Money in whole fen: rounding, reading what people type, capital numerals."""

import re
import unicodedata
from decimal import Decimal

from carehome.errors import Refusal
from carehome.i18n import N_

MOST = 10**12  # ten billion yuan: beyond it a number is a slip of the keyboard
# The ten digits and the units in which Chinese law wants amounts written (GB/T 15835
# gives the characters; the sums rules are those of the Chinese bills regulations).
_DIGITS = "\u96f6\u58f9\u8d30\u53c1\u8086\u4f0d\u9646\u67d2\u634c\u7396"
_PLACES = ("", "\u62fe", "\u4f70", "\u4edf")
_GROUPS = ("", "\u4e07", "\u4ebf", "\u4e07\u4ebf")
_YUAN, _JIAO, _FEN, _WHOLE, _MINUS = "\u5143", "\u89d2", "\u5206", "\u6574", "\u8d1f"
_SPOKEN = re.compile(
    r"^(?:([+-]?)¥?|¥([+-]))(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(\u4e07)?\u5143?$"
)
_TEN_THOUSAND = 10**4


class BadAmount(Refusal):
    """The text is not an amount of money."""

    text = N_("“{typed}” is not an amount. Type it as 1200 or 1200.50.")


class PartOfFen(BadAmount):
    """The amount has more decimals than money has."""

    text = N_("“{typed}” has more than two decimals. Type it to the fen, as 1200.50.")


class TooBig(BadAmount):
    """The amount is a slip of the keyboard."""

    text = N_("“{typed}” is too big. Check how many zeros it has.")


class BelowNothing(BadAmount):
    """An amount that cannot be negative is."""

    text = N_("The amount cannot be less than 0. Type it without the minus sign.")


def half_up(numerator: int, denominator: int) -> int:
    """Divide to the nearest whole; a half goes away from zero, so signs mirror."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    numerator, denominator = abs(numerator), abs(denominator)
    return sign * ((2 * numerator + denominator) // (2 * denominator))


def yuan(fen: int) -> Decimal:
    """Return whole fen as yuan with two decimals."""
    return Decimal(fen).scaleb(-2)


def read_amount(typed: object) -> int:
    """Return the fen of an amount as people and sheets write it.

    Takes `1200`, `1,200.50`, a leading yuan sign, a trailing yuan or ten thousand yuan,
    numbers; raises BadAmount, also for a part of a fen.
    """
    if isinstance(typed, bool) or typed is None:
        raise BadAmount(typed=typed)
    if isinstance(typed, int | Decimal):
        text = f"{typed:f}" if isinstance(typed, Decimal) else str(typed)
    elif isinstance(typed, float):
        text = f"{Decimal(repr(typed)):f}"
    else:
        text = unicodedata.normalize("NFKC", str(typed))
        text = "".join(text.split()).replace("\N{MINUS SIGN}", "-")
    found = _SPOKEN.match(text)
    if not found:
        raise BadAmount(typed=typed)
    sign, late_sign, whole, part, times = found.groups("")
    amount = Decimal(sign + late_sign + whole.replace(",", "") + part) * 100
    if times:
        amount *= _TEN_THOUSAND
    if abs(amount) >= MOST:
        raise TooBig(typed=typed)
    if amount != amount.to_integral_value():
        raise PartOfFen(typed=typed)
    return int(amount)


def capital(fen: int) -> str:
    """Return an amount in Chinese capital numerals, as a receipt must show it."""
    if fen < 0:
        return _MINUS + capital(-fen)
    whole, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    text = _capital_whole(whole) + _YUAN if whole or not rest else ""
    if not rest:
        return text + _WHOLE
    if jiao:
        text += _DIGITS[jiao] + _JIAO
    elif text:
        text += _DIGITS[0]
    return text + (_DIGITS[cents] + _FEN if cents else _WHOLE)


def _capital_whole(number: int) -> str:
    """Return whole yuan in capital numerals: zeros between digits said once."""
    if number == 0:
        return _DIGITS[0]
    text, gap = "", False
    for group in reversed(range(len(_GROUPS))):
        part = number // 10 ** (4 * group) % 10**4
        if not part:
            gap = gap or bool(text)
            continue
        for place in reversed(range(4)):
            digit = part // 10**place % 10
            if not digit:
                gap = gap or bool(text)
                continue
            text += (_DIGITS[0] if gap and text else "") + _DIGITS[digit]
            text += _PLACES[place]
            gap = False
        text += _GROUPS[group]
        gap = False if part % 10 else gap
    return text
