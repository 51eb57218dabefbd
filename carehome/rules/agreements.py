"""Service agreements: where one stands on a day, and what may be done with it.

`ends` is the last day of an agreement, as people write it down; one that was ended
early counts until the day it was ended on, that day included.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import DAY

WARN_DAYS = timedelta(days=30)  # before its end an agreement is renewed (ours)
TRIAL_DAYS = timedelta(days=7)  # before its end one asks whether to stay (ours)


class State(StrEnum):
    """Where an agreement stands on a day."""

    NOTED = "noted"
    DRAWN_UP = "drawn_up"
    SIGNED = "signed"
    ON_TRIAL = "trial"
    IN_FORCE = "in_force"
    ENDING = "ending"
    ENDED = "ended"
    VOID = "void"


STATE_NAMES = {
    State.NOTED: N_("Not drawn up"),
    State.DRAWN_UP: N_("To be signed"),
    State.SIGNED: N_("Signed, not begun"),
    State.ON_TRIAL: N_("Trial stay"),
    State.IN_FORCE: N_("In force"),
    State.ENDING: N_("Ends soon"),
    State.ENDED: N_("Agreement ended"),
    State.VOID: N_("Not concluded"),
}
RUNNING = frozenset({State.ON_TRIAL, State.IN_FORCE, State.ENDING})
OPEN = frozenset({State.NOTED, State.DRAWN_UP})
OUTCOME_NAMES = {"stays": N_("Stays"), "leaves": N_("Leaves")}


class SignedAlready(Refusal):
    """What is signed is not changed any more."""

    text = N_(
        "This agreement was signed on {day}, so its text stays. Renew it, or end it "
        "and draw up a new one."
    )


class SignedLater(Refusal):
    """Nobody has signed in the future."""

    text = N_("The day of signing cannot lie after today, {today}.")


class NotSigned(Refusal):
    """Something needs a signature first."""

    text = N_("This agreement is not signed yet. Record the signature first.")


class NobodySigned(Refusal):
    """A signature without a name is none."""

    text = N_("Say who signed: the resident, the guardian or the agent.")


class Over(Refusal):
    """An agreement that has ended cannot go on."""

    text = N_("This agreement ended on {day}. Draw up a new one.")


class EndsOutside(Refusal):
    """An agreement is ended between its first and its last day."""

    text = N_("The last day must lie between {first} and {last}.")


class NoReasonToEnd(Refusal):
    """An agreement is ended early for a reason."""

    text = N_("Say why the agreement ends.")


class NoTrial(Refusal):
    """There is no trial to decide on."""

    text = N_("This agreement has no trial stay to decide on.")


class RenewedAlready(Refusal):
    """An agreement is followed by one other."""

    text = N_("This agreement is renewed already, from {day} on.")


class NoEnd(Refusal):
    """What never ends is not renewed."""

    text = N_("This agreement has no last day, so there is nothing to renew.")


class TrialOutside(Refusal):
    """A trial stay lies within its agreement."""

    text = N_("The trial stay must end between {first} and {last}.")


@dataclass(frozen=True, slots=True)
class Course:
    """The days of an agreement that decide where it stands."""

    starts: date
    ends: date | None = None
    signed_on: date | None = None
    trial_until: date | None = None
    trial_outcome: str = ""
    terminated_on: date | None = None
    left_on: date | None = None  # the day of discharge from the stay it was made for
    is_drawn_up: bool = False

    @property
    def last_day(self) -> date | None:
        """The last day that it holds or held; None while nobody knows."""
        days = [self.terminated_on, self.left_on, self.ends]
        return min((day for day in days if day is not None), default=None)


def state_on(course: Course, day: date) -> State:
    """Say where an agreement stands on `day`."""
    last = course.last_day or date.max
    if course.terminated_on is not None and course.terminated_on < course.starts:
        return State.VOID
    if last < day:
        return State.ENDED if course.signed_on or course.left_on else State.VOID
    if course.signed_on is None:
        return State.DRAWN_UP if course.is_drawn_up else State.NOTED
    return _signed_state(course, last, day)


def _signed_state(course: Course, last: date, day: date) -> State:
    if day < course.starts:
        return State.SIGNED
    if is_undecided(course) and course.trial_until and day <= course.trial_until:
        return State.ON_TRIAL
    return State.ENDING if last - day <= WARN_DAYS else State.IN_FORCE


def is_undecided(course: Course) -> bool:
    """Say whether nobody has decided yet how a trial stay ends."""
    return course.trial_until is not None and not course.trial_outcome


def check_trial(starts: date, ends: date | None, trial_until: date | None) -> None:
    """Raise TrialOutside unless a trial stay lies within its agreement."""
    last = ends or date.max
    if trial_until is not None and not starts <= trial_until <= last:
        raise TrialOutside(first=starts, last=ends or starts)


def check_may_write(signed_on: date | None) -> None:
    """Raise SignedAlready when a text may not be drawn up anew."""
    if signed_on is not None:
        raise SignedAlready(day=signed_on)


def check_signature(signed_on: date, signer: str, today: date) -> None:
    """Raise unless somebody signed, and not in the future."""
    if not signer.strip():
        raise NobodySigned
    if signed_on > today:
        raise SignedLater(today=today)


def check_termination(course: Course, day: date, reason: str) -> None:
    """Raise unless an agreement may be ended early on `day`."""
    if course.terminated_on is not None:
        raise Over(day=course.terminated_on)
    if not reason.strip():
        raise NoReasonToEnd
    last = course.ends or date.max
    if not course.starts <= day <= last:
        raise EndsOutside(first=course.starts, last=course.ends or course.starts)


def renewal_starts(course: Course) -> date:
    """Return the first day of the agreement that follows without a gap."""
    if course.signed_on is None:
        raise NotSigned
    if course.terminated_on is not None:
        raise Over(day=course.terminated_on)
    if course.left_on is not None:
        raise Over(day=course.left_on)
    if course.ends is None:
        raise NoEnd
    return course.ends + DAY


def year_later(starts: date) -> date:
    """Return the last day of a year that begins on `starts`."""
    return anniversary(starts, 1) - DAY


def anniversary(day: date, years: int) -> date:
    """Return the day `years` later; of Feb 29, Mar 1 of a year without one.

    The later of the two days that one could choose, and the one the database takes:
    what is kept so many years is kept rather a day longer.
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def number_of(year: int, sequence: int) -> str:
    """Return the number of an agreement as people write it."""
    return f"{year}-{sequence:04d}"
