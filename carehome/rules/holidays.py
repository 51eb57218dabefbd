"""Statutory holidays: the days that count three-fold, by the law and the moon.

Which days are free besides them, and which weekends are worked, the state tells each
autumn for the year to come; that is not a rule but an announcement, and stands in the
home's calendar (`services.workdays`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from carehome import paths
from carehome.rules.payroll import DayKind
from carehome.rules.rulepacks import FilePart

FOLDER, FILE, SCHEMA = "calendar", "statutory-days.json", "carehome/statutory-days/1"
_FEASTS = ("spring", "qingming", "dragon-boat", "mid-autumn")
_EVE = "eve"


@dataclass(frozen=True, slots=True)
class _Feast:
    """A feast of the law: on a date of each year, or by the moon, for some days."""

    name: str
    feast: str
    date: str
    days: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of some months: what each is, and its name where it is a feast.

    What `kinds` does not tell is a day of rest on Saturday and Sunday, else of work.
    `guessed` are years of which the state has not told the free days yet.
    """

    kinds: Mapping[date, DayKind] = field(default_factory=dict)
    names: Mapping[date, str] = field(default_factory=dict)
    guessed: frozenset[int] = frozenset()

    def __call__(self, day: date) -> DayKind:
        """Return what a day is."""
        plain = DayKind.REST if day.weekday() >= 5 else DayKind.WORK
        return self.kinds.get(day, plain)

    def is_statutory(self, day: date) -> bool:
        """Say whether work on `day` is paid three-fold."""
        return self(day) is DayKind.STATUTORY

    def is_working_weekend(self, day: date) -> bool:
        """Say whether `day` is a Saturday or Sunday on which people work."""
        return day.weekday() >= 5 and self(day) is DayKind.WORK


@cache
def statutory_days(year: int) -> Mapping[date, str]:
    """Return the statutory holidays of a year and their names.

    Beyond the years whose moon is in the table only the feasts of the sun's calendar
    are known (see `is_known`).
    """
    file = FilePart.of_file(paths.resource(FOLDER) / FILE, SCHEMA)
    moons = {
        each.whole("year"): {feast: each.name(feast) for feast in _FEASTS}
        for each in file.part("feasts").parts("years")
    }
    editions = [
        each
        for each in file.parts("editions")
        if date.fromisoformat(each.name("effective_from")).year <= year
    ]
    if not editions:
        return {}
    days: dict[date, str] = {}
    for part in editions[-1].parts("days"):
        feast = _Feast(
            part.name("name"), part.text("feast"), part.text("date"), part.whole("days")
        )
        if first := _first_day(feast, year, moons.get(year, {})):
            for number in range(feast.days):
                days.setdefault(first + timedelta(days=number), feast.name)
    return days


@cache
def is_known(year: int) -> bool:
    """Say whether all statutory holidays of a year are in the table."""
    file = FilePart.of_file(paths.resource(FOLDER) / FILE, SCHEMA)
    years = {each.whole("year") for each in file.part("feasts").parts("years")}
    return year in years


def _first_day(feast: _Feast, year: int, moon: Mapping[str, str]) -> date | None:
    if not feast.feast:
        return date.fromisoformat(f"{year}-{feast.date}")
    if feast.feast == _EVE:
        spring = moon.get("spring")
        day = spring and date.fromisoformat(f"{year}-{spring}") - timedelta(days=1)
        return day or None
    told = moon.get(feast.feast)
    return date.fromisoformat(f"{year}-{told}") if told else None
