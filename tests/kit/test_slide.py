"""A number beside a slide: one follows the other, and the wheel moves neither."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from carehome.ui.kit import theme
from carehome.ui.kit.slide import SlideField


@pytest.fixture
def field(qtbot, qapp):
    theme.use(qapp)
    field = SlideField("涨跌", (-100, 300), (-30, 30))
    qtbot.addWidget(field)
    field.show()
    return field


def test_the_slide_follows_what_is_typed(field):
    field.set_value(12)
    assert field.slide.value() == 12


def test_what_is_typed_follows_the_slide(field, qtbot):
    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(field.slide, Qt.Key.Key_Right)
    assert field.value() == 1
    qtbot.keyClick(field.slide, Qt.Key.Key_PageDown)
    assert field.value() == -4


def test_beyond_the_slide_what_is_typed_stays(field):
    field.set_value(80)
    assert (field.value(), field.slide.value()) == (80, 30)


def test_empty_it_rests(field):
    field.set_rest(7)
    assert (field.value(), field.slide.value()) == (None, 7)


@pytest.mark.parametrize("typed", ["301", "-101"])
def test_what_makes_no_sense_is_told(field, typed):
    field.set_raw(typed)
    assert "-100" in field.problem()
    assert "300" in field.problem()


def test_the_wheel_scrolls_what_is_around_it(field):
    place = QPointF(5, 5)
    wheel = QWheelEvent(
        place,
        place,
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field.slide, wheel)
    assert field.slide.value() == 0
    assert field.value() is None
