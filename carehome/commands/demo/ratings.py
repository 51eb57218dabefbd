"""The star rating in the demonstration home: a grade held, the next one aimed at."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from carehome import paths
from carehome.db.database import Database
from carehome.db.ratings import RatingScoreRow, RatingSelfRow, RatingVerdictRow
from carehome.rules.periods import Period, months_after
from carehome.rules.ratings.grades import last_day, months_before, part_line
from carehome.rules.ratings.items import Item, ItemTable, Part
from carehome.rules.ratings.points import ONE
from carehome.rules.ratings.presets import usual_lines
from carehome.rules.rights import Role, User
from carehome.services.ratings.assessments import NewSelf, SelfAssessments
from carehome.services.ratings.awards import Award, RatingAwards
from carehome.services.ratings.conditions import RatingConditions, conditions_in
from carehome.services.ratings.plan import PlanStep, RatingPlan
from carehome.services.ratings.standing import RatingStanding
from carehome.services.ratings.tables import RatingTables, table_in

_CHINA = timezone(timedelta(hours=8))
_HELD, _NEXT = 3, 4
_EARLIER = 64  # percent that the earlier self-assessment came to
_NOW = 86  # percent of the parts that suffice for the next grade
_SHORT = 7 * ONE  # what the services lack for the next grade
_OPEN_EVERY = 12  # so many items have one that is not judged yet
_PLANNED = 3
_DUE = 30  # days within which items are to be judged


@cache
def _told() -> dict[str, Any]:
    path = paths.resource("demo") / "ratings.json"
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def furnish(db: Database, users: dict[Role, User], seed: int, day: date) -> None:
    """Let the home hold a grade, and be on its way to the next, as of `day`."""
    story = _Story(db, users, day, Random(f"rating {seed}"))
    story.begin()
    story.look_back()
    story.judge_half()
    story.plan()


@dataclass(frozen=True, slots=True)
class _Points:
    """What an item comes to, and why not more; none = not judged yet."""

    item: Item
    hundredths: int | None
    reason: str = ""


class _Story:
    """Rates the home once before and half way now, each by who may."""

    def __init__(
        self, db: Database, users: dict[Role, User], day: date, dice: Random
    ) -> None:
        self._db, self._day, self._dice = db, day, dice
        self._director = users[Role.DIRECTOR]
        self._table_id, self._open_id = 0, 0
        self._awarded = months_before(day, usual_lines().valid - 2)

    def _clock(self) -> datetime:
        return datetime.combine(self._day, time(9, 30), tzinfo=_CHINA)

    def begin(self) -> None:
        """Take over the practice table and the conditions that hold everywhere."""
        who = self._db, self._director, self._clock
        self._table_id = RatingTables(*who).take_practice()
        RatingConditions(*who).take_region(_told()["region"])

    def look_back(self) -> None:
        """Submit the self-assessment of years ago, and record what it led to."""
        who = self._db, self._director, self._clock
        end = months_after(self._awarded.replace(day=1), -1)
        period = Period(months_after(end, -12), end)
        self_id = self._begun(_told()["earlier"], period, _HELD)
        with self._db.writing(
            self._director, "SelfAssessments.submit", self._kept()
        ) as session:
            table = table_in(session, self._table_id)
            most = {part: mark * _EARLIER // 100 for part, mark in table.marks.items()}
            self._keep(session, self_id, _until(table, most, self._dice))
            self._say(session, self_id)
            session.flush()
            row = session.get_one(RatingSelfRow, self_id)
            row.state = "submitted"
            row.submitted_at, row.submitted_by = self._kept(), self._director.name
        number = _told()["number"].format(year=self._awarded.year)
        ends = last_day(self._awarded, usual_lines().valid)
        award = Award(_HELD, self._awarded, ends, number, _told()["office"])
        RatingAwards(*who).save(award)

    def judge_half(self) -> None:
        """Judge most items of this year, each with its reason; some wait for people."""
        start = self._day.replace(month=1, day=1)
        period = Period(start, months_after(start, 12))
        self._open_id = self._begun(_told()["now"], period, _NEXT)
        with self._db.writing(
            self._director, "SelfAssessments.judge", self._kept()
        ) as session:
            table = table_in(session, self._table_id)
            line = next(line for line in table.lines if line.grade == _NEXT)
            most = {
                part: mark * _NOW // 100
                if part is not Part.SERVICE
                else part_line(line, mark) - _SHORT
                for part, mark in table.marks.items()
            }
            points = _until(table, most, self._dice, _OPEN_EVERY)
            self._keep(session, self._open_id, points)
            self._say(session, self._open_id)
        selves = SelfAssessments(self._db, self._director, self._clock)
        people = sorted(selves.people())[:4]
        items = [item.item_id or 0 for item in table.items]
        for at, staff_id in enumerate(people):
            due = self._day + timedelta(days=_DUE + at - 2 * len(people))
            selves.share_out(self._open_id, items[at :: len(people)], staff_id, due)

    def plan(self) -> None:
        """Plan the first things that would lift the grade."""
        who = self._db, self._director, self._clock
        standing = RatingStanding(*who).standing(self._open_id)
        assert standing, "a self-assessment is under way"
        people = sorted(SelfAssessments(*who).people())
        for (text, days), lift, staff_id in zip(
            _told()["steps"][:_PLANNED], standing.lifts[2:], people, strict=False
        ):
            step = PlanStep(
                self._open_id,
                text,
                lift.item.item_id,
                gain=lift.missing,
                staff_id=staff_id,
                due_on=self._day + timedelta(days=days),
            )
            RatingPlan(*who).add(step)

    def _begun(self, name: str, period: Period, grade: int) -> int:
        new = NewSelf(name, self._table_id, period, grade)
        return SelfAssessments(self._db, self._director, self._clock).begin(new)

    def _keep(self, session: Session, self_id: int, points: list[_Points]) -> None:
        for each in points:
            is_judged = each.hundredths is not None
            session.add(
                RatingScoreRow(
                    self_id=self_id,
                    item_id=each.item.item_id,
                    hundredths=each.hundredths,
                    reason=each.reason,
                    method=each.item.method if is_judged else "",
                    evidence=each.item.evidence if is_judged else "",
                    judged_at=self._kept() if is_judged else None,
                    judged_by=self._director.name if is_judged else "",
                )
            )
        session.flush()

    def _say(self, session: Session, self_id: int) -> None:
        """Say by hand that the conditions hold that nothing counts."""
        for condition in conditions_in(session):
            if not condition.figure:
                session.add(
                    RatingVerdictRow(
                        self_id=self_id,
                        condition_id=condition.condition_id,
                        holds=True,
                        reason=_told()["verdict"],
                        judged_at=self._kept(),
                        judged_by=self._director.name,
                    )
                )

    def _kept(self) -> datetime:
        return self._clock().astimezone(UTC).replace(tzinfo=None)


def _until(
    table: ItemTable, most: Mapping[Part, int], dice: Random, open_every: int = 0
) -> list[_Points]:
    """Take points away until every part comes to `most`; some items are left out."""
    found = {
        item.code: _Points(item, item.hundredths)
        for at, item in enumerate(table.items, 1)
        if not open_every or at % open_every
    }
    order = [item for item in table.items if item.code in found]
    dice.shuffle(order)
    left = {
        part: sum(item.hundredths for item in order if item.part is part) - enough
        for part, enough in most.items()
    }
    for item in order:
        share = dice.choice((25, 40, 50, 60))
        taken = max(item.hundredths * share // 100 // ONE, 1) * ONE
        taken = min(taken, left[item.part], item.hundredths)
        if taken > 0:
            reason = dice.choice(_told()["reasons"])
            found[item.code] = _Points(item, item.hundredths - taken, reason)
            left[item.part] -= taken
    return list(found.values())
