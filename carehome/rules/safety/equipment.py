"""When equipment is to be serviced and scrapped, by its kind and what was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_, show_day
from carehome.rules.periods import after_months

MOST_MONTHS, MOST_WARNING = 600, 366
_MARK = "E-"


class ServiceKind(StrEnum):
    """What was done; a repair alone does not put off the next service."""

    SERVICE = "service"
    TEST = "test"
    REPAIR = "repair"


SERVICE_NAMES = {
    ServiceKind.SERVICE: N_("Service of equipment"),
    ServiceKind.TEST: N_("Test of equipment"),
    ServiceKind.REPAIR: N_("Repair of equipment"),
}
SURENESS_NAMES = {
    "read": N_("Read in the standard"),
    "second_hand": N_("Read at second hand"),
    "remembered": N_("Known, the standard not read"),
    "ours": N_("Our own proposal"),
}


class Matter(StrEnum):
    """What is to be done with a piece of equipment."""

    SCRAP = "scrap"
    SERVICE = "service"
    FAILED = "failed"
    UNDATED = "undated"


MATTER_NAMES = {
    Matter.SCRAP: N_("To be scrapped"),
    Matter.SERVICE: N_("To be serviced"),
    Matter.FAILED: N_("Did not pass"),
    Matter.UNDATED: N_("Day of manufacture unknown"),
}


class Press(StrEnum):
    """How much something presses."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


class MonthsOutOfRange(Refusal):
    """Intervals are told in whole months."""

    text = N_("Enter 1 to {most} months, or nothing where there is no such interval.")


class ServiceHalfTold(Refusal):
    """The first service and the following ones belong together."""

    text = N_("Enter both the first service and the interval after it, or neither.")


class MarkTooLong(Refusal):
    """The mark has to fit into a point on the plan."""

    text = N_("Enter one or two characters that mark this kind on the plan.")


class WarningOutOfRange(Refusal):
    """A warning comes in sensible time."""

    text = N_("Enter 0 to 366 days before the day it is due.")


class MadeLater(Refusal):
    """Nothing hangs here before it was made."""

    text = N_("The day of manufacture lies in the future.")


class ServicedBeforeMade(Refusal):
    """Nothing is serviced before it was made."""

    text = N_("Number {label} was made on {made_on}; enter a later day of service.")


class ServicedLater(Refusal):
    """A service is recorded once it was done."""

    text = N_("Enter a day up to today: a service is recorded once it was done.")


class NextTooEarly(Refusal):
    """The next service comes after this one."""

    text = N_("The next service comes after this one. Enter a later day.")


class ScrappedEarly(Refusal):
    """Nothing is scrapped before it was made or in days to come."""

    text = N_("Enter a day between the day of manufacture and today.")


class LabelWrong(Refusal):
    """The code of a label is not one of ours."""

    text = N_("“{typed}” is not on a label. It looks like this: E-0012.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of equipment; intervals in months, None where there is none."""

    name: str
    mark: str
    first_months: int | None = None
    again_months: int | None = None
    scrap_months: int | None = None
    warn_days: int = 60
    source: str = ""
    sureness: str = "ours"
    contract_id: int | None = None
    is_active: bool = True
    kind_id: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """A service, test or repair of one piece; `next_on` is what its tag says."""

    day: date
    kind: ServiceKind = ServiceKind.SERVICE
    is_passed: bool = True
    by: str = ""
    next_on: date | None = None
    note: str = ""
    service_id: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done by the end of `day`; None: now."""

    matter: Matter
    day: date | None
    press: Press


def check_kind(kind: Kind) -> None:
    """Refuse intervals that make no sense."""
    for months in (kind.first_months, kind.again_months, kind.scrap_months):
        if months is not None and not 1 <= months <= MOST_MONTHS:
            raise MonthsOutOfRange(most=MOST_MONTHS)
    if (kind.first_months is None) != (kind.again_months is None):
        raise ServiceHalfTold
    if not 1 <= len(kind.mark.strip()) <= 2:
        raise MarkTooLong
    if not 0 <= kind.warn_days <= MOST_WARNING:
        raise WarningOutOfRange


def check_done(done: Done, made_on: date | None, label: str, today: date) -> None:
    """Refuse a service on an impossible day."""
    if done.day > today:
        raise ServicedLater
    if made_on and done.day < made_on:
        raise ServicedBeforeMade(label=label, made_on=show_day(made_on))
    if done.next_on and done.next_on <= done.day:
        raise NextTooEarly


def scrap_day(kind: Kind, made_on: date | None) -> date | None:
    """Return the day on which the life of a piece ends."""
    if made_on is None or kind.scrap_months is None:
        return None
    return after_months(made_on, kind.scrap_months)


def next_service(kind: Kind, made_on: date | None, done: Iterable[Done]) -> date | None:
    """Return when a piece is serviced next, None where its kind never is.

    Only what passed counts; a repair does not, unless the firm wrote a new day on
    the tag.
    """
    counted = [
        each
        for each in done
        if each.is_passed and (each.kind is not ServiceKind.REPAIR or each.next_on)
    ]
    last = max(counted, key=lambda each: each.day, default=None)
    if last and last.next_on:
        return last.next_on
    if last and kind.again_months:
        return after_months(last.day, kind.again_months)
    if last is None and made_on and kind.first_months:
        return after_months(made_on, kind.first_months)
    return None


def dues(
    kind: Kind, made_on: date | None, done: Iterable[Done], today: date
) -> list[Due]:
    """Return what is to be done with a piece that is in use, what presses first."""
    known = sorted(done, key=lambda each: (each.day, each.service_id))
    found = []
    if known and not known[-1].is_passed:
        found.append(Due(Matter.FAILED, None, Press.OVERDUE))
    end = scrap_day(kind, made_on)
    if end:
        found.append(Due(Matter.SCRAP, end, press(end, kind.warn_days, today)))
    service = next_service(kind, made_on, known)
    # What is to be scrapped first, or should be gone, is not serviced any more.
    if service and (end is None or (service < end and today < end)):
        due = Due(Matter.SERVICE, service, press(service, kind.warn_days, today))
        found.append(due)
    if _lacks_day(kind, made_on, service):
        found.append(Due(Matter.UNDATED, None, Press.SOON))
    return sorted(
        found, key=lambda due: (list(Press).index(due.press), due.day or date.min)
    )


def _lacks_day(kind: Kind, made_on: date | None, service: date | None) -> bool:
    if made_on is not None:
        return False
    return kind.scrap_months is not None or (bool(kind.first_months) and not service)


def press(day: date, warn_days: int, today: date) -> Press:
    """Say how much something presses that is due on `day`."""
    if day < today:
        return Press.OVERDUE
    return Press.SOON if day <= today + timedelta(warn_days) else Press.LATER


def label(equipment_id: int) -> str:
    """Return the number of a piece as its label bears it."""
    return f"{_MARK}{equipment_id:04}"


def read_label(typed: str) -> int:
    """Return the piece whose label was typed or scanned."""
    number = typed.strip().upper().removeprefix(_MARK)
    if not (number.isascii() and number.isdigit()):
        raise LabelWrong(typed=typed.strip())
    return int(number)
