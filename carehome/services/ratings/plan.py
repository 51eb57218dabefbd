"""The plan: what is done to lift the grade, by whom, by when, and what is done."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.ratings import RatingConditionRow, RatingItemRow, RatingStepRow
from carehome.db.staff import StaffMemberRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.rights import Right
from carehome.services.service import Service, needs


class StepEmpty(Refusal):
    """A step of the plan does not say what is done."""

    text = N_("Say what is to be done.")


class DoneTooEarly(Refusal):
    """A step would be done on a day that has not come."""

    text = N_("{day} has not come yet. Choose the day on which it was done.")


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step of the plan; `step_id` is 0 for a new one.

    It is for an item or a condition, or for nothing in particular; `about` names it.
    """

    self_id: int
    text: str
    item_id: int | None = None
    condition_id: int | None = None
    gain: int = 0
    staff_id: int | None = None
    staff_name: str = ""
    due_on: date | None = None
    done_on: date | None = None
    note: str = ""
    about: str = ""
    step_id: int = 0

    @property
    def is_done(self) -> bool:
        """Say whether it is done."""
        return self.done_on is not None

    def is_late(self, today: date) -> bool:
        """Say whether it should have been done before today."""
        return not self.is_done and self.due_on is not None and self.due_on < today


def steps_in(session: Session, self_id: int) -> list[PlanStep]:
    """List the steps for a self-assessment: open ones by their day, then done ones."""
    query = (
        select(RatingStepRow, RatingItemRow, RatingConditionRow)
        .outerjoin(RatingItemRow, RatingItemRow.id == RatingStepRow.item_id)
        .outerjoin(
            RatingConditionRow, RatingConditionRow.id == RatingStepRow.condition_id
        )
        .where(RatingStepRow.self_id == self_id)
        .order_by(RatingStepRow.id)
    )
    found = [_step(*each) for each in session.execute(query)]
    return sorted(found, key=lambda s: (s.is_done, s.due_on or date.max))


class RatingPlan(Service):
    """What one person can do with the plan."""

    @needs(Right.SEE_RATING)
    def steps(self, self_id: int) -> list[PlanStep]:
        """List the steps for a self-assessment."""
        with self._reading() as session:
            return steps_in(session, self_id)

    @needs(Right.JUDGE_RATING)
    def add(self, step: PlanStep) -> int:
        """Plan a step; return its id."""
        with self._writing() as session:
            row = RatingStepRow(
                self_id=step.self_id,
                item_id=step.item_id,
                condition_id=step.condition_id,
                gain=step.gain,
                made_at=self._now(),
                made_by=self._user.name,
            )
            _fill(session, row, step)
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.JUDGE_RATING)
    def change(self, step: PlanStep) -> None:
        """Change what is done, who does it, by when."""
        with self._writing() as session:
            _fill(session, session.get_one(RatingStepRow, step.step_id), step)

    @needs(Right.JUDGE_RATING)
    def set_done(self, step_id: int, day: date | None) -> None:
        """Say on which day a step was done; none = it is to be done again."""
        if day is not None and day > self._today():
            raise DoneTooEarly(day=day)
        with self._writing() as session:
            session.get_one(RatingStepRow, step_id).done_on = day

    @needs(Right.JUDGE_RATING)
    def remove(self, step_id: int) -> None:
        """Take a step out of the plan."""
        with self._writing() as session:
            session.delete(session.get_one(RatingStepRow, step_id))


def _fill(session: Session, row: RatingStepRow, step: PlanStep) -> None:
    if not step.text.strip():
        raise StepEmpty
    member = session.get(StaffMemberRow, step.staff_id) if step.staff_id else None
    row.text, row.note = step.text.strip(), step.note.strip()
    row.staff_id = member.id if member else None
    row.staff_name = member.name if member else step.staff_name.strip()
    row.due_on = step.due_on


def _step(
    row: RatingStepRow, item: RatingItemRow | None, condition: RatingConditionRow | None
) -> PlanStep:
    about = ""
    if item:
        about = " ".join((item.code, item.name))
    elif condition:
        about = condition.text
    return PlanStep(
        row.self_id,
        row.text,
        row.item_id,
        row.condition_id,
        row.gain,
        row.staff_id,
        row.staff_name,
        row.due_on,
        row.done_on,
        row.note,
        about,
        row.id,
    )
