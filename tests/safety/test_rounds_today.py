"""What the first page says of rounds."""

from datetime import timedelta

import pytest

from carehome.rules.rights import Role
from carehome.rules.safety.rounds import Standing
from carehome.rules.today import Concern, Target, Task
from carehome.services.safety.rounds import Answer, Rounds, Verdict
from carehome.services.safety.rounds_today import MISSED, NOW, RoundsToday
from tests.conftest import TODAY
from tests.safety.round_house import MORNING, furnish

DAY = timedelta(days=1)


@pytest.fixture
def plan_id(db):
    return furnish(db, TODAY - 2 * DAY)


@pytest.fixture
def lines(as_role, plan_id):
    def read(role=Role.SAFETY_OFFICER):
        return as_role(RoundsToday, role).today(TODAY)

    return read


def made(as_role, plan_id):
    rounds = as_role(Rounds, Role.SAFETY_OFFICER)
    round_id = rounds.start(plan_id, MORNING)
    items = rounds.sheet(round_id).items
    rounds.keep(round_id, {item.item_id: Answer(Verdict.OK) for item in items})
    rounds.finish(round_id, "周敏")


def test_a_round_that_is_due_is_a_task_that_leads_to_it(lines, plan_id):
    tasks = [line for line in lines() if isinstance(line, Task)]
    assert [task.target for task in tasks] == [Target("round", (plan_id, MORNING))]


def test_missed_rounds_are_one_line_with_their_count(lines):
    missed = Target("rounds", MISSED)
    counts = [line.count for line in lines() if line.target == missed]
    assert counts == [2]


def test_a_round_that_was_made_is_no_task_but_waits_for_a_signature(
    lines, as_role, plan_id
):
    made(as_role, plan_id)
    found = lines()
    assert not [line for line in found if isinstance(line, Task)]
    assert Target("rounds", NOW) in {line.target for line in found}


def test_who_makes_no_rounds_is_not_sent_round(lines):
    assert all(isinstance(line, Concern) for line in lines(Role.ACCOUNTANT))


def test_the_front_desk_is_not_asked_to_sign(lines, as_role, plan_id):
    made(as_role, plan_id)
    targets = {line.target for line in lines(Role.FRONT_DESK)}
    assert Target("rounds", NOW) not in targets


def test_the_board_tells_the_round_of_the_morning_as_due(as_role, plan_id):
    due = as_role(Rounds).board().due
    assert [(line.standing, line.due.opens) for line in due] == [
        (Standing.DUE, MORNING)
    ]
