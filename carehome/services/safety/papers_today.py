"""What papers and inspections from outside ask for on a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from carehome.i18n import N_
from carehome.rules import certificates
from carehome.rules.rights import Role
from carehome.rules.safety.approvals import KIND_NAMES, MATTER_NAMES, Due, Matter
from carehome.rules.safety.inspections import OFFICE_NAMES, Inspection
from carehome.rules.today import MOST_NAMES, Concern, Target, Text, Urgency, words

PAPER, INSPECTION = "safety_paper", "outside_inspection"  # targets: 0 is the list
FIRE_SAFETY = N_("Fire safety")
LATE = frozenset({certificates.Urgency.LAPSED, certificates.Urgency.NEAR})
_TOLD = {
    certificates.Urgency.LAPSED: N_("{names}: the last valid day is over"),
    certificates.Urgency.NEAR: N_("{names}: valid for a few days only"),
    certificates.Urgency.MIDDLE: N_("{names}: valid for a few weeks only"),
    certificates.Urgency.FAR: N_("{names}: time to arrange what follows"),
}
_PRESS = {
    certificates.Urgency.LAPSED: Urgency.LATE,
    certificates.Urgency.NEAR: Urgency.LATE,
    certificates.Urgency.MIDDLE: Urgency.SOON,
    certificates.Urgency.FAR: Urgency.NOTE,
}


def concerns(dues: Iterable[Due]) -> Iterator[Concern]:
    """Yield one line for what ends in the same time, and one for each other matter."""
    ending: dict[certificates.Urgency, list[Due]] = defaultdict(list)
    for due in dues:
        if due.matter is Matter.ENDS:
            ending[due.urgency].append(due)
        elif due.matter is Matter.FAILED:
            told = words(N_("{paper} failed"), paper=words(KIND_NAMES[due.kind]))
            yield _concern(told, Urgency.LATE, [due])
        else:
            yield _concern(words(MATTER_NAMES[due.matter]), Urgency.NOTE, [due])
    for urgency, text in _TOLD.items():
        if found := ending[urgency]:
            told = words(text, names=_some_of(found))
            yield _concern(told, _PRESS[urgency], found)


def answers(
    owed: Iterable[tuple[certificates.Urgency, Inspection]],
) -> Iterator[Concern]:
    """Yield a line for each answer that is owed to an office."""
    for urgency, each in owed:
        if urgency is certificates.Urgency.LATER:
            continue
        late = urgency is certificates.Urgency.LAPSED
        text = (
            N_("Answer to {office} is overdue since {day}")
            if late
            else N_("Answer to {office} is due by {day}")
        )
        office = each.office_name or words(OFFICE_NAMES[each.office])
        yield Concern(
            words(FIRE_SAFETY),
            words(text, office=office, day=each.answer_due),
            Urgency.LATE if urgency in LATE else Urgency.SOON,
            Target(INSPECTION, each.inspection_id),
            Role.SAFETY_OFFICER,
            each.answer_due,
        )


def _some_of(dues: list[Due]) -> object:
    kinds = dict.fromkeys(due.kind for due in dues)
    names = tuple(words(KIND_NAMES[kind]) for kind in kinds)
    if len(names) <= MOST_NAMES:
        return names
    return words(N_("{names} and others"), names=names[:MOST_NAMES])


def _concern(text: Text, urgency: Urgency, dues: list[Due]) -> Concern:
    only = dues[0] if len(dues) == 1 else Due(Matter.ENDS, certificates.Urgency.LATER)
    return Concern(
        words(FIRE_SAFETY),
        text,
        urgency,
        Target(PAPER, only.paper_id),
        Role.SAFETY_OFFICER,
        only.last_day,
        len(dues),
    )
