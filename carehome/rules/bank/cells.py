"""Days, amounts and texts as banks write them into the cells of a statement."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules import money
from carehome.rules.roll.cells import plain
from carehome.rules.sheets import DAY_ZERO, Value

_CHINA = timezone(timedelta(hours=8))  # banks count milliseconds since 1970 in UTC
_FORMULA = re.compile(r"=\s*\"(.*)\"")
_SERIAL_DAY = re.compile(
    r"[2-7]\d{4}(?:\.\d+)?"
)  # days that Excel counts: 1954 to 2118
_MILLISECONDS = re.compile(r"1\d{12}")
_PACKED = re.compile(
    r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\s*T?\d{2}:?\d{2}(?::?\d{2})?)?"
)
_PARTED = re.compile(
    r"(\d{4})[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?(?:[\sT]*\d{1,2}:.*)?"
)
_BLANK = frozenset({"", "-", "--", "---", "\u2014", "\u2014\u2014", "/"})
_FEN = Decimal("0.01")
_NOISE = Decimal("0.000001")  # what binary fractions leave of a sum
_EXACT = 10**15  # whole numbers from here on have lost digits in a workbook
_QUOTES = "'\"`\u2018\u2019\u201c\u201d"


class BadDay(Refusal):
    """The cell tells no day."""

    text = N_("“{typed}” is not a date that this program can read.")


def read_text(value: Value) -> str:
    """Return a text without the signs that keep Excel from changing it."""
    text = plain(value)
    if found := _FORMULA.fullmatch(text):
        text = found[1]
    return text.strip(_QUOTES).strip()


def read_number(value: Value) -> str:
    """Return the number of an account or a deed; nothing where digits were lost."""
    if isinstance(value, float) and abs(value) >= _EXACT:
        return ""
    text = unicodedata.normalize("NFKC", read_text(value))
    return "" if text in _BLANK else "".join(text.split())


def read_day(value: Value, day_zero: date = DAY_ZERO) -> date:
    """Return the day of a cell, with or without a time; raise BadDay if it has none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    typed = read_text(value)
    text = unicodedata.normalize("NFKC", typed).strip()
    if _MILLISECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text) / 1000, UTC).astimezone(_CHINA).date()
    if found := _PACKED.fullmatch(text) or _PARTED.fullmatch(text):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            raise BadDay(typed=typed) from None
    if _SERIAL_DAY.fullmatch(text):
        return day_zero + timedelta(days=int(float(text)))
    raise BadDay(typed=typed)


def read_fen(value: Value) -> int | None:
    """Return the fen of an amount, None where the cell shows none."""
    text = unicodedata.normalize("NFKC", read_text(value)).strip()
    if text in _BLANK:
        return None
    try:
        if isinstance(value, float):
            return money.read_amount(_whole(Decimal(repr(value))))
        text = "".join(text.split())
        if text.startswith("(") and text.endswith(")"):
            text = "-" + text[1:-1]
        return money.read_amount(text)
    except (money.BadAmount, InvalidOperation):
        raise money.BadAmount(typed=text) from None


def _whole(amount: Decimal) -> Decimal:
    """Return an amount without the dust of binary fractions; a part of a fen stays."""
    rounded = amount.quantize(_FEN, ROUND_HALF_UP)
    return rounded if abs(amount - rounded) < _NOISE else amount
