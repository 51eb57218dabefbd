"""Ctrl+K finds items of the self-assessment, and opens them in their tab."""

from datetime import date

from PySide6.QtCore import Qt

from carehome.app.desk import RATING
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.services.ratings.assessments import NewSelf, SelfAssessments
from carehome.services.ratings.finding import RatingFinding
from carehome.services.ratings.tables import RatingTables
from carehome.ui.kit.finder import Finder

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def begin(as_role):
    table_id = as_role(RatingTables).take_practice()
    return as_role(SelfAssessments).begin(NewSelf("2026年自评", table_id, YEAR, 3))


def test_an_item_is_found_by_its_code_before_those_that_name_it(as_role):
    begin(as_role)
    found = as_role(RatingFinding, Role.FRONT_DESK).find("2.1.4")
    assert (found[0].title.split()[0], found[0].is_named) == ("2.1.4", True)


def test_an_item_is_found_by_its_words(as_role):
    begin(as_role)
    found = as_role(RatingFinding, Role.FRONT_DESK).find("护理型床位")
    assert "2.1.4" in {each.title.split()[0] for each in found}


def test_without_a_self_assessment_nothing_is_found(as_role):
    as_role(RatingTables).take_practice()
    assert as_role(RatingFinding).find("2.1.4") == []


def test_an_item_is_opened_from_anywhere(shell, jobs, qtbot, as_role):
    begin(as_role)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    finder = shell.findChildren(Finder)[-1]
    finder.line.insert("2.1.4")
    qtbot.waitUntil(lambda: "评定项目" in {each.kind for each in finder.found.rows})
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.current == RATING)
    tab = shell.widgets[RATING].tabs.content(0)
    qtbot.waitUntil(lambda: tab.items.current_row() is not None)
    qtbot.waitUntil(lambda: tab.items.current_row().item.code == "2.1.4")
