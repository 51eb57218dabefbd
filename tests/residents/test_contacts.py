from dataclasses import replace
from datetime import date, timedelta

import pytest

from carehome.services.residents import Contact, Residents
from carehome.services.residents.categories import Category
from carehome.services.residents.people import Commission, CommissionTurned
from tests.conftest import TODAY
from tests.house import build, settle

AGENT = Contact(
    "agent",
    "长安区安心社会工作服务中心",
    "代理机构",
    "029-85550000",
    is_organisation=True,
    phone_2="13900002222",
    is_emergency=True,
    signs=True,
    commission=Commission(
        "委2026-07", date(2026, 1, 1), date(2027, 1, 1), "代办入住、就医"
    ),
)


@pytest.fixture
def residents(as_role):
    return as_role(Residents)


@pytest.fixture
def wang(db):
    return settle(db, "王秀英", build(db)["301-1"])


def test_an_agent_may_be_an_organisation_with_its_commission(residents, wang):
    residents.set_contacts(wang, [AGENT])
    assert residents.file(wang).contacts == [AGENT]


def test_somebody_is_found_by_the_second_phone(residents, wang):
    residents.set_contacts(wang, [AGENT])
    assert [line.resident_id for line in residents.find("13900002222")] == [wang]


def test_a_commission_ends_after_it_was_given(residents, wang):
    turned = replace(AGENT.commission, ends=AGENT.commission.on)
    with pytest.raises(CommissionTurned):
        residents.set_contacts(wang, [replace(AGENT, commission=turned)])


def told(residents, subject):
    lines = residents.today(TODAY)
    return [str(x.text) for x in lines if str(getattr(x, "subject", "")) == subject]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (31, []),
        (30, ["王秀英的代理委托有效期到12月20日"]),
        (1, ["王秀英的代理委托有效期到11月21日"]),
        (0, ["王秀英的代理委托已于11月20日到期"]),
        (-100, ["王秀英的代理委托已于8月12日到期"]),
    ],
)
def test_the_day_tells_of_a_commission_that_runs_out(residents, wang, days, said):
    ends = replace(AGENT.commission, ends=TODAY + timedelta(days=days))
    residents.set_contacts(wang, [replace(AGENT, commission=ends)])
    assert told(residents, "代理人") == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (31, []),
        (30, ["王秀英的人员类别有效期到12月20日"]),
        (0, ["王秀英的人员类别已于11月20日到期，请重新核实"]),
        (-30, []),
    ],
)
def test_the_day_tells_of_a_proven_category_that_runs_out(residents, wang, days, said):
    ends = TODAY + timedelta(days=days)
    residents.add_category(wang, Category("hardship", None, ends, "认定书"))
    assert told(residents, "类别") == said


def test_a_category_that_goes_on_does_not_run_out(residents, wang):
    ends = TODAY + timedelta(days=5)
    residents.add_category(wang, Category("hardship", None, ends, "认定书"))
    residents.add_category(wang, Category("hardship", ends, None, "认定书"))
    assert told(residents, "类别") == []


def test_a_contact_that_is_not_for_emergencies_is_not_enough(residents, wang):
    residents.set_contacts(wang, [replace(AGENT, is_emergency=False)])
    assert len(told(residents, "联系人")) == 1
    residents.set_contacts(wang, [AGENT])
    assert told(residents, "联系人") == []
