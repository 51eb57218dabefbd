"""Charts: what they say in words, and that they are drawn in the look in use."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from carehome.ui.kit import theme
from carehome.ui.kit.bar_chart import Bar, BarChart, Kind
from carehome.ui.kit.level_chart import Level, StepChart

LEVELS = (Level("完好", "a0"), Level("轻度", "a1"), Level("中度", "a2"))
KINDS = (Kind("在住", "brand"), Kind("空床", "line"))


@pytest.fixture
def stand(qtbot):
    """Show a chart; it never has the keys, so its window need not be active."""

    def show(chart):
        qtbot.addWidget(chart)
        theme.dress(chart)
        chart.resize(600, 300)  # empty, it has no width of its own
        with qtbot.waitExposed(chart):
            chart.show()
        return chart

    return show


@pytest.fixture
def steps(jobs, stand, qtbot):
    chart = stand(StepChart(jobs, "能力等级", LEVELS))
    points = [(date(2026, 6, 1), 1), (date(2026, 1, 1), 0)]
    chart.show_points(points, date(2026, 11, 21))
    qtbot.waitUntil(lambda: chart.plot is not None)
    return chart


@pytest.fixture
def bars(jobs, stand, qtbot):
    chart = stand(BarChart(jobs, "床位", KINDS))
    chart.show_bars([Bar("1月", (3, 1)), Bar("2月", (4, 0))])
    qtbot.waitUntil(lambda: chart.plot is not None)
    return chart


def marks(chart, side):
    [shown] = chart.plot.getAxis(side)._tickLevels
    return [word for _at, word in shown]


def test_levels_are_told_in_words_the_earliest_first(steps):
    told = steps.accessibleDescription()
    assert told == "2026-01-01 完好、2026-06-01 轻度"


def test_levels_stand_at_the_left_best_first(steps):
    assert marks(steps, "left") == ["完好", "轻度", "中度"]
    assert steps.plot.getViewBox().yInverted()


def test_bars_are_told_in_words_without_what_is_none(bars):
    assert bars.accessibleDescription() == "1月: 在住 3 空床 1、2月: 在住 4"


def test_bars_are_shares_of_the_whole(bars):
    assert marks(bars, "left") == ["0 %", "25 %", "50 %", "75 %", "100 %"]
    assert marks(bars, "bottom") == ["1月", "2月"]


@pytest.mark.parametrize("kind", ["steps", "bars"])
def test_the_ground_follows_the_look(kind, request, qapp):
    chart = request.getfixturevalue(kind)
    ground = chart.plot.backgroundBrush().color()
    assert ground == theme.colour("paper")
    theme.use(qapp, 100, "dark")
    try:
        QApplication.processEvents()
        assert chart.plot.backgroundBrush().color() == theme.colour("paper") != ground
    finally:
        theme.use(qapp, 100, "light")
