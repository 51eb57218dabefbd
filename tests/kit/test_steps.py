import pytest
from PySide6.QtCore import Qt

from carehome.ui.kit.steps import Steps


@pytest.fixture
def steps(shown):
    steps = Steps(["本人", "联系人", "床位", "完成"])
    steps.go(2)
    return shown(steps)


def test_each_step_says_where_it_stands(steps):
    assert [step.accessibleName() for step in steps.steps] == [
        "第 1 步，本人，已完成",
        "第 2 步，联系人，已完成",
        "第 3 步，床位，正在办理",
        "第 4 步，完成，待办理",
    ]


@pytest.mark.parametrize("way", ["mouse", "keys"])
def test_one_can_go_back_to_a_step_that_is_done(qtbot, steps, way):
    with qtbot.waitSignal(steps.chosen) as chosen:
        if way == "mouse":
            qtbot.mouseClick(steps.steps[1], Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(steps.steps[1], Qt.Key.Key_Space)
    assert chosen.args == [1]


def test_nobody_jumps_ahead(qtbot, steps):
    with qtbot.assertNotEmitted(steps.chosen):
        qtbot.mouseClick(steps.steps[3], Qt.MouseButton.LeftButton)


def test_going_back_keeps_what_was_reached(steps):
    steps.go(0, reached=2)
    assert [step.isEnabled() for step in steps.steps] == [True, True, True, False]
    assert steps.steps[1].is_done
    assert steps.steps[0].is_current
