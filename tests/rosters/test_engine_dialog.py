"""The dialog that makes a month: what it says before, while it works, and after."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from benchmarks.made_home import made_home
from carehome.rostering.outcome import Outcome
from carehome.rostering.process import Search
from carehome.rules.rosters.checking import check, count_hard
from carehome.rules.rosters.problem import OFF, Demand, Problem, Roster
from carehome.services.rosters import solving
from carehome.ui.rosters.causes import CausesDialog
from carehome.ui.rosters.solving import SolvingDialog, Task

PATIENCE = 60_000  # milliseconds, on a busy computer


class Stopped(Search):
    """A search that was stopped before it found anything."""

    def __init__(self):
        self.best, self.trouble = None, None
        self.answer = Outcome(None, 0, 0, is_final=False, seconds=1)

    def look(self):
        return []

    def close(self):
        pass


def empty(problem: Problem) -> Roster:
    return Roster({person.key: (OFF,) * problem.days for person in problem.people})


@pytest.fixture
def opened(jobs, shown):
    def make(problem, roster=None):
        task = Task("自动排班", problem, roster or empty(problem))
        dialog = SolvingDialog(task, jobs, shown(QWidget()))
        dialog.open()
        return dialog

    return make


def test_a_small_month_is_proved_best_and_taken_over(opened, qtbot):
    problem = made_home(people=6, wards=1, wishes=9)
    problem = replace(problem, demands=(), counts=())
    dialog = opened(problem)
    dialog.primary.click()
    qtbot.waitUntil(lambda: dialog.primary.text() == "采用", timeout=PATIENCE)
    assert "没有更好" in dialog.state.text()
    with qtbot.waitSignal(dialog.chosen) as told:
        dialog.primary.click()
    assert count_hard(check(problem, told.args[0])) == 0


def test_whoever_stops_keeps_the_best_so_far(opened, qtbot):
    problem = made_home(people=20, wards=1, wishes=60)
    dialog = opened(problem)
    dialog.primary.click()
    qtbot.waitUntil(lambda: dialog.best is not None, timeout=PATIENCE)
    assert "最好" in dialog.state.text()
    dialog.primary.click()
    qtbot.waitUntil(lambda: dialog.primary.text() == "采用", timeout=PATIENCE)
    with qtbot.waitSignal(dialog.chosen) as told:
        dialog.primary.click()
    assert count_hard(check(problem, told.args[0])) == 0


def test_a_second_enter_after_stopping_does_not_lose_the_best(opened, qtbot):
    dialog = opened(made_home(people=20, wards=1, wishes=60))
    dialog.primary.click()
    qtbot.waitUntil(lambda: dialog.best is not None, timeout=PATIENCE)
    qtbot.keyClick(dialog.primary, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.primary.text() == "采用", timeout=PATIENCE)
    assert dialog.isVisible()


def test_an_impossible_month_leads_to_its_reasons(opened, qtbot):
    problem = made_home(people=20, wards=1, wishes=60)
    problem = replace(problem, demands=(Demand(0, "E", 21),))
    dialog = opened(problem)
    dialog.primary.click()
    qtbot.waitUntil(lambda: "为什么" in dialog.primary.text(), timeout=PATIENCE)
    with qtbot.waitSignal(dialog.reasons_wanted) as told:
        dialog.primary.click()
    assert told.args == [problem]


def test_whoever_stops_without_a_roster_may_ask_why(opened, qtbot):
    problem = made_home(people=20, wards=1, wishes=60)
    dialog = opened(problem)
    dialog._watch(Stopped())
    qtbot.waitUntil(lambda: "为什么" in dialog.primary.text(), timeout=PATIENCE)
    with qtbot.waitSignal(dialog.reasons_wanted) as told:
        dialog.primary.click()
    assert told.args == [problem]


def test_points_of_the_new_roster_are_explained_on_wish(opened, qtbot):
    dialog = opened(made_home(people=20, wards=1, wishes=60))
    dialog.primary.click()
    qtbot.waitUntil(lambda: dialog.best is not None, timeout=PATIENCE)
    dialog.primary.click()
    qtbot.waitUntil(dialog.why.isVisible, timeout=PATIENCE)
    dialog.why.click()
    causes = dialog.findChild(CausesDialog)
    qtbot.waitUntil(lambda: bool(causes.list.table.rows), timeout=PATIENCE)
    causes.accept()


def test_thrown_away_nothing_is_handed_on(opened, qtbot):
    dialog = opened(made_home(people=20, wards=1, wishes=60))
    dialog.primary.click()
    qtbot.waitUntil(lambda: dialog.best is not None, timeout=PATIENCE)
    with qtbot.assertNotEmitted(dialog.chosen), qtbot.waitSignal(dialog.finished):
        dialog.cancel.click()


def test_shifts_that_stand_are_kept_on_wish():
    problem = made_home(people=20, wards=1, wishes=60)
    roster = Roster({**empty(problem).rows, "1": ("E",) + (OFF,) * 30})
    kept = solving.keeping(problem, roster)
    assert kept.locked["1", 0] == "E"
    assert kept.locked.items() >= problem.locked.items()
