"""What one person can do with self-assessments: begin, judge, share out, submit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.ratings import (
    RatingExportRow,
    RatingFileRow,
    RatingItemRow,
    RatingScoreRow,
    RatingSelfRow,
    RatingStepRow,
    RatingTableRow,
    RatingVerdictRow,
)
from carehome.db.staff import StaffMemberRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, speaking
from carehome.rules.figures import Figure, definitions, show_figure
from carehome.rules.periods import Period
from carehome.rules.ratings.judging import Lack, Line, PointsBeyond
from carehome.rules.ratings.points import show_points
from carehome.rules.rights import Right
from carehome.services.figures import figures_in, for_user
from carehome.services.ratings.assessed import (
    SelfAssessment,
    Sheet,
    open_self_in,
    self_in,
    selves_in,
    sheet_in,
)
from carehome.services.ratings.evidence import number_in
from carehome.services.ratings.verdicts import count_verdicts_in
from carehome.services.service import Service, needs

SHOWS = frozenset(
    {
        *("rating_self", "rating_score", "rating_file", "rating_content"),
        *("rating_table", "rating_line", "rating_item"),
    }
)
MOST_NAMED = 5


class SelfNameless(Refusal):
    """A self-assessment has no name."""

    text = N_("Give the self-assessment a name, such as the year.")


class PeriodBackwards(Refusal):
    """The last day lies before the first one."""

    text = N_("The last day lies before the first one. Correct one of them.")


class OpenAlready(Refusal):
    """One table is judged once at a time."""

    text = N_(
        "“{name}” is still open for this table. Finish and submit it, or throw it "
        "away, before you begin another one."
    )


class TableUnused(Refusal):
    """The table was taken out of use."""

    text = N_("This table is out of use. Choose another one.")


class NotJudged(Refusal):
    """A self-assessment is submitted whole."""

    text = N_(
        "{count} {count:item is|items are} not judged or {count:lacks|lack} the "
        "reason for a deduction: {codes}. Complete them before you submit."
    )


@dataclass(frozen=True, slots=True)
class NewSelf:
    """What a person says when a self-assessment is begun or corrected."""

    name: str
    table_id: int
    period: Period
    target_grade: int
    carried_from: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody says of an item; without points it is not judged."""

    hundredths: int | None
    reason: str = ""
    method: str = ""
    evidence: str = ""


class SelfAssessments(Service):
    """What one person can do with self-assessments."""

    @needs(Right.SEE_RATING)
    def listed(self) -> list[SelfAssessment]:
        """List all self-assessments, the open ones first."""
        with self._reading() as session:
            return selves_in(session)

    @needs(Right.SEE_RATING)
    def sheet(self, self_id: int) -> Sheet:
        """Return one self-assessment item by item."""
        with self._reading() as session:
            return sheet_in(session, self_id)

    @needs(Right.SEE_RATING)
    def figures(self, self_id: int) -> dict[str, Figure]:
        """Count what tells its items over its period, as the person may see it."""
        with self._reading() as session:
            row = self_in(session, self_id)
            keys = _keys_in(session, row.table_id)
            period = Period(row.starts, row.ends)
            found = figures_in(session, keys, period, self._today())
        return {key: for_user(figure, self._user) for key, figure in found.items()}

    @needs(Right.SEE_RATING)
    def people(self) -> dict[int, str]:
        """Return who works here and may be responsible for items."""
        query = select(StaffMemberRow.id, StaffMemberRow.name).where(
            (StaffMemberRow.left_on.is_(None))
            | (StaffMemberRow.left_on >= self._today())
        )
        with self._reading() as session:
            return dict(session.execute(query.order_by(StaffMemberRow.name)).all())

    @needs(Right.CHANGE_RATING)
    def begin(self, new: NewSelf) -> int:
        """Begin a self-assessment; an earlier one is where it starts from, no result.

        Who was responsible for an item stays so; points have to be given anew.
        """
        _check(new)
        with self._writing() as session:
            _check_table(session, new.table_id)
            row = RatingSelfRow(
                table_id=new.table_id,
                carried_from=new.carried_from,
                made_at=self._now(),
                made_by=self._user.name,
            )
            _fill(row, new)
            session.add(row)
            session.flush()
            _share_out_as_before(session, row)
            return row.id

    @needs(Right.CHANGE_RATING)
    def change(self, self_id: int, new: NewSelf) -> None:
        """Correct what an open self-assessment is called, covers and aims at."""
        _check(new)
        with self._writing() as session:
            _fill(open_self_in(session, self_id), new)

    @needs(Right.JUDGE_RATING)
    def judge(self, self_id: int, item_id: int, said: Judgement) -> None:
        """Keep what somebody says of an item, at once and as far as it goes."""
        with self._writing() as session:
            row = open_self_in(session, self_id)
            item = session.get_one(RatingItemRow, item_id)
            if said.hundredths is not None and said.hundredths > item.hundredths:
                raise PointsBeyond(most=show_points(item.hundredths))
            score = _score_in(session, self_id, item_id)
            if said.hundredths != score.hundredths:
                is_judged = said.hundredths is not None
                score.hundredths = said.hundredths
                score.judged_at = self._now() if is_judged else None
                score.judged_by = self._user.name if is_judged else ""
                score.counted = self._count(session, row, item) if is_judged else ""
            score.reason = said.reason.strip()
            score.method = said.method.strip()
            score.evidence = said.evidence.strip()

    @needs(Right.CHANGE_RATING)
    def share_out(
        self,
        self_id: int,
        item_ids: Collection[int],
        staff_id: int | None,
        due_on: date | None,
    ) -> None:
        """Say who is responsible for some items, and by when; None takes it away."""
        with self._writing() as session:
            open_self_in(session, self_id)
            name = ""
            if staff_id is not None:
                name = session.get_one(StaffMemberRow, staff_id).name
            for item_id in item_ids:
                score = _score_in(session, self_id, item_id)
                score.staff_id, score.staff_name = staff_id, name
                score.due_on = due_on

    @needs(Right.CHANGE_RATING)
    def submit(self, self_id: int) -> None:
        """Seal a self-assessment whose items are all judged, with what was counted."""
        with self._writing() as session:
            row = open_self_in(session, self_id)
            _check_whole(sheet_in(session, self_id).lines)
            self._count_all(session, row)
            count_verdicts_in(session, row, self._today(), self._now(), self._user.name)
            session.flush()
            number_in(session, self_id)
            row.state = "submitted"
            row.submitted_at, row.submitted_by = self._now(), self._user.name

    @needs(Right.CHANGE_RATING)
    def discard(self, self_id: int) -> None:
        """Throw an open self-assessment away with all that was kept for it."""
        with self._writing() as session:
            row = open_self_in(session, self_id)
            kinds = RatingScoreRow, RatingFileRow, RatingVerdictRow, RatingStepRow
            for kind in (*kinds, RatingExportRow):
                query = select(kind).where(kind.self_id == self_id)
                for each in session.scalars(query):
                    session.delete(each)
            follow = select(RatingSelfRow).where(RatingSelfRow.carried_from == self_id)
            for later in session.scalars(follow):
                later.carried_from = None
            session.flush()
            session.delete(row)

    def _count(self, session: Session, row: RatingSelfRow, item: RatingItemRow) -> str:
        """Say what the tied figure comes to now, as it is kept with the points."""
        if item.figure not in definitions():
            return ""
        period = Period(row.starts, row.ends)
        found = figures_in(session, [item.figure], period, self._today())
        return _said(found[item.figure])

    def _count_all(self, session: Session, row: RatingSelfRow) -> None:
        """Keep with all points what was counted on the day of submission."""
        keys = _keys_in(session, row.table_id)
        period = Period(row.starts, row.ends)
        found = figures_in(session, keys, period, self._today())
        query = (
            select(RatingScoreRow, RatingItemRow.figure)
            .join(RatingItemRow, RatingItemRow.id == RatingScoreRow.item_id)
            .where(RatingScoreRow.self_id == row.id, RatingItemRow.figure.in_(keys))
        )
        for score, key in session.execute(query):
            score.counted = _said(found[key])


