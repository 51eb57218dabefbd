"""Working time as payroll counts it: normal, and what earns 150, 200 or 300 %.

Labour Law art. 36, 41 and 44; the ministry's notes on art. 44 (1994/489): a day off
makes up for as much time as was worked; comprehensive hours by 1994/503 art. 5 and
1995/309 item 62, their overtime at most 36 hours a month on average by 1997/271
answer 7; hourly pay by 2025/2 (21.75 days a month). All are whole minutes.

Ours, where no text says it: a shift belongs to the day on which it begins, but what
lies on a statutory day is cut out at midnight, because the law names calendar days;
what a shift begun on a statutory day goes on for belongs to the day after. A break
lies in the middle of the shift. Days off make up for rest days of the same month, and
40 hours a week need no count of their own: a sixth day is a rest day, or made up for.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from carehome.i18n import N_
from carehome.rules.money import half_up
from carehome.rules.periods import DAY, Period, month_of, months_after
from carehome.rules.staff import SCHEME_MINUTES, Scheme

DAY_MINUTES = 8 * 60
DAY_OVERTIME = 3 * 60
MONTH_OVERTIME = 36 * 60
_MIDNIGHT = 24 * 60
_PAID_DAYS = 2175  # hundredths of a day: what a month's pay is divided by


class DayKind(StrEnum):
    """What a calendar day is by the state's calendar."""

    WORK = "work"
    REST = "rest"
    STATUTORY = "statutory"


class Pay(StrEnum):
    """What working time earns."""

    NORMAL = "normal"
    OVERTIME = "overtime"
    REST = "rest"
    STATUTORY = "statutory"


class Basis(StrEnum):
    """Why minutes are counted as they are."""

    WITHIN_DAY = "within-day"
    MADE_UP = "made-up"
    WITHIN_PERIOD = "within-period"
    BEYOND_DAY = "beyond-day"
    BEYOND_PERIOD = "beyond-period"
    REST_DAY = "rest-day"
    STATUTORY_DAY = "statutory-day"


PERCENT: Mapping[Pay, int] = {
    Pay.NORMAL: 100,
    Pay.OVERTIME: 150,
    Pay.REST: 200,
    Pay.STATUTORY: 300,
}
_OVERTIME = (Pay.OVERTIME, Pay.REST)  # what art. 41 limits
PERIOD_MINUTES: Mapping[Scheme, int] = SCHEME_MINUTES
_MONTHS = {Scheme.MONTH: 1, Scheme.QUARTER: 3, Scheme.YEAR: 12}
BASIS_NAMES: Mapping[Basis, str] = {
    Basis.WITHIN_DAY: N_("Within 8 hours of a working day"),
    Basis.MADE_UP: N_("Rest day, made up by a day off"),
    Basis.WITHIN_PERIOD: N_("Within the standard hours of the period"),
    Basis.BEYOND_DAY: N_("Beyond 8 hours of a working day"),
    Basis.BEYOND_PERIOD: N_("Beyond the standard hours of the period"),
    Basis.REST_DAY: N_("Rest day, not made up"),
    Basis.STATUTORY_DAY: N_("Statutory holiday"),
}

Calendar = Callable[[date], DayKind]


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift somebody works: `span` from start to end, `minutes` without breaks."""

    day: date
    starts: int
    span: int
    minutes: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """Everything payroll must know of one person.

    `turns` reach back to the first day of the period, and one day further for a night
    into it. On days `away` (leave, training) nobody is off. `protected` are the days on
    which the law forbids overtime.
    """

    scheme: Scheme
    turns: Sequence[Turn]
    employed: Period
    away: frozenset[date] = frozenset()
    protected: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """Minutes of one day, what they earn and why; `made_up_on` is their day off."""

    day: date
    pay: Pay
    minutes: int
    basis: Basis
    made_up_on: date | None = None


class Limit(StrEnum):
    """Which limit of overtime was passed."""

    DAY = "day"
    MONTH = "month"
    PERIOD = "period"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True)
class Breach:
    """More overtime than the law allows; `day` is the first of a month or period."""

    limit: Limit
    day: date
    minutes: int
    most: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Somebody's month; of comprehensive hours also how far the period has come."""

    entries: tuple[Entry, ...]
    breaches: tuple[Breach, ...] = ()
    period: Period | None = None
    worked: int = 0  # of the period so far, without statutory days
    standard: int = 0  # what the period asks for

    def of(self, pay: Pay) -> int:
        """Return the minutes that earn `pay`."""
        return sum(entry.minutes for entry in self.entries if entry.pay is pay)

    @property
    def total(self) -> int:
        """Return all minutes."""
        return sum(entry.minutes for entry in self.entries)


