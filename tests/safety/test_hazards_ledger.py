"""The printed ledger tells of every hazard of its span, the open ones of before too."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader

from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.rules.safety.hazards import NewHazard, Severity
from carehome.services.safety.hazards import HazardPapers, Hazards
from tests.conftest import ROLES

FOUND = datetime(2026, 10, 2, 1, 0, tzinfo=UTC)
DECEMBER = Period(date(2026, 12, 1), date(2027, 1, 1))
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


@pytest.fixture
def ledger(db, tmp_path):
    """Return the text of the ledger of a span."""
    nurse = Hazards(db, ROLES[Role.HEAD_NURSE], lambda: FOUND)
    nurse.open(NewHazard("安全出口上锁", "一楼北门", Severity.MAJOR))
    later = FOUND + timedelta(days=60)

    def text(span):
        path = tmp_path / "ledger.pdf"
        papers = HazardPapers(db, ROLES[Role.DIRECTOR], lambda: later)
        papers.write_ledger(span, path)
        return "".join(page.extract_text() for page in PdfReader(path).pages)

    return text


@pytest.mark.parametrize("said", ["2026-0001", "安全出口上锁", "重大隐患", "逾期"])
def test_an_open_hazard_of_before_is_told(ledger, said):
    assert said in ledger(DECEMBER).replace("\n", "")


def test_what_was_found_later_is_not_told(ledger):
    assert "2026-0001" not in ledger(Period(date(2026, 9, 1), date(2026, 10, 1)))


def test_the_paper_says_how_many_are_overdue(ledger):
    assert "共 1 项，已销账 0 项，逾期 1 项" in ledger(OCTOBER)
