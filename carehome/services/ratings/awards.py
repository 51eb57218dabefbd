"""Grades that the home was given: which one holds, and when it must be renewed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.ratings import RatingAwardRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.ratings.grades import (
    GRADE_NAMES,
    GRADES,
    last_day,
    months_before,
)
from carehome.rules.ratings.presets import usual_lines
from carehome.rules.rights import Right
from carehome.rules.today import Concern, Target, Urgency, words
from carehome.services.service import Service, needs


class AwardGradeMissing(Refusal):
    """An award names no grade."""

    text = N_("Choose the grade that was awarded.")


class AwardTooEarly(Refusal):
    """A grade would be awarded on a day that has not come."""

    text = N_("{day} has not come yet. Type the day on the certificate.")


class AwardEndsBefore(Refusal):
    """A grade would end before it begins."""

    text = N_("The last day must not lie before the day of the award.")


@dataclass(frozen=True, slots=True)
class Award:
    """A grade that was given, its certificate, and the last day it holds.

    Without a last day it is valid as long as the standard says.
    """

    grade: int
    awarded_on: date
    last_day: date | None = None
    number: str = ""
    office: str = ""
    note: str = ""
    award_id: int = 0

    @property
    def ends(self) -> date:
        """Return the last day on which it holds."""
        return self.last_day or usual_last_day(self.awarded_on)

    def holds_on(self, day: date) -> bool:
        """Say whether it holds on a day."""
        return self.awarded_on <= day <= self.ends

    @property
    def renew_from(self) -> date:
        """Return the day from which its end is told."""
        return months_before(self.ends, usual_lines().remind)


def usual_last_day(awarded_on: date) -> date:
    """Return the last day of a grade awarded that day, as the standard says."""
    return last_day(awarded_on, usual_lines().valid)


def held_on(awards: Iterable[Award], day: date) -> Award | None:
    """Return the award that holds on a day: the one that was given last."""
    held = [award for award in awards if award.holds_on(day)]
    return max(held, key=lambda award: award.awarded_on, default=None)


def awards_in(session: Session) -> list[Award]:
    """List all awards, the latest first."""
    order = RatingAwardRow.awarded_on.desc(), RatingAwardRow.id.desc()
    return [
        _award(row) for row in session.scalars(select(RatingAwardRow).order_by(*order))
    ]


class RatingAwards(Service):
    """What one person can do with the grades that the home was given."""

    @needs(Right.SEE_RATING)
    def listed(self) -> list[Award]:
        """List all awards, the latest first."""
        with self._reading() as session:
            return awards_in(session)

    @needs(Right.CHANGE_RATING)
    def save(self, award: Award) -> int:
        """Record or correct a grade that was given; return its id."""
        _check(award, self._today())
        with self._writing() as session:
            row = session.get(RatingAwardRow, award.award_id)
            if row is None:
                row = RatingAwardRow(made_at=self._now(), made_by=self._user.name)
                session.add(row)
            row.grade, row.awarded_on = award.grade, award.awarded_on
            row.last_day, row.note = award.ends, award.note.strip()
            row.number, row.office = award.number.strip(), award.office.strip()
            session.flush()
            return row.id

    @needs(Right.CHANGE_RATING)
    def remove(self, award_id: int) -> None:
        """Take away a grade that was recorded by mistake."""
        with self._writing() as session:
            session.delete(session.get_one(RatingAwardRow, award_id))

    @needs(Right.SEE_RATING)
    def today(self, day: date) -> list[Concern]:
        """Tell that the grade held last ends soon, or has ended."""
        with self._reading() as session:
            latest = next(iter(awards_in(session)), None)
        if latest is None or day < latest.renew_from:
            return []
        ended = day > latest.ends
        text = (
            N_("ended on {day}. Apply for the rating again.")
            if ended
            else N_("ends on {day}. Prepare the self-assessment and apply again.")
        )
        return [
            Concern(
                words(
                    N_("Grade held: {grade}"), grade=words(GRADE_NAMES[latest.grade])
                ),
                words(text, day=latest.ends),
                Urgency.LATE if ended else Urgency.SOON,
                Target("rating_awards"),
                due=latest.ends,
            )
        ]


def _check(award: Award, today: date) -> None:
    if award.grade not in GRADES:
        raise AwardGradeMissing
    if award.awarded_on > today:
        raise AwardTooEarly(day=award.awarded_on)
    if award.ends < award.awarded_on:
        raise AwardEndsBefore


def _award(row: RatingAwardRow) -> Award:
    return Award(
        row.grade,
        row.awarded_on,
        row.last_day,
        row.number,
        row.office,
        row.note,
        row.id,
    )
