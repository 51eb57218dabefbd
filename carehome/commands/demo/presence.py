"""How the residents of the demonstration home get out, and a bed that was repaired."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from carehome import paths
from carehome.db.database import Database
from carehome.rules.presence import Way
from carehome.rules.rights import Role, User
from carehome.services.bed_figures import BedFigures
from carehome.services.beds import Beds
from carehome.services.presence import Presence

ROUND = timedelta(days=24)  # so long ago a nurse went round and asked how all get out
REPAIR = timedelta(days=61), timedelta(days=47)
TARGET = "xian-home-2025", 60


def furnish(db: Database, users: dict[Role, User], seed: int, day: date) -> None:
    """Say how most residents get out; who came since then is not known yet."""
    dice = Random(f"presence {seed}")
    words: dict[str, Any] = json.loads(
        (paths.resource("demo") / "presence.json").read_text("utf-8")
    )
    nurse, director = users[Role.HEAD_NURSE], users[Role.DIRECTOR]
    rounds = Presence(db, nurse, _at(day - ROUND))
    here = rounds.here(day - ROUND)
    rounds.take_over(
        {
            one.resident_id: one.leaving.suggested
            for one in here.people
            if one.leaving.suggested
        }
    )
    frail = [one for one in here.people if (one.ability_level or 0) > 1]
    noted = dice.sample(frail, min(len(words["needs"]), len(frail)))
    for one, needs in zip(noted, words["needs"], strict=False):
        rounds.set_way(one.resident_id, one.leaving.suggested, needs)
    for one in frail[:1]:
        rounds.set_way(one.resident_id, Way.TWO_HELPERS)
    _repair(db, nurse, day, words["closed_note"])
    BedFigures(db, director, _at(day - ROUND)).set_target(*TARGET)


def _repair(db: Database, nurse: User, day: date, note: str) -> None:
    """Close a bed that nobody ever had for two weeks, and open it again."""
    begin, end = (day - ago for ago in REPAIR)
    beds = Beds(db, nurse, _at(begin))
    never = next(
        (bed for bed in beds.free(begin) if not beds.history(bed.bed_id)), None
    )
    if never:
        beds.set_out_of_service(never.bed_id, note)
        Beds(db, nurse, _at(end)).set_ready(never.bed_id)


def _at(day: date) -> Callable[[], datetime]:
    """Return a clock that shows half past nine in China on a day."""
    return lambda: datetime.combine(day, time(1, 30), tzinfo=UTC)
