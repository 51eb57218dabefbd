"""Fire safety of the demonstration home: its register, its pictures."""

import json
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from carehome import paths
from carehome.commands.demo import safety_pictures
from carehome.commands.demo.safety_hazards import Found, Register
from carehome.rules.rights import Role
from carehome.rules.safety.hazards import NewHazard, State
from carehome.services.safety.hazards import Hazards
from tests.conftest import ROLES

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
DAY = timedelta(days=1)
TOLD = json.loads((paths.resource("demo") / "safety.json").read_text("utf-8"))
SHOWN = {row[3] for rows in TOLD["found"].values() for row in rows} - {""}


@pytest.fixture
def hazards(db):
    """Return the register of a home that found something on five days of a year."""
    days = (330, 325, 300, 40, 1)
    found = [
        Found(NOW - day * DAY, NewHazard(f"第{day}天", "二楼"), "sign") for day in days
    ]
    register = Register(db, ROLES, TOLD, NOW, Random(1))
    register.enter(reversed(found))
    return Hazards(db, ROLES[Role.DIRECTOR], lambda: NOW)


def test_the_register_is_numbered_by_the_day_something_was_found(hazards):
    numbers = {each.item: each.number for each in hazards.listed()}

    assert numbers == {
        "第330天": "2025-0001",
        "第325天": "2025-0002",
        "第300天": "2026-0001",
        "第40天": "2026-0002",
        "第1天": "2026-0003",
    }


def test_what_is_old_is_closed_and_what_is_new_is_not(hazards):
    states = {each.item: each.state for each in hazards.listed()}

    assert states.pop("第1天") is not State.CLOSED
    assert set(states.values()) == {State.CLOSED}


def test_every_step_of_an_old_hazard_is_told_with_who_took_it(hazards):
    oldest = next(each for each in hazards.listed() if each.item == "第330天")
    steps = hazards.file(oldest.hazard_id).steps

    assert len({step.by for step in steps}) == len(steps) == 4


def test_the_latest_hazards_are_shown_before_and_after(hazards):
    recent = next(each for each in hazards.listed() if each.item == "第40天")

    assert len(hazards.file(recent.hazard_id).pictures) == 2


@pytest.mark.parametrize("shown", sorted(SHOWN))
def test_what_is_put_right_looks_otherwise(shown):
    before = safety_pictures.picture(shown, is_right=False)
    after = safety_pictures.picture(shown, is_right=True)

    assert before.digest != after.digest
