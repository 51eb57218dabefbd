"""The home's calendar: what the law, the state and the home itself say of a day."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome.rules.payroll import DayKind
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.services.calendar import HomeCalendar, SetByLaw, calendar_of
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.rosters.holidays import HolidaysView
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def of(period):
    return calendar_of(period, {}, {})


@pytest.fixture
def calendar(as_role):
    return as_role(HomeCalendar)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 2, 14), DayKind.WORK),  # a Saturday that is worked
        (date(2026, 2, 15), DayKind.REST),
        (date(2026, 2, 16), DayKind.STATUTORY),
        (date(2026, 2, 19), DayKind.STATUTORY),
        (date(2026, 2, 20), DayKind.REST),  # a Friday off
        (date(2026, 11, 21), DayKind.REST),
        (date(2026, 11, 23), DayKind.WORK),
    ],
)
def test_a_published_year_is_told_day_by_day(day, kind):
    assert of(YEAR)(day) is kind


def test_2026_has_248_working_days():
    calendar = of(YEAR)
    assert sum(calendar(day) is DayKind.WORK for day in YEAR) == 248


def test_a_holiday_has_its_name_and_a_worked_weekend_is_known():
    calendar = of(YEAR)
    assert calendar.names[date(2026, 9, 25)] == "中秋节"
    assert calendar.is_working_weekend(date(2026, 10, 10))
    assert not calendar.guessed


def test_a_year_that_is_not_published_is_guessed_but_knows_its_holidays():
    calendar = of(Period(date(2031, 1, 1), date(2032, 1, 1)))
    assert calendar.guessed == {2031}
    assert calendar(date(2031, 1, 23)) is DayKind.STATUTORY
    assert calendar(date(2031, 1, 27)) is DayKind.WORK


def test_what_the_home_types_goes_before_the_published_calendar(calendar):
    saturday = date(2026, 11, 28)
    calendar.set_day(saturday, DayKind.WORK, " 本地调休 ")
    told = calendar.year(saturday)
    assert (told(saturday), told.names[saturday]) == (DayKind.WORK, "本地调休")
    calendar.clear_day(saturday)
    assert calendar.year(saturday)(saturday) is DayKind.REST


def test_a_typed_day_is_corrected_in_place(calendar):
    day = date(2026, 11, 27)
    for kind in (DayKind.REST, DayKind.WORK):
        calendar.set_day(day, kind)
    assert calendar.year(day)(day) is DayKind.WORK


def test_who_types_a_year_that_is_not_published_guesses_no_more(calendar):
    calendar.set_day(date(2031, 1, 27), DayKind.REST, "春节")
    assert not calendar.year(date(2031, 1, 1)).guessed


@pytest.mark.parametrize(
    ("day", "kind"),
    [(date(2026, 10, 1), DayKind.WORK), (date(2026, 11, 27), DayKind.STATUTORY)],
)
def test_the_law_is_not_typed_over(calendar, day, kind):
    with pytest.raises(SetByLaw):
        calendar.set_day(day, kind)


def test_the_year_lists_only_days_that_are_not_as_usual(calendar):
    listed = {each.day: each for each in calendar.unusual(2026).days}
    assert listed[date(2026, 10, 10)].kind is DayKind.WORK
    assert listed[date(2026, 2, 20)].kind is DayKind.REST
    assert listed[date(2026, 9, 25)].name == "中秋节"
    assert date(2026, 11, 21) not in listed
    assert not any(each.is_own for each in listed.values())


def test_what_the_home_typed_is_listed_as_its_own(calendar):
    friday = date(2026, 11, 27)
    calendar.set_day(friday, DayKind.REST, "院庆")
    (own,) = [each for each in calendar.unusual(2026).days if each.is_own]
    assert (own.day, own.kind, own.name) == (friday, DayKind.REST, "院庆")
    assert calendar.unusual(2031).is_guessed


@pytest.fixture
def open_view(db, jobs, as_role, shown, qtbot):
    def make(role=Role.HEAD_NURSE):
        db.on_change = jobs.announce
        calendar = as_role(HomeCalendar, role)
        view = shown(HolidaysView(calendar, jobs, ROLES[role], lambda: TODAY))
        qtbot.waitUntil(lambda: bool(view.view.table.rows))
        return view

    return make


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def asked(view, qtbot):
    def is_up():
        boxes = [box for box in view.findChildren(FormDialog) if box.isVisible()]
        return bool(boxes) and boxes[-1].isActiveWindow()

    qtbot.waitUntil(is_up)
    return view.findChildren(FormDialog)[-1]


def write(field, text):
    field.input.setFocus()
    field.input.selectAll()
    field.input.insert(text)


def test_a_day_is_typed_refused_by_law_mended_and_taken_back(open_view, qtbot):
    view = open_view()
    QTest.keyClick(view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    box = asked(view, qtbot)
    write(box.form.fields["day"], "2026-10-01")
    box.form.fields["kind"].input.setFocus()
    press(Qt.Key.Key_1, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(box.form.fields["day"].error))
    write(box.form.fields["day"], "2026-12-24")
    with qtbot.waitSignal(box.accepted):
        press(Qt.Key.Key_Return)
    day = date(2026, 12, 24)
    qtbot.waitUntil(lambda: view.view.select(day))
    assert view.view.current_row().is_own
    QTest.keyClick(view.clear, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: day not in {each.day for each in view.view.table.rows})


def test_a_year_that_nobody_has_told_says_that_it_is_guessed(open_view, qtbot):
    view = open_view()
    assert view.guess.isHidden()
    while view.year.first.year < 2031:
        view.year.forward()
    qtbot.waitUntil(view.guess.isVisible)


def test_a_statutory_holiday_is_not_offered_to_be_changed(open_view):
    view = open_view()
    view.view.select(date(2026, 10, 1))
    assert not view.change.isEnabled()
    view.view.select(date(2026, 10, 10))
    assert view.change.isEnabled()
    assert not view.clear.isEnabled()


def test_who_makes_no_roster_only_reads_the_calendar(open_view):
    view = open_view(Role.FRONT_DESK)
    assert all(each.isHidden() for each in (view.change, view.add, view.clear))
