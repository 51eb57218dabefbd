# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from carehome.rules.rights import Role
from carehome.services.presence import Presence
from carehome.services.residents import Person
from carehome.ui.presence import PresencePage
from carehome.ui.presence.wanted import IN, OUT, RISK, UNKNOWN
from carehome.ui.presence.ways import WayDialog
from tests.beds.screen import dialog
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_page(db, as_role, jobs, shown, qtbot):
    def make(role=Role.HEAD_NURSE):
        db.on_change = jobs.announce
        page = PresencePage(as_role(Presence, role), ROLES[role], jobs, lambda: TODAY)
        page.resize(1178, 760)
        shown(page)
        qtbot.waitUntil(lambda: page.bar.floor.count() > 0)
        page.glance.setFocus()
        return page

    return make


@pytest.fixture
def page(wang, li, residents, open_page):
    back = TODAY - timedelta(days=1)
    residents.record_absence(li, "leave", TODAY - timedelta(days=3), back)
    return open_page()


def press(page, key):
    """Press a key on the people at a glance."""
    QTest.keyClick(page.glance, key)


def ask_how(page, qtbot, resident_id):
    """Ask how somebody is brought out, and return the dialog."""
    page.view("ways")
    page.ways.list.select(resident_id)
    qtbot.waitUntil(page.ways.say.isEnabled)
    QTest.mouseClick(page.ways.say, LEFT)
    return dialog(qtbot, WayDialog)


def names(view):
    return [one.name for one in view.table.rows]


def test_enter_opens_the_file(page, qtbot, wang):
    with qtbot.waitSignal(page.resident_wanted) as told:
        press(page, Qt.Key.Key_Return)
    assert told.args == [wang]


def test_arrows_walk_from_person_to_person(page, li):
    press(page, Qt.Key.Key_Right)
    assert page.glance.current().resident_id == li


def test_a_double_click_opens_the_file(page, qtbot, li):
    place = page.glance.cell(li).center()
    with qtbot.waitSignal(page.resident_wanted) as told:
        QTest.mouseDClick(page.glance.viewport(), LEFT, pos=place)
    assert told.args == [li]


def test_the_counts_tell_who_is_in_and_out(page):
    assert page.bar.kinds[IN].text() == "在院内 1"
    assert page.bar.kinds[OUT].text() == "外出 1"


def test_pressing_out_lists_who_is_out(page, qtbot):
    QTest.mouseClick(page.bar.kinds[OUT], LEFT)
    assert names(page.list) == ["李桂兰"]


def test_escape_shows_everybody_again(page):
    QTest.mouseClick(page.bar.kinds[OUT], LEFT)
    page.search.setText("ls")
    QTest.keyClick(page.bar.kinds[OUT], Qt.Key.Key_Escape)
    assert not page.bar.is_set
    assert not page.search.text()


def test_letters_find_people_by_pinyin_and_bed(page):
    QTest.keyClicks(page.search, "wxy")
    assert names(page.list) == ["王秀英"]
    page.search.setText("301-2")
    assert names(page.list) == ["李桂兰"]


def test_who_is_overdue_is_told_so(page):
    [row] = [one for one in page.list.table.rows if one.out]
    assert "已逾期" in page.list.table.columns[4].text(row)


def test_the_page_follows_what_others_change(page, residents, qtbot, wang):
    residents.record_absence(wang, "hospital", TODAY)
    qtbot.waitUntil(lambda: page.bar.kinds[OUT].text() == "外出 2")


def test_the_nurse_says_how_somebody_gets_out(page, presence, qtbot, wang):
    asked = ask_how(page, qtbot, wang)
    QTest.keyClick(asked.way.input, Qt.Key.Key_4)
    asked.needs.input.setText("吸氧")
    with qtbot.waitSignal(asked.accepted):
        QTest.mouseClick(asked.primary, LEFT)
    told = {one.name: one.leaving for one in presence.here(TODAY).people}["王秀英"]
    assert (told.way, told.needs) == ("wheelchair", "吸氧")


def test_who_is_noted_as_walking_better_than_assessed_is_marked(
    page, presence, residents, qtbot, wang
):
    residents.change_person(wang, Person("王秀英", "female", ability_level=4))
    presence.set_way(wang, "alone")
    model = page.ways.list.table
    suggested = next(each for each in model.columns if each.title == "Suggested")

    def tones():
        return {one.name: suggested.chip(one) for one in model.rows}

    qtbot.waitUntil(lambda: tones() == {"王秀英": "warn", "李桂兰": None})


def test_nothing_can_be_saved_without_a_way(page, qtbot, wang):
    assert not ask_how(page, qtbot, wang).primary.isEnabled()


def test_show_unknown_lists_of_whom_nothing_is_said(page, presence, qtbot, wang):
    presence.set_way(wang, "alone")
    page.show_unknown()
    assert page.bar.kinds[UNKNOWN].isChecked()
    qtbot.waitUntil(lambda: names(page.ways.list) == ["李桂兰"])


def test_the_safety_officer_sees_no_risks_and_opens_no_file(wang, open_page, qtbot):
    page = open_page(Role.SAFETY_OFFICER)
    assert page.bar.kinds[RISK].isHidden()
    with qtbot.assertNotEmitted(page.resident_wanted):
        press(page, Qt.Key.Key_Return)


def test_the_safety_officer_asks_for_the_evacuation_sheet(wang, open_page, qtbot):
    page = open_page(Role.SAFETY_OFFICER)
    with qtbot.waitSignal(page.evacuation_wanted):
        QTest.mouseClick(page.evacuate, LEFT)


def test_the_front_desk_says_no_way_out(wang, open_page):
    page = open_page(Role.FRONT_DESK)
    page.view("ways")
    assert not page.ways.say.isVisible()
    assert not page.ways.take.isVisible()


def test_120_people_are_seen_without_scrolling_sideways(page):
    assert page.glance.horizontalScrollBar().maximum() == 0
