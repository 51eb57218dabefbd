"""A roll that was begun and not read in is offered again, with all that was said."""

import json
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from carehome.rules.roll import Field
from carehome.services.home import Home
from carehome.services.rolls import Rolls
from carehome.ui.kit import drafts
from carehome.ui.rolls.draft import opened
from carehome.ui.rolls.reader import COLUMNS, RollReader
from carehome.ui.rolls.unfinished import plain, taken_up
from tests.kit.conftest import _dressed, shown  # noqa: F401 - fixtures
from tests.roll.test_ui import SAMPLE, jobs  # noqa: F401 - a fixture

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shelf():
    shelf = drafts.Shelf(
        lambda _name, draft: json.dumps(draft),
        lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
    )
    drafts.use(shelf)
    return shelf


@pytest.fixture
def make(shown, as_role, jobs, qtbot, shelf):  # noqa: F811 - fixtures
    def reader():
        made = shown(RollReader(as_role(Rolls), as_role(Home), jobs))
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return made

    return reader


def begin(reader, qtbot):
    reader.open_file(SAMPLE)
    qtbot.waitUntil(lambda: reader.step == COLUMNS)


def test_what_was_said_about_a_roll_is_said_again():
    draft = opened(SAMPLE)
    draft.correct(0, Field.NOTE)
    draft.classes["一号楼", "301"] = "B"
    draft.grades["半护"] = "partial_1"
    again = taken_up(json.loads(json.dumps(plain(draft))))
    assert again.heading == draft.heading
    assert again.sheet.name == draft.sheet.name
    assert again.classes == draft.classes
    assert again.grades == draft.grades


def test_a_roll_that_was_left_is_offered_and_taken_up(make, qtbot):
    first = make()
    assert first.file.unfinished.isHidden()
    begin(first, qtbot)
    reader = make()
    unfinished = reader.file.unfinished
    assert SAMPLE.name in unfinished.words.text()
    qtbot.mouseClick(unfinished.go_on, LEFT)
    qtbot.waitUntil(lambda: reader.step == COLUMNS)
    assert reader.file_name.text() == SAMPLE.name


def test_a_roll_nobody_wants_any_more_is_cleared(make, qtbot, shelf):
    begin(make(), qtbot)
    reader = make()
    qtbot.mouseClick(reader.file.unfinished.drop, LEFT)
    assert reader.file.unfinished.isHidden()
    assert shelf.look("roll")[0] == {}


def test_a_file_that_is_gone_is_told(make, qtbot, shelf, tmp_path):
    kept = {**plain(opened(SAMPLE)), "path": str(tmp_path / "gone.xlsx")}
    shelf.keep("roll", kept)
    reader = make()
    qtbot.mouseClick(reader.file.unfinished.go_on, LEFT)
    qtbot.waitUntil(reader.file.error.isVisible)
