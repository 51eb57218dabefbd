"""What the first page tells of hazards: overdue, due soon, waiting for somebody."""

from collections.abc import Iterator, Sequence
from datetime import date

from carehome.i18n import N_
from carehome.rules.rights import Right, Role, User
from carehome.rules.safety.hazards import Hazard, Severity, State, is_own
from carehome.rules.today import (
    Concern,
    Figure,
    Target,
    Task,
    Urgency,
    some_of,
    words,
)

HAZARD, HAZARDS = "hazard", "hazards"  # targets: one file, the list
OVERDUE = "late"  # the part of the list that a target may name


def lines(
    hazards: Sequence[Hazard], day: date, user: User
) -> Iterator[Figure | Task | Concern]:
    """Yield the lines about the hazards that are not closed."""
    late = [each for each in hazards if each.is_late]
    major = [each for each in late if each.severity is Severity.MAJOR]
    lesser = [each for each in late if each.severity is not Severity.MAJOR]
    soon = [each for each in hazards if each.is_soon]
    yield from _concerns(major, N_("Major hazard overdue"), Urgency.LATE, Role.DIRECTOR)
    yield from _concerns(lesser, N_("Hazard overdue"), Urgency.LATE, Role.DIRECTOR)
    yield from _concerns(soon, N_("Hazard due"), Urgency.SOON, Role.SAFETY_OFFICER)
    yield from _tasks(hazards, day, user)


def _concerns(
    hazards: Sequence[Hazard], subject: str, urgency: Urgency, role: Role
) -> Iterator[Concern]:
    if not hazards:
        return
    first = hazards[0]
    facts = {
        "number": first.number,
        "place": first.place,
        "item": first.item,
        "day": first.due_at.date(),
        "who": first.plan.responsible or words(N_("Nobody named yet")),
    }
    if len(hazards) == 1:
        text = words(
            N_("No. {number}, {place}: {item}; due {day}, responsible: {who}"), **facts
        )
        target = Target(HAZARD, first.hazard_id)
    else:
        text = words(
            N_(
                "{count} hazards; first No. {number}, {place}: {item}; due {day}, "
                "responsible: {who}; also {places}"
            ),
            count=len(hazards),
            places=some_of([each.place for each in hazards[1:]]),
            **facts,
        )
        target = Target(HAZARDS, OVERDUE if urgency is Urgency.LATE else None)
    due = first.due_at.date()
    yield Concern(words(subject), text, urgency, target, role, due, len(hazards))


def _tasks(hazards: Sequence[Hazard], day: date, user: User) -> Iterator[Task]:
    """Yield what waits for this very person: nobody re-checks or closes their own."""
    waits = {
        State.RECTIFIED: (
            Right.MAKE_ROUNDS,
            N_("Re-check whether it is put right"),
            N_("Re-check"),
        ),
        State.CHECKED: (
            Right.CLOSE_HAZARDS,
            N_("Close what is put right"),
            N_("Close"),
        ),
    }
    for state, (right, what, deed) in waits.items():
        found = [
            each
            for each in hazards
            if each.state is state
            and user.may(right)
            and not is_own(each, user.name, user.account_id)
        ]
        if found:
            yield _task(found, day, what, deed)


def _task(found: Sequence[Hazard], day: date, what: str, deed: str) -> Task:
    one = found[0]
    if len(found) == 1:
        about = words(
            N_("No. {number}, {place}: {item}"),
            number=one.number,
            place=one.place,
            item=one.item,
        )
        target = Target(HAZARD, one.hazard_id)
    else:
        about = words(N_("{count} {count:hazard|hazards}"), count=len(found))
        target = Target(HAZARDS)
    return Task(day, words(what), about, words(deed), target, count=len(found))
