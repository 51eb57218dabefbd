from datetime import date

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QTableView

from carehome.rules.days import Sense
from carehome.ui.kit.days import DateField

TODAY = date(2026, 11, 21)
POPUPS = pytest.mark.qt_log_ignore("plugin does not support")


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


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1121", "11月21日 星期六"),
        ("mt", "11月22日 星期日"),
        ("20270305", "2027年3月5日 星期五"),
        ("112", ""),
        ("", ""),
    ],
)
def test_how_a_day_is_understood_stands_beside_it_while_one_types(
    qtbot, shown, typed, words
):
    field = shown(DateField("入住日期", TODAY))
    field.resize(320, field.height())
    field.focus()
    qtbot.keyClicks(field.input, typed)
    assert field.understood.text() == words
    assert field.understood.isVisible() == bool(words)


def test_a_narrow_field_says_the_weekday_alone_and_covers_nothing(qtbot, shown):
    field = shown(DateField("入住日期", TODAY))
    field.setFixedWidth(170)
    qtbot.keyClicks(field.input, "20261121")
    assert field.understood.text() == "周六"
    field.setFixedWidth(110)
    qtbot.waitUntil(field.understood.isHidden)


def test_a_field_about_the_past_means_the_year_that_has_been(qtbot, shown):
    field = shown(DateField("出生日期", TODAY, sense=Sense.PAST))
    qtbot.keyClicks(field.input, "12-1")
    assert field.value() == date(2025, 12, 1)


def test_a_word_for_a_day_is_kept_as_the_day_it_means(qtbot, shown):
    field = shown(DateField("入住日期", TODAY))
    qtbot.keyClicks(field.input, "mt")
    assert field.raw() == "2026-11-22"
    field.set_raw("11-")
    assert field.input.text() == "11-"


@POPUPS
@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_keys_open_the_calendar_at_the_day_typed(qtbot, shown, key, held):
    field = shown(DateField("入住日期", TODAY))
    field.focus()
    qtbot.keyClicks(field.input, "20250301")
    qtbot.keyClick(field.input, key, held)
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
def test_the_calendar_speaks_chinese_and_begins_on_monday(shown):
    field = shown(DateField("入住日期", TODAY))
    field.open_calendar()
    model = field.calendar.month.findChild(QTableView).model()
    titles = [model.index(0, column).data() for column in range(7)]
    assert [title[-1] for title in titles] == list("一二三四五六日")
    assert field.calendar.month.locale().language() == QLocale.Language.Chinese


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
