"""What the first page tells of the rating: the grade, what would lift it, the plan."""

from collections.abc import Iterator, Sequence
from datetime import date

from carehome.i18n import N_
from carehome.rules.ratings.grades import GRADE_NAMES
from carehome.rules.ratings.lifting import NEAREST, Way
from carehome.rules.rights import Right
from carehome.rules.today import Concern, Figure, Target, Text, Urgency, Words, words
from carehome.rules.today import Line as TodayLine
from carehome.services.ratings.plan import PlanStep, steps_in
from carehome.services.ratings.standing import Standing, selves_in, standing_in
from carehome.services.service import Service, needs

ALL_NAMED = N_("{count} {count:thing leads|things lead} to {grade}: {names}.")
SOME_NAMED = N_("{count} things lead to {grade}, the nearest: {names}.")


class StandingToday(Service):
    """What one person is told of the standing on the first page."""

    @needs(Right.SEE_RATING)
    def today(self, day: date) -> list[TodayLine]:
        """Name the things that would lift the grade, and steps that are overdue."""
        with self._reading() as session:
            row = next(iter(selves_in(session)), None)
            if row is None:
                return []
            found = standing_in(session, row, day)
            late = [
                step
                for step in steps_in(session, row.id)
                if step.done_on is None and step.due_on and step.due_on < day
            ]
        return [*figure(found), *overdue(late), *lifting(found)]


def names_of(way: Way) -> list[str]:
    """Name what a way is made of: conditions first, then items."""
    conditions = [each.condition.text for each in way.failing]
    return [*conditions, *(step.lift.item.name for step in way.steps)]


def figure(found: Standing) -> Iterator[Figure]:
    """Say at the head of the page which grade holds, and how near the next one is."""
    count = sum(each.length for each in _ways(found))
    if count or found.award:
        held = found.award
        yield Figure(
            words(N_("Star rating")),
            words(GRADE_NAMES[held.grade if held else found.within_reach]),
            note=found.stamp if count else "",
            beside=words(N_("held until {day}"), day=held.ends.isoformat())
            if held
            else words(N_("by the self-assessment")),
            below=_below(found, count) if count else "",
            target=Target("rating_standing"),
        )


def lifting(found: Standing) -> Iterator[Concern]:
    """Name the nearest things to do, and to which grades they lead."""
    told: list[Words] = []
    room = NEAREST
    for each in _ways(found):
        names = names_of(each)[:room]
        if names:
            said = ALL_NAMED if len(names) == each.length else SOME_NAMED
            grade = words(GRADE_NAMES[each.grade])
            told.append(words(said, count=each.length, grade=grade, names=tuple(names)))
        room -= len(names)
    if told:
        text = told[0]
        if told[1:]:
            text = words(N_("{first} {then}"), first=told[0], then=told[1])
        stamped = words(N_("{things} ({stamp})"), things=text, stamp=found.stamp)
        yield Concern(
            words(N_("What would lift the grade")),
            stamped if found.stamp else text,
            Urgency.NOTE,
            Target("rating_standing"),
        )


def overdue(late: Sequence[PlanStep]) -> Iterator[Concern]:
    """Tell of steps that were to be done before."""
    if late:
        text = N_("{count} {count:step is|steps are} overdue, the oldest: {step}")
        yield Concern(
            words(N_("Plan of the star rating")),
            words(text, count=len(late), step=late[0].text),
            Urgency.SOON,
            Target("rating_plan"),
            due=late[0].due_on,
            count=len(late),
        )


def _ways(found: Standing) -> list[Way]:
    return [each for each in (found.way, found.beyond) if each and each.length]


def _below(found: Standing, count: int) -> Text:
    """Say how far the next grade is, by the self-assessment where another holds."""
    far = words(
        N_("{count} {count:thing leads|things lead} to {grade}"),
        count=count,
        grade=words(GRADE_NAMES[found.next_grade]),
    )
    if not found.award:
        return far
    grade = words(GRADE_NAMES[found.within_reach])
    return words(N_("By the self-assessment {grade}; {far}"), grade=grade, far=far)
