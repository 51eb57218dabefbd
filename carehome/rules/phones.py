"""Phone numbers of the country: mobile, landline, 400; how they are kept and shown."""

import re
import unicodedata

from carehome.errors import Refusal
from carehome.i18n import N_

SHORTEST = 5
MOBILE = 11  # digits, the first of them a 1
# Digits, the signs between them, and the words for an extension.
_SIGNS = re.compile(r"[\d+\-()/,;. \u3001\u8f6c\u5206\u673a*#]+")
_BETWEEN = re.compile(r"\s*[/,;\u3001]\s*")  # between several numbers
_COUNTRY = re.compile(r"^(?:\+|00)86[- ]?(?=\d)")
_EXTENSION = re.compile(r"(?:\u8f6c|\u5206\u673a|#|\*)+")
_TURN = "\u8f6c"  # said before an extension
# Ten area codes have three digits, the others four; the number after it 7 or 8.
_LANDLINE = re.compile(r"^\(?(0(?:10|2\d|[3-9]\d\d))\)?[- ]?(\d{3,4}[- ]?\d{4})$")
_SERVICE = re.compile(r"^([48]00)[- ]?(\d{3})[- ]?(\d{4})$")


class BadPhone(Refusal):
    """Nobody could be called by this."""

    text = N_(
        "“{typed}” is not a phone number. Type it as 13800000000 or 0000-8600000; "
        "put a / between several."
    )


class MobileLength(BadPhone):
    """A mobile number lacks digits or has too many."""

    text = N_("A mobile number has 11 digits; “{typed}” has {count}. Check it.")


def read_phone(typed: str) -> str:
    """Return one phone number or several as they are kept; empty is none.

    Mobile numbers are kept bare, landlines as 0531-88507305, extensions after the word
    for them; short numbers of a village and foreign ones stay as they are.
    """
    text = " ".join(unicodedata.normalize("NFKC", typed).split())
    if text and not _SIGNS.fullmatch(text):
        raise BadPhone(typed=typed)
    return "/".join(_kept(part, typed) for part in _BETWEEN.split(text) if part)


def show_phone(kept: str) -> str:
    """Return phone numbers as they are read out: mobile ones 3-4-4."""
    return " / ".join(map(_spaced, kept.split("/"))) if kept else ""


def _kept(text: str, typed: str) -> str:
    """Return one number as it is kept."""
    number, *extension = _EXTENSION.split(_COUNTRY.sub("", text), maxsplit=1)
    digits = "".join(filter(str.isdecimal, number))
    if len(digits) < SHORTEST:
        raise BadPhone(typed=typed)
    if landline := _LANDLINE.match(number.strip()):
        number = f"{landline[1]}-{re.sub('[- ]', '', landline[2])}"
    elif service := _SERVICE.match(number.strip()):
        number = "-".join(service.groups())
    elif digits.startswith("1") and len(digits) >= MOBILE - 1 and "+" not in number:
        if len(digits) != MOBILE:
            raise MobileLength(typed=text, count=len(digits))
        number = digits
    ends = "".join(filter(str.isdecimal, "".join(extension)))
    return f"{number.strip()}{_TURN}{ends}" if ends else number.strip()


def _spaced(number: str) -> str:
    head, turn, extension = number.partition(_TURN)
    if len(head) == MOBILE and head.isdecimal() and head.startswith("1"):
        head = f"{head[:3]} {head[3:7]} {head[7:]}"
    return f"{head} {turn} {extension}" if turn else head
