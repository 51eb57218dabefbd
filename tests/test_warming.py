"""What the first screen leaves out is loaded while somebody types the password."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

import pytest

from carehome.app import warming
from tests.kit.conftest import jobs  # noqa: F401 - fixture


@pytest.fixture
def loaded(monkeypatch):
    """What is loaded in place of the program's modules, in order."""
    names = []
    monkeypatch.setattr(warming, "LATER", ("first", "second"))
    monkeypatch.setattr(warming, "import_module", names.append)
    monkeypatch.setattr(warming.garbage, "leave_be", lambda: names.append("all"))
    return names


def test_modules_are_loaded_in_their_order(loaded, jobs, qtbot, qapp):
    warming.warm(jobs, qapp)
    qtbot.waitUntil(lambda: loaded == ["first", "second", "all"])


def test_whoever_signs_in_early_waits_for_one_module_only(loaded, jobs, qtbot, qapp):
    warming.warm(jobs, qapp)
    jobs.run(qapp, loaded.append, str, "signed in")
    qtbot.waitUntil(lambda: "all" in loaded)
    assert loaded.index("signed in") < loaded.index("all")
