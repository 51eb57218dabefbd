"""Names, days, amounts and phones as people write them into a sheet."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from carehome.i18n import N_
from carehome.rules import money
from carehome.rules.roll.faults import BadCell
from carehome.rules.roll.words import AmountWords, Words, fold
from carehome.rules.sheets import DAY_ZERO, Value

EARLIEST = date(1950, 1, 1)  # no home of today admitted anybody before
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_BRACKETED = re.compile(r"[(\uff08\[\u3010]([^)\uff09\]\u3011]*)[)\uff09\]\u3011]?$")
_DOTS = "\u00b7\u2022\u30fb\uff65\u2027\u2219\u22c5\u25cf\ufe52\uff0e.\u02d9\u0387"
# Han with its extensions; what a name has on both sides of its middle dot.
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3007\ue000-\uf8ff"
_DOT = re.compile(rf"(?<=[{_HAN}])\s*[{re.escape(_DOTS)}]+\s*(?=[{_HAN}])")
_HAN_GAP = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\uff0d\ufe63~\u00b7]")
_DAY = re.compile(
    r"(\d{4})\s*[-./,]\s*(\d{1,2})\s*[-./,]\s*(\d{1,2})\s*[.]?"
    r"(?:[\sT]+\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?)?"
)
_MONTH = re.compile(r"(\d{4})\s*[-./,]\s*(\d{1,2})\s*[-./]?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?(?:(1\d{10})|(0\d{2,3}[- ]?\d{7,8})|([2-9]\d{6,7}))(?!\d)"
)
_FEN = Decimal("0.01")
_MOBILE_GAPS = re.compile(r"(?<!\d)(1\d{2})[- ](\d{4})[- ](\d{4})(?!\d)")


class BadDay(BadCell):
    """The text is no day."""

    fault = "bad_date"
    text = N_("“{typed}” is not a date. Type it as 2023-05-06.")


class DayMissing(BadDay):
    """There is no date at all."""

    text = N_("The admission date is missing. Type it as 2023-05-06.")


class DayOfMonthMissing(BadDay):
    """Only a year, or a year and a month."""

    text = N_("“{typed}” lacks the day. Type the whole date as 2023-05-06.")


class ShortYear(BadDay):
    """The century is anybody's guess."""

    text = N_("“{typed}” has a year of two digits. Type all four, as in 2023-05-06.")


class DayTooEarly(BadDay):
    """Before any home of today."""

    text = N_("{day} is too long ago for an admission. Correct the date.")


class DayInFuture(BadDay):
    """An admission that has not happened yet."""

    text = N_("{day} is still to come. Correct the date, or read the row in later.")


class DayBeforeBirth(BadDay):
    """Admitted before being born."""

    text = N_("{day} is before the day of birth. Correct the date.")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, and what was written in brackets behind it."""

    text: str
    remark: str = ""

    @property
    def has_private_character(self) -> bool:
        """Say whether another computer would show a box in it."""
        return bool(_PRIVATE.search(self.text))


@dataclass(frozen=True, slots=True)
class Birth:
    """A day of birth as far as it is told."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def whole(self) -> date | None:
        """Return the day when all of it is told and exists."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def agrees(self, born: date) -> bool:
        """Say whether `born` is such a day."""
        told = (self.year, self.month, self.day)
        known = (born.year, born.month, born.day)
        return all(part in (None, real) for part, real in zip(told, known, strict=True))


def plain(value: Value) -> str:
    """Return what a cell shows, on one line and without stray blanks."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(_UNSEEN.sub("", str(value)).split())


def read_name(value: Value, dot: str) -> Name:
    """Return a name without stray blanks, its rare characters kept as they are."""
    text = plain(value).strip("*'\"")
    remark = ""
    if found := _BRACKETED.search(text):
        text, remark = text[: found.start()].strip(), found[1].strip()
    return Name(_HAN_GAP.sub("", _DOT.sub(dot, text)), remark)


