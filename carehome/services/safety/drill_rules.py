"""The home's own rules for trainings, reviews, and whom incidents are reported to."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.drills import DrillRuleRow, ReportRuleRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.rights import Right
from carehome.rules.safety.emergencies import GRADE_NAMES, Duty
from carehome.services.service import Service, needs

MOST_MONTHS, MOST_DAYS = 24, 180


class MonthsWrong(Refusal):
    """Everybody is trained at least every two years."""

    text = N_("Enter 1 to {most} months between two trainings.")


class DaysWrong(Refusal):
    """A warning comes within half a year."""

    text = N_("Enter 0 to {most} days of warning.")


@dataclass(frozen=True, slots=True)
class DrillRules:
    """How often people are trained, when is warned, whom incidents are told."""

    training_months: int
    warn_days: int
    duties: tuple[tuple[str, tuple[Duty, ...]], ...]


class DrillSettings(Service):
    """What one person can do with these rules."""

    @needs(Right.SEE_SAFETY)
    def rules(self) -> DrillRules:
        """Return the rules as they are."""
        with self._reading() as session:
            row = session.get_one(DrillRuleRow, 1)
            return DrillRules(row.training_months, row.warn_days, _duties_in(session))

    @needs(Right.CHANGE_SAFETY)
    def set_rules(self, rules: DrillRules) -> None:
        """Change the rules; what was recorded keeps those it was recorded under."""
        if not 1 <= rules.training_months <= MOST_MONTHS:
            raise MonthsWrong(most=MOST_MONTHS)
        if not 0 <= rules.warn_days <= MOST_DAYS:
            raise DaysWrong(most=MOST_DAYS)
        with self._writing() as session:
            row = session.get_one(DrillRuleRow, 1)
            row.training_months, row.warn_days = rules.training_months, rules.warn_days
            there = {(e.grade, e.receiver): e for e in session.scalars(_ALL)}
            for grade, duties in rules.duties:
                for duty in duties:
                    known = there.pop((grade, duty.receiver), None)
                    rule = known or ReportRuleRow(grade=grade, receiver=duty.receiver)
                    rule.minutes = duty.minutes
                    session.add(rule)
            for gone in there.values():
                session.delete(gone)


_ALL = select(ReportRuleRow).order_by(ReportRuleRow.id)


def _duties_in(session: Session) -> tuple[tuple[str, tuple[Duty, ...]], ...]:
    rows = session.scalars(_ALL).all()
    return tuple(
        (grade, tuple(Duty(e.receiver, e.minutes) for e in rows if e.grade == grade))
        for grade in GRADE_NAMES
    )
