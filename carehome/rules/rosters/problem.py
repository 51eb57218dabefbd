"""A roster to be made: who, which days, which shifts, what is needed and wished.

One problem serves the grid, the check of what somebody types, and the engine; the
published shift-scheduling instances are problems of this kind too. Days are counted
from 0, the first day. A weight of None means hard: it must not happen; any other
weight is what each unit beyond the limit costs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

OFF = ""
Cell = tuple[str, int]  # a person's key and a day


@dataclass(frozen=True, slots=True)
class Shift:
    """A kind of shift: its working time, and what may not follow on the next day.

    `starts` is the minute of the day, `span` the minutes from start to end with the
    breaks: 1380 and 480 lie over midnight. `minutes` are the working time that counts,
    `name` is what people call it.
    """

    code: str
    minutes: int
    starts: int = 0
    span: int = 0
    is_night: bool = False
    not_next: frozenset[str] = frozenset()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """At least and at most so many; `most` None is without limit."""

    least: int = 0
    most: int | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be put on shifts.

    `minutes` limits the working time of all days, `run` the working days in a row,
    `rest` the days off in a row, `weekends` the weekends (Saturday and Sunday) with
    work on either day. Runs, rests and weekends that began before day 0 count with
    the days of `before`, the shifts of the last days, the last one last; where nothing
    is known, and at the end, a minimum does not bind. `half_weekend` is the cost of a
    weekend of which only one day is worked. Who has `weekly_rest` is off at least one
    day of each week from Monday to Sunday. `units` are where the person may
    work, empty for everywhere; `unit` is where they belong.
    """

    key: str
    name: str = ""
    minutes: Limit = Limit()
    run: Limit = Limit()
    rest: Limit = Limit()
    weekends: Limit = Limit()
    half_weekend: int = 0
    weekly_rest: bool = False
    unit: str = ""
    units: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()


class Why(StrEnum):
    """Why somebody cannot work a shift on a day."""

    AWAY = "away"  # leave, sickness
    TRAINING = "training"
    NOT_HERE = "not-here"  # not yet or no longer employed
    POST = "post"  # lacks the post that the shift asks for
    CERTIFICATE = "certificate"  # lacks one that is valid on that day
    PROTECTED = "protected"  # expecting or nursing: no night, no overtime


@dataclass(frozen=True, slots=True)
class Bar:
    """What keeps somebody from a shift; `what` names the certificate, leave, post."""

    why: Why
    what: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """So many people on a shift of a day, in a unit or (empty) in the whole home.

    Only people in `counts` count, None for all: that is how a shift asks for a senior.
    Each person below `need` costs `under`, each one above it `over`; there are never
    more than `most` (None: without limit). `basis` tells where the need comes from.
    """

    day: int
    shift: str
    need: int
    unit: str = ""
    most: int | None = None
    under: int | None = None
    over: int = 0
    counts: frozenset[str] | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody would like one of `shifts` on a day, or (`wanted` False) none of them.

    `shifts` empty means any shift at all: a day off or a day of work.
    """

    person: str
    day: int
    shifts: frozenset[str]
    wanted: bool
    weight: int


class Counted(StrEnum):
    """What a count counts."""

    SHIFT = "shift"
    NIGHTS = "nights"
    HOLIDAYS = "holidays"
    WEEKENDS = "weekends"  # Saturdays and Sundays worked


@dataclass(frozen=True, slots=True)
class Count:
    """A limit for each person on how many of certain (day, shift) are worked.

    A fair share is such a limit: what the ledger of the year leaves to a person.
    """

    counted: Counted
    cells: frozenset[tuple[int, str]]
    limits: Mapping[str, Limit]


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that a roster of `days` days from `first` must and should hold.

    `bars` tell which shifts somebody cannot work on a day and why; `locked` are cells
    that stay as they are (OFF for a day off). `stranger` is what each shift costs
    that somebody works outside their own unit. `unit_names` are what people call units.
    """

    first: date
    days: int
    shifts: tuple[Shift, ...]
    people: tuple[Person, ...]
    demands: tuple[Demand, ...] = ()
    wishes: tuple[Wish, ...] = ()
    counts: tuple[Count, ...] = ()
    bars: Mapping[Cell, Mapping[str, Bar]] = field(default_factory=dict)
    locked: Mapping[Cell, str] = field(default_factory=dict)
    stranger: int = 0
    unit_names: Mapping[str, str] = field(default_factory=dict)

    def date_of(self, day: int) -> date:
        """Return the date of day number `day`; days before the first are negative."""
        return self.first + timedelta(days=day)

    def shift(self, code: str) -> Shift:
        """Return the shift with `code`."""
        return next(shift for shift in self.shifts if shift.code == code)


@dataclass(frozen=True, slots=True)
class Roster:
    """Who works what: a row of shift codes for each person, OFF for days off.

    `units` says where somebody works who is not in the unit that they belong to.
    """

    rows: Mapping[str, tuple[str, ...]]
    units: Mapping[Cell, str] = field(default_factory=dict)


class Fault(StrEnum):
    """What can be wrong with a roster."""

    BARRED = "barred"
    LOCK = "lock"
    FOLLOWING = "following"  # too little rest between two shifts
    WEEKLY_REST = "weekly-rest"
    RUN_LONG = "run-long"
    RUN_SHORT = "run-short"
    REST_SHORT = "rest-short"
    REST_LONG = "rest-long"
    MINUTES_OVER = "minutes-over"
    MINUTES_UNDER = "minutes-under"
    WEEKENDS_OVER = "weekends-over"
    WEEKENDS_UNDER = "weekends-under"
    HALF_WEEKEND = "half-weekend"
    COUNT_OVER = "count-over"
    COUNT_UNDER = "count-under"
    WISH = "wish"
    COVER_UNDER = "cover-under"
    COVER_OVER = "cover-over"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: hard when `weight` is None, else it costs.

    `amount` is by how many units the limit is missed (minutes, days, people, …),
    `limit` the limit itself. `days` are the days concerned, in order; negative ones
    lie before the first. Of a cover finding `person` is empty and `demand` is what
    is not met, of an unmet wish `wish` is it, of a count finding `counted` says which.
    `after` is the shift that a following one leaves too little rest from.
    """

    fault: Fault
    amount: int
    weight: int | None
    days: tuple[int, ...] = ()
    person: str = ""
    shift: str = ""
    unit: str = ""
    limit: int = 0
    counted: Counted | None = None
    bar: Bar | None = None
    demand: Demand | None = None
    wish: Wish | None = None
    after: str = ""

    @property
    def is_hard(self) -> bool:
        """Say whether this must not be."""
        return self.weight is None

    @property
    def cost(self) -> int:
        """Return what this adds to the score of a roster; 0 where it is hard."""
        return self.amount * (self.weight or 0)
