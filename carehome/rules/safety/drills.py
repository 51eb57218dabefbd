"""Drills: what is planned and held, how fast people were out, what is due.

A real exercise every half year is asked for by the State Council office (letter 14
of 2026); that one of a year is at night and one takes in a unit of disabled people is
our own rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import Period, after_months, months_after

HALF = 6  # months
MOST_SECONDS = 24 * 60 * 60
DAY = timedelta(days=1)


class State(StrEnum):
    """How far a drill has come."""

    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called_off"


class Verdict(StrEnum):
    """What was seen of a line of the score sheet."""

    MET = "met"
    FAILED = "failed"
    NOT_SEEN = "not_seen"


STATE_NAMES = {
    State.PLANNED: N_("Planned"),
    State.HELD: N_("Drill held"),
    State.CALLED_OFF: N_("Called off"),
}
VERDICT_NAMES = {
    Verdict.MET: N_("Met"),
    Verdict.FAILED: N_("Not met"),
    Verdict.NOT_SEEN: N_("Not seen"),
}
ROLE_NAMES = {
    "command": N_("In command"),
    "alarm": N_("Alarm and calls"),
    "fire_fighting": N_("Fighting the fire"),
    "evacuation": N_("Leading people out"),
    "first_aid": N_("First aid"),
    "guard": N_("Guarding the site"),
    "supplies": N_("Supplies"),
}


class TitleNeeded(Refusal):
    """A drill, a plan has a name."""

    text = N_("Enter a title.")


class HeldInFuture(Refusal):
    """What was held lies behind."""

    text = N_("A drill is recorded after it was held. Choose a day that has come.")


class TimeWrong(Refusal):
    """A time of day reads like 14:30."""

    text = N_("Enter the time as hours and minutes, such as 14:30.")


class SpanWrong(Refusal):
    """A stretch of time reads like 6:35."""

    text = N_("Enter minutes and seconds, such as 6:35, or only the minutes.")


class NoMinutes(Refusal):
    """A drill that was held took time."""

    text = N_("Enter how many minutes the drill took.")


class NobodyCommands(Refusal):
    """Somebody is in command of every drill."""

    text = N_("Choose who is in command.")


class FloorTwice(Refusal):
    """A floor is emptied once in a drill."""

    text = N_("{floor} stands there twice. Keep one line for each floor.")


class NoLongerPlanned(Refusal):
    """Only what is planned can be held, changed or called off."""

    text = N_("This drill was held or called off meanwhile. Look at it once more.")


class NotHeldYet(Refusal):
    """Only what was held can be put right."""

    text = N_("This drill was not held yet. Record how it went instead.")


class ReasonNeeded(Refusal):
    """Calling off needs a reason."""

    text = N_("Enter why the drill is called off.")


@dataclass(frozen=True, slots=True)
class RolePart:
    """Somebody takes a part in a drill."""

    role: str
    staff_id: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class FloorTime:
    """How long it took until the last one was off a floor."""

    floor_id: int
    seconds: int
    residents: int = 0
    floor: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A line of the score sheet, what it counts, and what was seen of it."""

    text: str
    verdict: Verdict = Verdict.NOT_SEEN
    points: int = 1
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt; `hazard_id` is the hazard that was opened for it."""

    text: str
    hazard_id: int | None = None
    lesson_id: int = 0


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill that is planned, was held or was called off."""

    title: str
    planned_on: date
    place: str = ""
    is_night: bool = False
    is_disabled_unit: bool = False
    is_real: bool = True
    roles: tuple[RolePart, ...] = ()
    held_on: date | None = None
    held_at: str = ""
    minutes: int | None = None
    residents: int = 0
    note: str = ""
    called_off: str = ""
    floors: tuple[FloorTime, ...] = ()
    score: tuple[Scored, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    drill_id: int = 0

    @property
    def state(self) -> State:
        """Say how far the drill has come."""
        if self.called_off:
            return State.CALLED_OFF
        return State.HELD if self.held_on else State.PLANNED

    @property
    def day(self) -> date:
        """Return the day it was held, or is planned for."""
        return self.held_on or self.planned_on

    @property
    def slowest(self) -> FloorTime | None:
        """Return the floor that took longest to empty."""
        return max(self.floors, key=lambda floor: floor.seconds, default=None)

    @property
    def met(self) -> tuple[int, int]:
        """Return the points of the lines that were met, and of all that were seen."""
        seen = [line for line in self.score if line.verdict is not Verdict.NOT_SEEN]
        met = sum(line.points for line in seen if line.verdict is Verdict.MET)
        return met, sum(line.points for line in seen)


@dataclass(frozen=True, slots=True)
class Half:
    """Half a calendar year and the drills in it; a real exercise is asked for."""

    span: Period
    drills: tuple[Drill, ...]

    @property
    def last_day(self) -> date:
        """Return the last day of the half year."""
        assert self.span.end, "half years end"
        return self.span.end - DAY

    @property
    def is_done(self) -> bool:
        """Say whether a real exercise was held."""
        return any(each.is_real and each.held_on for each in self.drills)

    @property
    def planned(self) -> date | None:
        """Return the first day that a real exercise is planned for."""
        days = (
            each.planned_on
            for each in self.drills
            if each.is_real and each.state is State.PLANNED
        )
        return min(days, default=None)


@dataclass(frozen=True, slots=True)
class YearNeed:
    """Which kinds of drill a year still lacks."""

    at_night: bool
    disabled_unit: bool


def half_of(day: date) -> Period:
    """Return the half of the calendar year that holds `day`."""
    first = day.replace(month=1 if day.month <= HALF else HALF + 1, day=1)
    return Period(first, months_after(first, HALF))


def halves(span: Period, drills: Iterable[Drill]) -> list[Half]:
    """Lay the drills into the half years that a span touches, empty ones too."""
    assert span.end, "only a span that ends has a number of halves"
    known = list(drills)
    found = []
    half = half_of(span.start)
    while half.start < span.end:
        within = tuple(each for each in known if half.holds(each.day))
        found.append(Half(half, within))
        assert half.end, "half years end"
        half = half_of(half.end)
    return found


def years_to(first: date, last: date) -> list[Period]:
    """Return the calendar years within a span, then the twelve months to its end."""
    begins = [date(year, 1, 1) for year in range(first.year, last.year)]
    whole = [Period(day, months_after(day, 2 * HALF)) for day in begins if day >= first]
    return [*whole, Period(after_months(last + DAY, -2 * HALF), last + DAY)]


def lacking(year: int, drills: Iterable[Drill]) -> YearNeed:
    """Say which kinds of drill were not held in a year."""
    return lacking_in(Period(date(year, 1, 1), date(year + 1, 1, 1)), drills)


def lacking_in(span: Period, drills: Iterable[Drill]) -> YearNeed:
    """Say which kinds of drill were not held in a span."""
    held = [each for each in drills if each.held_on and span.holds(each.held_on)]
    return YearNeed(
        at_night=not any(each.is_night for each in held),
        disabled_unit=not any(each.is_disabled_unit for each in held),
    )


def check_plan(drill: Drill) -> None:
    """Raise a Refusal unless a drill can be planned like this."""
    if not drill.title.strip():
        raise TitleNeeded


def check_held(drill: Drill, today: date) -> None:
    """Raise a Refusal unless a drill can have gone like this."""
    check_plan(drill)
    if drill.held_on is None or drill.held_on > today:
        raise HeldInFuture
    check_time(drill.held_at)
    if not drill.minutes or drill.minutes < 1:
        raise NoMinutes
    if not any(part.role == "command" for part in drill.roles):
        raise NobodyCommands
    seen: set[int] = set()
    for floor in drill.floors:
        if floor.floor_id in seen:
            raise FloorTwice(floor=floor.floor)
        seen.add(floor.floor_id)


def taught(drill: Drill) -> list[str]:
    """Return what was noted, and each line of the score sheet that was not met."""
    noted = [each.text.strip() for each in drill.lessons if each.text.strip()]
    return [*noted, *(of_line(line) for line in _failed(drill))]


def noted(drill: Drill) -> list[str]:
    """Return what was noted by hand, and not taken from the score sheet."""
    of_sheet = {of_line(line) for line in _failed(drill)}
    return [each.text for each in drill.lessons if each.text not in of_sheet]


def of_line(line: Scored) -> str:
    """Return what a line of the score sheet teaches where it was not met."""
    note = line.note.strip()
    return f"{line.text} – {note}" if note else line.text


def _failed(drill: Drill) -> Iterable[Scored]:
    return (line for line in drill.score if line.verdict is Verdict.FAILED)


def check_time(text: str) -> None:
    """Raise TimeWrong unless a text is a time of day such as 09:05."""
    hours, colon, minutes = text.partition(":")
    told = hours.isdigit() and minutes.isdigit() and len(minutes) == 2
    if not (colon and told and int(hours) < 24 and int(minutes) < 60):
        raise TimeWrong


def read_span(text: str) -> int:
    """Return the seconds of a stretch typed as 6:35 or 6; raise SpanWrong otherwise."""
    minutes, colon, seconds = text.strip().replace("\uff1a", ":").partition(":")
    if not minutes.isdigit() or (colon and not seconds.isdigit()):
        raise SpanWrong
    told = int(minutes) * 60 + int(seconds or 0)
    if int(seconds or 0) >= 60 or not 0 < told <= MOST_SECONDS:
        raise SpanWrong
    return told


def say_span(seconds: int) -> str:
    """Return a stretch of time as minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"
