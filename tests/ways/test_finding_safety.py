"""Ctrl+K finds what fire safety keeps, and opens it in its tab."""

from PySide6.QtCore import Qt

from carehome.app.desk import SAFETY
from carehome.rules.rights import Role
from carehome.rules.safety.hazards import NewHazard
from carehome.services.safety.hazards import Hazards
from carehome.ui.kit.finder import Finder


def test_a_hazard_is_found_by_its_number_and_opened(shell, jobs, qtbot, as_role):
    as_role(Hazards, Role.HEAD_NURSE).open(NewHazard("灭火器失压", "三楼走廊"))
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    key, held = Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(shell, key, held)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    finder = shell.findChildren(Finder)[-1]
    finder.line.insert("0001")
    qtbot.waitUntil(lambda: "隐患" in {each.kind for each in finder.found.rows})
    assert finder.found.rows[0].title.endswith("-0001")
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.current == SAFETY)
    tab = shell.widgets[SAFETY].tabs.content(1)
    qtbot.waitUntil(lambda: tab.panel.item.text() == "灭火器失压")
