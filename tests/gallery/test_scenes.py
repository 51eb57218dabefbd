"""What stands in every scene can be read whole, in one language, by everybody."""

import pytest

from tests.gallery import WALKS, seen

WHOLE = "zh-100"
# Comes up for work left in another sitting; every scene begins with an empty shelf.
NEVER_DRAWN = {"carehome.ui.rolls.unfinished.Unfinished"}

# Begins a search in a process of its own; scenes show the same dialogs with its answer.
NEVER_OPENED = {
    "rosters/causes.py:open_causes",
    "rosters/conflicts.py:tell_conflicts",
}


def told(walks, name, check):
    """Return the faults of one check of a walk, scene by scene."""
    return walks[name]["faults"][check]


@pytest.mark.parametrize("name", WALKS)
def test_every_scene_can_be_drawn(walks, name):
    assert told(walks, name, "broken") == {}


@pytest.mark.parametrize("name", WALKS)
def test_qt_has_nothing_to_warn_of(walks, name):
    assert told(walks, name, "warned") == {}


@pytest.mark.parametrize("name", WALKS)
def test_no_text_is_cut_and_nothing_overlaps(walks, name):
    assert told(walks, name, "cut") == {}


@pytest.mark.parametrize("name", WALKS)
def test_every_text_is_in_the_language_of_the_screen(walks, name):
    assert told(walks, name, "words") == {}


@pytest.mark.parametrize("name", WALKS)
def test_everything_has_a_name_and_a_role_for_readers(walks, name):
    assert told(walks, name, "access") == {}


# ---- the set of pictures is complete


def test_every_widget_of_the_screens_is_in_some_picture(walks):
    assert seen.classes() - set(walks[WHOLE]["classes"]) == NEVER_DRAWN


def test_every_dialog_is_in_some_picture(walks):
    assert seen.openers() - set(walks[WHOLE]["openers"]) == NEVER_OPENED


def test_every_tab_is_in_some_picture(walks):
    there, looked_at = walks[WHOLE]["tabs_there"], walks[WHOLE]["tabs"]
    missing = {
        strip: sorted(set(range(count)) - set(looked_at[strip]))
        for strip, count in there.items()
        if set(range(count)) - set(looked_at[strip])
    }
    assert missing == {}
