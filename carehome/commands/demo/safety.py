"""Fire safety in the demonstration home: the rounds of a year, and what they found."""

import json
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from random import Random
from typing import Any

from carehome import paths
from carehome.commands.demo import safety_things
from carehome.commands.demo.safety_hazards import Found, Register, by_hand
from carehome.commands.demo.safety_rounds import Finding, Patrols, by_post
from carehome.db.database import Database
from carehome.rules.periods import months_after
from carehome.rules.rights import Role, User
from carehome.rules.safety.hazards import NewHazard, Origin, Severity
from carehome.rules.safety.plan import Planned, Rhythm
from carehome.services.safety.forms import forms_in, take_presets_in
from carehome.services.safety.plan import Place, RoundPlans
from carehome.services.staff import Staff

_CHINA = timezone(timedelta(hours=8))
_MONTHS = 12
_AT = time(9, 30)
_NOTHING = ("", "", "", "")


@cache
def _told() -> dict[str, Any]:
    path = paths.resource("demo") / "safety.json"
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def furnish(db: Database, users: dict[Role, User], seed: int, day: date) -> None:
    """Let a year of fire safety have been, as it stands on `day`."""
    story = _Story(db, users, day, Random(f"safety {seed}"))
    story.plan()
    story.register(story.walk())
    safety_things.furnish(db, users, _told(), _at(day))


class _Story:
    """Does the deeds of a year, each at its own hour and by who may."""

    def __init__(
        self, db: Database, users: dict[Role, User], day: date, dice: Random
    ) -> None:
        self._db, self._day, self._dice = db, day, dice
        self._users = users
        self._officer, self._director = users[Role.SAFETY_OFFICER], users[Role.DIRECTOR]
        self._begin = months_after(day.replace(day=1), 1 - _MONTHS)
        self._now = _at(day)

    def plan(self) -> None:
        """Take over the checklists, name the places, and plan the rounds of a year."""
        first = _at(self._begin)
        with self._db.writing(
            self._director, "SafetyForms.take_presets", _kept(first)
        ) as session:
            take_presets_in(session, _kept(first), self._director.name)
            forms = {each.preset: each.form_id for each in forms_in(session)}
        plans = RoundPlans(self._db, self._director, lambda: first)
        places = {name: plans.save_place(Place(name)) for name in _told()["places"]}
        for preset, place, rhythm, more, _post in _told()["plan"]:
            form_id = forms[preset]
            assert form_id, "the checklists were just taken over"
            told = {**more, "times": tuple(more.get("times", ()))}
            days = told.pop("days_ago", None)
            since = self._begin if days is None else self._day - timedelta(days=days)
            plans.add(Planned(form_id, places[place], Rhythm(rhythm), since, **told))

    def walk(self) -> list[Finding]:
        """Make the rounds of the year; return what was found on them."""
        staff = Staff(self._db, self._director, lambda: self._now)
        people = by_post([(each.name, each.post) for each in staff.members(self._day)])
        wall = self._now.replace(tzinfo=None)
        with self._db.writing(
            self._officer, "Rounds.finish", _kept(self._now)
        ) as session:
            return Patrols(session, _told(), people).walk(self._begin, wall)

    def register(self, findings: list[Finding]) -> None:
        """Enter what was found, and let most of it be put right."""
        rectifier = _told()["rectifier"]
        found = [self._found(each, rectifier) for each in findings]
        found += by_hand(_told()["by_hand"], rectifier, self._now)
        Register(self._db, self._users, _told(), self._now, self._dice).enter(found)

    def _found(self, finding: Finding, rectifier: str) -> Found:
        """Say what was found on a round in the words of who found it."""
        seen = _told()["found"].get(finding.preset)
        item, spot, measure, shown = self._dice.choice(seen) if seen else _NOTHING
        new = NewHazard(
            item or finding.item,
            spot or finding.place,
            Severity(finding.severity),
            Origin.ROUND,
            finding.round_id,
            finding.source,
            found_by=finding.by,
            measure=measure,
            responsible=rectifier,
        )
        return Found(finding.at.replace(tzinfo=_CHINA), new, shown)


def _at(day: date) -> datetime:
    """Return the hour of the story on a day, in China."""
    return datetime.combine(day, _AT, tzinfo=_CHINA)


def _kept(moment: datetime) -> datetime:
    """Return a moment as the log keeps it."""
    return (moment - _CHINA.utcoffset(None)).replace(tzinfo=None)
