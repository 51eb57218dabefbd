"""Fire safety in the demonstration home: the rounds of a year, and what they found."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from random import Random
from typing import Any

from carehome import paths
from carehome.commands.demo import safety_things
from carehome.commands.demo.safety_rounds import Finding, Patrols, by_post
from carehome.db.database import Database
from carehome.rules.periods import DAY, months_after
from carehome.rules.rights import Role, User
from carehome.rules.safety.hazards import NewHazard, Origin, Severity
from carehome.rules.safety.plan import Planned, Rhythm
from carehome.services.safety.forms import forms_in, take_presets_in
from carehome.services.safety.hazards import Hazards, open_hazard_in
from carehome.services.safety.plan import Place, RoundPlans
from carehome.services.staff import Staff

_CHINA = timezone(timedelta(hours=8))
_MONTHS = 12
_AT = time(9, 30)
_SLOW = 0.08  # of the hazards are put right after their time
_NOTHING = ("", "", "")


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
        self._officer, self._director = users[Role.SAFETY_OFFICER], users[Role.DIRECTOR]
        self._nurse, self._desk = users[Role.HEAD_NURSE], users[Role.FRONT_DESK]
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
            plans.add(
                Planned(form_id, places[place], Rhythm(rhythm), self._begin, **told)
            )

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
        found = [(each.at.replace(tzinfo=_CHINA), each) for each in findings]
        for at, finding in sorted(found, key=lambda each: each[0]):
            seen = _told()["found"].get(finding.preset)
            item, spot, measure = self._dice.choice(seen) if seen else _NOTHING
            new = NewHazard(
                item or finding.item,
                spot or finding.place,
                Severity(finding.severity),
                Origin.ROUND,
                finding.round_id,
                finding.source,
                found_by=finding.by,
                measure=measure,
                responsible=_told()["rectifier"],
            )
            self._put_right(new, at)
        for ago, (item, place, severity, measure) in enumerate(_told()["by_hand"]):
            new = NewHazard(item, place, Severity(severity), measure=measure)
            new = replace(new, responsible=_told()["rectifier"])
            self._put_right(new, self._now - timedelta(days=ago, hours=2))

    def _put_right(self, new: NewHazard, at: datetime) -> None:
        """Open a hazard; the older it is, the further it has come."""
        with self._db.writing(self._officer, "Hazards.open", _kept(at)) as session:
            number = open_hazard_in(session, new, at, self._officer)
        is_slow = self._dice.random() < _SLOW
        done = at + timedelta(hours=self._dice.randrange(2, 20))
        done += 9 * DAY if is_slow else timedelta()
        what, who = new.measure or _told()["checked"], _told()["rectifier"]
        if done > self._now:
            return
        deeds = Hazards(self._db, self._desk, lambda: done)
        deeds.rectify(number, what, who, why_none=_told()["no_picture"])
        seen = done + timedelta(hours=20)
        if seen > self._now:
            return
        Hazards(self._db, self._nurse, lambda: seen).pass_check(
            number, _told()["checked"]
        )
        over = seen + 2 * DAY
        if over <= self._now:
            Hazards(self._db, self._director, lambda: over).close(
                number, _told()["closed"]
            )


def _at(day: date) -> datetime:
    """Return the hour of the story on a day, in China."""
    return datetime.combine(day, _AT, tzinfo=_CHINA)


def _kept(moment: datetime) -> datetime:
    """Return a moment as the log keeps it."""
    return (moment - _CHINA.utcoffset(None)).replace(tzinfo=None)
