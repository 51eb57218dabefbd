"""A home in Xi'an with thirty-five residents whose abilities are assessed."""

from datetime import date, datetime

import pytest

from carehome.db.assessments import AssessmentRow
from carehome.db.residents import MealChoiceRow, ResidentRow, StayRow
from carehome.rules.rights import Role
from carehome.services.ratings.awards import Award, RatingAwards
from carehome.services.subsidies import Overlaps, Subsidies
from tests.house import DIRECTOR

OCTOBER = date(2026, 10, 1)
MARCH = date(2026, 3, 1)
HEADS = {4: 10, 1: 5, 0: 20}  # level of ability: disabled, partly, able
FAMILY_NAMES = "赵钱孙李周吴郑王冯陈"


def assess(session, resident_id, level, day=date(2026, 9, 1)):
    """Finish an ability assessment of a day."""
    noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001
    row = AssessmentRow(
        resident_id=resident_id, form="gbt42195-2022", edition="2022", state="draft"
    )
    row.begun_at, row.begun_by, row.base_on, row.reason = noon, "test", day, "first"
    session.add(row)
    session.flush()
    row.year, row.number, row.level, row.ability_level = 2026, row.id, level, level
    row.assessor_1, row.assessor_2, row.is_medical_1 = "周敏", "郑洁", True
    row.finished_at, row.state = noon, "finished"


def settle(session, number, level, since=MARCH):
    """Let somebody live here, with meals, assessed in September."""
    name = f"{FAMILY_NAMES[number % 10]}{FAMILY_NAMES[number // 10]}氏"
    session.add(ResidentRow(id=number, name=name, sex="female"))
    session.flush()
    session.add(StayRow(resident_id=number, admitted_on=since))
    session.add(MealChoiceRow(resident_id=number, starts=since, plan="standard"))
    if level is not None:
        assess(session, number, level)


@pytest.fixture
def full_house(db):
    """10 disabled, 5 partly disabled and 20 able residents, as the seed has it."""
    levels = [level for level, count in HEADS.items() for _each in range(count)]
    with db.writing(DIRECTOR, "settle") as session:
        for number, level in enumerate(levels, 1):
            settle(session, number, level)


@pytest.fixture
def star(as_role):
    """Give the home a star from September on."""

    def give(grade):
        award = Award(grade, date(2026, 9, 1))
        as_role(RatingAwards, Role.DIRECTOR).save(award)

    return give


@pytest.fixture
def subsidies(as_role):
    return as_role(Subsidies, Role.ACCOUNTANT)


@pytest.fixture
def overlaps(as_role):
    return as_role(Overlaps, Role.DIRECTOR)


def of(subsidies, code="xian/star-subsidy", month=OCTOBER):
    """Return one scheme of a month."""
    return next(x for x in subsidies.month(month) if x.working.scheme.code == code)
