from pathlib import Path

import pytest

from carehome.rules.rights import Role
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.hand import Hand
from tests.conftest import ROLES
from tests.purse import OCTOBER, SEPTEMBER, Purse, furnished


@pytest.fixture(scope="session")
def _template(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two residents and their bills of two months."""
    return furnished(_template, tmp_path_factory.mktemp("books"), SEPTEMBER, OCTOBER)


@pytest.fixture
def purse(db, clock) -> Purse:
    return Purse(db, clock)


@pytest.fixture
def ways():
    """Where a tab led: pages and tabs of them."""
    return []


@pytest.fixture
def shown(qtbot, qapp, db, clock, ways):
    """Return a function that shows a tab as somebody of a role has it."""
    theme.use(qapp)
    jobs = Jobs()
    db.on_change = jobs.announce

    def show(kind, role=Role.DIRECTOR):
        user = ROLES[role]
        hand = Hand(
            lambda service: service(db, user, clock),
            jobs,
            user,
            clock,
            open_tab=lambda page, title: ways.append((page, title)),
        )
        tab = kind(hand)
        qtbot.addWidget(tab)
        tab.resize(1120, 640)
        theme.dress(tab)
        tab.show()
        tab.activateWindow()
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return tab

    yield show
    jobs.close()


@pytest.fixture
def settled(qtbot):
    """Return a function that waits until all jobs of a tab are done."""

    def wait(tab):
        qtbot.waitUntil(lambda: not tab.hand.jobs.is_busy)

    return wait
