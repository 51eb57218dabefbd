"""How far a new home is: what it still lacks before its first bill."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from carehome.db.base import Base
from carehome.db.beds import BedRow
from carehome.db.billing import PriceRow
from carehome.db.residents import StayRow
from carehome.i18n import N_
from carehome.rules.rights import Right
from carehome.services.drawer import keep_in, look_in
from carehome.services.service import Service, needs

WAIVED = "opening.waived"


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


@dataclass(frozen=True, slots=True)
class Standing:
    """What the home has of each step, and what the person said is not needed."""

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
            waived = look_in(session, self._user.account_id, WAIVED) or []
            return Standing(counts, frozenset(map(Step, waived)))

    @needs(Right.CHANGE_HOME)
    def waive(self, step: Step, waived: bool) -> None:
        """Note that a step is not needed, or that it is after all."""
        with self._writing() as session:
            mine = self._user.account_id
            others = set(look_in(session, mine, WAIVED) or []) - {step.value}
            kept = sorted(others | {step.value}) if waived else sorted(others)
            keep_in(session, mine, WAIVED, kept or None, self._now())
