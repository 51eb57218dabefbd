"""The tab of hazards, used as people use it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from carehome.rules.rights import Role
from carehome.rules.safety.hazards import NewHazard, Origin, State
from carehome.services.safety.hazards import Hazards
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.hazard_deeds import HazardDialog, NewHazardDialog
from carehome.ui.safety.hazard_ledger import LedgerDialog
from carehome.ui.safety.hazards import HazardsTab
from tests.conftest import ROLES

BLOCKED = NewHazard("疏散通道堆放纸箱", "二楼东侧楼梯间")


@pytest.fixture
def jobs(qapp, db):
    theme.use(qapp)
    made = Jobs()
    db.on_change = made.changed.emit
    yield made
    made.close()


@pytest.fixture
def tab(qtbot, db, jobs, clock):
    """Return the tab as somebody of a role sees it: tab(role)."""

    def make(role=Role.SAFETY_OFFICER):
        def service(kind):
            return kind(db, ROLES[role], clock)

        hand = Hand(service, jobs, ROLES[role], clock, lambda _id: None)
        window = QWidget()
        window.resize(1200, 800)
        shown = HazardsTab(hand)
        shown.setParent(window)
        shown.resize(1200, 800)
        qtbot.addWidget(window)
        window.show()
        shown.test_window = window
        return shown

    return make


@pytest.fixture
def known(as_role):
    return as_role(Hazards, Role.HEAD_NURSE).open(BLOCKED)


def dialog(qtbot, shown, kind):
    qtbot.waitUntil(lambda: shown.findChild(kind) is not None)
    return shown.findChild(kind)


def test_what_is_entered_opens_beside_the_list(tab, qtbot):
    shown = tab()
    qtbot.mouseClick(shown.new, Qt.MouseButton.LeftButton)
    asked = dialog(qtbot, shown, NewHazardDialog)
    asked.form.set_values({"item": BLOCKED.item, "place": BLOCKED.place})
    qtbot.mouseClick(asked.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.panel.item.text() == BLOCKED.item)


@pytest.mark.qt_log_ignore("does not support")
def test_a_known_place_is_chosen_by_a_few_letters(tab, qtbot, known):
    shown = tab()
    qtbot.mouseClick(shown.new, Qt.MouseButton.LeftButton)
    place = dialog(qtbot, shown, NewHazardDialog).form.fields["place"]
    place.input.setFocus()
    place.input.setText("楼梯")
    qtbot.keyClick(place.input, Qt.Key.Key_Down)
    popup = place.offers.popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert place.value() == BLOCKED.place


def test_a_hazard_leads_to_what_brought_it_to_light(tab, qtbot, as_role):
    found = replace(BLOCKED, origin=Origin.INSPECTION, origin_id=7)
    number = as_role(Hazards, Role.HEAD_NURSE).open(found)
    shown = tab()
    shown.open_key(number)
    qtbot.waitUntil(shown.panel.origin.isVisible)
    with qtbot.waitSignal(shown.wanted) as told:
        qtbot.mouseClick(shown.panel.origin, Qt.MouseButton.LeftButton)
    assert told.args == ["Papers and inspections", ("outside_inspection", 7)]


def test_the_overdue_can_be_opened_by_themselves(tab, qtbot, known, as_role):
    overdue = replace(BLOCKED, found_at=datetime(2026, 9, 1, 8, tzinfo=UTC))
    number = as_role(Hazards, Role.HEAD_NURSE).open(overdue)
    shown = tab()
    qtbot.waitUntil(lambda: shown.view.table.rowCount() == 2)
    shown.open_key("late")
    assert [each.hazard_id for each in shown.view.table.rows] == [number]


def test_a_report_without_a_photo_says_so_beside_the_photo(tab, qtbot, known):
    shown = tab()
    shown.open_key(known)
    qtbot.waitUntil(shown.panel.rectify.isVisible)
    qtbot.mouseClick(shown.panel.rectify, Qt.MouseButton.LeftButton)
    asked = dialog(qtbot, shown, HazardDialog)
    asked.form.set_values({"what": "已清走", "who": "张师傅"})
    qtbot.mouseClick(asked.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(asked.form.fields["photos"].error))


def test_who_reported_it_is_told_that_others_re_check(tab, qtbot, known, as_role):
    officer = as_role(Hazards, Role.SAFETY_OFFICER)
    officer.rectify(known, "已清走", "张师傅", why_none="没带手机")
    shown = tab()
    shown.open_key(known)
    qtbot.waitUntil(shown.panel.own.isVisible)
    assert not shown.panel.check.isVisible()


def test_somebody_else_confirms_it_in_one_go(tab, qtbot, known, as_role):
    as_role(Hazards, Role.SAFETY_OFFICER).rectify(
        known, "已清走", "张师傅", why_none="没带手机"
    )
    shown = tab(Role.DIRECTOR)
    shown.open_key(known)
    qtbot.waitUntil(shown.panel.check.isVisible)
    qtbot.mouseClick(shown.panel.check, Qt.MouseButton.LeftButton)
    asked = dialog(qtbot, shown, HazardDialog)
    with qtbot.waitSignal(asked.accepted):
        qtbot.mouseClick(asked.primary, Qt.MouseButton.LeftButton)
    assert as_role(Hazards).file(known).hazard.state is State.CHECKED


def test_who_may_only_look_gets_no_deeds(tab, qtbot, known):
    shown = tab(Role.ACCOUNTANT)
    shown.open_key(known)
    qtbot.waitUntil(lambda: shown.panel.item.text() == BLOCKED.item)
    deeds = (shown.new, shown.limits, shown.panel.rectify, shown.panel.plan)
    assert not any(deed.isVisible() for deed in deeds)


@pytest.fixture
def ledger(tab, qtbot, known):
    """What asks for the ledger, and the tab behind it."""
    shown = tab()
    qtbot.mouseClick(shown.ledger, Qt.MouseButton.LeftButton)
    return dialog(qtbot, shown, LedgerDialog), shown


@pytest.mark.parametrize("photos", [False, True])
def test_the_ledger_is_looked_at_with_photos_or_without(ledger, qtbot, photos):
    asked, shown = ledger
    asked.asked_for.photos.set_value(photos)
    qtbot.mouseClick(asked.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.findChild(PaperDialog) is not None)
    paper = shown.findChild(PaperDialog)
    qtbot.waitUntil(paper.isVisible)


def test_days_typed_by_hand_take_the_word_away(ledger):
    form = ledger[0].asked_for
    form.first.set_value(date(2026, 3, 4))
    assert (form.span.value(), form.period().start) == (None, date(2026, 3, 4))


def test_days_the_wrong_way_round_are_told(ledger):
    asked = ledger[0]
    asked.asked_for.last.set_value(date(2020, 1, 1))
    assert not asked.primary.isEnabled()
    assert not asked.save.isEnabled()
