"""Grades that the home was given: which one holds, and when it must be renewed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.ratings import RatingAwardRow, RatingContentRow
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
from carehome.services.ratings.evidence import kept_in, read_file
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
    file_name: str = ""  # of the scan of the certificate

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
    def save(self, award: Award, scan: Path | None = None) -> int:
        """Record or correct a grade that was given; return its id.

        A scan of the certificate takes the place of an earlier one.
        """
        _check(award, self._today())
        file = read_file(scan) if scan else None
        with self._writing() as session:
            row = session.get(RatingAwardRow, award.award_id)
            if row is None:
                row = RatingAwardRow(made_at=self._now(), made_by=self._user.name)
                session.add(row)
            row.grade, row.awarded_on = award.grade, award.awarded_on
            row.last_day, row.note = award.ends, award.note.strip()
            row.number, row.office = award.number.strip(), award.office.strip()
            if file:
                row.content_id = kept_in(session, file.content)
                row.file_name = file.file_name
            session.flush()
            return row.id

    @needs(Right.SEE_RATING)
    def scan(self, award_id: int) -> bytes:
        """Return the scan of a certificate that has one: a PDF or a JPEG."""
        with self._reading() as session:
            return session.scalars(
                select(RatingContentRow.content)
                .join(RatingAwardRow, RatingAwardRow.content_id == RatingContentRow.id)
                .where(RatingAwardRow.id == award_id)
            ).one()

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
        row.file_name,
    )
