"""Charges by use: on which days of whom they may be entered, what a cell comes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.billing.facts import Absence, StayDays

MOST = 99  # of one thing, for one person, on one day


class Day(StrEnum):
    """What a day is for somebody: charges are for those who are here."""

    HERE = "here"
    LEAVE = "leave"
    HOSPITAL = "hospital"
    ELSEWHERE = "elsewhere"
    COMING = "coming"


AWAY = frozenset({Day.LEAVE, Day.HOSPITAL})
DAY_NAMES = {
    Day.HERE: N_("in the home"),
    Day.LEAVE: N_("on leave"),
    Day.HOSPITAL: N_("in hospital"),
    Day.ELSEWHERE: N_("not living here"),
    Day.COMING: N_("not admitted yet"),
}


class Cell(NamedTuple):
    """Where a charge stands: for whom, for what, on which day."""

    resident_id: int
    item_id: int
    day: date


class NotANumber(Refusal):
    """Something was typed or pasted that is no number of times."""

    text = N_("“{typed}” is no number of times. Enter 1 to {most}, or nothing.")


class NotHereThen(Refusal):
    """Nobody is charged for a day on which they did not live here."""

    text = N_("{name} did not live here on {day}, so nothing is charged for that day.")


class NotInTheMonth(Refusal):
    """A stay was corrected meanwhile."""

    text = N_(
        "Somebody among these does not live here in that month any more: a stay was "
        "corrected meanwhile. Look at the sheet again."
    )


class NotYet(Refusal):
    """What has not happened is not charged."""

    text = N_("{day} is still to come. Enter a charge on the day it happens.")


class AwayUnexplained(Refusal):
    """Somebody was away on the day of a charge."""

    text = N_(
        "{name} is entered as away on {day}. Say why it is charged all the same, or "
        "take the entry out."
    )


class FinalBillMade(Refusal):
    """Whoever has left and had the final bill is charged no more here."""

    text = N_(
        "{name} has left and the final bill is made. Enter this under Departures, "
        "before the settlement."
    )


class MonthPosted(Refusal):
    """The bills of a month are posted; what comes later is charged as a correction."""

    text = N_(
        "The bills of this month are posted. Choose “Charge late”: then it comes onto "
        "the next bill as a correction."
    )


class ChangedSince(Refusal):
    """Somebody else entered something in the same place meanwhile."""

    text = N_(
        "For {name} on {day}, somebody else has entered {now} meanwhile. It is shown "
        "now; look and enter yours again where it is needed."
    )


@dataclass(frozen=True, slots=True)
class Stays:
    """When somebody lived here, and when they were away."""

    stays: Sequence[StayDays]
    absences: Sequence[Absence] = ()

    def on(self, day: date, today: date) -> Day:
        """Say what a day is; those of leaving and coming back are spent here."""
        if not any(
            stay.admitted <= day and (stay.discharged is None or day <= stay.discharged)
            for stay in self.stays
        ):
            return Day.ELSEWHERE
        if day > today:
            return Day.COMING
        for absence in self.absences:
            back = absence.returned_on
            if absence.left_on < day and (back is None or day < back):
                return Day(absence.kind)
        return Day.HERE


def read_quantity(typed: str) -> int:
    """Return how many times; a blank cell is none."""
    told = typed.strip()
    if not told:
        return 0
    if not (told.isascii() and told.isdigit()) or int(told) > MOST:
        raise NotANumber(typed=told[:12], most=MOST)
    return int(told)


def check_day(state: Day, name: str, day: date, reason: str) -> None:
    """Raise unless somebody may be charged for a day; an absence needs a reason."""
    if state is Day.COMING:
        raise NotYet(day=day)
    if state is Day.ELSEWHERE:
        raise NotHereThen(name=name, day=day)
    if state in AWAY and not reason.strip():
        raise AwayUnexplained(name=name, day=day)


@dataclass(frozen=True, slots=True)
class Sum:
    """What some cells come to: how many people, how many times, how much money."""

    people: int
    times: int
    fen: int


def add_up(cells: Iterable[tuple[Cell, int, int | None]]) -> Sum:
    """Add up cells with their quantity and price; what has no price counts nothing."""
    people, times, fen = set(), 0, 0
    for cell, quantity, price in cells:
        people.add(cell.resident_id)
        times += quantity
        fen += quantity * (price or 0)
    return Sum(len(people), times, fen)
