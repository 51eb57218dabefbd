"""Figures of the residents: how many, of which ability, category and age."""

from collections.abc import Callable
from datetime import date

from carehome.i18n import N_
from carehome.rules.figures import Figure, Rows, count, quotient, total
from carehome.rules.residents import ABILITY_NAMES, SEX_NAMES
from carehome.rules.today import Text, words
from carehome.services.figures.asked import RESIDENT_TITLES, Asked
from carehome.services.figures.records import Resident
from carehome.services.figures.registry import counts

Wanted = Callable[[Asked, Resident], bool]
CLASSES = ("able", "partly", "disabled")
CATEGORIES = (
    *("society", "destitute", "minimum_living", "low_income", "out_of_poverty"),
    *("hardship", "one_child_loss", "veteran_care", "disabled", "advanced_age"),
    "living_alone",
)
BANDS = ((0, 60), (60, 70), (70, 80), (80, 90), (90, 100), (100, 999))
SEVERE = 3  # and above: what texts call severely disabled
OLD = 80  # high age, which the texts leave to the place
HARD_UP = ("hardship", "minimum_living", "low_income", "destitute", "out_of_poverty")


def _those(wanted: Wanted) -> Callable[[Asked], Figure]:
    """Count the residents of the last day who are wanted."""

    def counter(asked: Asked) -> Figure:
        found = [each for each in asked.residents if wanted(asked, each)]
        return count(asked.people(found))

    return counter


def _of_sex(sex: str) -> Wanted:
    return lambda _asked, each: each.sex == sex


def _of_level(level: int | None) -> Wanted:
    return lambda asked, each: asked.levels[each.resident_id] == level


def _of_class(name: str) -> Wanted:
    return lambda asked, each: asked.class_of(each) == name


def _of_category(code: str) -> Wanted:
    return lambda asked, each: each.resident_id in asked.belonging[code]


def _aged(least: int, below: int) -> Wanted:
    return lambda asked, each: least <= _age(asked, each) < below


def _age(asked: Asked, resident: Resident) -> int:
    age = asked.age_of(resident)
    return -1 if age is None else age


def _is_severe(asked: Asked, resident: Resident) -> bool:
    return (asked.levels[resident.resident_id] or 0) >= SEVERE


def _is_hard_up(asked: Asked, resident: Resident) -> bool:
    return any(resident.resident_id in asked.belonging[code] for code in HARD_UP)


def _is_disabled_and_hard_up(asked: Asked, resident: Resident) -> bool:
    return asked.class_of(resident) == "disabled" and _is_hard_up(asked, resident)


def _is_old_and_hard_up(asked: Asked, resident: Resident) -> bool:
    is_old = _age(asked, resident) >= OLD
    return is_old and _is_disabled_and_hard_up(asked, resident)


counts("residents.total")(_those(lambda _asked, _each: True))
counts("residents.dementia")(_those(lambda asked, each: asked.is_demented(each)))
counts("residents.severe")(_those(_is_severe))
counts("residents.hard_up")(_those(_is_hard_up))
counts("residents.hard_up_disabled")(_those(_is_disabled_and_hard_up))
counts("residents.hard_up_old_disabled")(_those(_is_old_and_hard_up))
counts("residents.disability")(
    _those(lambda _asked, each: each.disability_grade is not None)
)
counts("residents.level_unknown")(_those(_of_level(None)))
counts("residents.class_unknown")(_those(_of_class("")))
counts("residents.age_unknown")(_those(lambda asked, each: _age(asked, each) < 0))
counts("residents.age_from_60")(_those(_aged(60, 999)))
counts("residents.age_from_65")(_those(_aged(65, 999)))
counts("residents.age_from_80")(_those(_aged(OLD, 999)))
for _sex in SEX_NAMES:
    counts(f"residents.{_sex}")(_those(_of_sex(_sex)))
for _level in ABILITY_NAMES:
    counts(f"residents.level_{_level}")(_those(_of_level(_level)))
for _class in CLASSES:
    counts(f"residents.class_{_class}")(_those(_of_class(_class)))
for _code in CATEGORIES:
    counts(f"residents.category_{_code}")(_those(_of_category(_code)))
for _least, _below in BANDS:
    counts(f"residents.age_{_least}")(_those(_aged(_least, _below)))


