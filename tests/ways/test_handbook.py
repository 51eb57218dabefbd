"""The handbook's tables of keys say what the windows answer to, no more and no less."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from carehome.app.desk import (
    AGREEMENTS,
    ASSESSMENTS,
    BEDS,
    BOOKS,
    ENQUIRIES,
    FEES,
    OVERVIEW,
    PRESENCE,
    RATING,
    RESIDENTS,
    ROSTERS,
    SAFETY,
    SETTINGS,
    STAFF,
    TODAY,
)
from carehome.i18n import _
from carehome.services.safety.papers_today import INSPECTION
from carehome.ui.kit.keys import keys_of, told
from carehome.ui.safety.page import PAPERS

KEYS = Path(__file__).parents[2] / "docs" / "keys.md"
OPEN = (TODAY, PRESENCE, RESIDENTS, ENQUIRIES, BEDS, ASSESSMENTS)
OPEN += (AGREEMENTS, FEES, BOOKS, STAFF, ROSTERS, SAFETY, RATING, OVERVIEW, SETTINGS)
TABBED = (BOOKS, SAFETY, RATING, OVERVIEW)  # pages whose tabs have keys of their own


@pytest.fixture
def live(shell, ways, jobs, qtbot):
    """The keys by heading, as the director has them with the first tab of each page."""
    found = {}
    for title in OPEN:
        page = shell.open_page(title)
        if title == RESIDENTS:
            page.open_resident(ways.wang)
        qtbot.waitUntil(lambda: not jobs.is_busy)
        QApplication.processEvents()
        of_page = keys_of(page)
        found[_(title)] = told(of_page)
        sources = {key.source for key in of_page}
        rest = [key for key in keys_of(shell) if key.source not in sources]
        found["所有页面"] = told(rest)
        if title in TABBED:
            found |= of_tabs(title, page, settle(qtbot, jobs))
    return found


def settle(qtbot, jobs):
    """Return what waits until a page stands as it was asked for."""

    def wait():
        qtbot.waitUntil(lambda: not jobs.is_busy)
        QApplication.processEvents()

    return wait


def of_tabs(title, page, wait):
    """Return the keys of the further tabs of a page, without those of the first."""
    first, found = told(keys_of(page)), {}
    for tab in page.titles[1:]:
        page.open_tab(tab)
        wait()
        found[_(tab)] = told(keys_of(page))
    if title == SAFETY:
        page.open_tab(PAPERS, (INSPECTION, 0))
        wait()
        found["外部检查"] = told(keys_of(page))
    return {
        f"{_(title)}：{name}": [row for row in rows if row not in first]
        for name, rows in found.items()
        if set(rows) - set(first)
    }


def table(rows):
    lines = [f"| `{keys.replace('、', '` `')}` | {words} |" for keys, words in rows]
    return "\n".join(["| 按键 | 作用 |", "|---|---|", *lines])


def test_the_tables_of_keys_are_true(live):
    text = KEYS.read_text("utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.M)[1:]
    written = dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))
    assert written == {title: table(rows) for title, rows in live.items()}
