"""The tab of wishes: what people would like is noted and struck out."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

import pytest

from carehome.rules.rights import Role
from carehome.ui.rosters.wishes import WishDialog, WishesView
from tests.conftest import TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.rosters.ward import DECEMBER, make


@pytest.fixture
def ward(db, clock):
    ward = make(db, clock)
    ward.hire("何梅", "赵敏")
    return ward


@pytest.fixture
def open_view(db, ward, jobs, shown, qtbot):
    def make_view(role=Role.HEAD_NURSE, may_write=True):
        db.on_change = jobs.announce
        view = WishesView(ward.rosters(role), jobs, may_write, lambda: TODAY)
        shown(view)
        qtbot.waitUntil(lambda: bool(view.bar.note.text()))
        return view

    return make_view


def note(view, qtbot, wish):
    view.add.click()
    qtbot.waitUntil(lambda: view.findChild(WishDialog) is not None)
    dialog = view.findChild(WishDialog)
    names = {name: key for key, name in people(view).items()}
    fields = dialog.form.fields
    fields["staff_id"].set_value(names["何梅"])
    fields["day"].set_value(DECEMBER.replace(day=8))
    fields["wish"].set_value(wish)
    dialog.primary.click()
    qtbot.waitUntil(lambda: bool(view.view.table.rows))


def people(view):
    month = view._rosters.month(DECEMBER)
    return {int(each.key): each.name for each in month.problem.people}


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("off:", "休息"),
        ("on:", "上班（哪个班都行）"),
        ("on:E", "想上早班"),
        ("not:N", "不想上夜班"),
    ],
)
def test_a_wish_that_is_noted_is_listed_in_words(open_view, qtbot, wish, words):
    view = open_view()
    note(view, qtbot, wish)
    shown = view.view.model().index(0, 2).data()
    assert shown == words


def test_the_roster_counts_a_wish_that_was_noted(open_view, qtbot, ward):
    note(open_view(), qtbot, "not:N")
    (wish,) = ward.rosters().month(DECEMBER).problem.wishes
    assert (wish.day, wish.shifts, wish.wanted) == (7, frozenset("N"), False)


def test_a_wish_is_struck_out(open_view, qtbot, ward):
    view = open_view()
    note(view, qtbot, "off:")
    view.view.selectRow(0)
    view.strike.click()
    qtbot.waitUntil(lambda: not view.view.table.rows)
    assert ward.rosters().wishes(DECEMBER) == []


def test_who_may_not_write_sees_no_deeds(open_view):
    view = open_view(Role.FRONT_DESK, may_write=False)
    assert view.add.isHidden()
    assert view.strike.isHidden()
