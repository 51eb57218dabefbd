from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt

from carehome.ui.kit.days import BadDay, DateField, read_day

TODAY = date(2026, 11, 21)
POPUPS = pytest.mark.qt_log_ignore("plugin does not support")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20261121", TODAY),
        ("2026-11-21", TODAY),
        ("2026.11.21", TODAY),
        ("2026/11/21", TODAY),
        ("2026年11月21日", TODAY),
        ("２０２６－１１－２１", TODAY),
        (" 2026 - 1 - 2 ", date(2026, 1, 2)),
        ("11-21", TODAY),
        ("1121", TODAY),
        ("3.5", date(2026, 3, 5)),
        ("3月5日", date(2026, 3, 5)),
        ("1940-3-7", date(1940, 3, 7)),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, day):
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["", "2026-13-01", "2026-02-29", "12", "abc", "26-1-1"]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(BadDay):
        read_day(typed, TODAY)


def test_a_typed_day_is_written_out_when_the_field_is_left(qtbot, shown):
    field = shown(DateField("入住日期", TODAY))
    field.focus()
    qtbot.keyClicks(field.input, "11-3")
    field.input.clearFocus()
    assert field.input.text() == "2026-11-03"
    assert field.value() == date(2026, 11, 3)


def test_a_wrong_day_says_how_to_type_it(qtbot, shown):
    field = shown(DateField("入住日期", TODAY))
    field.focus()
    qtbot.keyClicks(field.input, "2026-13-07")
    field.input.clearFocus()
    assert field.value() is None
    assert "20261121" in field.error


@POPUPS
def test_the_down_key_opens_the_calendar_at_the_day_typed(qtbot, shown):
    field = shown(DateField("入住日期", TODAY))
    field.focus()
    qtbot.keyClicks(field.input, "20250301")
    qtbot.keyClick(field.input, Qt.Key.Key_Down)
    assert field.calendar.isVisible()
    assert field.calendar.month.selectedDate() == QDate(2025, 3, 1)


@POPUPS
def test_a_day_is_picked_with_the_keys(qtbot, shown):
    field = shown(DateField("入住日期", TODAY))
    field.open_calendar()
    days = field.calendar.month.focusProxy() or field.calendar.month
    qtbot.keyClick(days, Qt.Key.Key_Left)
    qtbot.keyClick(days, Qt.Key.Key_Return)
    assert field.value() == date(2026, 11, 20)
    assert not field.calendar.isVisible()


@POPUPS
def test_todays_button_picks_today(qtbot, shown):
    field = shown(DateField("入住日期", TODAY))
    field.set_value(date(2020, 1, 1))
    field.open_calendar()
    qtbot.mouseClick(field.calendar.today, Qt.MouseButton.LeftButton)
    assert field.value() == TODAY


@POPUPS
def test_esc_leaves_the_day_as_it_was(qtbot, shown):
    field = shown(DateField("入住日期", TODAY))
    field.set_value(date(2020, 1, 1))
    field.open_calendar()
    qtbot.keyClick(field.calendar, Qt.Key.Key_Escape)
    assert not field.calendar.isVisible()
    assert field.value() == date(2020, 1, 1)


def test_an_empty_day_does_not_look_like_today(qtbot):
    field = DateField("出院", TODAY, needed=False)
    qtbot.addWidget(field)
    assert not any(letter.isdigit() for letter in field.input.placeholderText())
