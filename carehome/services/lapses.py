"""Which rostered shifts the lapse of a certificate will cost, a month ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from carehome.i18n import N_
from carehome.rules.periods import months_after
from carehome.rules.rights import Right, Role
from carehome.rules.rosters.lapses import Loss, losses
from carehome.rules.rosters.problem import Problem
from carehome.rules.today import Concern, Target, Urgency, some_of, words
from carehome.services.rosters import RosterMonth, month_in
from carehome.services.service import Service, needs

AHEAD = 31  # days that are looked ahead: a month
LOST = "lost_shifts"  # a target: the list of shifts that lapses cost


@dataclass(frozen=True, slots=True)
class LostShift:
    """A shift that somebody stands on and may not work by then, and who is missed.

    `since` is the first day without the certificate. `missing` people the shift then
    lacks, in `unit` or (empty) in the home; 0 where there are enough all the same.
    """

    staff_id: int
    name: str
    day: date
    shift: str
    certificate: str
    since: date | None
    missing: int
    unit: str = ""


class Lapses(Service):
    """What one person can see of the shifts that lapses will cost."""

    @needs(Right.SEE_ROSTER)
    def ahead(self) -> list[LostShift]:
        """List the shifts lost within a month from today, the next one first."""
        with self._reading() as session:
            return lost_in(session, self._today())

    @needs(Right.SEE_ROSTER)
    def today(self, day: date) -> list[Concern]:
        """Tell how many shifts lapses will cost, and who stands on them."""
        with self._reading() as session:
            return list(_concerns(lost_in(session, day), day))


def lost_in(session: Session, today: date) -> list[LostShift]:
    """Return the shifts lost from today on, in the rosters of this month and next."""
    this = today.replace(day=1)
    found: list[LostShift] = []
    for first in (this, months_after(this, 1)):
        month = month_in(session, first)
        if month is not None:
            found += _lost(month, today)
    last = today + timedelta(days=AHEAD)
    return sorted((x for x in found if x.day < last), key=lambda x: (x.day, x.name))


def _lost(month: RosterMonth, today: date) -> Iterator[LostShift]:
    problem = month.problem
    names = {person.key: person.name for person in problem.people}
    for loss in losses(problem, month.roster, today):
        for day, code in loss.shifts:
            missing, unit = _missing(problem, loss, day)
            shift = problem.shift(code).name or code
            yield LostShift(
                int(loss.person),
                names[loss.person],
                day,
                shift,
                loss.certificate,
                loss.since,
                missing,
                unit,
            )


def _missing(problem: Problem, loss: Loss, day: date) -> tuple[int, str]:
    """Return how many the shift of a day lacks then, and in which unit."""
    short = [each for each in loss.short if each.day == day]
    if not short:
        return 0, ""
    worst = max(short, key=lambda each: each.missing)
    return worst.missing, problem.unit_names.get(worst.unit, worst.unit)


def _concerns(lost: list[LostShift], day: date) -> Iterator[Concern]:
    if not lost:
        return
    names = list(dict.fromkeys(shift.name for shift in lost))
    text = N_(
        "{count} rostered {count:shift is|shifts are} lost by certificates that lapse: "
        "{names}; from {first} on"
    )
    first = lost[0].day
    near = first < day + timedelta(days=7)
    yield Concern(
        words(N_("Roster")),
        words(text, count=len(lost), names=some_of(names), first=first),
        Urgency.LATE if near else Urgency.SOON,
        Target(LOST),
        Role.HEAD_NURSE,
        first,
        count=len(lost),
    )
