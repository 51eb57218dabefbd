"""The desk over a made month: what a day lacks, who could fill it, which unit is seen."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome.rules.rosters.problem import Demand
from carehome.ui.rosters.desk import RosterDesk
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.rosters.test_worksheet import month

LEFT = Qt.MouseButton.LeftButton
NEEDS = (Demand(4, "N", 1, unit="b"), Demand(4, "E", 1, unit="a", basis="9 人"))


@pytest.fixture
def desk(jobs, shown):
    desk = RosterDesk(lambda *_: None, True, jobs, lambda: date(2026, 11, 21))
    desk.resize(1140, 640)
    shown(desk)
    desk.show_month(month(demands=NEEDS))
    desk.grid.setFocus()
    return desk


def foot(desk, line, day):
    return desk.grid.picture.plan.foot_cell(line, day).center()


def test_a_press_on_the_cover_tells_what_the_day_lacks(desk):
    QTest.mouseClick(desk.grid.viewport(), LEFT, pos=foot(desk, 0, 4))
    assert desk.grid.current == ("1", 4)
    assert "需 1 人，有 0 人" in desk.grid.tip(foot(desk, 0, 4))
    assert "9 人" in desk.grid.tip(foot(desk, 0, 4))
    assert any("早班" in line.text() for line in desk.panel.lines)


def test_who_could_fill_a_gap_is_offered_and_put_in_by_a_press(qtbot, desk):
    desk.grid.go_to(("2", 4))
    remedy = desk.panel.remedies[0]
    qtbot.waitUntil(remedy.isVisible)
    before = desk.sheet.counts()
    remedy.click()
    assert desk.sheet.counts()[0] < before[0]
    desk.undo()
    assert desk.sheet.counts() == before


def test_nothing_is_offered_for_a_day_that_lacks_nobody(qtbot, desk):
    desk.grid.go_to(("2", 4))
    qtbot.waitUntil(desk.panel.remedies[0].isVisible)
    desk.grid.go_to(("2", 5))
    assert not desk.panel.remedies[0].isVisible()


def test_one_unit_shows_its_people_and_its_cover(desk):
    assert desk.grid.keys == ("1", "2")
    desk.bar.unit.set_code("b")
    assert desk.grid.keys == ("2",)
    assert [line.shift for line in desk.grid.picture.cover] == ["N"]


def test_a_finding_of_another_unit_leads_there(desk):
    desk.bar.unit.set_code("b")
    desk.open_list()
    rows = desk.side.list.table.rows
    early = next(row for row in rows if row.found.shift == "E")
    desk.side.list.select(early.found)
    assert desk.grid.current == ("1", 4)
    assert desk.bar.wanted_unit() == ""


def test_the_cover_is_told_for_each_unit_when_asked(desk):
    desk.bar.by_unit.click()
    units = [line.unit for line in desk.grid.picture.cover]
    assert units == ["a", "b"]


def test_everything_fits_into_a_narrow_window(desk):
    desk.resize(740, 420)
    plan = desk.grid.picture.plan
    assert plan.right <= desk.grid.viewport().width()
    assert plan.body.height() > 3 * plan.line("1").height


def test_a_cover_of_many_lines_leaves_room_for_people_and_scrolls(jobs, shown):
    needs = tuple(
        Demand(day, code, 1, unit=f"{unit:02}")
        for unit in range(12)
        for code in "EN"
        for day in range(31)
    )
    desk = RosterDesk(lambda *_: None, True, jobs, lambda: date(2026, 11, 21))
    desk.resize(1140, 640)
    shown(desk)
    desk.show_month(month(demands=needs))
    desk.bar.by_unit.click()
    grid = desk.grid
    plan = grid.picture.plan
    assert plan.body.height() >= 7 * plan.line("1").height
    first = grid.picture.cover[0]
    place = QPointF(foot(desk, 0, 4))
    turned = QWheelEvent(
        place,
        QPointF(grid.viewport().mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(grid.viewport(), turned)
    assert grid.picture.cover[0] != first
    assert grid.picture.more == (True, True)
