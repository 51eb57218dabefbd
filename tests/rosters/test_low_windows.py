"""With large letters on a low screen the foot of a dialog is still within the window."""

import pytest
from PySide6.QtWidgets import QWidget

from carehome.rostering.conflicts import Conflict, Explanation
from carehome.rules.rights import Role
from carehome.rules.rosters.checking import check
from carehome.rules.rosters.problem import Problem, Roster
from carehome.rules.rosters.words import say
from carehome.services.requests import SickCalls
from carehome.services.rosters.publishing import Obstacle, key_of
from carehome.ui.kit import theme
from carehome.ui.rosters.conflicts import ConflictsDialog
from carehome.ui.rosters.publishing import PublishDialog, Standing
from carehome.ui.rosters.repair import SickCallDialog
from tests.conftest import TODAY
from tests.rosters.impossible import month
from tests.rosters.screen import *  # noqa: F403 - fixtures
from tests.rosters.ward import DECEMBER

HIGH = 720


@pytest.fixture
def low(qapp, shown):
    """A window of 1280 x 720 with the largest letters."""
    theme.use(qapp, 130)
    window = QWidget()
    window.resize(1280, HIGH)
    yield shown(window)
    theme.use(qapp)


def foot(dialog, qtbot):
    """Open a dialog and return how far below its head the deed ends."""
    dialog.open()
    theme.dress(dialog)
    qtbot.wait(0)
    return dialog.primary.geometry().bottom()


def empty(problem: Problem) -> Roster:
    return Roster({person.key: ("",) * problem.days for person in problem.people})


def test_the_sick_call(low, as_role, people, jobs, qtbot):
    names = {str(number): name for name, number in people.items()}
    calls = as_role(SickCalls, Role.HEAD_NURSE)
    dialog = SickCallDialog(calls, names, "", TODAY, jobs, low)
    assert foot(dialog, qtbot) < HIGH - theme.px(32)


def test_publishing(low, ward, jobs, qtbot):
    problem = month()
    found = [each for each in check(problem, empty(problem)) if each.is_hard]
    obstacles = [Obstacle(key_of(each), say(each, problem), each) for each in found]
    standing = Standing(tuple(obstacles), (), (), ())
    rosters = ward.rosters(Role.HEAD_NURSE)
    dialog = PublishDialog(DECEMBER, standing, rosters, jobs, low)
    assert foot(dialog, qtbot) < HIGH - theme.px(32)


def test_the_conflicts(low, jobs, qtbot):
    dialog = ConflictsDialog(month(), jobs, low)
    dialog.show_explanation(Explanation((Conflict(()),) * 9, ()))
    assert foot(dialog, qtbot) < HIGH - theme.px(32)
