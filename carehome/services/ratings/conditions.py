"""Conditions of grades: taken over by region, corrected, kept once judged."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.ratings import RatingConditionRow, RatingVerdictRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.figures import definitions
from carehome.rules.ratings import presets
from carehome.rules.ratings.grades import Condition, ConditionKind, Sense
from carehome.rules.rights import Right
from carehome.rules.rulepacks import Standing
from carehome.rules.safety.forms import Sureness
from carehome.services.ratings.tables import NoFigure
from carehome.services.service import Service, needs


class ConditionEmpty(Refusal):
    """A condition does not say what must hold."""

    text = N_("Say what must hold.")


class GradesUnordered(Refusal):
    """A condition holds from a grade to a lower one."""

    text = N_("The first grade must not lie above the last one.")


class BoundMissing(Refusal):
    """A counted condition does not say how much is asked."""

    text = N_("Say how much is asked, and whether at least or at most.")


def conditions_in(session: Session) -> list[Condition]:
    """List all conditions of the home in their order, those out of use too."""
    order = RatingConditionRow.position, RatingConditionRow.id
    return [
        _condition(row)
        for row in session.scalars(select(RatingConditionRow).order_by(*order))
    ]


class RatingConditions(Service):
    """What one person can do with the conditions of grades."""

    @needs(Right.SEE_RATING)
    def listed(self) -> list[Condition]:
        """List all conditions, those out of use too."""
        with self._reading() as session:
            return conditions_in(session)

    @needs(Right.CHANGE_RATING)
    def take_region(self, region: str) -> int:
        """Take over what the home lacks of a region's conditions; say how many."""
        with self._writing() as session:
            known = set(session.scalars(select(RatingConditionRow.preset)))
            missing = [
                each
                for each in presets.regions()[region].conditions
                if each.preset not in known
            ]
            self._add(session, missing)
            return len(missing)

    @needs(Right.CHANGE_RATING)
    def save(self, condition: Condition) -> int:
        """Keep a condition as the home says it; one judged before stays as it was.

        What was judged goes out of use, and the corrected one takes its place.
        """
        _check(condition)
        with self._writing() as session:
            row = session.get(RatingConditionRow, condition.condition_id or 0)
            if row is None or _is_judged(session, row.id):
                if row is not None:
                    row.is_active = False
                (row,) = self._add(session, [replace(condition, preset=None)])
            else:
                _fill(row, condition)
            session.flush()
            return row.id

    @needs(Right.CHANGE_RATING)
    def set_active(self, condition_id: int, is_active: bool) -> None:
        """Take a condition out of use, or into use again."""
        with self._writing() as session:
            session.get_one(RatingConditionRow, condition_id).is_active = is_active

    def _add(
        self, session: Session, conditions: Iterable[Condition]
    ) -> list[RatingConditionRow]:
        place = session.scalar(select(func.max(RatingConditionRow.position))) or 0
        rows = []
        for number, condition in enumerate(conditions, place + 1):
            row = RatingConditionRow(
                preset=condition.preset,
                position=number,
                made_at=self._now(),
                made_by=self._user.name,
            )
            _fill(row, condition)
            rows.append(row)
        session.add_all(rows)
        session.flush()
        return rows


def _check(condition: Condition) -> None:
    if not condition.text.strip():
        raise ConditionEmpty
    if condition.from_grade > condition.to_grade:
        raise GradesUnordered
    if condition.figure and condition.figure not in definitions():
        raise NoFigure
    is_counted = condition.sense is not Sense.BY_HAND and condition.bound is not None
    if bool(condition.figure) != is_counted:
        raise BoundMissing


def _is_judged(session: Session, condition_id: int) -> bool:
    query = select(RatingVerdictRow.id).where(
        RatingVerdictRow.condition_id == condition_id
    )
    return session.scalar(query.limit(1)) is not None


def _fill(row: RatingConditionRow, condition: Condition) -> None:
    bound = condition.bound
    row.region, row.kind = condition.region, condition.kind
    row.text, row.note = condition.text.strip(), condition.note.strip()
    row.from_grade, row.to_grade = condition.from_grade, condition.to_grade
    row.figure, row.sense = condition.figure, condition.sense
    row.numerator = None if bound is None else bound.numerator
    row.denominator = None if bound is None else bound.denominator
    row.months, row.is_active = condition.months, condition.is_active
    row.standing, row.sureness = condition.standing, condition.sureness
    row.source = condition.source.strip()


def _condition(row: RatingConditionRow) -> Condition:
    bound = None
    if row.numerator is not None and row.denominator is not None:
        bound = Fraction(row.numerator, row.denominator)
    return Condition(
        row.text,
        ConditionKind(row.kind),
        row.from_grade,
        row.to_grade,
        row.figure,
        Sense(row.sense),
        bound,
        row.months,
        row.region,
        cast(Standing, row.standing),
        Sureness(row.sureness),
        row.source,
        row.note,
        row.preset,
        row.id,
        row.position,
        row.is_active,
    )
