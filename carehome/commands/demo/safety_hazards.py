"""The register of hazards of the demonstration home, over a year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from carehome.commands.demo.safety_pictures import picture
from carehome.db.database import Database
from carehome.db.hazards import HazardRow, HazardStepRow
from carehome.rules.periods import DAY
from carehome.rules.rights import Role, User
from carehome.rules.safety.hazards import (
    NewHazard,
    Severity,
    State,
    StepKind,
    check_new,
)
from carehome.services.safety.hazards import Hazards, rules_in

_SLOW = 0.08  # of the hazards are put right after their time
_LONG_AGO = 60 * DAY  # what is older is written as rows, and long since closed
_HOUR = timedelta(hours=1)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A hazard, when it was found, and which picture shows it, if any."""

    at: datetime
    new: NewHazard
    picture: str = ""


@dataclass(frozen=True, slots=True)
class _Story:
    """A hazard and when it was put right, re-checked and struck off."""

    found: Found
    done: datetime
    seen: datetime
    over: datetime


class Register:
    """Enters the hazards of a year: the old ones as rows, the latest as deeds."""

    def __init__(
        self,
        db: Database,
        users: Mapping[Role, User],
        told: Mapping[str, Any],
        now: datetime,
        dice: Random,
    ) -> None:
        self._db, self._told, self._now, self._dice = db, told, now, dice
        self._finder, self._mender = users[Role.SAFETY_OFFICER], users[Role.FRONT_DESK]
        self._checker, self._closer = users[Role.HEAD_NURSE], users[Role.DIRECTOR]

    def enter(self, found: Iterable[Found]) -> None:
        """Enter what was found, and let most of it be put right."""
        told = [self._tell(each) for each in sorted(found, key=lambda each: each.at)]
        old = [each for each in told if each.found.at < self._now - _LONG_AGO]
        first = _kept(told[0].found.at)
        with self._db.writing(self._finder, "Hazards.open", first) as session:
            self._write(session, old)
        for story in told[len(old) :]:
            self._live_through(story)

    def _tell(self, found: Found) -> _Story:
        """Say when a hazard was put right and by when it was struck off."""
        done = found.at + self._dice.randrange(2, 20) * _HOUR
        if self._dice.random() < _SLOW:
            done += 9 * DAY
        seen = done + 20 * _HOUR
        return _Story(found, done, seen, seen + 2 * DAY)

    def _write(self, session: Session, stories: list[_Story]) -> None:
        """Write hazards that are closed: opened, then led to the end step by step."""
        rules, connection = rules_in(session), session.connection()
        serials: dict[int, int] = {}
        newest = session.scalar(select(func.max(HazardRow.id))) or 0
        opened: list[Row] = []
        steps: list[Row] = []
        turns: list[Row] = []
        for number, story in enumerate(stories, start=newest + 1):
            at = story.found.at
            new = check_new(story.found.new, at, rules)
            serials[at.year] = serials.get(at.year, 0) + 1
            opened.append(self._opened(number, serials[at.year], new, at))
            turns.append(self._turns(number, story))
            steps += self._steps(number, story)
        connection.execute(insert(HazardRow), opened)
        for kind in (State.RECTIFIED, State.CHECKED, State.CLOSED):
            _turn(session, kind, turns)
        steps.sort(key=lambda step: step["at"])
        connection.execute(insert(HazardStepRow), steps)

    def _opened(self, number: int, serial: int, new: NewHazard, at: datetime) -> Row:
        assert new.found_at, "the rules have filled it in"
        assert new.due_at, "the rules have filled it in"
        return {
            **{"id": number, "year": at.year, "serial": serial, "state": "open"},
            **{"severity": new.severity.value, "origin": new.origin.value},
            **{"origin_id": new.origin_id, "source": new.source},
            **{"item": new.item, "place": new.place, "measure": new.measure},
            **{"found_at": _kept(new.found_at), "found_by": new.found_by},
            **{"responsible_id": None, "responsible": new.responsible},
            **{"due_at": _kept(new.due_at), "first_due_at": _kept(new.due_at)},
            **dict.fromkeys(("rectified_by", "rectified_note", "checked_by"), ""),
            **dict.fromkeys(("checked_note", "closed_by", "closed_note"), ""),
        }

    def _turns(self, number: int, story: _Story) -> Row:
        """Return all columns of the way to the end, each under its own name."""
        checker, closer = self._checker, self._closer
        what = story.found.new.measure or self._told["checked"]
        rectified = (story.done, self._told["rectifier"], self._mender, what)
        checked = (story.seen, checker.name, checker, self._told["checked"])
        closed = (story.over, closer.name, closer, self._told["closed"])
        row: Row = {"number_": number}
        for kind, (at, name, user, note) in (
            (State.RECTIFIED, rectified),
            (State.CHECKED, checked),
            (State.CLOSED, closed),
        ):
            row |= {f"{kind}_at_": _kept(at), f"{kind}_by_": name}
            row |= {f"{kind}_account_": user.account_id, f"{kind}_note_": note}
        return row

    def _steps(self, number: int, story: _Story) -> Iterable[Row]:
        what = story.found.new.measure or self._told["checked"]
        for kind, at, user, text in (
            (StepKind.OPENED, story.found.at, self._finder, ""),
            (StepKind.RECTIFIED, story.done, self._mender, what),
            (StepKind.CHECKED, story.seen, self._checker, self._told["checked"]),
            (StepKind.CLOSED, story.over, self._closer, self._told["closed"]),
        ):
            yield {
                **{"hazard_id": number, "kind": kind.value, "at": _kept(at)},
                **{"by": user.name, "text": text},
            }

    def _live_through(self, story: _Story) -> None:
        """Open a hazard by deeds; the older it is, the further it has come."""
        shown, new = story.found.picture, story.found.new
        before = [picture(shown, is_right=False)] if shown else []
        after = [picture(shown, is_right=True)] if shown else []
        number = self._as(self._finder, story.found.at).open(new, before)
        if story.done > self._now:
            return
        what, who = new.measure or self._told["checked"], self._told["rectifier"]
        why_none = "" if shown else self._told["no_picture"]
        self._as(self._mender, story.done).rectify(
            number, what, who, pictures=after, why_none=why_none
        )
        if story.seen > self._now:
            return
        self._as(self._checker, story.seen).pass_check(number, self._told["checked"])
        if story.over <= self._now:
            self._as(self._closer, story.over).close(number, self._told["closed"])

    def _as(self, user: User, at: datetime) -> Hazards:
        return Hazards(self._db, user, lambda: at)


def _turn(session: Session, state: State, rows: list[Row]) -> None:
    """Lead hazards on to the next state; the database refuses to leave one out."""
    # Parameters that bear the name of a column would be taken for its condition.
    names = [f"{state}_{part}" for part in ("at", "by", "account", "note")]
    values: Row = {name: bindparam(f"{name}_") for name in names}
    one = HazardRow.id == bindparam("number_")
    turned = update(HazardRow).where(one).values(state=state.value, **values)
    wanted = {"number_", *(f"{name}_" for name in names)}
    told = [{key: row[key] for key in row if key in wanted} for row in rows]
    session.connection().execute(turned, told)


def _kept(moment: datetime) -> datetime:
    """Return a moment as the database keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def by_hand(told: Iterable[Any], rectifier: str, now: datetime) -> Iterable[Found]:
    """Yield what was seen in passing during the last days."""
    for ago, (item, place, severity, measure, shown) in enumerate(told):
        grave = Severity(severity)
        new = NewHazard(item, place, grave, measure=measure, responsible=rectifier)
        yield Found(now - timedelta(days=ago, hours=2), new, shown)
