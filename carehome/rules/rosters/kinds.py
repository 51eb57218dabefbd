"""Kinds of shift: their letter, sign and times as people type them, within the law."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.payroll import DAY_MINUTES, DAY_OVERTIME

DAY = 24 * 60
LONGEST = DAY_MINUTES + DAY_OVERTIME  # labour law 36 and 41
TAKEN = frozenset("R")  # the key of a day off in the grid
_TIME = re.compile(r"^(\d{1,2})(?::(\d{2}))?$|^(\d{2})(\d{2})$")


class BadTime(Refusal):
    """The text is no time of the day."""

    text = N_("“{typed}” is not a time. Type it as 7:00 or 15:30, 23:59 at most.")


class BadLetter(Refusal):
    """A letter is typed with one key."""

    text = N_("Type one letter from A to Z, but not R: R is a day off.")


class LetterTaken(Refusal):
    """Each letter means one kind of shift."""

    text = N_("The letter {letter} belongs to {name}. Choose another letter.")


class NameTaken(Refusal):
    """Each name means one kind of shift."""

    text = N_("There is a shift called {name} already. Choose another name.")


class NameLacks(Refusal):
    """A shift without a name cannot be told from others."""

    text = N_("Type the name of the shift.")


class BadSign(Refusal):
    """The cell has room for one character."""

    text = N_("Type one character, as it stands in the cell.")


class BreakTooLong(Refusal):
    """A break is shorter than its shift."""

    text = N_("The break is longer than the shift of {minutes} minutes.")


class DayTooLong(Refusal):
    """The law lets nobody work that long."""

    text = N_(
        "That is {worked} of work. The law allows 8 hours a day and 3 hours of "
        "overtime, 11 in all. Shorten the shift or type the break."
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of shift as the home sets it; `rest` are minutes of break.

    On call counts no working time.
    """

    code: str
    sign: str
    name: str
    starts: int
    span: int
    rest: int = 0
    is_on_call: bool = False
    post_id: int | None = None
    kind_id: int = 0

    @property
    def minutes(self) -> int:
        """Return the working time that counts."""
        return 0 if self.is_on_call else self.span - self.rest

    @property
    def is_long(self) -> bool:
        """Say whether the shift is overtime unless hours are counted by periods."""
        return self.minutes > DAY_MINUTES


def read_time(typed: str) -> int:
    """Return the minute of the day that `typed` means."""
    text = unicodedata.normalize("NFKC", typed).strip()
    found = _TIME.match(text)
    if found is None:
        raise BadTime(typed=typed)
    hours = int(found[1] or found[3])
    minutes = int(found[2] or found[4] or 0)
    if hours > 23 or minutes > 59:
        raise BadTime(typed=typed)
    return 60 * hours + minutes


def say_time(minute: int) -> str:
    """Return a minute of the day as people read it."""
    hours, minutes = divmod(minute % DAY, 60)
    return f"{hours:02}:{minutes:02}"


def say_minutes(minutes: int) -> str:
    """Return a length of time in words."""
    hours, rest = divmod(minutes, 60)
    if rest:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)
    return _("{hours} h").format(hours=hours)


def span_of(starts: int, ends: int) -> int:
    """Return the minutes between two times; an end at or before the start is on the
    next day.
    """
    return (ends - starts - 1) % DAY + 1


def check(kind: Kind, others: Iterable[Kind]) -> Kind:
    """Return a kind of shift that can be stored beside the others."""
    if len(kind.code) != 1 or not "A" <= kind.code <= "Z" or kind.code in TAKEN:
        raise BadLetter
    if not kind.name:
        raise NameLacks
    if len(kind.sign) != 1:
        raise BadSign
    for other in others:
        if other.kind_id == kind.kind_id:
            continue
        if other.code == kind.code:
            raise LetterTaken(letter=kind.code, name=other.name)
        if other.name == kind.name:
            raise NameTaken(name=kind.name)
    if not 0 <= kind.rest < kind.span:
        raise BreakTooLong(minutes=kind.span)
    if kind.minutes > LONGEST:
        raise DayTooLong(worked=say_minutes(kind.minutes))
    return kind
