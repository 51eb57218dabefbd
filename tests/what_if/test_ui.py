"""The tab of what-ifs: today beside then, nothing stored unless named."""

import pytest

from carehome.rules.rights import Role
from carehome.rules.what_if import Assumed
from carehome.services.what_if import WhatIf
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.overview.hand import Hand
from carehome.ui.overview.what_if import WhatIfTab
from tests import house
from tests.conftest import ROLES
from tests.purse import Purse


@pytest.fixture
def tab(qtbot, qapp, db, clock):
    theme.use(qapp)
    purse = Purse(db, clock)
    beds = house.build(db)
    purse.set_prices()
    purse.live("王秀英", beds["301-1"])
    purse.live("李桂兰", beds["301-2"], grade="full")
    purse.of(WhatIf).keep("满住", Assumed(occupancy=100))
    jobs, user = Jobs(), ROLES[Role.DIRECTOR]
    hand = Hand(
        lambda kind: kind(db, user, clock), jobs, user, clock, lambda _page: None
    )
    tab = WhatIfTab(hand)
    qtbot.addWidget(tab)
    tab.resize(1100, 600)
    tab.show()
    qtbot.waitUntil(lambda: len(tab.view.table.rows) and tab.known.isVisible())
    yield tab
    jobs.close()


def line(tab, name):
    return next(row for row in tab.view.table.rows if row.name == name)


def test_then_is_today_until_something_is_assumed(tab):
    income = line(tab, "月收入")
    assert (income.now, income.then) == ("¥6,000.00", "¥6,000.00")
    assert not tab.keep.isEnabled()


def test_a_field_changes_then_at_once(tab):
    tab.form.set_values({"occupancy": 100})
    income = line(tab, "月收入")
    assert (income.then, income.difference) == ("¥12,000.00", "+¥6,000.00")
    assert tab.keep.isEnabled()


def test_what_cannot_be_is_told_and_not_kept(tab):
    tab.form.set_values({"occupancy": 140})
    assert "100" in tab.story.text()
    assert not tab.keep.isEnabled()


def test_back_to_today_clears_what_was_assumed(tab):
    tab.form.set_values({"occupancy": 100, "bed": 10, "star": "4"})
    tab.again.click()
    assert line(tab, "月收入").then == "¥6,000.00"


def test_what_was_kept_is_shown_again(tab):
    tab.open_key(1)
    assert line(tab, "月收入").then == "¥12,000.00"
    assert tab.remove.isEnabled()
