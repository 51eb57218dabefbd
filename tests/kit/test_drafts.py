"""What is half typed is kept while one types, and comes back."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.ui.kit import drafts
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.drafts import LONGEST, Draft, Shelf
from carehome.ui.kit.fields import SecretField, TextField
from carehome.ui.kit.forms import Form

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
LEFT, ESC = Qt.MouseButton.LeftButton, Qt.Key.Key_Escape


class Store:
    """Keeps what a shelf writes, as the drawer does: through JSON."""

    def __init__(self):
        self.kept = {}

    def __call__(self, name, value):
        self.kept[name] = json.loads(json.dumps(value))

    def typed(self, name):
        return (self.kept.get(name) or {}).get("typed")


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def shelf(store):
    shelf = Shelf(store, lambda: NOW)
    drafts.use(shelf)
    yield shelf
    drafts.use(None)


class Pane(QWidget):
    """A form in a page, about one person after another."""

    def __init__(self):
        super().__init__()
        self.form = Form()
        self.form.add("name", TextField("姓名"))
        self.form.add("post", TextField("岗位", needed=False))
        self.form.add("secret", SecretField("密码"))
        self.draft = Draft(self.form, self)
        column = QVBoxLayout(self)
        column.addWidget(self.draft.note)
        column.addWidget(self.form)

    def show_person(self, name, number):
        self.draft.rest()
        self.form.set_values({"name": name, "post": None})
        self.draft.begin(f"person:{number}")

    def type(self, field, text):
        self.form.fields[field].input.setText(text)


@pytest.fixture
def pane(shelf, shown):
    pane = shown(Pane())
    pane.show_person("王芳", 1)
    return pane


def test_what_is_typed_is_kept_within_a_moment(qtbot, pane, store):
    pane.type("post", "护理员")
    qtbot.waitUntil(lambda: store.typed("person:1") == {"post": "护理员"})


def test_only_what_differs_from_what_is_stored_is_kept(pane, store):
    pane.type("name", "王小芳")
    pane.draft.keep()
    assert store.typed("person:1") == {"name": "王小芳"}
    pane.type("name", "王芳")
    pane.draft.keep()
    assert store.kept["person:1"] is None


def test_a_secret_is_never_kept(pane, store):
    pane.type("secret", "geheim-2026")
    pane.draft.keep()
    assert store.kept == {}


def test_what_was_typed_comes_back_with_a_word_about_it(pane, store):
    pane.type("post", "护理员")
    pane.show_person("李敏", 2)
    assert pane.form.fields["post"].value() is None
    assert pane.draft.note.isHidden()
    pane.show_person("王芳", 1)
    assert pane.form.fields["post"].value() == "护理员"
    assert pane.draft.note.isVisible()
    assert "11月21日" in pane.draft.note.words.text()


def test_another_run_of_the_program_gives_it_back_too(pane, store, shown):
    pane.type("post", "护理员")
    pane.draft.keep()
    again = Shelf(store, lambda: NOW)
    again.fill(store.kept)
    drafts.use(again)
    other = shown(Pane())
    other.show_person("王芳", 1)
    assert other.form.fields["post"].value() == "护理员"


def test_drafts_that_come_late_are_given_to_a_form_that_waits(pane, shelf):
    shelf.fill({"person:1": {"at": NOW.isoformat(), "typed": {"post": "护理员"}}})
    assert pane.form.fields["post"].value() == "护理员"
    assert pane.draft.note.isVisible()


def test_drafts_that_come_late_do_not_type_over_what_is_typed(pane, shelf):
    pane.type("post", "厨师")
    shelf.fill({"person:1": {"at": NOW.isoformat(), "typed": {"post": "护理员"}}})
    assert pane.form.fields["post"].value() == "厨师"


def test_clearing_shows_again_what_is_stored(qtbot, pane, store):
    pane.type("name", "王小芳")
    pane.show_person("李敏", 2)
    pane.show_person("王芳", 1)
    qtbot.mouseClick(pane.draft.note.clear, LEFT)
    assert pane.form.fields["name"].value() == "王芳"
    assert pane.draft.note.isHidden()
    assert store.kept["person:1"] is None


def test_what_is_saved_is_no_draft_any_more(pane, store):
    pane.type("post", "护理员")
    pane.draft.keep()
    pane.draft.end()
    assert store.kept["person:1"] is None
    pane.type("post", "厨师")
    pane.draft.keep()
    assert store.kept["person:1"] is None


def test_what_has_been_stored_meanwhile_is_no_draft(pane, store):
    pane.type("post", "护理员")
    pane.draft.rest()
    pane.form.set_values({"post": "护理员"})
    pane.draft.begin("person:1")
    assert pane.draft.note.isHidden()
    assert store.kept["person:1"] is None


def test_what_is_offered_is_not_typed(pane, store):
    pane.type("post", "护理员")
    pane.draft.stored("post")
    pane.draft.keep()
    assert store.kept == {}


def test_a_form_shown_anew_keeps_what_is_typed_without_a_word(pane):
    pane.type("post", "护理员")
    pane.show_person("王芳", 1)
    assert pane.form.fields["post"].value() == "护理员"
    assert pane.draft.note.isHidden()


def test_going_out_of_sight_keeps_at_once(pane, store):
    pane.type("post", "护理员")
    pane.hide()
    assert store.typed("person:1") == {"post": "护理员"}


def test_the_lock_keeps_whatever_is_typed_at_once(pane, store):
    pane.type("post", "护理员")
    drafts.gather()
    assert store.typed("person:1") == {"post": "护理员"}


def test_a_draft_that_nobody_asked_for_is_thrown_away_after_a_month(store):
    old = {"at": (NOW - LONGEST - timedelta(days=1)).isoformat(), "typed": {"a": "b"}}
    shelf = Shelf(store, lambda: NOW)
    shelf.fill({"person:1": old})
    assert shelf.look("person:1")[0] == {}
    assert store.kept == {"person:1": None}


def test_without_a_shelf_nothing_is_kept(shown):
    pane = shown(Pane())
    pane.show_person("王芳", 1)
    pane.type("post", "护理员")
    pane.draft.keep()
    pane.show_person("李敏", 2)
    pane.show_person("王芳", 1)
    assert pane.form.fields["post"].value() is None


@pytest.fixture
def opened(shelf, shown, qtbot):
    parent = shown(QWidget())

    def make():
        form = Form()
        form.add("name", TextField("姓名"))
        dialog = FormDialog("新员工", form, "保存", parent, draft="staff:0")
        dialog.open()
        qtbot.waitUntil(dialog.isVisible)
        return dialog

    return make


def test_esc_asks_nothing_and_the_next_dialog_has_it_all(qtbot, opened):
    dialog = opened()
    qtbot.keyClicks(dialog.form.fields["name"].input, "Wang")
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, ESC)
    dialog = opened()
    assert dialog.form.fields["name"].value() == "Wang"
    assert dialog.draft.note.isVisible()
    assert dialog.primary.isEnabled()


def test_a_dialog_whose_deed_is_done_keeps_nothing(qtbot, opened, store):
    dialog = opened()
    qtbot.keyClicks(dialog.form.fields["name"].input, "Wang")
    dialog.finish()
    assert opened().form.fields["name"].value() is None
    assert store.kept.get("staff:0") is None


def test_what_came_back_is_saved_only_by_whoever_presses(qtbot, opened):
    dialog = opened()
    qtbot.keyClicks(dialog.form.fields["name"].input, "Wang")
    dialog.reject()
    dialog = opened()
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.reject()
