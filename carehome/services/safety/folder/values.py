"""What is asked of the folder, and what each subject gives to it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from carehome.i18n import N_, _
from carehome.reports.safety_folder import Figure, Part
from carehome.rules.periods import Period

SECTION_NAMES = {
    "rounds": N_("Rounds and what was missed"),
    "register": N_("Every single round"),
    "hazards": N_("Hazards"),
    "equipment": N_("Equipment"),
    "drills": N_("Drills, plans and incidents"),
    "trainings": N_("Trainings"),
    "papers": N_("Approvals, contracts and insurance"),
    "inspections": N_("Outside inspections"),
    "photos": N_("Photos of hazards"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The days, both included, and the parts that a folder shall hold."""

    first: date
    last: date
    parts: Collection[str] = frozenset(SECTION_NAMES)


@dataclass(frozen=True, slots=True)
class Section:
    """What one subject gives: its part, and what of it belongs on the front page."""

    part: Part
    figures: tuple[Figure, ...] = ()
    gaps: tuple[str, ...] = ()


def title(code: str) -> str:
    """Return how a part of the folder is called."""
    return _(SECTION_NAMES[code])


Gather = Callable[[Session, Period, datetime], Section]
