"""What is half typed outlives the lock, the end of the program, and a kill."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

import ast
import os
import signal
import subprocess
import sys
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

import carehome.ui
from carehome.app.desk import STAFF
from carehome.app.pages import PAGES
from carehome.app.window import make_shell
from carehome.rules.rights import Role
from carehome.services import home as homes
from carehome.services.drawer import Drawer
from carehome.services.service import Clock
from carehome.services.staff import Staff
from carehome.ui.desktop import Desktop
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.field import Field
from tests.conftest import ROLES, TODAY
from tests.start.conftest import (  # noqa: F401 - fixtures
    PASSWORDS,
    _dressed,
    _keys_cost_little,
    folder,
    jobs,
    memory,
    recovery_key,
    shown,
    write,
)

LEFT = Qt.MouseButton.LeftButton
CHILD = Path(__file__).with_name("half_typed.py")


def ask_for_staff(shell) -> FormDialog:
    """Open the dialog for a new member of staff as a person does."""
    section = shell.open_page(STAFF)
    section.add.click()
    while not section.findChildren(FormDialog):
        QApplication.processEvents()
    return section.findChildren(FormDialog)[-1]


@pytest.fixture
def desktop(shown, memory, jobs, clock: Clock, folder, qtbot, write, monkeypatch):
    """The desktop with the director at work; it has the page of staff alone."""
    monkeypatch.setattr(
        "carehome.app.window.PAGES", [page for page in PAGES if page.title == STAFF]
    )
    window = shown(Desktop(partial(_shell, jobs, clock), memory, jobs, clock))
    window.start.begin(folder)
    yield window
    if window.opened:
        window.opened.db.close()


def _shell(jobs, clock, opened, set_look):
    return make_shell(opened, jobs, clock, set_look)


@pytest.fixture
def sign_in(desktop, write, qtbot, jobs):
    """Sign in on whichever screen asks for it."""

    def come(role=Role.DIRECTOR):
        screen = desktop.start.stack.currentWidget()
        write(screen.sign_in, role.value)
        write(screen.password, PASSWORDS[role])
        with qtbot.waitSignal(desktop.start.opened):
            qtbot.mouseClick(screen.primary, LEFT)
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return desktop.shell

    return come


@pytest.fixture
def drafts_of(desktop, clock):
    """Return what lies in somebody's drawer."""

    def look(role=Role.DIRECTOR):
        drawer = Drawer(desktop.opened.db, ROLES[role], clock)
        kept = drawer.look_all("draft:")
        return {name[len("draft:") :]: draft["typed"] for name, draft in kept.items()}

    return look


def test_work_half_typed_outlives_a_kill(folder, recovery_key, qtbot, request):
    child = subprocess.Popen(
        [sys.executable, str(CHILD), str(folder), PASSWORDS[Role.DIRECTOR]],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert child.stdout
    assert child.stdout.readline() == "typed\n"
    child.send_signal(signal.SIGKILL)
    child.wait(10)
    child.stdout.close()

    sign_in = request.getfixturevalue("sign_in")
    desktop, clock = (request.getfixturevalue(name) for name in ("desktop", "clock"))
    dialog = ask_for_staff(sign_in())
    assert dialog.form.fields["name"].value() == "王芳"
    assert dialog.form.fields["phone"].input.text() == "13800"
    assert dialog.draft.note.isVisible()
    opened = desktop.opened
    assert Staff(opened.db, opened.user, clock).members(TODAY) == []
    qtbot.mouseClick(dialog.draft.note.clear, LEFT)
    assert dialog.form.fields["name"].value() is None
    drafts_of = request.getfixturevalue("drafts_of")
    qtbot.waitUntil(lambda: drafts_of() == {})


def test_the_lock_keeps_what_is_typed_at_once(
    desktop, sign_in, write, qtbot, drafts_of
):
    dialog = ask_for_staff(sign_in())
    write(dialog.form.fields["name"], "王芳")
    desktop.lock()
    qtbot.waitUntil(lambda: drafts_of() == {"staff:0": {"name": "王芳"}})
    sign_in()
    assert dialog.isVisible()
    assert dialog.form.fields["name"].value() == "王芳"


def test_another_person_at_the_lock_loses_and_sees_nothing_of_it(
    desktop, sign_in, write, qtbot, drafts_of
):
    dialog = ask_for_staff(sign_in())
    write(dialog.form.fields["name"], "王芳")
    desktop.lock()
    sign_in(Role.FRONT_DESK)
    assert drafts_of() == {"staff:0": {"name": "王芳"}}
    assert drafts_of(Role.FRONT_DESK) == {}
    desktop.lock()
    dialog = ask_for_staff(sign_in())
    assert dialog.form.fields["name"].value() == "王芳"
    assert dialog.draft.note.isVisible()


def test_closing_the_window_keeps_what_is_typed(
    desktop, sign_in, write, folder, jobs, clock
):
    dialog = ask_for_staff(sign_in())
    write(dialog.form.fields["name"], "王芳")
    desktop.close()
    role = Role.DIRECTOR
    opened = homes.open_home(folder, role.value, PASSWORDS[role], clock)
    kept = Drawer(opened.db, opened.user, clock).look("draft:staff:0")
    opened.db.close()
    assert kept["typed"] == {"name": "王芳"}


def test_what_is_saved_is_offered_no_more(sign_in, write, qtbot, drafts_of):
    shell = sign_in()
    dialog = ask_for_staff(shell)
    write(dialog.form.fields["name"], "王芳")
    dialog.form.set_values({"main": 5})
    qtbot.waitUntil(lambda: "staff:0" in drafts_of())
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: drafts_of() == {})
    assert ask_for_staff(shell).form.fields["name"].value() is None


def _calls(kinds: set[str]):
    """Yield every call that makes one of these dialogs, with the place it stands."""
    root = Path(carehome.ui.__file__).parent
    for file in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in kinds:
                yield f"{file.relative_to(root)}:{node.lineno}", name, node


PLACES = {"FormDialog": 4, "DeedDialog": 6, "LookAheadDialog": 8}
NOTHING_BUT_SECRETS = {"settings/accounts.py"}  # the first password of somebody


def test_every_dialog_names_its_draft():
    """A dialog that names none keeps nothing: only one for a password may."""
    nameless = [
        place
        for place, kind, call in _calls(set(PLACES))
        if len(call.args) <= PLACES[kind]
        and not any(word.arg == "draft" for word in call.keywords)
    ]
    assert {place.partition(":")[0] for place in nameless} == NOTHING_BUT_SECRETS
    assert len(nameless) == 1


def _kinds(kind: type) -> list[type]:
    return [kind, *(each for sub in kind.__subclasses__() for each in _kinds(sub))]


def test_every_kind_of_field_can_be_kept():
    root = Path(carehome.ui.__file__).parent
    for name in ("kit", "parts", "fees"):
        for file in (root / name).glob("*.py"):
            import_module(f"carehome.ui.{name}.{file.stem}".removesuffix(".__init__"))
    kinds = _kinds(Field)[1:]
    assert len(kinds) > 12
    assert [kind for kind in kinds if kind.raw is Field.raw] == []
