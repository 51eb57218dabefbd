import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from carehome.db import keys
from carehome.db.keys import KeyRing
from carehome.rules.rights import Role
from carehome.services import home as homes
from carehome.ui.parts.memory import Memory
from tests.conftest import KEY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

PASSWORDS = {
    Role.DIRECTOR: "the director's words",
    Role.FRONT_DESK: "the desk's own words",
}


@pytest.fixture(autouse=True)
def _keys_cost_little(monkeypatch):
    monkeypatch.setattr(keys, "COST", {"time": 1, "memory_kib": 64, "lanes": 1})


@pytest.fixture
def recovery_key(tmp_path, _template):
    """Lay a home in the folder `home`; its director and front desk can sign in."""
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copy(_template, folder / homes.FILE)
    ring = KeyRing(folder / homes.KEYS)
    ring.create()
    for role, password in PASSWORDS.items():
        ring.put(role.value, password, KEY)
    return ring.renew_recovery(KEY)


@pytest.fixture
def folder(tmp_path, recovery_key):
    return tmp_path / "home"


@pytest.fixture
def memory(tmp_path):
    return Memory(tmp_path / "config" / "desktop.json")


@pytest.fixture
def write(qtbot):
    """Type into a field as a person does: what stood there goes, Chinese is composed."""

    def type_into(field, text):
        field.focus()
        field.input.selectAll()
        qtbot.keyClick(field.input, Qt.Key.Key_Delete)
        composed = QInputMethodEvent()
        composed.setCommitString(text)
        QApplication.sendEvent(field.input, composed)

    return type_into
