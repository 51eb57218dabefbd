"""What assessments ask for on a day."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from carehome.i18n import N_
from carehome.rules.assessments.due import Due
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Line, Target, Task, Urgency, some_of, words
from carehome.services.assessments.standings import drafts_in, due_in
from carehome.services.assessments.values import DraftLine, DueLine

ASSESS, ASSESS_DUE, ASSESS_DRAFT = "assess", "assess_due", "assess_draft"

_ONE = {
    Due.TURNED_65: N_("{name} has turned 65 and was never assessed."),
    Due.NEVER: N_("{name} was never assessed."),
    Due.OVERDUE: N_("The assessment of {name} was due on {day}."),
    Due.SOON: N_("{name} is due by {day}."),
}
_MANY = {
    Due.TURNED_65: N_("{names} have turned 65 and were never assessed."),
    Due.NEVER: N_("{count} residents were never assessed: {names}."),
    Due.OVERDUE: N_("{count} assessments are overdue, the first since {day}: {names}."),
    Due.SOON: N_("{count} are due within 30 days, the first by {day}: {names}."),
}


def lines_in(session: Session, day: date) -> list[Line]:
    """Tell who has changed, who is overdue or due soon, and what lies half done."""
    due = due_in(session, day)
    return [
        *_flagged(due, day),
        *_concerns(due),
        *_half_done(drafts_in(session, day)),
    ]


def _flagged(due: Sequence[DueLine], day: date) -> Iterator[Task]:
    for each in due:
        if each.due is Due.FLAGGED:
            yield Task(
                min(each.due_on, day),
                words(N_("Assess at once")),
                words(N_("{name}: {why}"), name=each.resident, why=each.why),
                words(N_("Assess")),
                Target(ASSESS, each.resident_id),
            )


def _concerns(due: Sequence[DueLine]) -> Iterator[Concern]:
    for kind in (Due.TURNED_65, Due.NEVER, Due.OVERDUE, Due.SOON):
        lines = [each for each in due if each.due is kind]
        if not lines:
            continue
        first = lines[0]
        if len(lines) == 1:
            text = words(_ONE[kind], name=first.resident, day=first.due_on)
            target = Target(ASSESS, first.resident_id)
        else:
            names = some_of([each.resident for each in lines])
            text = words(_MANY[kind], count=len(lines), names=names, day=first.due_on)
            target = Target(ASSESS_DUE, kind.value)
        yield Concern(
            words(N_("Ability assessments")),
            text,
            Urgency.SOON if kind is Due.SOON else Urgency.LATE,
            target,
            Role.HEAD_NURSE,
            first.due_on,
            len(lines),
        )


def _half_done(drafts: Sequence[DraftLine]) -> Iterator[Concern]:
    for draft in drafts:
        text = N_("The assessment of {name} is half done ({answered} of {items}).")
        yield Concern(
            words(N_("Ability assessments")),
            words(
                text,
                name=draft.resident,
                answered=draft.answered,
                items=draft.items,
            ),
            Urgency.NOTE,
            Target(ASSESS_DRAFT, draft.assessment_id),
            Role.HEAD_NURSE,
        )
