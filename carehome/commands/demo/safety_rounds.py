"""A year of rounds in the demonstration home, with the gaps that years have."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from carehome.db.batches import insert_batch
from carehome.db.rounds import SafetyAnswerRow, SafetyRoundRow
from carehome.rules.safety.dues import Due, dues
from carehome.rules.safety.forms import Form
from carehome.rules.safety.plan import Planned
from carehome.services.safety.forms import forms_in
from carehome.services.safety.plan import places_in, plans_in

_MISSED, _LATE, _HASTY, _SIGNED = 0.03, 0.02, 0.004, 0.98
_FAILS = (72, 92)  # rounds of one plan from one finding to the next
_BREAKDOWN = (-118, -115)  # days on which the computer was away
_UNSIGNED = timedelta(days=2)
_MINUTE = timedelta(minutes=1)

_BLANK = dict.fromkeys(
    ("entered_by", "patroller", "note", "supervisor", "voided_by", "void_reason"), ""
) | {"answers": 0, "failed": 0}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was not in order on a round, for the register of hazards."""

    round_id: int
    preset: str
    place: str
    severity: str
    source: str
    item: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Walk:
    """When a round was made, and when its sheet was opened and entered."""

    due: Due
    start: datetime
    end: datetime
    opened: datetime
    entered: datetime
    is_paper: bool


class Patrols:
    """Writes the rounds of a year as rows: deeds one by one would take minutes."""

    def __init__(
        self, session: Session, told: Mapping[str, Any], people: Mapping[str, list[str]]
    ) -> None:
        self._session, self._told, self._people = session, told, people
        self._dice = Random("rounds")
        self._forms = {form.form_id: form for form in forms_in(session)}
        self._places = {each.place_id: each.name for each in places_in(session)}
        self._posts = {
            (preset, place): post
            for preset, place, _rhythm, _more, post in told["plan"]
        }
        self._typed = 0
        self._until_finding: dict[int, int] = {}
        self._sheets: list[Row] = []
        self._finished: list[Row] = []
        self._answers: list[Row] = []
        self._findings: list[Finding] = []

    def walk(self, begin: date, now: datetime) -> list[Finding]:
        """Make what was due from `begin` to `now`, but for the gaps."""
        plans = {each.plan_id or 0: each for each in plans_in(self._session)}
        newest = self._session.scalar(select(func.max(SafetyRoundRow.id))) or 0
        away = [now.date() + timedelta(days=days) for days in _BREAKDOWN]
        walks = []
        for due in dues(plans.values(), datetime.combine(begin, time.min), now):
            if due.closes <= now and self._dice.random() >= _MISSED:
                is_away = away[0] <= due.opens.date() < away[1]
                back = datetime.combine(away[1], time(10)) if is_away else None
                walks.append(self._walk(due, back, now))
        walks.sort(key=lambda walk: walk.opened)
        for number, walk in enumerate(walks, start=newest + 1):
            self._note(number, walk, plans[walk.due.plan_id], now)
        self._store()
        return self._findings

    def _walk(self, due: Due, back: datetime | None, now: datetime) -> _Walk:
        """Make one round; one on paper is entered when the computer is `back`."""
        dice = self._dice
        window = min(due.closes - due.opens, timedelta(days=9))
        start = due.opens + window * (
            0.03 + due.plan_id % 3 * 0.12 + dice.random() / 14
        )
        if dice.random() < _LATE:
            late = due.closes + dice.randrange(4, 50) * _MINUTE
            start = min(late, now - 30 * _MINUTE)
        start = start.replace(second=0, microsecond=0)
        is_hasty = dice.random() < _HASTY
        seconds = dice.randrange(20, 50) if is_hasty else dice.randrange(360, 800)
        end = start + timedelta(seconds=seconds)
        if back is None:
            return _Walk(due, start, end, start, end, is_paper=False)
        self._typed += 1
        opened = max(back + self._typed * 4 * _MINUTE, end)
        return _Walk(due, start, end, opened, opened + 2 * _MINUTE, is_paper=True)

    def _note(self, number: int, walk: _Walk, plan: Planned, now: datetime) -> None:
        """Keep the sheet of a round, its answers, and what was found."""
        form, place = self._forms[plan.form_id], self._places[plan.place_id]
        preset, due = form.preset or "", walk.due
        patroller = self._dice.choice(self._people[self._posts[preset, place]])
        failed = self._fails(plan.plan_id or 0, form)
        self._answer(number, form, failed, walk)
        if failed is not None:
            item = form.items[failed]
            what = (item.severity.value, item.source, item.text)
            self._findings.append(
                Finding(number, preset, place, *what, patroller, walk.entered)
            )
        signed = walk.entered < now - _UNSIGNED and self._dice.random() < _SIGNED
        self._sheets.append(
            {
                "id": number,
                "plan_id": plan.plan_id,
                "form_version_id": form.version_id,
                "place_id": plan.place_id,
                "due_from": due.opens,
                "due_until": due.closes,
                "opened_at": walk.opened,
                "opened_by": patroller,
                "state": "open",
                **_BLANK,
            }
        )
        self._finished.append(
            {
                "number": number,
                "started_at": walk.start,
                "ended_at": walk.end,
                "entered_at": walk.entered,
                "entered_by": patroller,
                "patroller": patroller,
                "note": self._told["paper_note"] if walk.is_paper else "",
                "answers": len(form.items),
                "failed": int(failed is not None),
                "first_answer_at": walk.opened,
                "last_answer_at": walk.entered,
                "supervisor": self._supervisor(patroller) if signed else "",
                "signed_at": walk.entered + timedelta(hours=14) if signed else None,
            }
        )

    def _fails(self, plan_id: int, form: Form) -> int | None:
        """Return the place of the item that is not in order this time, if any."""
        dice = self._dice
        if form.preset == self._told["never_fails"]:
            return None
        left = self._until_finding.get(plan_id, dice.randrange(5, _FAILS[0]))
        self._until_finding[plan_id] = left - 1 if left else dice.randrange(*_FAILS)
        return None if left else dice.randrange(len(form.items))

    def _answer(self, number: int, form: Form, failed: int | None, walk: _Walk) -> None:
        step = (walk.entered - walk.opened) / max(len(form.items) - 1, 1)
        for place, item in enumerate(form.items):
            self._answers.append(
                {
                    "round_id": number,
                    "item_id": item.item_id,
                    "verdict": "failed" if place == failed else "ok",
                    "value": "",
                    "note": "",
                    "answered_at": walk.opened + place * step,
                }
            )

    def _supervisor(self, patroller: str) -> str:
        first: str = self._told["supervisor"]
        second: str = self._told["second_supervisor"]
        return second if patroller == first else first

    def _store(self) -> None:
        """Write sheets, answers, and then what was finished: in this order only."""
        connection = self._session.connection()
        insert_batch(connection, SafetyRoundRow, self._sheets)
        insert_batch(connection, SafetyAnswerRow, self._answers)
        # Parameters that bear the name of a column would be taken for its condition.
        rows = [{f"{key}_": each[key] for key in each} for each in self._finished]
        values: Row = {
            key: bindparam(f"{key}_") for key in self._finished[0] if key != "number"
        }
        finish = update(SafetyRoundRow).values(state="finished", **values)
        one = SafetyRoundRow.id == bindparam("number_")
        connection.execute(finish.where(one), rows)


def by_post(members: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Return who works at which post, from names and posts."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, post in members:
        found[post].append(name)
    return dict(found)
