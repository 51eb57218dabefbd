"""What departures ask for on a day."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy.orm import Session

from carehome.i18n import N_
from carehome.rules.departures import STEP_NAMES, Step
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Fen, Target, Task, Text, Urgency, words
from carehome.services.departures import state
from carehome.services.departures.gone import Gone
from carehome.services.departures.state import DepartureLine

DEPARTURE, GONE = "departure", "gone"  # targets: one under way, the list of the gone
SETTLE_WITHIN = timedelta(days=15)  # after leaving a departure is settled (ours)


def lines_in(session: Session, day: date) -> Iterator[Task]:
    """Yield the departures under way, each with the step that comes next."""
    for line in state.lines_in(session):
        yield Task(
            line.left_on or line.planned_on or day,
            words(N_("Departure")),
            _about(line),
            words(N_("Carry on")),
            Target(DEPARTURE, line.departure_id),
        )


def _about(line: DepartureLine) -> Text:
    step = words(STEP_NAMES[line.step])
    if line.step is Step.LEAVE and line.planned_on:
        text = N_("{name} · leaves on {day} · next: {step}")
        return words(text, name=line.name, day=line.planned_on, step=step)
    if line.left_on:
        text = N_("{name} · left on {day} · next: {step}")
        return words(text, name=line.name, day=line.left_on, step=step)
    return words(N_("{name} · next: {step}"), name=line.name, step=step)


def gone(found: Iterable[Gone], day: date) -> Iterator[Concern]:
    """Yield who has left while money is open: late, and with a claim let be."""
    money = [each for each in found if each.owed or each.prepaid or each.held]
    late = [each for each in money if not each.claim_reason]
    waits = [each for each in late if each.left_on + SETTLE_WITHIN < day]
    claims = [each for each in money if each.claim_reason]
    if waits:
        yield _concern(
            waits,
            Urgency.LATE,
            N_("{name} left on {day} and is not settled yet"),
            N_("{count} people who left are not settled yet, the first left on {day}"),
        )
    elif late:
        yield _concern(
            late,
            Urgency.NOTE,
            N_("{name} left on {day} and is still to be settled"),
            N_("{count} people who left are still to be settled"),
        )
    if claims:
        total = Fen(sum(each.owed for each in claims))
        text = N_("{count} {count:claim|claims} against people who left: {fen}")
        told = words(text, count=len(claims), fen=total)
        subject, target = words(N_("Settlements")), Target(GONE)
        note, who = Urgency.NOTE, Role.ACCOUNTANT
        yield Concern(subject, told, note, target, who, count=len(claims))


def _concern(people: list[Gone], urgency: Urgency, one: str, many: str) -> Concern:
    first, count = people[0], len(people)
    facts = {"name": first.name, "day": first.left_on, "count": count}
    told = words(one if count == 1 else many, **facts)
    due = first.left_on + SETTLE_WITHIN
    subject, target = words(N_("Settlements")), Target(GONE)
    return Concern(subject, told, urgency, target, Role.ACCOUNTANT, due, count)
