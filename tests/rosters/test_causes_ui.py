"""Why points remain: asked beside the grid, and after a roster was made."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from carehome.rostering.causes import explain_costs
from carehome.rules.rosters.causes import Causes
from carehome.ui.rosters.causes import CausesDialog
from tests.rosters.screen import (  # noqa: F401 - fixtures
    _dressed,
    jobs,
    open_page,
    page,
    people,
    press,
    shown,
    ward,
)
from tests.rosters.test_causes import small

PATIENCE = 60_000  # milliseconds, on a busy computer


def test_each_cost_of_the_month_is_listed_with_its_cause(page, qtbot):
    press("n")
    page.desk.open_list()
    page.desk.side.why.click()
    dialog = page.desk.findChild(CausesDialog)
    qtbot.waitUntil(lambda: bool(dialog.list.table.rows), timeout=PATIENCE)
    costs = [line.cost for line in dialog.list.table.rows]
    assert costs == sorted(costs, reverse=True)
    assert all(line.why for line in dialog.list.table.rows)
    assert str(sum(costs)) in dialog.state.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_line_under_the_cursor_is_written_out(jobs, shown):
    problem, roster = small({"韩雪": "-------N--"}, need=1)
    dialog = CausesDialog(problem, roster, jobs, shown(QWidget()))
    dialog.show_causes(explain_costs(problem, roster))
    dialog.open()
    assert "如果改成韩雪 8 日休息" in dialog.whole.text()


def test_roster_without_points_needs_no_causes(jobs, shown):
    problem, roster = small({"韩雪": "----------"}, need=0)
    dialog = CausesDialog(problem, roster, jobs, shown(QWidget()))
    dialog.show_causes(Causes((), is_final=True))
    dialog.open()
    assert "一分不扣" in dialog.state.text()
