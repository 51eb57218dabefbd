"""Trainings about fire as the folder shows them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from carehome.i18n import _
from carehome.reports.safety_folder import Figure, Part
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.periods import DAY, Period
from carehome.rules.safety.trainings import (
    OCCASION_NAMES,
    STANDING_NAMES,
    FireTraining,
    PersonStanding,
    PostStanding,
    Standing,
)
from carehome.services.safety.folder.values import Section, title
from carehome.services.safety.trainings import fire_trainings_in, standings_in

_LACKING = frozenset({Standing.DUE, Standing.NEVER})


def gather(session: Session, span: Period, now: datetime) -> Section:
    """Show the trainings of the span, and how everybody stood at its end."""
    last = (span.end or date.max) - DAY
    day = min(now.date(), last)
    held = [
        each
        for each in reversed(fire_trainings_in(session, span))
        if each.training.day <= day
    ]
    people = standings_in(session, day)
    lacking = [each for each in people if each.standing in _LACKING]
    text = _(
        "{count} {count:training|trainings} about fire; {lacking} of {people} people "
        "lack the yearly one, or any."
    )
    told = text.format(count=len(held), lacking=len(lacking), people=len(people))
    note = _("{lacking} people lack one").format(lacking=len(lacking))
    figure = Figure(_("Trainings"), len(held), note if lacking else "")
    tables = (_trainings(held), _tests(held), _people(people, span))
    untrained = sum(_began_untrained(each, span) for each in people)
    begun = tuple(_untrained(untrained))
    part = Part(title("trainings"), (told, *begun), tables)
    return Section(part, (figure,), ((told,) if lacking else ()) + begun)


def _untrained(count: int) -> Iterator[str]:
    """Say how many took up a post before anybody had trained them."""
    if count:
        text = _("{count} {count:person|people} began before being trained about fire.")
        yield text.format(count=count)


def _trainings(held: Sequence[FireTraining]) -> Table:
    return Table(
        _("Trainings held"),
        (
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Training"), 28),
            Column(_("Occasion"), 18),
            Column(_("Teacher"), 14),
            Column(_("Minutes"), 10, Kind.NUMBER),
            Column(_("People"), 10, Kind.NUMBER),
            Column(_("Tested"), 10, Kind.NUMBER),
            Column(_("Not passed"), 10, Kind.NUMBER),
            Column(_("Who took part"), 60),
        ),
        [_training(each) for each in held],
    )


def _training(told: FireTraining) -> tuple[Cell, ...]:
    training = told.training
    return (
        training.day,
        training.title or told.subject,
        _(OCCASION_NAMES[told.occasion]),
        training.teacher,
        training.minutes,
        len(told.people),
        told.tested,
        len(told.failed),
        _(", ").join(each.name for each in told.people),
    )


def _tests(held: Sequence[FireTraining]) -> Table:
    rows = [
        (
            told.training.day,
            told.training.title or told.subject,
            each.name,
            each.points,
            _("Not passed") if each in told.failed else _("Passed"),
        )
        for told in held
        for each in told.people
        if each.points is not None
    ]
    return Table(
        _("Results of tests"),
        (
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Training"), 30),
            Column(_("Name"), 14),
            Column(_("Points"), 10, Kind.NUMBER),
            Column(_("Outcome"), 12),
        ),
        rows,
    )


def _people(people: Sequence[PersonStanding], span: Period) -> Table:
    rows = [
        (
            each.person.trainee.name,
            each.person.trainee.post,
            each.person.hired_on,
            each.last,
            each.due_on,
            _(STANDING_NAMES[each.standing]),
            _("Yes") if _began_untrained(each, span) else "",
        )
        for each in people
    ]
    return Table(
        _("How everybody stands"),
        (
            Column(_("Name"), 14),
            Column(_("Post"), 18),
            Column(_("Works here since"), 14, Kind.DAY),
            Column(_("Last trained"), 12, Kind.DAY),
            Column(_("Next by"), 12, Kind.DAY),
            Column(_("State"), 14),
            Column(_("Began before being trained"), 16),
        ),
        rows,
    )


def _began_untrained(told: PersonStanding, span: Period) -> bool:
    """Say so only of who began in the span: before, trainings stand on paper."""
    posts = (post for post, how in told.posts if how is not PostStanding.BEFORE)
    return (told.began_untrained and span.holds(told.person.hired_on)) or any(
        span.holds(post.began) for post in posts
    )
