"""Ctrl+K finds the reports by their names, and opens them in their tab."""

import pytest
from PySide6.QtCore import Qt

from carehome.app.desk import OVERVIEW
from carehome.ui.kit.finder import Finder


@pytest.mark.parametrize(
    ("typed", "code"), [("月报", "month"), ("nianbao", "year"), ("备案", "filing")]
)
def test_a_report_is_opened_from_anywhere(shell, jobs, qtbot, typed, code):
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    finder = shell.findChildren(Finder)[-1]
    finder.line.insert(typed)
    qtbot.waitUntil(lambda: bool(finder.found.rows))
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.current == OVERVIEW)
    tab = shell.widgets[OVERVIEW].tabs.content(1)
    qtbot.waitUntil(lambda: tab.report is not None and tab.report.code == code)
