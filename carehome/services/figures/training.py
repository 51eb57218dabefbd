"""Figures of the training of the staff."""

from collections.abc import Callable
from fractions import Fraction

from carehome.i18n import N_
from carehome.rules.figures import Cell, Figure, Rows, count, quotient, total
from carehome.rules.today import words
from carehome.rules.training import Training
from carehome.services.figures.asked import Asked, members
from carehome.services.figures.records import Member
from carehome.services.figures.registry import counts

HOUR = 60
PRE_POST = "pre-post"  # the certificate of training before the first day of work
YES = words(N_("yes"))


def _held(asked: Asked) -> list[Training]:
    return asked.records.trainings(asked.span)


def _minutes(asked: Asked) -> dict[int, int]:
    """Return the minutes that each has been trained in the period."""
    found: dict[int, int] = {}
    for training in _held(asked):
        for staff_id in training.people:
            found[staff_id] = found.get(staff_id, 0) + training.minutes
    return found


def _listed(asked: Asked) -> Rows:
    titles = (N_("Day"), N_("Subject"), N_("Minutes"), N_("People"))
    subjects = asked.records.subjects
    lines = tuple(
        (each.day, subjects[each.subject_id], each.minutes, len(each.people))
        for each in _held(asked)
    )
    return Rows(titles, lines)


@counts("training.held")
def held(asked: Asked) -> Figure:
    """Count the trainings of the period."""
    return count(_listed(asked))


@counts("training.person_times")
def person_times(asked: Asked) -> Figure:
    """Count who took part, each as often as they did."""
    return total(sum(len(each.people) for each in _held(asked)), _listed(asked))


@counts("training.hours")
def hours(asked: Asked) -> Figure:
    """Return the hours of all who took part together."""
    minutes = sum(each.minutes * len(each.people) for each in _held(asked))
    return total(Fraction(minutes, HOUR), _listed(asked))


@counts("training.hours_per_head")
def hours_per_head(asked: Asked) -> Figure:
    """Return how long each of the staff was trained in the mean."""
    had = _minutes(asked)
    mine = sum(had.get(each.staff_id, 0) for each in asked.staff)
    rows = members(asked.staff, lambda m: had.get(m.staff_id, 0), N_("Minutes"))
    return quotient(Fraction(mine, HOUR), len(asked.staff), rows)


def _covered(among: Callable[[Asked], list[Member]]) -> Callable[[Asked], Figure]:
    """Return the share of some of the staff who took part in any training."""

    def counter(asked: Asked) -> Figure:
        had, people = _minutes(asked), among(asked)
        rows = members(people, lambda m: had.get(m.staff_id, 0), N_("Minutes"))
        return quotient(sum(m.staff_id in had for m in people), len(people), rows)

    return counter


counts("training.covered_share")(_covered(lambda asked: asked.staff))
counts("training.carers_covered_share")(_covered(lambda asked: asked.carers))
counts("training.lower_covered_share")(
    _covered(lambda a: [m for m in a.staff if m.person.education == "lower"])
)


def _prepared(asked: Asked, member: Member) -> Cell:
    return YES if asked.holds(member, PRE_POST) else None


@counts("training.prepared_share")
def prepared_share(asked: Asked) -> Figure:
    """Return the share of new staff who have been trained before their post."""
    new = [m for m in asked.staff if asked.span.holds(m.person.hired_on)]
    rows = members(new, lambda m: _prepared(asked, m), N_("Trained before the post"))
    return quotient(sum(_prepared(asked, m) is not None for m in new), len(new), rows)


@counts("training.carers_prepared_share")
def carers_prepared_share(asked: Asked) -> Figure:
    """Return the share of all carers who have been trained before their post."""
    carers = asked.carers
    rows = members(carers, lambda m: _prepared(asked, m), N_("Trained before the post"))
    part = sum(_prepared(asked, each) is not None for each in carers)
    return quotient(part, len(carers), rows)
