"""Categories, entitlements, commissions and who is away, through real keys."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import date

import pytest
from PySide6.QtCore import Qt

from carehome.rules.entitlements import Standing
from carehome.services.entitlements import Entitlements
from carehome.services.residents import Contact
from carehome.services.residents.categories import Category
from carehome.ui.residents.away import LATE, AwayView
from carehome.ui.residents.entitled import EntitledView
from tests.conftest import TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.residents.test_ui import (  # noqa: F401 - fixtures
    BELONGING,
    LEFT,
    confirm,
    db,
    dialog,
    fill,
    house,
    lived_in,
    open_file,
    open_list,
    page,
    press,
    purse,
)

Key = Qt.Key


# the leaf of categories and of what somebody is entitled to


@pytest.fixture
def belonging(open_file, qtbot):
    leaf = open_file(at=BELONGING)
    qtbot.waitUntil(lambda: len(leaf.items.table.rows) == 16)
    return leaf


def test_a_category_is_added_with_its_proof(qtbot, belonging, purse, house):
    qtbot.mouseClick(belonging.add, LEFT)
    box = dialog(qtbot)
    box.form.fields["code"].set_value("minimum_living")
    fill(box, starts="2026-01-01", last="2026-12-31", proof="低保证")
    confirm(qtbot, box)
    qtbot.waitUntil(lambda: len(belonging.categories.table.rows) == 1)
    (known,) = purse.residents.file(house["王秀英"]).belongs
    assert (known.starts, known.ends) == (date(2026, 1, 1), date(2027, 1, 1))
    assert known.proof == "低保证"


def test_a_category_twice_on_a_day_is_told_beside_its_field(
    qtbot, belonging, purse, house
):
    purse.residents.add_category(
        house["王秀英"], Category("minimum_living", date(2026, 1, 1))
    )
    qtbot.waitUntil(lambda: len(belonging.categories.table.rows) == 1)
    qtbot.mouseClick(belonging.add, LEFT)
    box = dialog(qtbot)
    box.form.fields["code"].set_value("minimum_living")
    fill(box, starts="2026-06-01")
    qtbot.mouseClick(box.primary, LEFT)
    qtbot.waitUntil(lambda: bool(box.form.fields["starts"].error))
    assert box.isVisible()
    box.reject()


def test_what_is_received_is_noted_by_keyboard(qtbot, belonging, purse, house):
    belonging.items.setFocus()
    press(Key.Key_Home)
    qtbot.waitUntil(belonging.note.isEnabled)
    press(Key.Key_Return)
    box = dialog(qtbot)
    fill(box, since="2026-05-01", note="社保卡")
    confirm(qtbot, box)
    qtbot.waitUntil(lambda: belonging.items.table.rows[0].is_noted)
    noted = purse.of(Entitlements).of(house["王秀英"])[0]
    assert noted.finding.standing is Standing.RECEIVES
    assert (noted.since, noted.note) == (date(2026, 5, 1), "社保卡")


def test_nothing_is_received_from_tomorrow_on(qtbot, belonging):
    belonging.items.setFocus()
    press(Key.Key_Home, Key.Key_Return)
    box = dialog(qtbot)
    fill(box, since="2026-11-22")
    box.form.fields["note"].focus()
    assert box.form.fields["since"].error
    assert not box.primary.isEnabled()
    box.reject()


# commissions


def with_agent(purse, who):
    agent = Contact("agent", "安康代理公司", phone="029-88507305", is_organisation=True)
    purse.residents.set_contacts(who, [agent])


def test_the_commission_of_an_agent_is_written_down(qtbot, open_file, purse, house):
    with_agent(purse, house["王秀英"])
    profile = open_file()
    qtbot.waitUntil(profile.commission.isVisible)
    qtbot.mouseClick(profile.commission, LEFT)
    box = dialog(qtbot)
    fill(box, number="委 2026-8", on="2026-03-01", last="2027-02-28")
    confirm(qtbot, box)
    (agent,) = purse.residents.file(house["王秀英"]).contacts
    told = agent.commission
    assert (told.number, told.on, told.ends) == (
        "委 2026-8",
        date(2026, 3, 1),
        date(2027, 3, 1),
    )


def test_a_commission_that_ends_before_it_begins_is_told(
    qtbot, open_file, purse, house
):
    with_agent(purse, house["王秀英"])
    profile = open_file()
    qtbot.waitUntil(profile.commission.isVisible)
    qtbot.mouseClick(profile.commission, LEFT)
    box = dialog(qtbot)
    fill(box, on="2026-03-01", last="2026-02-01")
    qtbot.mouseClick(box.primary, LEFT)
    qtbot.waitUntil(lambda: bool(box.form.fields["last"].error))
    assert box.isVisible()
    box.reject()


# who is away


@pytest.fixture
def away(purse, house, db, jobs, shown, qtbot):
    record = purse.residents.record_absence
    record(house["王秀英"], "leave", date(2026, 11, 10), date(2026, 11, 18))
    record(house["张建国"], "hospital", date(2026, 11, 12), date(2026, 11, 30))
    db.on_change = jobs.announce
    view = AwayView(purse.residents, jobs, lambda: TODAY)
    view.resize(1100, 600)
    shown(view)
    qtbot.waitUntil(lambda: len(view.list.table.rows) == 2)
    return view


def test_the_overdue_are_one_click_away(away, qtbot):
    away.which.set_code(LATE)
    away.which.chosen.emit()
    (line,) = away.list.table.rows
    assert (line.name, line.late) == ("王秀英", 3)


def test_enter_leads_from_who_is_away_to_the_file(away, house, qtbot):
    away.list.setFocus()
    with qtbot.waitSignal(away.resident_wanted) as wanted:
        press(Key.Key_Home, Key.Key_Return)
    assert wanted.args == [house["王秀英"]]


def test_who_comes_back_leaves_the_list_by_itself(away, purse, house, qtbot):
    (absence,) = purse.residents.file(house["张建国"]).absences
    purse.residents.record_return(absence.absence_id, TODAY)
    qtbot.waitUntil(lambda: [x.name for x in away.list.table.rows] == ["王秀英"])


# who may be entitled to what


@pytest.fixture
def entitled(purse, house, db, jobs, shown, qtbot):
    purse.residents.add_category(
        house["王秀英"], Category("minimum_living", date(2026, 1, 1))
    )
    db.on_change = jobs.announce
    view = EntitledView(purse.of(Entitlements), jobs)
    view.resize(1100, 600)
    shown(view)
    qtbot.waitUntil(lambda: bool(view.list.table.rows))
    return view


def test_the_list_begins_with_who_may_be_entitled(entitled):
    rows = entitled.list.table.rows
    assert {row.entitlement.finding.standing for row in rows} == {Standing.MAY}
    assert ("王秀英", "5") in {
        (row.name, row.entitlement.finding.item.code) for row in rows
    }


def test_what_is_noted_moves_within_the_list(entitled, purse, house, qtbot):
    purse.of(Entitlements).set_state(house["王秀英"], "5", Standing.APPLIED)

    def shown_items():
        rows = entitled.list.table.rows
        return {(row.name, row.entitlement.finding.item.code) for row in rows}

    qtbot.waitUntil(lambda: ("王秀英", "5") not in shown_items())
    entitled.which.set_code(Standing.APPLIED.value)
    entitled.which.chosen.emit()
    assert shown_items() == {("王秀英", "5")}
