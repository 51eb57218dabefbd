"""Days as people type them: whole, without a year, as a word, counted from today."""

import re
import unicodedata
from datetime import date, timedelta
from enum import Enum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import months_after

# 2026-11-21, 2026.11.21, 2026/11/21, 11-21, and with the signs for year, month and day
_SPACED = re.compile(r"^(?:(\d{4})[-./\u5e74])?(\d{1,2})[-./\u6708](\d{1,2})\u65e5?$")
_SOLID = re.compile(r"^(\d{4})?(\d{2})(\d{2})$")
_DAY_ALONE = re.compile(r"^(\d{1,2})\u65e5?$")
_FROM_TODAY = re.compile(r"^([+-])(\d{1,3})$")
# The day before yesterday to the day after tomorrow, in signs and in the first letters
# of their pinyin.
_WORDS = {
    **{"\u524d\u5929": -2, "\u6628\u5929": -1, "\u4eca\u5929": 0, "\u660e\u5929": 1},
    **{"\u540e\u5929": 2, "qt": -2, "zt": -1, "jt": 0, "mt": 1, "ht": 2},
    **{"yesterday": -1, "today": 0, "tomorrow": 1},
}


class Sense(Enum):
    """Where the day of a field lies as a rule; it says which year is left out."""

    PAST = "past"
    NEAR = "near"
    FUTURE = "future"


class BadDay(Refusal):
    """The text is not a day."""

    text = N_("“{typed}” is not a date. Type it as 2026-11-21 or 20261121.")


def read_day(typed: str, today: date, sense: Sense = Sense.NEAR) -> date:
    """Return the day that `typed` means; what it leaves out follows from `sense`."""
    text = "".join(unicodedata.normalize("NFKC", typed).split()).lower()
    text = text.replace("\N{MINUS SIGN}", "-")
    if text in _WORDS:
        return today + timedelta(days=_WORDS[text])
    if counted := _FROM_TODAY.match(text):
        return today + timedelta(days=int(counted[1] + counted[2]))
    if alone := _DAY_ALONE.match(text):
        return _of_month(int(alone[1]), today, sense, typed)
    if found := _SPACED.match(text) or _SOLID.match(text):
        year, month, day = found.groups()
        if not year:
            return _of_year(int(month), int(day), today, sense, typed)
        if made := _made(int(year), int(month), int(day)):
            return made
    raise BadDay(typed=typed)


def _of_month(day: int, today: date, sense: Sense, typed: str) -> date:
    """Return the day of this month, or of the next one that fits the sense."""
    first = today.replace(day=1)
    step = {Sense.PAST: -1, Sense.NEAR: 0, Sense.FUTURE: 1}[sense]
    for places in (0, step, 2 * step):
        month = months_after(first, places)
        made = _made(month.year, month.month, day)
        if made and _fits(made, today, sense):
            return made
    raise BadDay(typed=typed)


def _of_year(month: int, day: int, today: date, sense: Sense, typed: str) -> date:
    """Return the nearest such day that fits the sense; a leap day may lie far."""
    around = (_made(today.year + away, month, day) for away in range(-8, 9))
    fitting = [made for made in around if made and _fits(made, today, sense)]
    if not fitting:
        raise BadDay(typed=typed)
    return min(fitting, key=lambda made: abs(made - today))


def _fits(day: date, today: date, sense: Sense) -> bool:
    if sense is Sense.NEAR:
        return True
    return day <= today if sense is Sense.PAST else day >= today


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
