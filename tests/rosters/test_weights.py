"""Weights of soft rules: ours until the home sets its own, and back again."""

import pytest

from carehome.db.weights import WeightRow
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.rosters.meanings import DEFAULTS, MEANINGS, OutOfRange
from carehome.services.rosters.weights import RosterWeights
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.settings.weights import WeightsSection


@pytest.fixture
def weights(as_role):
    return as_role(RosterWeights, Role.HEAD_NURSE)


def by_rule(weights):
    return {weighed.rule: weighed.value for weighed in weights.weights()}


def test_ours_hold_until_the_home_has_its_own(weights):
    assert by_rule(weights) == DEFAULTS


def test_a_changed_weight_is_kept_and_marked_as_own(weights):
    weights.set_weight("wish", 33)
    assert by_rule(weights)["wish"] == 33
    assert [each.rule for each in weights.weights() if each.is_own] == ["wish"]


def test_the_way_back_leaves_no_row(weights, db):
    weights.set_weight("wish", 33)
    weights.set_weight("wish", DEFAULTS["wish"])
    weights.set_weight("nights", 1)
    weights.take_defaults()
    with db.reading() as session:
        assert session.query(WeightRow).count() == 0


@pytest.mark.parametrize("weight", [-1, 101])
def test_a_weight_out_of_range_is_refused(weights, weight):
    with pytest.raises(OutOfRange):
        weights.set_weight("wish", weight)


def test_the_front_desk_changes_no_weight(as_role):
    with pytest.raises(NotAllowed):
        as_role(RosterWeights, Role.FRONT_DESK).set_weight("wish", 3)


def test_every_rule_is_explained():
    assert set(MEANINGS) == set(DEFAULTS)


def test_a_weight_is_changed_by_keyboard(weights, jobs, db, shown, qtbot):
    db.on_change = jobs.announce
    section = shown(WeightsSection(weights, jobs))
    qtbot.waitUntil(lambda: len(section.table.rows) == len(MEANINGS))
    section.view.select("nights")
    section.ask_weight()
    dialog = section.findChild(FormDialog)
    qtbot.waitUntil(dialog.isVisible)
    field = dialog.form.fields["weight"].input
    field.selectAll()
    qtbot.keyClicks(field, "44")
    dialog.primary.click()
    qtbot.waitUntil(
        lambda: {w.rule: w.value for w in section.table.rows}["nights"] == 44
    )
