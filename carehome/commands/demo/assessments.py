"""Ability assessments of the demonstration home: the past year, and what is due."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome import paths
from carehome.db.database import Database
from carehome.db.residents import ContactRow
from carehome.rules.assessments import GBT_42195, MZT_039, Form, form_of
from carehome.rules.assessments.answers import Value
from carehome.rules.assessments.due import months_later
from carehome.rules.assessments.judging import judge
from carehome.rules.periods import DAY
from carehome.rules.residents import LIVES_HERE
from carehome.rules.rights import Role, User
from carehome.services.assessments import Assessments, Head
from carehome.services.assessments.drafts import begin_in, keep_in
from carehome.services.assessments.finishing import finish_in
from carehome.services.residents import Residents
from carehome.services.residents.index import ResidentLine
from carehome.services.staff import Staff, StaffMember

_NEVER, _OVERDUE, _SOON = 31, 11, 9  # one in so many, by number
_OLD_FORM = 13
_STRIDE = 3  # items that move before it is judged again; every level is wider
_HISTORY = timedelta(days=330)
_AWAKE = {GBT_42195: "B.3.9", MZT_039: "B.3.1"}  # who sleeps is not asked
_CHILD = {GBT_42195: "3", MZT_039: "2"}  # how the forms number the relations
_QUIET = {
    GBT_42195: {f"A.2.14.{number}": "0" for number in range(1, 6)}
    | {"A.5.1": "0", "A.5.2": "0", "A.5.9": "0", "A.5.10": "0", "A.5.11": "0"},
    MZT_039: {f"A.2.14.{number}": "0" for number in range(1, 5)} | {"A.2.13.2": "0"},
}


@cache
def _words() -> dict[str, Any]:
    path = paths.resource("demo") / "assessments.json"
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def _child_in(session: Session, line: ResidentLine) -> str:
    """Return who told of somebody: the first contact, in this home a child."""
    query = select(ContactRow.name).where(ContactRow.resident_id == line.resident_id)
    return session.scalar(query.order_by(ContactRow.id).limit(1)) or ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """One assessment that was made: of whom, on which day, with which result."""

    line: ResidentLine
    day: date
    level: int
    reason: str
    form: str


class Assessors:
    """The head nurse and her colleagues, who assess everybody twice a year."""

    def __init__(
        self, db: Database, users: dict[Role, User], seed: int, begin: date, day: date
    ) -> None:
        self._db, self._user = db, users[Role.HEAD_NURSE]
        self._dice = Random(seed * 31 + 4)
        self._begin, self._day = begin, day
        clock = lambda: _at(day)  # noqa: E731 - the service asks for nothing else
        self._service = Assessments(db, self._user, clock)
        people = Residents(db, self._user, clock).find("")
        self._living = [line for line in people if line.status in LIVES_HERE]
        staff = Staff(db, self._user, clock).members(day)
        self._doctors = _of_posts(staff, _words()["medical_posts"])
        self._helpers = _of_posts(staff, _words()["assessor_posts"])
        self._answers: dict[tuple[int, str], dict[str, Value]] = {}

    def assess(self) -> None:
        """Enter the assessments of the past year, and leave some to be made."""
        days: dict[date, list[_Plan]] = defaultdict(list)
        for line in self._living:
            for plan in self._plans(line):
                days[max(plan.day, self._begin)].append(plan)
        for day in sorted(days):
            self._enter(day, sorted(days[day], key=lambda plan: plan.day))
        self._leave_work()

    def _enter(self, day: date, plans: Sequence[_Plan]) -> None:
        """Enter what was assessed up to a day; each deed stores what the next reads."""
        writing = self._db.writing(self._user, "Assessments.finish", _at(day))
        with writing as session, session.no_autoflush:
            for plan in plans:
                self._make(session, plan, day)

    def _plans(self, line: ResidentLine) -> Iterator[_Plan]:
        """Yield the assessments of somebody, the oldest first."""
        assert line.admitted_on
        number, dice = line.resident_id, self._dice
        if number % _NEVER == 0:
            return
        last = self._day - timedelta(days=dice.randrange(4, 140))
        if number % _OVERDUE == 1:
            last = months_later(self._day, -6) - timedelta(days=dice.randrange(3, 40))
        elif number % _SOON == 1:
            last = months_later(self._day, -6) + timedelta(days=dice.randrange(2, 28))
        first = line.admitted_on + timedelta(days=dice.randrange(3))
        days = [max(last, min(first, self._day))]
        while (before := days[0] - timedelta(days=dice.randrange(150, 185))) > max(
            first, self._day - _HISTORY
        ):
            days.insert(0, before)
        if days[0] - first > DAY and self._day - first < _HISTORY:
            days.insert(0, first)
        level = line.ability_level or 0
        levels = [level]
        for _earlier in days[1:]:
            levels.insert(0, max(levels[0] - (dice.random() < 0.3), 0))
        for place, (day, each) in enumerate(zip(days, levels, strict=True)):
            is_first = day - line.admitted_on < timedelta(days=3)
            old = place == 0 and number % _OLD_FORM == 0 and each < 4
            yield _Plan(
                line,
                day,
                each,
                "first" if is_first else "routine",
                MZT_039 if old else GBT_42195,
            )

    def _make(self, session: Session, plan: _Plan, entered_on: date) -> None:
        form = form_of(plan.form)
        by, at = self._user.name, _at(entered_on)
        row = begin_in(
            session, plan.line.resident_id, form, plan.reason, plan.day, by, at
        )
        answers = self._answered(plan, form)
        head = self._head(plan, form, _child_in(session, plan.line))
        keep_in(session, row.id, answers, head, entered_on, by, at)
        finish_in(session, row.id, by, at, entered_on)

    def _head(self, plan: _Plan, form: Form, child: str) -> Head:
        line, dice = plan.line, self._dice
        outside = form.code == MZT_039
        first, second = _words()["outside_assessors"]
        if not outside:
            first = dice.choice([self._user.name, dice.choice(self._doctors)])
            second = dice.choice([n for n in self._helpers if n != first])
        return Head(
            plan.day,
            plan.reason,
            "",
            first,
            True,
            second,
            second in self._doctors,
            child,
            _CHILD[form.code],
            _words()["outside_body"] if outside else "",
            line.name,
            plan.day,
        )

    def _answered(self, plan: _Plan, form: Form) -> dict[str, Value]:
        """Return answers that come to the level, close to those of last time."""
        key = (plan.line.resident_id, form.code)
        known = self._answers.get(key) or self._background(plan, form)
        points = {i.number: known.get(i.number, i.best) for i in form.items}
        for _try in range(400):
            answers = {**known, **points}
            judged = judge(form, answers)
            if judged.level == plan.level:
                break
            worse = judged.level is None or judged.level < plan.level
            for _item in range(_STRIDE):
                points |= self._step(form, points, 1 if worse else -1)
        for _step in range(self._dice.randrange(4, 9)):  # no two people are alike
            moved = {
                **answers,
                **self._step(form, answers, self._dice.choice((1, 1, -1))),
            }
            if judge(form, moved).level == plan.level:
                answers = moved
        self._answers[key] = answers
        return answers

    def _step(self, form: Form, points: dict[str, Value], way: int) -> dict[str, Value]:
        """Move an item by a step to the worse or back; what is ahead moves first."""
        items = [item for item in form.items if item.number != _AWAKE[form.code]]
        places = {
            item: [option.points for option in item.options].index(
                int(str(points[item.number]))
            )
            for item in self._dice.sample(items, 3)
        }
        item = min(places, key=lambda each: places[each] * way)
        last = len(item.options) - 1
        place = min(max(places[item] + way, 0), last)
        return {item.number: item.options[place].points}

    def _background(self, plan: _Plan, form: Form) -> dict[str, Value]:
        """Return what is known of somebody beside the items that count."""
        dice, answers = self._dice, dict[str, Value](_QUIET[form.code])
        ill = plan.line.has_dementia and plan.level > 0
        if form.code == MZT_039:
            answers["A.2.13.1"] = "2" if ill else "0"
            answers["A.2.6"] = dice.choice(_words()["nations"])
            return answers
        known = dice.sample(sorted(_words()["diseases"]), dice.randrange(1, 4))
        medicines = [_words()["diseases"][code] for code in known]
        if ill:
            known.append("21")
            medicines.append(_words()["dementia_medicine"])
        columns = ("name", "way", "dose", "times")
        answers["A.4.1"] = sorted(known, key=int)
        answers["A.4.2"] = [
            dict(zip(columns, each, strict=True)) for each in medicines if each[0]
        ]
        answers["A.2.4"] = str(dice.randrange(148, 176))
        answers["A.2.5"] = str(dice.randrange(42, 78))
        answers["A.2.6"] = dice.choice(_words()["nations"])
        answers["A.2.9"] = dice.choice("12234")
        answers["A.2.11"] = dice.choice("2233")
        answers["A.5.8"] = ["2"] if plan.level > 2 and dice.random() < 0.5 else ["0"]
        if plan.level == 4 and dice.random() < 0.3:
            answers["A.5.1"] = dice.choice("12")
        if dice.random() < 0.2:
            answers["A.2.14.1"] = "1"
        return answers

    def _leave_work(self) -> None:
        """Leave two half filled in, and two residents who have changed."""
        due = [line for line in self._service.due(self._day) if line.last_on]
        with self._db.writing(self._user, "Assessments.begin", _at(self._day)) as s:
            for line, count in zip(due, (9, 21), strict=False):
                form, by, at = form_of(GBT_42195), self._user.name, _at(self._day)
                row = begin_in(s, line.resident_id, form, "", self._day, by, at)
                before = self._answers.get((line.resident_id, GBT_42195), {})
                said = {
                    item.number: before.get(item.number, item.best)
                    for item in form.items[:count]
                }
                keep_in(s, row.id, said, None, self._day, by, at)
        fine = [line for line in due if line.due.value == "fine"]
        reasons = (_words()["flag"], _words()["flag_again"])
        for line, reason, days in zip(fine[5:], reasons, (1, 3), strict=False):
            day = self._day - timedelta(days=days)
            self._service.raise_flag(line.resident_id, day, reason)


def _of_posts(staff: Sequence[StaffMember], posts: Sequence[str]) -> list[str]:
    return [member.name for member in staff if member.post in posts]


def _at(day: date) -> datetime:
    return datetime.combine(day, time(2, 0), tzinfo=UTC)
