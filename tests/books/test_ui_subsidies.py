"""Subsidies on screen: a month's claim with its people, the answer, the money."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from carehome.rules.rights import Role
from carehome.services.ratings.awards import Award, RatingAwards
from carehome.ui.books.subsidies import CLAIMS, SubsidiesTab
from carehome.ui.parts.deeds import DeedDialog
from tests.fees.conftest import press
from tests.house import DIRECTOR
from tests.purse import OCTOBER
from tests.subsidies.conftest import assess

WANG, LI = 1, 2
STAR = "xian/star-subsidy"
DISABLED, ABLE = 4, 0
TODAY = date(2026, 11, 21)


@pytest.fixture
def tab(shown, purse, as_role):
    """The tab of a home of three stars with two residents, both assessed."""
    with purse.db.writing(DIRECTOR, "settle") as session:
        assess(session, WANG, DISABLED)
        assess(session, LI, ABLE)
    as_role(RatingAwards, Role.DIRECTOR).save(Award(3, date(2026, 9, 1)))
    return shown(SubsidiesTab, Role.ACCOUNTANT)


@pytest.fixture
def star(tab, settled):
    """The file of the star subsidy of October."""
    assert tab.turner.first == OCTOBER
    rows = tab.view.table.rows
    place = next(i for i, x in enumerate(rows) if x.working.scheme.code == STAR)
    tab.view.selectRow(place)
    tab.view.opened.emit(rows[place])
    settled(tab)
    return tab.file


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shown_dialog(tab):
    return [x for x in tab.findChildren(DeedDialog) if x.isVisible()][-1]


def in_front(qtbot, tab):
    """Return the dialog that is open once keys go to it."""
    dialog = shown_dialog(tab)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def answer(qtbot, tab, **values):
    """Fill the dialog that is open, and wait until its deed is done and read."""
    dialog = shown_dialog(tab)
    dialog.form.set_values(values)
    with qtbot.waitSignal(tab.read):
        dialog.form.submit()


def test_the_file_names_everybody_behind_the_sum(star):
    people = {x.name: (x.class_, x.fen) for x in star.view.table.rows}
    assert len(people) == 2
    assert star.summary.working.fen == sum(fen for _class, fen in people.values())
    assert star.hand_in.isEnabled()


def test_who_is_left_out_no_longer_counts_and_comes_back(tab, star, qtbot):
    whole = star.summary.working.fen
    star.view.selectRow(0)
    one = star.view.current_row()
    click(qtbot, star.out)
    answer(qtbot, tab, reason="由外区申请")
    assert star.summary.working.fen == whole - one.fen
    place = [x.key for x in star.view.table.rows].index(one.key)
    star.view.selectRow(place)
    with qtbot.waitSignal(tab.read):
        click(qtbot, star.back)
    assert star.summary.working.fen == whole


def test_a_claim_goes_its_whole_way_to_the_money(tab, star, qtbot):
    fen = star.summary.working.fen
    click(qtbot, star.hand_in)
    answer(qtbot, tab, office="区民政局", day=TODAY)
    assert not star.hand_in.isEnabled()
    tab.which.set_code(CLAIMS)
    tab.open_key(CLAIMS)
    tab.claims.selectRow(0)
    assert not tab.money.isEnabled()
    click(qtbot, tab.granted)
    answer(qtbot, tab, day=TODAY)
    tab.claims.selectRow(0)
    click(qtbot, tab.money)
    answer(qtbot, tab)
    assert tab.claims.table.rows[0].received == fen
    tab.claims.selectRow(0)
    assert not tab.money.isEnabled()
    click(qtbot, tab.void)
    answer(qtbot, tab, reason="记错账户")
    assert tab.claims.table.rows[0].open == fen


@pytest.fixture
def handed(tab, star, qtbot):
    """The claim of October, shown among those that were handed in."""
    click(qtbot, star.hand_in)
    answer(qtbot, tab, office="区民政局", day=TODAY)
    tab.open_key(CLAIMS)
    tab.claims.selectRow(0)
    return tab.claims.table.rows[0]


def test_an_office_grants_less_for_one_person(tab, handed, qtbot):
    click(qtbot, tab.granted)
    dialog = in_front(qtbot, tab)
    person = next(x for x in handed.people if x.is_in)
    cell = dialog.form.fields["each"].input.edits[person.kind, person.key]
    cell.setFocus()
    cell.selectAll()
    press("12.5")
    assert dialog.form.values()["each"] == {(person.kind, person.key): 12_50}
    dialog.form.set_values({"day": TODAY})
    dialog.form.submit()
    qtbot.waitUntil(lambda: bool(dialog.form.fields["answer"].error))
    answer(qtbot, tab, answer="本月只认半个月")
    claim = tab.claims.table.rows[0]
    assert claim.open == handed.fen - person.fen + 12_50


def test_the_cells_of_a_grant_go_from_line_to_line(tab, handed, qtbot):
    click(qtbot, tab.granted)
    field = in_front(qtbot, tab).form.fields["each"]
    first, second = list(field.input.edits.values())[:2]
    first.setFocus()
    press(Qt.Key.Key_Down)
    assert second.hasFocus()
    press("abc")
    assert field.problem()
    press(Qt.Key.Key_Up)
    assert first.hasFocus()


def test_a_month_that_is_not_over_is_refused_beside_its_field(tab, star, qtbot):
    with qtbot.waitSignal(tab.read):
        tab.turner.show_day(TODAY)
        tab.refresh()
    rows = tab.view.table.rows
    tab.view.opened.emit(next(x for x in rows if x.working.scheme.code == STAR))
    click(qtbot, star.hand_in)
    dialog = shown_dialog(tab)
    dialog.form.set_values({"office": "区民政局", "day": TODAY})
    dialog.form.submit()
    qtbot.waitUntil(lambda: bool(dialog.form.fields["day"].error))
    assert not tab.known.claims
