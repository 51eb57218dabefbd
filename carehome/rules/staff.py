"""What is known of somebody who works here, day by day, as the roster asks for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from carehome.i18n import N_
from carehome.rules import certificates
from carehome.rules.periods import Period


class Scheme(StrEnum):
    """How somebody's hours are counted."""

    STANDARD = "standard"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Leave(StrEnum):
    """Why somebody is away."""

    ANNUAL = "annual"
    SICK = "sick"
    PERSONAL = "personal"
    MARRIAGE = "marriage"
    MATERNITY = "maternity"
    PATERNITY = "paternity"
    PARENTAL = "parental"
    CARE = "care"
    BEREAVEMENT = "bereavement"
    INJURY = "injury"
    COMPENSATION = "compensation"
    OTHER = "other"


LEAVE_NAMES = {
    Leave.ANNUAL: N_("Annual leave"),
    Leave.SICK: N_("Sick leave"),
    Leave.PERSONAL: N_("Personal leave"),
    Leave.MARRIAGE: N_("Marriage leave"),
    Leave.MATERNITY: N_("Maternity leave"),
    Leave.PATERNITY: N_("Paternity leave"),
    Leave.PARENTAL: N_("Parental leave"),
    Leave.CARE: N_("Leave to care for parents"),
    Leave.BEREAVEMENT: N_("Bereavement leave"),
    Leave.INJURY: N_("Leave after an injury at work"),
    Leave.COMPENSATION: N_("Time off for overtime"),
    Leave.OTHER: N_("Other leave"),
}


@dataclass(frozen=True, slots=True)
class Post:
    """What people do here; `needs` are the kinds of certificate it asks for."""

    post_id: int
    name: str
    is_care: bool = False
    needs: frozenset[int] = frozenset()
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which somebody is on leave."""

    period: Period
    kind: Leave
    leave_id: int = 0


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """Somebody who works here in a period, and what decides on their shifts.

    `employed` are the days of employment. `holds` tells for each kind of certificate
    when it is held, also by one that stands above it. `training` are days that a
    training takes whole; `guarded` are those without nights and overtime.
    """

    staff_id: int
    name: str
    employed: Period
    unit_id: int | None = None
    main_post: int | None = None
    posts: frozenset[int] = frozenset()
    scheme: Scheme = Scheme.STANDARD
    holds: Mapping[int, tuple[Period, ...]] = field(default_factory=dict)
    leaves: tuple[Away, ...] = ()
    training: frozenset[date] = frozenset()
    guarded: tuple[Period, ...] = ()

    def works_here(self, day: date) -> bool:
        """Say whether somebody is employed on `day`."""
        return self.employed.holds(day)

    def has(self, kind_id: int, day: date) -> bool:
        """Say whether a certificate of a kind is valid on `day`."""
        return any(span.holds(day) for span in self.holds.get(kind_id, ()))

    def lacks(self, needs: Iterable[int], day: date) -> tuple[int, ...]:
        """Return the kinds that are asked for and not valid on `day`."""
        return tuple(sorted(kind for kind in needs if not self.has(kind, day)))

    def lapsed_on(self, kind_id: int, day: date) -> date | None:
        """Return since when a kind that is not valid on `day` has lapsed, if ever."""
        return certificates.lapse(self.holds.get(kind_id, ()), day)

    def away(self, day: date) -> Leave | None:
        """Return the leave somebody is on, None when they are here."""
        return next((a.kind for a in self.leaves if a.period.holds(day)), None)

    def in_training(self, day: date) -> bool:
        """Say whether a training takes the whole day."""
        return day in self.training

    def protected(self, day: date) -> bool:
        """Say whether the person is kept from nights and overtime on `day`."""
        return any(span.holds(day) for span in self.guarded)
