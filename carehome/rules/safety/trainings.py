"""Training about fire: once a year, before the first day of work and a new post.

The yearly one and the one before a new post stand in order 61, article 36. Who took
part is what the training of the staff says; nothing is counted twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import after_months
from carehome.rules.training import Trainee, Training


class Standing(StrEnum):
    """How somebody stands with the training about fire."""

    TRAINED = "trained"
    SOON = "soon"
    DUE = "due"
    NEVER = "never"


STANDING_NAMES = {
    Standing.TRAINED: N_("Trained"),
    Standing.SOON: N_("Due soon"),
    Standing.DUE: N_("Overdue"),
    Standing.NEVER: N_("Never trained"),
}
OCCASION_NAMES = {
    "yearly": N_("Yearly training"),
    "new_staff": N_("Before the first day of work"),
    "new_post": N_("Before a new post"),
    "drill": N_("Together with a drill"),
    "other": N_("Other"),
}
PASS_POINTS = 60  # ours
NEAR = timedelta(days=90)  # ours: what was taught longer before was not for the post


class PointsOutOfRange(Refusal):
    """A test has up to a hundred points."""

    text = N_("{name}: enter the points as a number from 0 to 100.")


class NotThere(Refusal):
    """Only those who took part have a result."""

    text = N_("Somebody in the list did not take part. Correct the training first.")


@dataclass(frozen=True, slots=True)
class Attended:
    """Somebody took part; `points` is what the test showed, None when not tested."""

    staff_id: int
    name: str
    points: int | None = None


@dataclass(frozen=True, slots=True)
class FireTraining:
    """A training of the staff that was about fire, and how its test went."""

    training: Training
    subject: str
    people: tuple[Attended, ...]
    occasion: str = "yearly"
    pass_points: int = PASS_POINTS

    @property
    def tested(self) -> int:
        """Count who has a result."""
        return sum(each.points is not None for each in self.people)

    @property
    def failed(self) -> tuple[Attended, ...]:
        """Return who did not pass."""
        return tuple(
            each
            for each in self.people
            if each.points is not None and each.points < self.pass_points
        )


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody of the staff, and since when they work here."""

    trainee: Trainee
    hired_on: date


class PostStanding(StrEnum):
    """Whether somebody was trained for a new post."""

    BEFORE = "before"
    AFTERWARDS = "afterwards"
    NOT = "not"


POST_STANDING_NAMES = {
    PostStanding.BEFORE: N_("Trained before it"),
    PostStanding.AFTERWARDS: N_("Trained only afterwards"),
    PostStanding.NOT: N_("Not trained for it"),
}


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post that somebody took up on a day, after having worked here before."""

    staff_id: int
    post: str
    began: date


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """When somebody was last trained, until when that holds, how it began.

    `began_untrained` is true where the first day of work came before any training;
    `posts` are the new posts of late, and whether they were trained for them.
    """

    person: Newcomer
    last: date | None
    due_on: date
    standing: Standing
    began_untrained: bool
    posts: tuple[tuple[NewPost, PostStanding], ...] = ()


def standings(
    people: Iterable[Newcomer],
    trained: Mapping[int, Iterable[date]],
    months: int,
    warn_days: int,
    today: date,
) -> list[PersonStanding]:
    """Say for everybody how they stand on a day; who presses most comes first."""
    told = [
        _standing(each, sorted(trained.get(each.trainee.staff_id, ())), months, today)
        for each in people
    ]
    warned = today + timedelta(days=warn_days)
    found = [_with_warning(each, warned) for each in told]
    return sorted(found, key=lambda each: (each.due_on, each.person.trainee.name))


def _standing(
    person: Newcomer, days: list[date], months: int, today: date
) -> PersonStanding:
    had = [day for day in days if day <= today]
    began = person.hired_on <= today and not any(day <= person.hired_on for day in had)
    if not had:
        standing = Standing.NEVER if person.hired_on <= today else Standing.SOON
        return PersonStanding(person, None, person.hired_on, standing, began)
    due_on = after_months(had[-1], months)
    standing = Standing.DUE if due_on <= today else Standing.TRAINED
    return PersonStanding(person, had[-1], due_on, standing, began)


def _with_warning(told: PersonStanding, until: date) -> PersonStanding:
    if told.standing is not Standing.TRAINED or told.due_on > until:
        return told
    return PersonStanding(
        told.person, told.last, told.due_on, Standing.SOON, told.began_untrained
    )


def with_posts(
    told: Iterable[PersonStanding],
    posts: Iterable[NewPost],
    trained: Mapping[int, Iterable[date]],
    months: int,
    today: date,
) -> list[PersonStanding]:
    """Say besides who was trained for the posts taken up in the last months."""
    found: dict[int, list[tuple[NewPost, PostStanding]]] = {}
    for post in posts:
        if post.began <= today < after_months(post.began, months):
            days = [day for day in trained.get(post.staff_id, ()) if day <= today]
            standing = for_post(post.began, days)
            found.setdefault(post.staff_id, []).append((post, standing))
    return [
        replace(each, posts=tuple(found.get(each.person.trainee.staff_id, ())))
        for each in told
    ]


def for_post(began: date, days: Iterable[date]) -> PostStanding:
    """Say whether trainings on these days were in time for a post."""
    near = [day for day in days if day >= began - NEAR]
    if any(day <= began for day in near):
        return PostStanding.BEFORE
    return PostStanding.AFTERWARDS if near else PostStanding.NOT


def check_results(training: FireTraining, points: Mapping[int, int | None]) -> None:
    """Raise a Refusal for a result of somebody absent or of impossible points."""
    names = {each.staff_id: each.name for each in training.people}
    for staff_id, each in points.items():
        if staff_id not in names:
            raise NotThere
        if each is not None and not 0 <= each <= 100:
            raise PointsOutOfRange(name=names[staff_id])
