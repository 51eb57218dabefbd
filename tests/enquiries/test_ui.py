"""The page of enquiries, through real keys and clicks on a real home."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from carehome.rules.rights import Role
from carehome.services.beds import Beds, Closing, Closures, KeptBeds
from carehome.services.enquiries import Enquiries, Enquiry, Visit
from carehome.services.home import Home
from carehome.services.waiting import Application, WaitingList
from carehome.ui.enquiries.deeds import CallDialog
from carehome.ui.enquiries.hand import EnquiryServices, Hand
from carehome.ui.enquiries.page import CLOSURES, KEPT, VISITS, WAITING, EnquiriesPage
from carehome.ui.enquiries.passed import PassedDialog
from carehome.ui.parts.deeds import DeedDialog
from tests.conftest import ROLES, TODAY
from tests.house import build, know
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

Key = Qt.Key
KINDS = (Enquiries, WaitingList, Closures, KeptBeds, Beds, Home)
DAY = timedelta(days=1)


@pytest.fixture
def beds(db):
    return build(db)


@pytest.fixture
def open_page(db, clock, jobs, shown, qtbot, beds):
    def make(role=Role.FRONT_DESK):
        db.on_change = jobs.announce
        services = EnquiryServices(*(kind(db, ROLES[role], clock) for kind in KINDS))
        page = EnquiriesPage(Hand(services, jobs, ROLES[role], lambda: TODAY))
        page.resize(1180, 700)
        shown(page)
        return page

    return make


def dialog(qtbot, page, kind=DeedDialog):
    """Return the dialog that is in front, once it is there."""

    def there():
        return [d for d in page.findChildren(QDialog) if d.isVisible()]

    qtbot.waitUntil(lambda: bool(there()))
    found = there()[-1]
    assert isinstance(found, kind)
    qtbot.waitUntil(found.isActiveWindow)
    return found


def keys(text):
    QTest.keyClicks(QApplication.focusWidget(), text)


def press(*typed):
    for key in typed:
        QTest.keyClick(QApplication.focusWidget(), key)


def gone(qtbot, shown_dialog):
    qtbot.waitUntil(lambda: not _alive(shown_dialog))


def _alive(widget):
    try:
        return widget.isVisible()
    except RuntimeError:
        return False


def test_a_call_is_taken_down_with_a_number_and_enter(open_page, qtbot, as_role):
    page = open_page()
    page.begin_enquiry()
    call = dialog(qtbot, page, CallDialog)
    keys("13811112222")
    press(Key.Key_Return, Key.Key_Return)
    if _alive(call):
        press(Key.Key_Return)
    gone(qtbot, call)
    assert as_role(Enquiries).lines()[0].who == "13811112222"
    desk = page.tabs.content(0)
    qtbot.waitUntil(lambda: not desk.side.isHidden())
    assert desk.which.code() == "open"


def test_an_enquiry_that_is_over_is_found_among_all(open_page, qtbot, as_role):
    number = as_role(Enquiries).take(Enquiry(TODAY, name="王芳"))
    as_role(Enquiries).lose(number, "太远")
    page = open_page()
    page.open_enquiry(number)
    desk = page.tabs.content(0)
    qtbot.waitUntil(lambda: not desk.side.isHidden())
    assert desk.which.code() == "all"


def test_a_wrong_number_is_told_beside_it_and_nothing_is_lost(
    open_page, qtbot, as_role
):
    page = open_page()
    page.begin_enquiry()
    call = dialog(qtbot, page, CallDialog)
    call.call.name.set_value("王芳")
    keys("1381111")
    keys("222")
    call.primary.click()
    assert call.call.phone.error or not call.primary.isEnabled()
    assert call.call.name.value() == "王芳"
    keys("2")
    qtbot.waitUntil(call.primary.isEnabled)
    call.primary.click()
    gone(qtbot, call)
    assert as_role(Enquiries).lines()[0].enquiry.phone == "13811112222"


def test_a_known_number_names_who_calls(open_page, qtbot, as_role):
    as_role(Enquiries).take(
        Enquiry(TODAY, caller="张敏", phone="13811112222", name="王芳")
    )
    page = open_page()
    page.begin_enquiry()
    call = dialog(qtbot, page, CallDialog)
    keys("13811112222")
    qtbot.waitUntil(lambda: call.call.caller.value() == "张敏")
    QTest.keyClick(call.open_known, Key.Key_Space)
    gone(qtbot, call)
    desk = page.tabs.content(0)
    qtbot.waitUntil(lambda: desk.side.title.text() == "王芳")


def test_the_whole_way_by_the_page(open_page, qtbot, as_role, beds):
    number = as_role(Enquiries).take(
        Enquiry(TODAY, caller="张敏", phone="13811112222", name="王芳")
    )
    page = open_page()
    page.open_enquiry(number)
    panel = page.tabs.content(0).panel
    qtbot.waitUntil(panel.wait.isVisible)
    QTest.keyClick(panel.wait, Key.Key_Space)
    form = dialog(qtbot, page)
    assert form.form.fields["name"].value() == "王芳"
    assert not form.primary.isEnabled()  # the sex is still missing
    form.form.sex.set_value("female")
    qtbot.waitUntil(form.primary.isEnabled)
    QTest.keyClick(form.primary, Key.Key_Space)
    gone(qtbot, form)
    entry = as_role(WaitingList).lines(TODAY)[0]

    desk = page.tabs.content(WAITING)
    qtbot.waitUntil(
        lambda: desk.panel.offer.isVisible() and desk.panel.offer.isEnabled()
    )
    QTest.keyClick(desk.panel.offer, Key.Key_Space)
    offer = dialog(qtbot, page)
    QTest.keyClick(offer.primary, Key.Key_Space)
    gone(qtbot, offer)
    qtbot.waitUntil(desk.panel.accept.isVisible)
    with qtbot.waitSignal(page.admission_wanted) as wanted:
        QTest.keyClick(desk.panel.accept, Key.Key_Space)
    assert wanted.args == [entry.resident_id]


def test_an_offer_past_somebody_asks_why(db, open_page, qtbot, as_role):
    waiting = as_role(WaitingList)
    waiting.join(know(db, "早来"), Application(TODAY - 9 * DAY))
    entry = waiting.join(know(db, "后来"), Application(TODAY))
    page = open_page()
    page.open_waiting(entry)
    desk = page.tabs.content(WAITING)
    qtbot.waitUntil(
        lambda: desk.panel.offer.isVisible() and desk.panel.offer.isEnabled()
    )
    QTest.keyClick(desk.panel.offer, Key.Key_Space)
    offer = dialog(qtbot, page)
    assert not offer.primary.isEnabled()
    rival = next(name for name in offer.form.fields if name.startswith("rival-"))
    offer.form.fields[rival].set_value("要等四楼")
    qtbot.waitUntil(offer.primary.isEnabled)
    QTest.keyClick(offer.primary, Key.Key_Space)
    gone(qtbot, offer)
    assert waiting.passed_over()[0].reason == "要等四楼"


def test_the_page_says_who_was_passed_over(db, open_page, qtbot, as_role, beds):
    waiting = as_role(WaitingList)
    first = waiting.join(know(db, "早来"), Application(TODAY - 9 * DAY))
    second = waiting.join(know(db, "后来"), Application(TODAY))
    waiting.offer(second, beds["301-1"], TODAY + DAY, {first: "要等四楼"})
    page = open_page()
    page.tabs.strip.setCurrentIndex(WAITING)
    desk = page.tabs.content(WAITING)
    qtbot.waitUntil(lambda: len(desk.view.table.rows) == 2)
    QTest.keyClick(desk.passed, Key.Key_Space)
    told = dialog(qtbot, page, PassedDialog)
    (row,) = told.view.table.rows
    assert (row.passed, row.name, row.reason) == ("早来", "后来", "要等四楼")
    QTest.keyClick(told, Key.Key_Escape)
    gone(qtbot, told)


def test_a_visit_is_received_from_the_file(open_page, qtbot, as_role):
    enquiries = as_role(Enquiries)
    number = enquiries.take(Enquiry(TODAY, name="王芳"))
    enquiries.plan_visit(Visit(TODAY, "10", enquiry_id=number))
    page = open_page()
    page.tabs.strip.setCurrentIndex(VISITS)
    visits = page.tabs.content(VISITS)
    qtbot.waitUntil(lambda: len(visits.view.table.rows) == 1)
    visits.view.selectRow(0)
    visits.view.setFocus()
    QTest.keyClick(visits.view, Key.Key_Return)
    panel = page.tabs.content(0).panel
    qtbot.waitUntil(panel.came.isVisible)
    QTest.keyClick(panel.came, Key.Key_Space)
    reception = dialog(qtbot, page)
    reception.form.fields["impression"].set_value("满意")
    QTest.keyClick(reception.primary, Key.Key_Space)
    gone(qtbot, reception)
    assert enquiries.visits()[0].state == "came"


def test_a_closed_home_is_told_on_the_page(open_page, qtbot, as_role):
    as_role(Closures).close(Closing(TODAY, None, "流感", "院长"))
    page = open_page()
    qtbot.waitUntil(page.banner.isVisible)
    assert "流感" in page.banner.text()


def test_the_head_nurse_closes_the_home(open_page, qtbot, as_role):
    page = open_page(Role.HEAD_NURSE)
    page.open_closures()
    closures = page.tabs.content(CLOSURES)
    QTest.keyClick(closures.close_home, Key.Key_Space)
    closing = dialog(qtbot, page)
    closing.form.set_values({"reason": "流感", "ordered_by": "院长"})
    closing.form.fields["ends"].set_value(TODAY)
    QTest.keyClick(closing.primary, Key.Key_Space)
    qtbot.waitUntil(lambda: bool(closing.form.fields["ends"].error))
    closing.form.fields["ends"].set_value(None)
    qtbot.waitUntil(closing.primary.isEnabled)
    QTest.keyClick(closing.primary, Key.Key_Space)
    gone(qtbot, closing)
    qtbot.waitUntil(page.banner.isVisible)
    assert len(as_role(Closures).on(TODAY)) == 1


def test_the_front_desk_sees_no_button_to_close_the_home(open_page, qtbot):
    page = open_page(Role.FRONT_DESK)
    page.open_closures()
    assert not page.tabs.content(CLOSURES).close_home.isVisible()


def test_the_director_keeps_beds_back(open_page, qtbot, as_role):
    page = open_page(Role.DIRECTOR)
    page.tabs.strip.setCurrentIndex(KEPT)
    kept = page.tabs.content(KEPT)
    QTest.keyClick(kept.keep, Key.Key_Space)
    asked = dialog(qtbot, page)
    asked.form.fields["number"].set_value(9)
    QTest.keyClick(asked.primary, Key.Key_Space)
    qtbot.waitUntil(lambda: bool(asked.form.fields["number"].error))
    asked.form.fields["number"].set_value(2)
    qtbot.waitUntil(asked.primary.isEnabled)
    QTest.keyClick(asked.primary, Key.Key_Space)
    gone(qtbot, asked)
    qtbot.waitUntil(lambda: len(kept.view.table.rows) == 1)
    assert as_role(KeptBeds).lines(TODAY)[0].kept.number == 2
