"""The plan of rounds: which form is filled in where, how often and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.periods import DAY, Period

DAY_MINUTES = 24 * 60
MANY_TIMES = 6  # so many of a day are no longer read one by one
LONGEST_NIGHT_GAP = 120  # GB/T 40248-2021 7.3.5 asks for every two hours


class Rhythm(StrEnum):
    """How often a round is due."""

    DAILY = "daily"
    NIGHT = "night"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    EVERY_DAYS = "every_days"


RHYTHM_NAMES = {
    Rhythm.DAILY: N_("Every day at set times"),
    Rhythm.NIGHT: N_("Every night, again and again"),
    Rhythm.WEEKLY: N_("Every week"),
    Rhythm.MONTHLY: N_("Every month"),
    Rhythm.HALF_YEARLY: N_("Every half year"),
    Rhythm.YEARLY: N_("Every year"),
    Rhythm.EVERY_DAYS: N_("Every so many days"),
}
# The longest that the calendar's own spans may be.
_SPAN_DAYS = {
    Rhythm.WEEKLY: 7,
    Rhythm.MONTHLY: 31,
    Rhythm.HALF_YEARLY: 184,
    Rhythm.YEARLY: 366,
}


class BadTimes(Refusal):
    """The times of a day cannot be read."""

    text = N_("Write the times as 08:30 15:00, with a space between them.")


class NoTimes(Refusal):
    """A daily round has no time."""

    text = N_("Give at least one time of the day.")


class TimesOverlap(Refusal):
    """A round would still be open when the next one of the day begins."""

    text = N_(
        "The round of {first} may still be made when that of {second} begins. Shorten "
        "the time it may take, or move the times apart."
    )


class BadNight(Refusal):
    """The night ends when it begins, or holds no round."""

    text = N_("The night must be longer than the time between two rounds.")


class NightGapTooLong(Refusal):
    """Rounds at night are further apart than the standard allows."""

    text = N_(
        "At night a round is due at least every {most} minutes (GB/T 40248-2021 "
        "7.3.5). Give {most} or less."
    )


class BadEvery(Refusal):
    """How often is not said."""

    text = N_("Say how often: a whole number above nothing.")


class BadSpan(Refusal):
    """A round may be made on days that its span does not have."""

    text = N_("The days lie outside of the span, which has {days} days at most.")


class EndsTooEarly(Refusal):
    """A plan that has begun would end before today is over."""

    text = N_("This plan has begun; it can end after today at the earliest.")


class AlreadyEnded(Refusal):
    """The plan has an end."""

    text = N_("This plan has already ended. Make a new one instead.")


class AlreadyPlanned(Refusal):
    """The same form is planned for the same place."""

    text = N_(
        "“{form}” is already planned for “{place}”. Change that plan, or end it first."
    )


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of the plan; its times are minutes of the day.

    `window` is how long after its time a daily round may be made; `every` is minutes
    at night, else days. A round of a longer rhythm may be made from the `first_day` of
    its span on, `days` long or to its end.
    """

    form_id: int
    place_id: int
    rhythm: Rhythm
    starts: date
    ends: date | None = None
    times: tuple[int, ...] = ()
    window: int | None = None
    night_from: int | None = None
    night_to: int | None = None
    every: int | None = None
    first_day: int = 1
    days: int | None = None
    role: str = ""
    plan_id: int | None = None

    @property
    def period(self) -> Period:
        """Return the days on which the plan holds."""
        return Period(self.starts, self.ends)


def only_needed(planned: Planned) -> Planned:
    """Return a line without what its rhythm does not ask for."""
    is_daily, is_night = (planned.rhythm is each for each in _OF_THE_DAY)
    is_long = not (is_daily or is_night)
    asks_every = is_night or planned.rhythm is Rhythm.EVERY_DAYS
    return replace(
        planned,
        times=tuple(sorted(set(planned.times))) if is_daily else (),
        window=planned.window if is_daily else None,
        night_from=planned.night_from if is_night else None,
        night_to=planned.night_to if is_night else None,
        every=planned.every if asks_every else None,
        first_day=planned.first_day if planned.rhythm in _SPAN_DAYS else 1,
        days=planned.days if is_long else None,
    )


_OF_THE_DAY = (Rhythm.DAILY, Rhythm.NIGHT)


def check(planned: Planned) -> None:
    """Refuse a line that would make nothing due, or the same thing twice."""
    if planned.rhythm is Rhythm.DAILY:
        _check_times(planned)
    elif planned.rhythm is Rhythm.NIGHT:
        _check_night(planned)
    elif planned.rhythm is Rhythm.EVERY_DAYS:
        if planned.every is None or planned.every < 1:
            raise BadEvery
        _check_days(planned, planned.every)
    else:
        _check_days(planned, _SPAN_DAYS[planned.rhythm])


