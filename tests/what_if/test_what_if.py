"""What-ifs in the home: they start from today, and are kept only by name."""

import pytest
from sqlalchemy import func, select

from carehome.db.claims import WhatIfRow
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.what_if import (
    Assumed,
    NotAPercent,
    WhatIfNameless,
    WhatIfNameTaken,
    outcome,
)
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
