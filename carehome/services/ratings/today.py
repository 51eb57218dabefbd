"""What self-assessments ask for on a day: items that are due, and who has them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from carehome.i18n import N_, _
from carehome.rules.ratings.judging import Line
from carehome.rules.rights import Right, Role
from carehome.rules.today import Concern, Target, Urgency, words
from carehome.services.ratings.assessed import Sheet, selves_in, sheet_in
from carehome.services.service import Service, needs

TARGET = "rating_items"
SOON = timedelta(days=14)
MOST_NAMED = 3


class RatingToday(Service):
    """What one person is told of self-assessments on the first page."""

    @needs(Right.JUDGE_RATING)
    def today(self, day: date) -> list[Concern]:
        """Return which items are due: one's own, and all that are late to who leads."""
        with self._reading() as session:
            found: list[Concern] = []
            for sheet in _open_in(session):
                found += own(sheet, self._user.name, day)
                if self._user.may(Right.CHANGE_RATING):
                    found += late(sheet, self._user.name, day)
            return found


def own(sheet: Sheet, name: str, day: date) -> Iterator[Concern]:
    """Yield what somebody has to do, late and soon."""
    mine = [line for line in sheet.lines if line.is_of(name) and line.lacks]
    overdue = [line for line in mine if line.is_overdue(day)]
    if overdue:
        text = N_("{count} {count:item of yours is|items of yours are} overdue")
        yield _concern(sheet, text, Urgency.LATE, overdue)
    soon = [line for line in mine if _is_soon(line, day)]
    if soon:
        text = N_(
            "{count} {count:item of yours is|items of yours are} due within two weeks"
        )
        yield _concern(sheet, text, Urgency.SOON, soon)


def late(sheet: Sheet, name: str, day: date) -> Iterator[Concern]:
    """Yield what others are late with, for who leads the rating."""
    overdue = [
        line for line in sheet.lines if line.is_overdue(day) and not line.is_of(name)
    ]
    if overdue:
        who = Counter(line.score.staff_name for line in overdue).most_common(MOST_NAMED)
        people = _(", ").join(each or _("nobody in charge") for each, _count in who)
        text = N_("{count} {count:item|items} overdue, {people}")
        yield _concern(sheet, text, Urgency.SOON, overdue, people=people)


def _open_in(session: Session) -> Iterator[Sheet]:
    for each in selves_in(session):
        if each.is_open:
            yield sheet_in(session, each.self_id)


def _is_soon(line: Line, day: date) -> bool:
    due = line.score.due_on
    return due is not None and day <= due <= day + SOON


def _concern(
    sheet: Sheet, text: str, urgency: Urgency, lines: Sequence[Line], **facts: str
) -> Concern:
    first = min(lines, key=lambda line: (line.score.due_on or date.max, line.number))
    return Concern(
        sheet.head.name,
        words(text, count=len(lines), **facts),
        urgency,
        Target(TARGET, (sheet.head.self_id, first.item.item_id)),
        Role.HEAD_NURSE,
        first.score.due_on,
        len(lines),
    )
