"""What-ifs in the home: they start from today, and are kept only by name."""

from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import func, select

from carehome.db.claims import WhatIfRow
from carehome.db.home import HomeRow
from carehome.db.ratings import RatingAwardRow
from carehome.db.residents import ResidentRow
from carehome.rules.ratings.grades import Condition
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.what_if import (
    Assumed,
    NotAPercent,
    WhatIfNameless,
    WhatIfNameTaken,
    outcome,
)
from carehome.services.ratings.conditions import RatingConditions
from carehome.services.what_if import WhatIf
from tests import house
from tests.conftest import ROLES, TODAY
from tests.purse import Purse


@pytest.fixture
def purse(db, clock):
    return Purse(db, clock)


@pytest.fixture
def what_if(purse):
    return purse.of(WhatIf)


def test_today_is_what_everybody_living_here_pays_a_whole_month(purse, what_if):
    beds = house.build(purse.db)
    purse.set_prices()
    purse.live("王秀英", beds["301-1"])
    purse.live("李桂兰", beds["301-2"], grade="full")
    base = what_if.base(TODAY)
    today = outcome(base, Assumed())
    assert (today.residents, base.beds) == (2, 4)
    assert today.bed == 2 * 1200_00
    assert today.care == 800_00 + 1600_00
    assert today.meal == 2 * 600_00
    assert base.care_prices["self_care"] == 400_00
    assert base.mix["partial_1"] == base.mix["full"] == 1


def test_who_has_no_price_is_counted_and_told(purse, what_if):
    beds = house.build(purse.db)
    purse.live("王秀英", beds["301-1"])  # no price list yet
    base = what_if.base(TODAY)
    assert (base.unpriced, outcome(base, Assumed()).income) == (1, 0)


def test_looking_stores_nothing(purse, what_if):
    house.build(purse.db)
    what_if.base(TODAY)
    with purse.db.reading() as session:
        assert session.scalar(select(func.count()).select_from(WhatIfRow)) == 0


def test_what_is_named_is_kept_as_assumed(what_if):
    assumed = Assumed(90, {"full": 3}, 5, 0, -2, 8, 2, 4)
    what_if.keep(" 满住 ", assumed)
    (kept,) = what_if.kept()
    assert (kept.name, kept.assumed) == ("满住", assumed)
    assert kept.by == ROLES[Role.DIRECTOR].name
    what_if.remove(kept.what_if_id)
    assert what_if.kept() == []


def test_a_name_is_needed_and_its_own(what_if):
    with pytest.raises(WhatIfNameless):
        what_if.keep("  ", Assumed())
    what_if.keep("满住", Assumed(100))
    with pytest.raises(WhatIfNameTaken):
        what_if.keep("满住", Assumed(90))


def test_what_cannot_be_is_not_kept(what_if):
    with pytest.raises(NotAPercent):
        what_if.keep("怪", Assumed(140))


def test_only_who_sees_the_whole_home_asks_what_if(purse):
    with pytest.raises(NotAllowed):
        purse.as_role(Role.FRONT_DESK).of(WhatIf).base(TODAY)


@pytest.fixture
def in_xian(purse):
    """A home of three stars in Xi'an: two of four beds taken, one of them severe."""
    beds = house.build(purse.db)
    purse.set_prices()
    wang = purse.live("王秀英", beds["301-1"])
    li = purse.live("李桂兰", beds["301-2"], grade="full")
    with purse.db.writing(house.DIRECTOR, "test") as session:
        home = session.scalar(select(HomeRow))
        home.region, home.address = "陕西省", "西安市雁塔区小寨路1号"
        session.get_one(ResidentRow, wang).ability_level = 0
        session.get_one(ResidentRow, li).ability_level = 3
        award = RatingAwardRow(grade=3, awarded_on=date(2025, 6, 1))
        award.last_day, award.made_by = date(2028, 5, 31), "test"
        award.made_at = datetime(2025, 6, 1)  # noqa: DTZ001
        session.add(award)
    return purse


def test_income_people_ratio_star_and_subsidy_change_at_once(in_xian):
    base = in_xian.of(WhatIf).base(TODAY)
    now = outcome(base, Assumed())
    assert (now.star, now.income) == (3, 2400_00 + 2400_00 + 1200_00)
    assert now.subsidy == 120_00 + 40_00
    then = outcome(base, Assumed(occupancy=100, bed=10, star=4, carers=2))
    assert then.residents == 4
    assert then.income == 4 * 1200_00 * 110 // 100 + 2 * 2400_00 + 4 * 600_00
    assert then.subsidy == 2 * (150_00 + 60_00)
    assert then.residents_per_carer == 2
    assert then.severe_per_carer == 1


def test_every_condition_of_the_next_grade_is_told(in_xian):
    in_xian.of(RatingConditions).take_region("national")
    base = in_xian.of(WhatIf).base(TODAY)
    assert base.next_grade == 4
    listed = in_xian.of(RatingConditions).listed()
    asked = {each.condition_id for each in listed if each.asked_of(4)}
    held = {each.condition.condition_id for each in base.conditions}
    assert asked
    assert asked <= held


def test_what_is_said_by_hand_of_the_next_grade_is_taken_over(in_xian):
    by_hand = Condition("有许可证", from_grade=4, to_grade=5)
    in_xian.of(RatingConditions).save(by_hand)
    base = in_xian.of(WhatIf).base(TODAY)
    (held,) = [each for each in base.conditions if each.condition.text == "有许可证"]
    assert (held.value, held.said) == (None, None)


def test_a_paper_says_what_is_assumed_and_compared(in_xian, tmp_path):
    what_if, path = in_xian.of(WhatIf), tmp_path / "测算.pdf"
    what_if.keep("满住", Assumed(occupancy=100))
    (kept,) = what_if.kept()
    what_if.write_paper(Assumed(bed=10), kept, TODAY, path)
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    for said in ("假设：床位费", "+10", "对照“满住”", "6,240.00", "12,000.00", "测算"):
        assert said in text


def test_a_workbook_holds_numbers_with_their_units(in_xian, tmp_path):
    path = tmp_path / "测算.xlsx"
    in_xian.of(WhatIf).write_book(Assumed(occupancy=100), None, TODAY, path)
    rows = load_workbook(path).active.iter_rows(values_only=True)
    told = {row[0]: row[1:4] for row in rows if row[0]}
    assert told["老人"] == ("人", 2, 4)
    assert told["入住率"] == ("%", 50, 100)
    assert told["月收入"] == ("元", 6000, 12000)