@counts("residents.mean_age")
def mean_age(asked: Asked) -> Figure:
    """Return the mean age of those whose birthday is known."""
    ages = [age for each in asked.residents if (age := asked.age_of(each)) is not None]
    rows = asked.people(asked.residents, asked.age_of, N_("Age"))
    return quotient(sum(ages), len(ages), rows)


def _days(told: Callable[[Asked], list[tuple[int, date]]]) -> Callable[[Asked], Figure]:
    """Count what happened to residents on some day of the period."""

    def counter(asked: Asked) -> Figure:
        found = sorted(told(asked), key=lambda each: each[1])
        lines = tuple(asked.line(who, day, day=day) for who, day in found)
        return count(Rows((*RESIDENT_TITLES, N_("Day")), lines))

    return counter


@counts("residents.admissions")
@_days
def admissions(asked: Asked) -> list[tuple[int, date]]:
    """Return who was admitted when."""
    stays = asked.records.stays
    return [
        (stay.resident_id, stay.period.start)
        for stay in stays
        if asked.span.holds(stay.period.start)
    ]


def _left(asked: Asked, *kinds: str) -> list[tuple[int, date]]:
    """Return who left when; a stay without a departure on file is of no kind."""
    return [
        (stay.resident_id, stay.period.end)
        for stay in asked.records.stays
        if stay.period.end and asked.span.holds(stay.period.end)
        if not kinds or stay.ended_by in kinds
    ]


counts("residents.departures")(_days(_left))
counts("residents.deaths")(_days(lambda asked: _left(asked, "death")))
counts("residents.left_for_home")(_days(lambda asked: _left(asked, "home")))
counts("residents.left_for_other_home")(_days(lambda asked: _left(asked, "other_home")))
counts("residents.left_for_hospital")(_days(lambda asked: _left(asked, "hospital")))


@counts("residents.person_days")
def person_days(asked: Asked) -> Figure:
    """Count the days on which somebody lived here, as fees count them."""
    lines: dict[int, int] = {}
    for stay in asked.records.stays:
        if days := stay.period.days_within(asked.span):
            lines[stay.resident_id] = lines.get(stay.resident_id, 0) + days
    found = tuple(asked.line(who, days) for who, days in lines.items())
    return total(asked.person_days, Rows((*RESIDENT_TITLES, N_("Days")), found))


@counts("residents.mean")
def mean(asked: Asked) -> Figure:
    """Return how many people lived here on a mean day of the period."""
    return quotient(asked.person_days, asked.span.days, person_days(asked).rows)


def _away(kind: str) -> Callable[[Asked], Figure]:
    """Count the days on which residents were away, that of return not among them."""

    def counter(asked: Asked) -> Figure:
        found = [
            (who, absence.start, days)
            for who, of_kind, absence in asked.records.absences
            if of_kind == kind and (days := absence.days_within(asked.span))
        ]
        lines = tuple(
            asked.line(who, left, days, day=left) for who, left, days in found
        )
        titles = (*RESIDENT_TITLES, N_("Left on"), N_("Days"))
        return total(sum(days for *_of, days in found), Rows(titles, lines))

    return counter


def _out(kind: str) -> Callable[[Asked], Figure]:
    """Count who was away on the last day."""

    def counter(asked: Asked) -> Figure:
        out = {
            who
            for who, of_kind, absence in asked.records.absences
            if of_kind == kind and absence.holds(asked.last)
        }
        return count(asked.people(r for r in asked.residents if r.resident_id in out))

    return counter


for _kind, _key in (("leave", "on_leave"), ("hospital", "in_hospital")):
    counts(f"residents.{_kind}_days")(_away(_kind))
    counts(f"residents.{_key}")(_out(_kind))


@counts("residents.hospital_times")
@_days
def hospital_times(asked: Asked) -> list[tuple[int, date]]:
    """Return who was taken to hospital when."""
    return [
        (who, absence.start)
        for who, kind, absence in asked.records.absences
        if kind == "hospital" and asked.span.holds(absence.start)
    ]


@counts("residents.level_known_share")
def level_known_share(asked: Asked) -> Figure:
    """Return how many residents have a known ability level, with the level of each."""
    known = asked.levels
    rows = asked.people(
        asked.residents,
        lambda each: _level_word(known[each.resident_id]),
        N_("Ability"),
    )
    found = sum(level is not None for level in known.values())
    return quotient(found, len(asked.residents), rows)


def _level_word(level: int | None) -> Text:
    return words(N_("Not assessed") if level is None else ABILITY_NAMES[level])
