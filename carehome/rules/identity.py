"""The 18 characters of a resident identity number (GB 11643), read without guessing."""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.sheets import Value

MALE, FEMALE = "male", "female"
OLDEST = 125  # years: nobody known was older
_EXACT = 15  # digits that a number cell of Excel keeps; the rest become zeros
_NOISE = re.compile(r"[\s\-'`\u2018\u2019\u200b-\u200f\u2060\ufeff]")
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d\d?")
# Papers of people without such a number: passports, the passes of people from Hong Kong
# and Macao (H, M) and Taiwan (8 digits), and the older cards of foreigners.
_FOREIGN = re.compile(r"[A-Z]{1,3}\d{6,12}|\d{8}")
# The multiplication sign and the Greek and Cyrillic letters that are typed for X.
_LOOKS_LIKE_X = str.maketrans("\u00d7\u03a7\u0425", "XXX")


@dataclass(frozen=True, slots=True)
class Identity:
    """A number that fits itself, and what it says about the person."""

    number: str
    born: date
    sex: str
    was_old: bool = False

    @property
    def may_be_rounded(self) -> bool:
        """Say whether it could be a rounded number whose check fits by chance."""
        return self.number.endswith("000")


class BadIdentity(Refusal):
    """An identity number cannot be used; `fault` is its name in reports."""

    fault: ClassVar[str]


class IdentityMissing(BadIdentity):
    """There is no number."""

    fault = "id_missing"
    text = N_("The identity number is missing. Type it from the identity card.")


class IdentityLength(BadIdentity):
    """Characters are missing or too many."""

    fault = "id_length"
    text = N_(
        "The identity number has {count} characters instead of 18. Compare it with the "
        "identity card."
    )


class IdentitySigns(BadIdentity):
    """It holds other signs than digits and a last X."""

    fault = "id_unreadable"
    text = N_(
        "“{typed}” is not an identity number. It has 17 digits and a last digit or X; "
        "type it from the identity card."
    )


class IdentityCheck(BadIdentity):
    """The check character does not fit the others."""

    fault = "id_check_digit"
    text = N_(
        "The identity number does not fit its last character, so at least one "
        "character is wrong. Compare it with the identity card."
    )


class IdentityLostDigits(BadIdentity):
    """Excel kept 15 digits and made the rest zeros."""

    fault = "id_lost_digits"
    text = N_(
        "Excel has rounded this identity number and its last digits are lost. Format "
        "the cell as text and type the number again from the identity card."
    )


class IdentityBirth(BadIdentity):
    """The day of birth within it cannot be."""

    fault = "id_date"
    text = N_(
        "The identity number holds the day of birth {digits}, which cannot be. Compare "
        "it with the identity card."
    )


def read(typed: Value, today: date) -> Identity:
    """Return the identity behind a number as typed; raise what is wrong with it."""
    if isinstance(typed, int | float | Decimal) and not isinstance(typed, bool):
        return _checked(_whole(typed), today)
    text = _cleaned(typed)
    if not text:
        raise IdentityMissing
    if _EXPONENT.fullmatch(text):
        raise IdentityLostDigits
    return _checked(text.removesuffix(".0"), today)


def read_any(typed: str, today: date) -> str:
    """Return a number as it is kept: of the identity card, or of a foreign paper."""
    text = _cleaned(typed)
    return text if is_foreign(text) else read(typed, today).number


def is_foreign(number: str) -> bool:
    """Say whether a number is that of a passport or pass, which says nothing else."""
    return bool(_FOREIGN.fullmatch(number))


def check_digit(first17: str) -> str:
    """Return the 18th character that belongs to the first 17."""
    return str(ric.calc_check_digit(first17 + "0"))


def _cleaned(typed: Value) -> str:
    """Return what was typed without blanks, small letters and signs like an X."""
    text = unicodedata.normalize("NFKC", "" if typed is None else str(typed))
    return _NOISE.sub("", text).upper().translate(_LOOKS_LIKE_X)


def _whole(number: int | float | Decimal) -> str:
    """Return the digits of a number cell that still has them all."""
    if not math.isfinite(number) or number != int(number):
        raise IdentitySigns(typed=number)
    text = str(int(number))
    if len(text) > _EXACT:
        raise IdentityLostDigits
    return text


def _checked(text: str, today: date) -> Identity:
    """Judge a number free of stray signs."""
    if not re.fullmatch(r"[0-9]*[0-9X]", text):
        raise IdentitySigns(typed=text)
    was_old = len(text) == 15 and text.isdigit()
    if was_old:
        text = text[:6] + "19" + text[6:]
        text += check_digit(text)
    if len(text) != 18:
        raise IdentityLength(count=len(text))
    if check_digit(text[:-1]) != text[-1]:
        raise (IdentityLostDigits if text.endswith("000") else IdentityCheck)
    sex = MALE if int(text[16]) % 2 else FEMALE
    return Identity(text, _birth(text, today), sex, was_old)


def _birth(number: str, today: date) -> date:
    """Return the day of birth in a number whose check fits."""
    try:
        born: date = ric.get_birth_date(number)
    except InvalidComponent:
        raise IdentityBirth(digits=number[6:14]) from None
    if born > today or born.year < today.year - OLDEST:
        raise IdentityBirth(digits=number[6:14])
    return born
