"""What the risks of residents ask for on a day: to be assessed, to be explained."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from carehome.i18n import N_
from carehome.rules.rights import Role
from carehome.rules.risks import Need
from carehome.rules.risks.due import SOON
from carehome.rules.today import Concern, Target, Urgency, some_of, words
from carehome.services.risks.standings import Standing, standings_in

RISK, RISKS = "risk", "risks"  # targets: somebody's leaf, the list of a kind
AT_ONCE = timedelta(days=7)  # new grounds are judged within a week (ours)
TEXTS = {
    Need.ARRIVAL: (
        N_("{name} moves in on {day}: assess the risks before"),
        N_("{count} people are about to move in: assess the risks before ({names})"),
    ),
    Need.FIRST: (
        N_("The risks of {name} were never assessed here"),
        N_("The risks of {count} residents were never assessed here ({names})"),
    ),
    Need.YEARLY: (
        N_("{name}: the yearly assessment of risks is due by {day}"),
        N_("{count} residents: yearly assessment of risks due from {day} on ({names})"),
    ),
    Need.NEW_GROUNDS: (
        N_("{name}: something new speaks for a risk, assess again"),
        N_("{count} residents: something new speaks for a risk ({names})"),
    ),
}


def lines_in(session: Session, day: date) -> Iterator[Concern]:
    """Yield whose risks are to be assessed, one line a need, and who waits for word."""
    standings = standings_in(session, day)
    for need in (Need.ARRIVAL, Need.NEW_GROUNDS, Need.YEARLY, Need.FIRST):
        for urgency in (Urgency.LATE, Urgency.SOON):
            of_need = [
                standing
                for standing in standings
                if standing.due.need is need and _urgency(standing, day) is urgency
            ]
            if of_need:
                yield _assess(need, of_need, urgency)
    yield from _explain(standings)


def _urgency(standing: Standing, day: date) -> Urgency | None:
    due = standing.due
    match due.need:
        case Need.YEARLY:
            if due.is_late(day):
                return Urgency.LATE
            return Urgency.SOON if due.day <= day + SOON else None
        case Need.NEW_GROUNDS:
            return Urgency.LATE if due.day + AT_ONCE < day else Urgency.SOON
        case Need.ARRIVAL:
            return Urgency.LATE if due.is_late(day) else Urgency.SOON
    return Urgency.SOON


def _assess(need: Need, standings: Sequence[Standing], urgency: Urgency) -> Concern:
    one, many = TEXTS[need]
    day = standings[0].due.day
    names = [standing.person.name for standing in standings]
    if len(standings) == 1:
        text = words(one, name=names[0], day=day)
        target = Target(RISK, standings[0].person.resident_id)
    else:
        text = words(many, count=len(names), names=some_of(names), day=day)
        target = Target(RISKS, "due")
    subject, count = words(N_("Risks")), len(standings)
    return Concern(subject, text, urgency, target, Role.HEAD_NURSE, day, count)


def _explain(standings: Sequence[Standing]) -> Iterator[Concern]:
    """Yield whose family has not been told of the risks."""
    untold = [
        standing
        for standing in standings
        if standing.last and standing.last.told_on is None
    ]
    if len(untold) == 1:
        person = untold[0].person
        text = words(
            N_("The risks of {name} are still to be explained to the family"),
            name=person.name,
        )
        target = Target(RISK, person.resident_id)
    else:
        text = words(
            N_("The risks of {count} residents are still to be explained ({names})"),
            count=len(untold),
            names=some_of([standing.person.name for standing in untold]),
        )
        target = Target(RISKS, "telling")
    if untold:
        subject, role = words(N_("Risks")), Role.HEAD_NURSE
        yield Concern(subject, text, Urgency.SOON, target, role, count=len(untold))
