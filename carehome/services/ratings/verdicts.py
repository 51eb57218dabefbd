"""Conditions of a self-assessment: counted where they can be, judged by hand else."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.ratings import RatingSelfRow, RatingVerdictRow
from carehome.errors import Refusal
from carehome.i18n import N_, speaking
from carehome.rules.figures import FigureKey, definitions, show_figure
from carehome.rules.periods import Period
from carehome.rules.ratings import grades
from carehome.rules.ratings.grades import Condition, Verdict
from carehome.rules.rights import Right
from carehome.services.figures import figures_of
from carehome.services.figures.records import Records
from carehome.services.ratings.assessed import open_self_in, self_in
from carehome.services.ratings.conditions import conditions_in
from carehome.services.service import Service, needs

Counted = dict[int, tuple[int | Fraction | None, str]]


class Unjustified(Refusal):
    """A verdict by hand says why."""

    text = N_("Say what shows it, such as the number of a permit.")


class RatingVerdicts(Service):
    """What one person can do with the conditions of a self-assessment."""

    @needs(Right.SEE_RATING)
    def listed(self, self_id: int) -> list[Verdict]:
        """Judge all conditions in use; of a sealed one as they were judged then."""
        with self._reading() as session:
            return verdicts_in(session, self_in(session, self_id), self._today())

    @needs(Right.JUDGE_RATING)
    def say(
        self, self_id: int, condition_id: int, holds: bool | None, reason: str
    ) -> None:
        """Say by hand whether a condition holds; None = not known."""
        if holds is not None and not reason.strip():
            raise Unjustified
        with self._writing() as session:
            open_self_in(session, self_id)
            row = _row_in(session, self_id, condition_id)
            row.holds, row.reason = holds, reason.strip()
            row.is_counted, row.value = False, ""
            row.judged_at, row.judged_by = self._now(), self._user.name


def verdicts_in(session: Session, row: RatingSelfRow, today: date) -> list[Verdict]:
    """Judge the conditions of a self-assessment; a sealed one keeps what it said."""
    said = {
        each.condition_id: each
        for each in session.scalars(
            select(RatingVerdictRow).where(RatingVerdictRow.self_id == row.id)
        )
    }
    every = conditions_in(session)
    if row.state == "submitted":
        return [
            _verdict(replace(each, is_active=True), said[each.condition_id])
            for each in every
            if each.condition_id in said
        ]
    used = [each for each in every if each.is_active]
    by_hand = {
        each.condition_id: _verdict(each, said[each.condition_id])
        for each in used
        if each.condition_id in said
    }
    counted = _counted_in(session, used, Period(row.starts, row.ends), today)
    return grades.verdicts(used, counted, by_hand)


def count_verdicts_in(
    session: Session, row: RatingSelfRow, today: date, now: datetime, by: str
) -> None:
    """Keep how every condition was judged on the day of submission."""
    with speaking():
        found = verdicts_in(session, row, today)
    for verdict in found:
        if verdict.is_counted or verdict.holds is None:
            kept = _row_in(session, row.id, verdict.condition.condition_id or 0)
            kept.holds, kept.value = verdict.holds, verdict.value
            kept.reason, kept.is_counted = verdict.reason, verdict.is_counted
            kept.judged_at, kept.judged_by = now, by


def _counted_in(
    session: Session, conditions: Sequence[Condition], usual: Period, today: date
) -> Counted:
    """Count what conditions ask, each over its own days, from records read once."""
    told = [each for each in conditions if each.figure in definitions()]
    asked: dict[Period, set[FigureKey]] = defaultdict(set)
    for each in told:
        asked[each.period(usual)].add(each.figure)
    if not told:
        return {}
    records = Records(session, today)
    figures = {
        period: figures_of(records, keys, period, today)
        for period, keys in asked.items()
    }
    found: Counted = {}
    for each in told:
        figure = figures[each.period(usual)][each.figure]
        shown = show_figure(figure, definitions()[each.figure].unit)
        words = shown if figure.is_known else str(figure.unknown)
        found[each.condition_id or 0] = figure.value, words
    return found


def _row_in(session: Session, self_id: int, condition_id: int) -> RatingVerdictRow:
    query = select(RatingVerdictRow).where(
        RatingVerdictRow.self_id == self_id,
        RatingVerdictRow.condition_id == condition_id,
    )
    row = session.scalar(query)
    if row is None:
        row = RatingVerdictRow(self_id=self_id, condition_id=condition_id)
        session.add(row)
    return row


def _verdict(condition: Condition, row: RatingVerdictRow) -> Verdict:
    return Verdict(condition, row.holds, row.value, row.reason, row.is_counted)
