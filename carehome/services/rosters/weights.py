"""What the home wishes of a roster, and how much each wish weighs."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.weights import WeightRow
from carehome.rules.rights import Right
from carehome.rules.rosters.meanings import (
    DEFAULTS,
    MEANINGS,
    Meaning,
    check_value,
    with_own,
)
from carehome.rules.rosters.weights import Weights
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class Weighed:
    """One number of the wishes, and the one that we suggest."""

    rule: str
    value: int
    ours: int

    @property
    def meaning(self) -> Meaning:
        """What the number is called and does."""
        return MEANINGS[self.rule]

    @property
    def is_own(self) -> bool:
        """Say whether the home has changed it."""
        return self.value != self.ours


def weights_in(session: Session) -> Weights:
    """Return the wishes that hold in the home."""
    rows = session.scalars(select(WeightRow))
    return with_own({row.rule: row.weight for row in rows})


class RosterWeights(Service):
    """What one person can do with the wishes for a roster and their weights."""

    @needs(Right.SEE_ROSTER)
    def weights(self) -> list[Weighed]:
        """Return all numbers, in the order of the page."""
        with self._reading() as session:
            known = weights_in(session)
        return [
            Weighed(rule, getattr(known, rule), DEFAULTS[rule]) for rule in MEANINGS
        ]

    @needs(Right.CHANGE_ROSTER)
    def set_weight(self, rule: str, value: int) -> None:
        """Change a number for the rosters that are made from now on."""
        check_value(rule, value)
        with self._writing() as session:
            _store(session, rule, value)

    @needs(Right.CHANGE_ROSTER)
    def take_defaults(self) -> None:
        """Go back to the numbers that the program came with."""
        with self._writing() as session:
            for row in session.scalars(select(WeightRow)):
                session.delete(row)


def _store(session: Session, rule: str, value: int) -> None:
    """Keep a number, or nothing where it is the one that we suggest."""
    row = session.scalar(select(WeightRow).where(WeightRow.rule == rule))
    if value == DEFAULTS[rule]:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(WeightRow(rule=rule, weight=value))
    else:
        row.weight = value