def read_day(value: Value, words: Words, day_zero: date = DAY_ZERO) -> date:
    """Return the day a cell tells; raise BadDay rather than guess."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    typed = plain(value)
    if fold(typed) in words.missing or not typed:
        raise DayMissing
    text = _western(typed, words)
    if found := _DAY.fullmatch(text):
        return _day(typed, *map(int, found.groups()))
    if re.fullmatch(r"(19|20)\d{6}", text):
        return _day(typed, int(text[:4]), int(text[4:6]), int(text[6:]))
    if _SERIAL.fullmatch(text):
        return day_zero + timedelta(days=int(float(text)))
    if _MONTH.fullmatch(text) or re.fullmatch(r"(19|20)\d{2}(\d{2})?-?", text):
        raise DayOfMonthMissing(typed=typed)
    if re.match(r"'?\d{2}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{1,2}\b", text):
        raise ShortYear(typed=typed)
    raise BadDay(typed=typed)


def check_admission(day: date, born: date | None, today: date) -> None:
    """Raise BadDay for a day on which nobody can have been admitted."""
    if day > today:
        raise DayInFuture(day=day.isoformat())
    if born and day < born:
        raise DayBeforeBirth(day=day.isoformat())
    if day < EARLIEST:
        raise DayTooEarly(day=day.isoformat())


def read_birth(value: Value, words: Words, day_zero: date = DAY_ZERO) -> Birth | None:
    """Return a birth as far as it can be read; it only ever confirms a number."""
    if isinstance(value, float) and not value.is_integer() and value < 3000:
        return Birth(int(value))  # 1930.1 may be January or October
    text = _western(plain(value), words).rstrip("-")
    if re.fullmatch(r"(18|19|20)\d{2}", text):
        return Birth(int(text))
    found = _MONTH.fullmatch(text) or re.fullmatch(r"((?:18|19|20)\d{2})(\d{2})", text)
    if found and 1 <= int(found[2]) <= 12:
        return Birth(int(found[1]), int(found[2]))
    try:
        day = read_day(value, words, day_zero)
    except BadDay:
        return None
    return Birth(day.year, day.month, day.day)


def read_fen(value: Value, words: Words) -> int:
    """Return the fen of an amount; a formula's part of a fen is rounded as shown."""
    try:
        if isinstance(value, float):
            return money.read_amount(Decimal(repr(value)).quantize(_FEN, ROUND_HALF_UP))
        if not isinstance(value, str):
            return money.read_amount(value)
        return _spoken_fen(fold(value), words.amounts)
    except (money.BadAmount, InvalidOperation):
        raise money.BadAmount(typed=plain(value)) from None


def read_phones(value: Value) -> tuple[str, ...]:
    """Return every phone number in a cell: mobile ones bare, others as 0531-8507305."""
    numbers = (next(filter(None, found)) for found in _PHONE.findall(_dialled(value)))
    return tuple(dict.fromkeys(number.replace(" ", "-") for number in numbers))


def without_phones(text: str) -> str:
    """Return what a cell says besides phone numbers: a name, perhaps a relation."""
    return _PHONE.sub("", _dialled(text)).strip(" :,;/-")


def _dialled(value: Value) -> str:
    """Return a cell's text with western digits and mobile numbers in one piece."""
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", plain(value)))
    return _MOBILE_GAPS.sub(r"\1\2\3", text)


def _spoken_fen(text: str, words: AmountWords) -> int:
    """Return the fen of an amount with the words that people put around it."""
    if text in words.zero:
        return 0
    for head in words.heads:
        text = text.removeprefix(head)
    text = text.removesuffix(next(filter(text.endswith, words.tails), ""))
    bare = text.removesuffix(words.ten_thousand)
    return money.read_amount(bare) * (10_000 if bare != text else 1)


def _western(text: str, words: Words) -> str:
    """Return a date with western signs: full-width digits, year and month marks."""
    text = unicodedata.normalize("NFKC", text)
    for sign, western in words.date_signs.items():
        text = text.replace(sign, western)
    return _DASHES.sub("-", text).strip("' ")


def _day(typed: str, year: int, month: int, day: int) -> date:
    """Return a day that exists in the calendar."""
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDay(typed=typed) from None
