"""Approving on the screen: by keyboard, with what changes in sight."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from carehome.rules.periods import Period
from carehome.rules.prices.approval import ListState, OwnPriceState
from carehome.rules.rights import Role
from carehome.services.home import Home
from carehome.services.prices import OwnPrices, PriceVersions
from carehome.services.prices.notices import Notices
from carehome.ui.fees.page import PRICES
from carehome.ui.fees.price_compare import say_comparison
from carehome.ui.fees.prices import AT_MOST, COMPARED
from carehome.ui.fees.prices_tab import LISTS, NOTICES, OWN
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from tests.fees.conftest import (  # noqa: F401 - fixtures
    come_back,
    dialog,
    money,
    open_tab,
    press,
    write,
)
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import DECEMBER, NOVEMBER, OCTOBER

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def show(open_tab, qtbot):  # noqa: F811 - a fixture
    """Open one of the views of prices as somebody of a role."""

    def make(which, role=Role.DIRECTOR):
        page = open_tab(PRICES, role).page
        page.show_prices(which)
        return page.tabs.content(PRICES).view(which)

    return make


@pytest.fixture
def lists(show, submitted, qtbot):
    """The price lists, with the cursor on one that waits for approval."""

    def make(role=Role.DIRECTOR):
        number = submitted()
        view = show(LISTS, role)
        qtbot.waitUntil(lambda: len(view.versions.table.rows) == 2)
        view.versions.select(number)
        return view

    return make


def offered(view):
    return {name for name, deed in view.deeds.items() if deed.isVisible()}


def test_what_can_be_done_fits_the_role(lists, show, qtbot):
    director = lists()
    assert offered(director) == {"approve", "refuse", "withdraw"}
    clerk = show(LISTS, Role.ACCOUNTANT)
    qtbot.waitUntil(lambda: len(clerk.versions.table.rows) == 2)
    clerk.versions.selectRow(0)
    assert offered(clerk) == {"withdraw"}


def test_a_list_is_approved_with_what_it_changes_in_sight(
    lists,
    versions,
    qtbot,
    dialog,  # noqa: F811 - a fixture
):
    view = lists()
    view.pick.set_code(COMPARED)
    qtbot.waitUntil(lambda: bool(view.changes.table.rows))
    first = view.changes.table.rows[0]
    assert (first.difference, first.item.payers) == (100_00, 2)
    assert "每月多付 ¥200.00" in view.compared.text()
    QTest.mouseClick(view.deeds["approve"], LEFT)
    dialog(view, DeedDialog)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: versions.versions()[0].state is ListState.APPROVED)
    qtbot.waitUntil(lambda: "approve" not in offered(view))
    assert offered(view) == {"correct", "take_back"}


@pytest.mark.parametrize("is_late", [True, False])
def test_the_approver_is_told_that_posted_bills_are_corrected(
    lists,
    purse,
    is_late,
    dialog,  # noqa: F811 - a fixture
):
    for month in (OCTOBER, NOVEMBER, *([DECEMBER] if is_late else [])):
        purse.post(month)
    view = lists()
    QTest.mouseClick(view.deeds["approve"], LEFT)
    asked = dialog(view, DeedDialog)
    said = " ".join(label.text() for label in asked.findChildren(QLabel))
    assert ("下一张账单中更正" in said) is is_late
    asked.reject()


def test_terms_that_change_are_told_with_those_of_before(purse, versions):
    sheet = purse.prices.sheets()[0]
    terms = replace(sheet.terms, hospital_care_refund=0, day_basis="thirty")
    fresh = replace(sheet, list_id=0, starts=DECEMBER, terms=terms)
    number = purse.prices.save_sheet(fresh)
    told = say_comparison(versions.compare(number)).split("\n")
    assert len(told) == 3
    assert "每月按30天" in told[1].replace(" ", "")
    assert "住院" in told[2]
    assert "护理费退 0%" in told[2].replace("0 %", "0%")
    same = replace(sheet, list_id=0, starts=date(2027, 1, 1))
    number = purse.prices.save_sheet(same)
    assert "有变" not in say_comparison(versions.compare(number))


def test_a_list_goes_back_with_a_reason(lists, versions, qtbot, dialog):  # noqa: F811
    view = lists()
    QTest.mouseClick(view.deeds["refuse"], LEFT)
    asked = dialog(view, DeedDialog)
    assert not asked.primary.isEnabled()
    write("床位费太高")
    QTest.mouseClick(asked.primary, LEFT)
    qtbot.waitUntil(lambda: versions.versions()[0].state is ListState.DRAFT)
    qtbot.waitUntil(lambda: "床位费太高" in view.history.text())


def test_whoever_wrote_it_is_told_that_another_must_approve(
    show,
    purse,
    qtbot,
    dialog,  # noqa: F811 - a fixture
):
    sheet = purse.prices.sheets()[0]
    mine = type(sheet)(0, DECEMBER, "", sheet.terms, sheet.prices)
    number = purse.prices.save_sheet(mine)
    purse.of(PriceVersions).submit(number)
    view = show(LISTS)
    qtbot.waitUntil(lambda: len(view.versions.table.rows) == 2)
    view.versions.select(number)
    QTest.mouseClick(view.deeds["approve"], LEFT)
    asked = dialog(view, DeedDialog)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "另一位" in asked.error.text())
    asked.reject()


@pytest.fixture
def wish(purse):
    item = purse.item("care-partial_1")
    desk = purse.as_role(Role.FRONT_DESK)
    what = Period(date(2026, 12, 1), None), "percent", 50, "家庭困难"
    return desk.prices.set_own_price(1, item, *what)


@pytest.fixture
def waiting(show, wish, qtbot):
    def make(role=Role.DIRECTOR):
        view = show(OWN, role)
        qtbot.waitUntil(lambda: len(view.view.table.rows) == 1)
        return view

    return make


def test_a_personal_price_is_approved_after_its_effect_was_seen(
    waiting,
    purse,
    qtbot,
    dialog,  # noqa: F811 - a fixture
):
    view = waiting()
    qtbot.waitUntil(lambda: bool(view.effect.findChildren(object)))
    QTest.mouseClick(view.approve, LEFT)
    dialog(view, DeedDialog)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(purse.prices.own_prices(1)) == 1)
    qtbot.waitUntil(lambda: not view.approve.isVisible())


def test_a_personal_price_is_refused_with_a_reason(
    waiting,
    purse,
    qtbot,
    dialog,  # noqa: F811 - a fixture
):
    view = waiting()
    QTest.mouseClick(view.refuse, LEFT)
    asked = dialog(view, DeedDialog)
    write("没有依据")
    QTest.mouseClick(asked.primary, LEFT)
    own = purse.of(OwnPrices)
    qtbot.waitUntil(lambda: own.of(1)[0].state is OwnPriceState.REFUSED)


def test_the_front_desk_withdraws_and_decides_nothing(
    waiting,
    purse,
    qtbot,
    dialog,  # noqa: F811 - a fixture
):
    view = waiting(Role.FRONT_DESK)
    assert not view.approve.isVisible()
    QTest.mouseClick(view.withdraw, LEFT)
    dialog(view, DeedDialog)
    press(Key.Key_Return)
    own = purse.of(OwnPrices)
    qtbot.waitUntil(lambda: own.of(1)[0].state is OwnPriceState.WITHDRAWN)


@pytest.fixture
def board(show, qtbot):
    view = show(NOTICES)
    qtbot.waitUntil(view.put_up.isEnabled)
    return view


def test_a_notice_is_put_up_and_taken_down(board, purse, qtbot, dialog):  # noqa: F811
    QTest.mouseClick(board.put_up, LEFT)
    asked = dialog(board, DeedDialog)
    asked.form.fields["place"].focus()
    write("一楼大厅")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(board.view.table.rows) == 1)
    board.view.selectRow(0)
    QTest.mouseClick(board.take_down, LEFT)
    dialog(board, DeedDialog)
    press(Key.Key_Return)
    notices = purse.of(Notices)
    qtbot.waitUntil(lambda: notices.hung()[0].down_on is not None)


def test_a_notice_is_looked_at_before_it_is_printed(board, qtbot, dialog):  # noqa: F811
    QTest.mouseClick(board.show_one, LEFT)
    dialog(board, DeedDialog)
    press(Key.Key_Return)
    paper = dialog(board, PaperDialog)
    qtbot.waitUntil(lambda: paper.preview.document.pageCount() == 1)
    paper.close()


def test_the_words_of_the_notices_are_the_homes_own(
    board,
    purse,
    qtbot,
    dialog,  # noqa: F811 - a fixture
):
    QTest.mouseClick(board.texts, LEFT)
    asked = dialog(board, DeedDialog)
    assert "能力评估" in asked.form.fields["guide"].value()
    asked.form.fields["complaints"].focus()
    press("12345")
    QTest.mouseClick(asked.primary, LEFT)
    notices = purse.of(Notices)
    qtbot.waitUntil(lambda: notices.texts()["complaints"] == "12345")


def test_a_public_home_lists_the_prices_that_are_as_high_as_they_may_be(
    show, purse, qtbot
):
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), ownership="public"))
    sheet = purse.prices.sheets()[0]
    source = {"ceiling_document": "发改价格〔2025〕12号", "ceiling_dated": DECEMBER}
    first, second, *others = sheet.prices
    full = replace(first, ceiling_fen=first.fen, **source)
    below = replace(second, ceiling_fen=second.fen + 1, **source)
    fresh = replace(sheet, list_id=0, starts=DECEMBER, prices=(full, below, *others))
    number = purse.approved(fresh)
    view = show(LISTS)
    qtbot.waitUntil(lambda: len(view.versions.table.rows) == 2)
    view.versions.select(number)
    view.pick.set_code(AT_MOST)
    assert [row.price for row in view.items.table.rows] == [full]


def test_guide_prices_are_no_matter_in_a_private_home(show, qtbot):
    view = show(LISTS)
    qtbot.waitUntil(lambda: len(view.versions.table.rows) == 1)
    assert not view.pick.buttons[AT_MOST].isVisible()
