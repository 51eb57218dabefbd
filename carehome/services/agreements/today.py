"""What the agreements ask for on a day: signatures, decisions on trial stays."""

from collections.abc import Iterable, Iterator
from datetime import date

from carehome.i18n import N_
from carehome.rules.agreements import OPEN, RUNNING, State
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Urgency, about_people, words
from carehome.services.agreements.lines import AgreementLine


def concerns(lines: Iterable[AgreementLine], day: date) -> Iterator[Concern]:
    """Yield what is unsigned or undecided, many alike in one line."""
    here = [line for line in lines if line.lives_here]
    covered = {
        line.resident_id
        for line in here
        if line.state in RUNNING or line.state is State.SIGNED
    }
    yield from _unsigned(here, covered, day)
    yield from _renewals(here, day)
    yield from _trials(here, day)


def _unsigned(
    here: Iterable[AgreementLine], covered: set[int], day: date
) -> Iterator[Concern]:
    open_ones = [
        line
        for line in here
        if line.state in OPEN
        and line.course.starts <= day
        and line.resident_id not in covered
    ]
    if open_ones:
        yield about_people(
            words(N_("Agreement")),
            {line.resident_id: line.resident for line in open_ones},
            N_("{name} lives here, but the agreement is not signed"),
            N_("{count} residents live here without a signed agreement: {names}"),
            Urgency.SOON,
            title=N_("Agreement not signed"),
            role=Role.FRONT_DESK,
            due=min(line.course.starts for line in open_ones),
        )


def _renewals(here: Iterable[AgreementLine], day: date) -> Iterator[Concern]:
    waiting = [
        line
        for line in here
        if line.state in OPEN and line.follows_id and line.course.starts > day
    ]
    if waiting:
        yield about_people(
            words(N_("Agreement")),
            {line.resident_id: line.resident for line in waiting},
            N_("The renewed agreement of {name} from {day} on is not signed yet"),
            N_("{count} renewed agreements are not signed yet: {names}"),
            Urgency.SOON,
            title=N_("Renewal not signed"),
            role=Role.FRONT_DESK,
            due=min(line.course.starts for line in waiting),
        )


def _trials(here: Iterable[AgreementLine], day: date) -> Iterator[Concern]:
    late = [
        line
        for line in here
        if line.is_undecided
        and line.state in RUNNING
        and line.course.trial_until
        and line.course.trial_until < day
    ]
    if late:
        yield about_people(
            words(N_("Trial stay")),
            {line.resident_id: line.resident for line in late},
            N_("The trial stay of {name} is over since {day}: stays or leaves?"),
            N_("{count} trial stays are over and not decided on: {names}"),
            Urgency.LATE,
            title=N_("Trial stay over"),
            role=Role.FRONT_DESK,
            due=min(line.course.trial_until or day for line in late),
        )