def _check_times(planned: Planned) -> None:
    times = sorted(planned.times)
    if not times:
        raise NoTimes
    if planned.window is None or not 1 <= planned.window <= DAY_MINUTES:
        raise BadEvery
    for first, second in zip(times, [*times[1:], times[0] + DAY_MINUTES], strict=True):
        if first + planned.window > second:
            raise TimesOverlap(first=clock(first), second=clock(second % DAY_MINUTES))


def _check_night(planned: Planned) -> None:
    if planned.every is None or planned.every < 1:
        raise BadEvery
    if planned.every > LONGEST_NIGHT_GAP:
        raise NightGapTooLong(most=LONGEST_NIGHT_GAP)
    if night_length(planned) < planned.every:
        raise BadNight


def _check_days(planned: Planned, most: int) -> None:
    last = planned.first_day + (planned.days or 1) - 1
    if planned.first_day < 1 or last > most:
        raise BadSpan(days=most)


def night_length(planned: Planned) -> int:
    """Return how many minutes the night lasts, over midnight where need be."""
    if planned.night_from is None or planned.night_to is None:
        raise BadNight
    return (planned.night_to - planned.night_from) % DAY_MINUTES


def check_end(planned: Planned, ends: date, today: date) -> None:
    """Refuse to end a plan in a way that would hide what was due."""
    if planned.ends is not None:
        raise AlreadyEnded
    if ends < earliest_end(planned, today):
        raise EndsTooEarly


def earliest_end(planned: Planned, today: date) -> date:
    """Return the first day on which the plan need not hold any more."""
    return max(planned.starts, today + DAY)


def clock(minute: int) -> str:
    """Show a minute of the day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def read_clock(text: str) -> int:
    """Read a time of the day, 8:30 or 0830, with a colon of either width."""
    hours, _colon, minutes = text.strip().replace("\uff1a", ":").rpartition(":")
    if not hours and len(minutes) in (3, 4):
        hours, minutes = minutes[:-2], minutes[-2:]
    if not (hours.isdecimal() and minutes.isdecimal()):
        raise BadTimes
    if int(hours) > 23 or int(minutes) > 59:
        raise BadTimes
    return int(hours) * 60 + int(minutes)


def read_times(text: str) -> tuple[int, ...]:
    """Read times of the day with spaces, commas or the Chinese comma between them."""
    for sign in ",\uff0c\u3001;\uff1b":
        text = text.replace(sign, " ")
    return tuple(sorted({read_clock(each) for each in text.split()}))


def show_times(times: Iterable[int]) -> str:
    """Show times of the day as they are read."""
    return " ".join(clock(each) for each in times)


def say(planned: Planned) -> str:
    """Say when a round is due."""
    if gap := _even_gap(planned.times):
        text = _("All day from {start} on, every {every} minutes, within {window}")
        start = clock(planned.times[0])
        return text.format(start=start, every=gap, window=planned.window)
    often = _(_SENTENCES[planned.rhythm]).format(
        times=show_times(planned.times),
        window=planned.window,
        start=clock(planned.night_from or 0),
        end=clock(planned.night_to or 0),
        every=planned.every,
    )
    first = planned.first_day
    if planned.days is not None:
        last = first + planned.days - 1
        text = _("{often}, from day {first} to day {last}")
        return text.format(often=often, first=first, last=last)
    if first > 1:
        return _("{often}, from day {first} on").format(often=often, first=first)
    return often


def _even_gap(times: tuple[int, ...]) -> int | None:
    """Return how far many times lie apart that are spread evenly over the day."""
    if len(times) < MANY_TIMES:
        return None
    following = (*times[1:], times[0] + DAY_MINUTES)
    gaps = {later - each for each, later in zip(times, following, strict=True)}
    return gaps.pop() if len(gaps) == 1 else None


_SENTENCES = {
    Rhythm.DAILY: N_("Every day at {times}, within {window} minutes"),
    Rhythm.NIGHT: N_("At night from {start} to {end}, every {every} minutes"),
    Rhythm.WEEKLY: N_("Once a week"),
    Rhythm.MONTHLY: N_("Once a month"),
    Rhythm.HALF_YEARLY: N_("Once every half year"),
    Rhythm.YEARLY: N_("Once a year"),
    Rhythm.EVERY_DAYS: N_("Every {every} days"),
}
