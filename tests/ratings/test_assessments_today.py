"""What self-assessments ask for on a day: one's own items, and who is late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from carehome.db.staff import StaffMemberRow
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.rules.today import Urgency
from carehome.services.ratings.assessments import (
    Judgement,
    NewSelf,
    SelfAssessments,
)
from carehome.services.ratings.tables import RatingTables
from carehome.services.ratings.today import RatingToday
from tests.conftest import ROLES, TODAY

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def held(as_role):
    return as_role(SelfAssessments)


@pytest.fixture
def begun(held, as_role):
    table_id = as_role(RatingTables).take_practice()
    return held.begin(NewSelf("2026年自评", table_id, YEAR, 3))


@pytest.fixture
def desk(db):
    """Somebody who works here under the name of the front desk's account."""
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    with db.writing(ROLES[Role.DIRECTOR], "Staff.add", made_at) as session:
        row = StaffMemberRow(
            name=ROLES[Role.FRONT_DESK].name, hired_on=date(2024, 1, 1)
        )
        session.add(row)
        session.flush()
        return row.id


@pytest.fixture
def told(as_role):
    def tell(role):
        found = as_role(RatingToday, role).today(TODAY)
        return [(each.urgency, each.count) for each in found]

    return tell


def share(held, begun, staff_id, days, count=3):
    ids = [line.item.item_id for line in held.sheet(begun).lines[:count]]
    held.share_out(begun, ids, staff_id, TODAY + timedelta(days))


@pytest.mark.parametrize(
    ("days", "urgencies"),
    [
        (-1, [(Urgency.LATE, 3)]),
        (0, [(Urgency.SOON, 3)]),
        (14, [(Urgency.SOON, 3)]),
        (15, []),
    ],
)
def test_who_has_items_is_told_when_they_are_due(
    told, held, begun, desk, days, urgencies
):
    share(held, begun, desk, days)
    assert told(Role.FRONT_DESK) == urgencies


def test_who_leads_is_told_who_is_late(as_role, held, begun, desk):
    share(held, begun, desk, -1)
    (concern,) = as_role(RatingToday, Role.DIRECTOR).today(TODAY)
    assert ROLES[Role.FRONT_DESK].name in str(concern.text)
    assert concern.target.key == (begun, held.sheet(begun).lines[0].item.item_id)


def test_nobody_else_is_told_of_items_of_others(told, held, begun, desk):
    share(held, begun, desk, -1)
    assert told(Role.ACCOUNTANT) == []


def test_what_is_judged_whole_is_not_asked_for_any_more(told, held, begun, desk):
    share(held, begun, desk, -1, count=1)
    item = held.sheet(begun).lines[0].item
    said = Judgement(item.hundredths, evidence="现场查看")
    held.judge(begun, item.item_id, said)
    assert told(Role.FRONT_DESK) == []


def test_an_item_that_is_late_and_nobodys_is_told_too(as_role, held, begun):
    share(held, begun, None, -1)
    (concern,) = as_role(RatingToday, Role.DIRECTOR).today(TODAY)
    assert "无人负责" in str(concern.text)
