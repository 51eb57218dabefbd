"""Residents: who is here on a day, how old, and what may be shown of them."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import Period

DOT = "\u00b7"  # between the parts of a name such as those of Uighur people
_DOTS = re.compile("\\s*[\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff0e\uff65.]\\s*")
_FAR_EAST = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACE_WITHIN = re.compile(f"(?<=[{_FAR_EAST}])\\s+(?=[{_FAR_EAST}])")


class Status(StrEnum):
    """Where somebody stands with the home on a day."""

    WAITING = "waiting"
    ADMITTING = "admitting"
    IN = "in"
    ON_LEAVE = "leave"
    IN_HOSPITAL = "hospital"
    DISCHARGED = "discharged"


LIVES_HERE = frozenset({Status.IN, Status.ON_LEAVE, Status.IN_HOSPITAL})

STATUS_NAMES = {
    Status.WAITING: N_("Waiting"),
    Status.ADMITTING: N_("Admission under way"),
    Status.IN: N_("In the home"),
    Status.ON_LEAVE: N_("On leave"),
    Status.IN_HOSPITAL: N_("In hospital"),
    Status.DISCHARGED: N_("Discharged"),
}
SEX_NAMES = {"male": N_("Male"), "female": N_("Female")}
ABILITY_NAMES = {
    0: N_("Able"),
    1: N_("Mild"),
    2: N_("Moderate"),
    3: N_("Severe"),
    4: N_("Profound"),
}
DISABILITY_NAMES = {
    1: N_("Grade 1 (most severe)"),
    2: N_("Grade 2"),
    3: N_("Grade 3"),
    4: N_("Grade 4"),
}
ABSENCE_NAMES = {"leave": N_("Leave"), "hospital": N_("Hospital")}
CONTACT_ROLE_NAMES = {
    "guardian": N_("Guardian"),
    "agent": N_("Agent"),
    "emergency": N_("Emergency contact"),
    "family": N_("Family"),
}
PAPER_NAMES = {
    "identity": N_("Identity card"),
    "household": N_("Household register"),
    "agreement": N_("Service agreement"),
    "consent": N_("Consent"),
    "medical": N_("Medical record"),
    "assessment": N_("Ability assessment"),
    "other": N_("Other document"),
}


class NotComeYet(Refusal):
    """Only what has happened is recorded."""

    text = N_("{day} has not come yet. Record it on the day it happens.")


class NotHere(Refusal):
    """The person does not live in the home on that day."""

    text = N_("{name} does not live here on {day}. Check the day.")


class AbsencesOverlap(Refusal):
    """Somebody cannot be away twice at once."""

    text = N_(
        "{name} is recorded as away from {left_on} to {returned_on}. Correct that "
        "absence first."
    )


class StillAway(Refusal):
    """The person is away and has not come back."""

    text = N_(
        "{name} has been away since {left_on}. Record the return first, or correct "
        "that absence."
    )


class ReturnTooEarly(Refusal):
    """A return comes before the leaving."""

    text = N_("The return cannot be before the day of leaving, {left_on}.")


def check_happened(day: date, today: date) -> None:
    """Raise NotComeYet when `day` is after `today`."""
    if day > today:
        raise NotComeYet(day=day)


def check_return(left_on: date, back: date | None) -> None:
    """Raise ReturnTooEarly when `back` is before `left_on`."""
    if back is not None and back < left_on:
        raise ReturnTooEarly(left_on=left_on)


def check_here(name: str, away: Period, stays: Iterable[Period]) -> None:
    """Raise NotHere unless one stay holds the whole absence."""
    for stay in stays:
        if stay.holds(away.start):
            if stay.end is None or (away.end is not None and away.end <= stay.end):
                return
            raise NotHere(name=name, day=stay.end)
    raise NotHere(name=name, day=away.start)


def check_away_once(name: str, away: Period, others: Iterable[Period]) -> None:
    """Raise StillAway or AbsencesOverlap when another absence shares a day."""
    for other in others:
        if not other.overlaps(away):
            continue
        if other.end is None:
            raise StillAway(name=name, left_on=other.start)
        raise AbsencesOverlap(name=name, left_on=other.start, returned_on=other.end)


def status_on(
    day: date,
    stays: Iterable[Period],
    absences: Iterable[tuple[str, Period]],
    is_admitting: bool,
) -> Status:
    """Say where somebody with these stays and absences stands on `day`."""
    begun = [stay for stay in stays if stay.start <= day]
    if any(stay.holds(day) for stay in begun):
        kinds = [kind for kind, away in absences if away.holds(day)]
        return Status(kinds[0]) if kinds else Status.IN
    if is_admitting:
        return Status.ADMITTING
    return Status.DISCHARGED if begun else Status.WAITING


def age_on(born: date | None, day: date) -> int | None:
    """Return the age in whole years, None when the birthday is unknown."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def mask_identity(number: str | None) -> str:
    """Hide the middle of a number: 610103********2424, of a passport E1*****78."""
    if not number:
        return ""
    first, last = (6, 4) if len(number) > 12 else (2, 2)  # shorter ones say more a sign
    return number[:first] + "*" * (len(number) - first - last) + number[-last:]


def clean_name(typed: str) -> str:
    """Return a name without stray spaces and with one kind of dot."""
    name = _SPACE_WITHIN.sub("", " ".join(typed.split()))
    return _DOTS.sub(DOT, name)
