"""How far a new home is: what it still lacks before its first bill."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from carehome.db.base import Base
from carehome.db.beds import BedRow
from carehome.db.billing import PriceRow
from carehome.db.home import HomeRow
from carehome.db.residents import StayRow
from carehome.i18n import N_
from carehome.rules.rights import Right
from carehome.rules.today import Concern, Target, Task, Urgency, words
from carehome.services.service import Service, needs


class Step(StrEnum):
    """What a new home is furnished with, in this order."""

    BEDS = "beds"
    PRICES = "prices"
    RESIDENTS = "residents"


STEP_NAMES = {
    Step.BEDS: N_("Rooms and beds"),
    Step.PRICES: N_("Price list"),
    Step.RESIDENTS: N_("Residents"),
}
_COUNTED: Mapping[Step, type[Base]] = {
    Step.BEDS: BedRow,
    Step.PRICES: PriceRow,
    Step.RESIDENTS: StayRow,
}
_KEY_LOST = Concern(
    words(N_("Recovery key")),
    words(N_("It was shown once and never put away. Make a new one under Accounts.")),
    Urgency.LATE,
    Target("accounts"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the home has of each step, and what was said not to be needed."""

    counts: Mapping[Step, int]
    waived: frozenset[Step]

    def has(self, step: Step) -> bool:
        """Say whether something of a step is there."""
        return self.counts[step] > 0

    @property
    def left(self) -> tuple[Step, ...]:
        """The steps that are neither done nor waived."""
        return tuple(s for s in Step if not self.has(s) and s not in self.waived)

    @property
    def next(self) -> Step | None:
        """The step to go on with."""
        return next(iter(self.left), None)


class Opening(Service):
    """What a director can ask and say about furnishing a new home."""

    @needs(Right.CHANGE_HOME)
    def standing(self) -> Standing:
        """Say how far the home is; read from what is there, not from a tick."""
        with self._reading() as session:
            counts = {
                step: session.scalar(select(func.count()).select_from(table)) or 0
                for step, table in _COUNTED.items()
            }
            waived = session.get_one(HomeRow, 1).waived_steps.split()
            return Standing(counts, frozenset(map(Step, waived)))

    @needs(Right.MANAGE_ACCOUNTS)
    def note_key_put_away(self) -> None:
        """Note that the director has put the recovery key away."""
        with self._writing() as session:
            session.get_one(HomeRow, 1).is_key_safe = True

    @needs(Right.CHANGE_HOME)
    def today(self, day: date) -> list[Task | Concern]:
        """Ask to go on with what a new home still lacks, its recovery key first."""
        with self._reading() as session:
            is_key_safe = session.get_one(HomeRow, 1).is_key_safe
        found: list[Task | Concern] = [] if is_key_safe else [_KEY_LOST]
        left = self.standing().left
        if not left:
            return found
        what = words(N_("Set-up: {count} {count:step|steps} left"), count=len(left))
        names = words("{steps}", steps=tuple(words(STEP_NAMES[s]) for s in left))
        deed = words(N_("Go on"))
        target = Target("opening")
        return [*found, Task(day, what, names, deed, target, count=len(left))]

    @needs(Right.CHANGE_HOME)
    def waive(self, step: Step, waived: bool) -> None:
        """Note that a step is not needed, or that it is after all."""
        with self._writing() as session:
            home = session.get_one(HomeRow, 1)
            kept = set(home.waived_steps.split()) - {step.value}
            if waived:
                kept.add(step.value)
            home.waived_steps = " ".join(sorted(kept))