def split(turn: Turn) -> Iterator[tuple[date, int]]:
    """Yield the working minutes of a shift for each calendar day that it touches."""
    first = (turn.minutes + 1) // 2
    end = turn.starts + max(turn.span, turn.minutes)
    runs = (
        (turn.starts, turn.starts + first),
        (end - (turn.minutes - first), end),
    )
    for number in range(-(-end // _MIDNIGHT)):
        low, high = number * _MIDNIGHT, (number + 1) * _MIDNIGHT
        inside = sum(max(min(b, high) - max(a, low), 0) for a, b in runs)
        if inside:
            yield turn.day + timedelta(days=number), inside


def period_of(scheme: Scheme, month: date) -> Period:
    """Return the period in which the hours of `month` are counted together."""
    months = _MONTHS.get(scheme, 1)
    start = months_after(month.replace(day=1), -((month.month - 1) % months))
    return Period(start, months_after(start, months))


def hours(time: Time, month: date, calendar: Calendar) -> Hours:
    """Return what the working time of `month` earns."""
    count = _standard if time.scheme is Scheme.STANDARD else _comprehensive
    return count(time, month_of(month), calendar)


def rate_of_month(fen: int) -> Fraction:
    """Return the fen of one minute, of somebody paid by the month."""
    return Fraction(fen * 100, _PAID_DAYS * DAY_MINUTES)


def rate_of_hour(fen: int) -> Fraction:
    """Return the fen of one minute, of somebody paid by the hour."""
    return Fraction(fen, 60)


def premium(hours: Hours, rate: Fraction) -> dict[Pay, int]:
    """Return the fen of each kind above normal at the pay of a minute."""
    return {
        pay: half_up(
            rate.numerator * hours.of(pay) * PERCENT[pay], rate.denominator * 100
        )
        for pay in (Pay.OVERTIME, Pay.REST, Pay.STATUTORY)
    }


def _placed(
    turns: Iterable[Turn], calendar: Calendar
) -> tuple[Counter[date], Counter[date]]:
    """Return the minutes of each day: on statutory days, and all other ones."""
    statutory: Counter[date] = Counter()
    other: Counter[date] = Counter()
    for turn in turns:
        begins_statutory = calendar(turn.day) is DayKind.STATUTORY
        for day, minutes in split(turn):
            if calendar(day) is DayKind.STATUTORY:
                statutory[day] += minutes
            else:
                other[day if begins_statutory else turn.day] += minutes
    return statutory, other


def _standard(time: Time, month: Period, calendar: Calendar) -> Hours:
    """Count by days: 8 hours of a working day, rest days, statutory days."""
    statutory, other = _placed(time.turns, calendar)
    begun = {turn.day for turn in time.turns}
    offs = [
        day
        for day in month
        if calendar(day) is DayKind.WORK
        and day not in begun | time.away
        and not other[day]
        and time.employed.holds(day)
    ]
    left = [(day, DAY_MINUTES) for day in reversed(offs)]
    entries: list[Entry] = []
    for day in month:
        entries += _statutory(statutory, day)
        if calendar(day) is DayKind.WORK:
            entries += _working_day(day, other[day])
        else:
            entries += _rest_day(day, other[day], left)
    over = sum(entry.minutes for entry in entries if entry.pay in _OVERTIME)
    breaches = *_breaches(entries, time.protected), *_too_much(over, month, 1)
    return Hours(tuple(entries), breaches)


def _statutory(minutes: Mapping[date, int], day: date) -> Iterator[Entry]:
    if minutes.get(day):
        yield Entry(day, Pay.STATUTORY, minutes[day], Basis.STATUTORY_DAY)


def _working_day(day: date, minutes: int) -> Iterator[Entry]:
    if minutes:
        yield Entry(day, Pay.NORMAL, min(minutes, DAY_MINUTES), Basis.WITHIN_DAY)
    if minutes > DAY_MINUTES:
        yield Entry(day, Pay.OVERTIME, minutes - DAY_MINUTES, Basis.BEYOND_DAY)


def _rest_day(day: date, minutes: int, left: list[tuple[date, int]]) -> Iterator[Entry]:
    """Take days off of `left`, the next one last, until the rest day is made up for."""
    while minutes and left:
        off, room = left.pop()
        taken = min(minutes, room)
        if taken < room:
            left.append((off, room - taken))
        yield Entry(day, Pay.NORMAL, taken, Basis.MADE_UP, off)
        minutes -= taken
    if minutes:
        yield Entry(day, Pay.REST, minutes, Basis.REST_DAY)


def _comprehensive(time: Time, month: Period, calendar: Calendar) -> Hours:
    """Count the period together: what passes its standard is overtime.

    Overtime shows in the month in which the standard is passed. Leave lowers the
    standard when it is taken, so the last month settles what earlier ones did not know.
    """
    assert month.end is not None
    period = period_of(time.scheme, month.start)
    statutory, other = _placed(time.turns, calendar)
    worked, standard = _period_so_far(time, period, month.end, other, calendar)
    before, asked = _period_so_far(time, period, month.start, other, calendar)
    over = max(worked - standard, 0) - max(before - asked, 0)
    entries = [entry for day in month for entry in _statutory(statutory, day)]
    mine = {day: other[day] for day in month if other[day]}
    entries += _from_behind(mine, over, month.end - DAY)
    entries.sort(key=lambda entry: (entry.day, entry.pay))
    too_much = _too_much(worked - standard, period, _MONTHS[time.scheme])
    breaches = *_breaches(entries, time.protected), *too_much
    return Hours(tuple(entries), breaches, period, worked, standard)


def _period_so_far(
    time: Time, period: Period, until: date, other: Mapping[date, int], cal: Calendar
) -> tuple[int, int]:
    """Return what was worked before `until`, and the standard as known on that day."""
    worked = sum(
        minutes for day, minutes in other.items() if period.start <= day < until
    )
    missing = sum(
        cal(day) is DayKind.WORK
        and (not time.employed.holds(day) or (day in time.away and day < until))
        for day in period
    )
    standard = PERIOD_MINUTES[time.scheme] - missing * DAY_MINUTES
    return worked, max(standard, 0)


def _from_behind(minutes: Mapping[date, int], over: int, last: date) -> Iterator[Entry]:
    """Share days out: the last minutes worked are those beyond the standard.

    What the month itself does not hold was worked before it, and is settled on `last`.
    """
    days = sorted(minutes, reverse=True)
    for day in days:
        late = min(minutes[day], over)
        over -= late
        if late:
            yield Entry(day, Pay.OVERTIME, late, Basis.BEYOND_PERIOD)
        if minutes[day] > late:
            rest = minutes[day] - late
            yield Entry(day, Pay.NORMAL, rest, Basis.WITHIN_PERIOD)
    if over:
        yield Entry(last, Pay.OVERTIME, over, Basis.BEYOND_PERIOD)


def _breaches(entries: Iterable[Entry], protected: frozenset[date]) -> Iterator[Breach]:
    """Yield days with more overtime than art. 41 allows, or any of the protected."""
    by_day: defaultdict[date, int] = defaultdict(int)
    for entry in entries:
        if entry.pay in _OVERTIME:
            by_day[entry.day] += entry.minutes
        if entry.basis is Basis.BEYOND_DAY and entry.minutes > DAY_OVERTIME:
            yield Breach(Limit.DAY, entry.day, entry.minutes, DAY_OVERTIME)
    for day, minutes in sorted(by_day.items()):
        if day in protected:
            yield Breach(Limit.PROTECTED, day, minutes, 0)


def _too_much(over: int, period: Period, months: int) -> Iterator[Breach]:
    """Yield the overtime of a period if it is more than 36 hours for each month."""
    if over > MONTH_OVERTIME * months:
        limit = Limit.MONTH if months == 1 else Limit.PERIOD
        yield Breach(limit, period.start, over, MONTH_OVERTIME * months)
