"""Where the home stands by a self-assessment, and what would lift its grade."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.ratings import RatingScoreRow, RatingSelfRow
from carehome.rules.periods import Period
from carehome.rules.ratings import grades, lifting
from carehome.rules.ratings.grades import GradeStanding
from carehome.rules.ratings.items import GradeLine, ItemTable, Part
from carehome.rules.ratings.lifting import Lift, Way
from carehome.rules.rights import Right
from carehome.services.ratings.awards import Award, awards_in, held_on
from carehome.services.ratings.next_star import NextStar, next_star_in
from carehome.services.ratings.plan import PlanStep, steps_in
from carehome.services.ratings.tables import table_in
from carehome.services.ratings.verdicts import verdicts_in
from carehome.services.service import Service, needs

SUBMITTED = "submitted"
RATED = frozenset({"rating_self", "rating_score", "rating_item", "rating_line"})
RATED |= {"rating_table", "rating_condition", "rating_verdict", "rating_step"}
# What the figures are counted from that conditions name.
COUNTED = frozenset({"absence", "agreement", "agreement_document", "assessment"})
COUNTED |= {"bed", "bed_closure", "bed_use", "building", "certificate", "change"}
COUNTED |= {"certificate_kind", "code", "contract", "departure", "floor", "paper"}
COUNTED |= {"paper_rule", "post", "post_need", "resident", "room", "roster"}
COUNTED |= {"roster_cell", "safety_paper", "shift_kind", "staff_post", "stay"}
COUNTED |= {"grade_rule", "staff_member"}
STANDS_ON = RATED | COUNTED | {"rating_award"}


@dataclass(frozen=True, slots=True)
class SelfLine:
    """A self-assessment as a list names it."""

    self_id: int
    name: str
    period: Period
    is_open: bool


@dataclass(frozen=True, slots=True)
class Past:
    """What an earlier self-assessment came to by its points."""

    line: SelfLine
    points: dict[Part, int]
    full: int
    grade: int
    stamp: str = ""

    @property
    def hundredths(self) -> int:
        """Return all points."""
        return sum(self.points.values())


@dataclass(frozen=True, slots=True)
class Standing:
    """What a self-assessment comes to, what each grade lacks, and which is held."""

    line: SelfLine
    table: str
    stamp: str
    target: int
    items: int
    judged: int
    unjudged: int
    points: dict[Part, int]
    full: dict[Part, int]
    lines: tuple[GradeLine, ...]
    grades: tuple[GradeStanding, ...]
    lifts: tuple[Lift, ...]
    way: Way | None
    beyond: Way | None
    plan: tuple[PlanStep, ...] = ()
    history: tuple[Past, ...] = ()
    next_star: NextStar | None = None
    award: Award | None = None

    @property
    def hundredths(self) -> int:
        """Return all points."""
        return sum(self.points.values())

    @property
    def reached(self) -> int:
        """Return the grade that is reached for sure; 0 = none."""
        return grades.reached(self.grades)

    @property
    def within_reach(self) -> int:
        """Return the grade that no known fact stands against; 0 = none."""
        return grades.within_reach(self.grades)

    @property
    def next_grade(self) -> int:
        """Return the grade that is aimed at: where the things named first lead."""
        ways = [each.grade for each in (self.way, self.beyond) if each]
        return max(ways, default=max(line.grade for line in self.lines))

    @property
    def by_points(self) -> int:
        """Return the grade that the points alone come to; 0 = none."""
        return grades.by_points(self.grades)


def selves_in(session: Session) -> list[RatingSelfRow]:
    """List all self-assessments: open ones first, then the latest."""
    rows = session.scalars(select(RatingSelfRow).order_by(RatingSelfRow.id.desc()))
    return sorted(rows, key=lambda row: (row.state == SUBMITTED, -row.ends.toordinal()))


def standing_in(session: Session, row: RatingSelfRow, today: date) -> Standing:
    """Say where the home stands by one self-assessment."""
    table = table_in(session, row.table_id)
    scores = session.scalars(
        select(RatingScoreRow).where(RatingScoreRow.self_id == row.id)
    ).all()
    got = {score.item_id: score.hundredths for score in scores}
    efforts = {score.item_id: score.effort for score in scores}
    points = _points(table, got)
    verdicts = verdicts_in(session, row, today)
    found = grades.standings(points, table.marks, table.lines, verdicts)
    ranked = lifting.lifts(table.items, got, efforts)
    goal = lifting.goal(found)
    way = lifting.way(goal, ranked) if goal else None
    open_items = [each for each in table.items if got.get(each.item_id or 0) is None]
    return Standing(
        _line(row),
        table.name,
        table.stamp,
        row.target_grade,
        len(table.items),
        len(table.items) - len(open_items),
        sum(item.hundredths for item in open_items),
        points,
        table.marks,
        table.lines,
        tuple(found),
        tuple(ranked),
        way,
        lifting.beyond(way, found, ranked) if way else None,
        award=held_on(awards_in(session), today),
    )


class RatingStanding(Service):
    """What one person can learn of where the home stands."""

    @needs(Right.SEE_RATING)
    def selves(self) -> list[SelfLine]:
        """List all self-assessments: open ones first, then the latest."""
        with self._reading() as session:
            return [_line(row) for row in selves_in(session)]

    @needs(Right.SEE_RATING)
    def standing(self, self_id: int | None = None) -> Standing | None:
        """Say where the home stands; by the first self-assessment if none is named."""
        today = self._today()
        with self._reading() as session:
            rows = selves_in(session)
            wanted = [row for row in rows if self_id in (None, row.id)]
            if not wanted:
                return None
            found = standing_in(session, wanted[0], today)
            aim = found.way.grade if found.way else 0
            held = found.award.grade if found.award else 0
            return replace(
                found,
                plan=tuple(steps_in(session, wanted[0].id)),
                history=tuple(_past(session, row) for row in rows),
                next_star=next_star_in(session, held, aim, today),
            )

    @needs(Right.JUDGE_RATING)
    def set_effort(self, self_id: int, item_id: int, effort: int) -> None:
        """Say how hard the points of an item are to be had, 1 easy to 5 hard."""
        with self._writing() as session:
            row = session.scalar(
                select(RatingScoreRow)
                .where(RatingScoreRow.self_id == self_id)
                .where(RatingScoreRow.item_id == item_id)
            )
            if row is None:
                row = RatingScoreRow(self_id=self_id, item_id=item_id)
                session.add(row)
            row.effort = effort


def _line(row: RatingSelfRow) -> SelfLine:
    period = Period(row.starts, row.ends)
    return SelfLine(row.id, row.name, period, row.state != SUBMITTED)


def _points(table: ItemTable, got: dict[int, int | None]) -> dict[Part, int]:
    """Add up what items came to by part; what is not judged yet has nothing."""
    points = dict.fromkeys(Part, 0)
    for item in table.items:
        points[item.part] += got.get(item.item_id or 0) or 0
    return points


def _past(session: Session, row: RatingSelfRow) -> Past:
    """Say what a self-assessment came to by its points."""
    table = table_in(session, row.table_id)
    query = select(RatingScoreRow.item_id, RatingScoreRow.hundredths).where(
        RatingScoreRow.self_id == row.id
    )
    got = dict(session.execute(query).all())
    points = _points(table, got)
    found = grades.standings(points, table.marks, table.lines)
    grade = grades.by_points(found)
    return Past(_line(row), points, table.hundredths, grade, table.stamp)