@speaking()
def _said(figure: Figure) -> str:
    """Say a figure as it is kept for good; nothing where it cannot be told."""
    if not figure.is_known:
        return ""
    definition = definitions()[figure.key]
    shown = show_figure(figure, definition.unit)
    return _("{name}: {value}").format(name=definition.name, value=shown)


def _keys_in(session: Session, table_id: int) -> list[str]:
    query = select(RatingItemRow.figure).where(RatingItemRow.table_id == table_id)
    return [key for key in session.scalars(query.distinct()) if key in definitions()]


def _score_in(session: Session, self_id: int, item_id: int) -> RatingScoreRow:
    query = select(RatingScoreRow).where(
        RatingScoreRow.self_id == self_id, RatingScoreRow.item_id == item_id
    )
    row = session.scalar(query)
    if row is None:
        row = RatingScoreRow(self_id=self_id, item_id=item_id)
        session.add(row)
    return row


def _share_out_as_before(session: Session, row: RatingSelfRow) -> None:
    if row.carried_from is None:
        return
    items = select(RatingItemRow.code, RatingItemRow.id)
    of_table = items.where(RatingItemRow.table_id == row.table_id)
    own = dict(session.execute(of_table).all())
    query = (
        select(RatingScoreRow, RatingItemRow.code)
        .join(RatingItemRow, RatingItemRow.id == RatingScoreRow.item_id)
        .where(RatingScoreRow.self_id == row.carried_from)
        .where(RatingScoreRow.staff_id.is_not(None))
    )
    for score, code in session.execute(query).all():
        if code in own:
            session.add(
                RatingScoreRow(
                    self_id=row.id,
                    item_id=own[code],
                    staff_id=score.staff_id,
                    staff_name=score.staff_name,
                )
            )


def _check(new: NewSelf) -> None:
    if not new.name.strip():
        raise SelfNameless
    if new.period.end is None or new.period.end <= new.period.start:
        raise PeriodBackwards


def _check_table(session: Session, table_id: int) -> None:
    if not session.get_one(RatingTableRow, table_id).is_active:
        raise TableUnused
    query = select(RatingSelfRow.name).where(
        RatingSelfRow.table_id == table_id, RatingSelfRow.state == "open"
    )
    if (name := session.scalar(query)) is not None:
        raise OpenAlready(name=name)


def _check_whole(lines: Sequence[Line]) -> None:
    """Refuse what is not judged whole; evidence may still be missing."""
    lacking = [
        line.item.code for line in lines if {Lack.POINTS, Lack.REASON} & {*line.lacks}
    ]
    if lacking:
        named = _(", ").join(lacking[:MOST_NAMED])
        more = " …" if len(lacking) > MOST_NAMED else ""
        raise NotJudged(count=len(lacking), codes=named + more)


def _fill(row: RatingSelfRow, new: NewSelf) -> None:
    assert new.period.end, "checked before"
    row.name, row.note = new.name.strip(), new.note.strip()
    row.starts, row.ends = new.period.start, new.period.end
    row.target_grade = new.target_grade
