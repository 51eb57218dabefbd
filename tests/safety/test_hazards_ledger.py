"""The printed ledger tells of every hazard of its span, the open ones of before too."""

from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.rules.safety.hazards import NewHazard, Severity
from carehome.services.safety.hazards import HazardPapers, Hazards
from carehome.services.safety.photos import read_picture
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


@pytest.fixture
def shown(db, tmp_path):
    """A hazard with seven photos, in a ledger that shows them."""
    photos = []
    for number in range(7):
        path = tmp_path / f"IMG_{number}.jpg"
        Image.effect_noise((900, 700), 90).save(path)
        photos.append(read_picture(path))
    officer = Hazards(db, ROLES[Role.SAFETY_OFFICER], lambda: FOUND)
    number = officer.open(NewHazard("灭火器失压", "三楼"), photos[:4])
    officer.rectify(number, "已换新", "张师傅", pictures=photos[4:])
    steps, paper = [], tmp_path / "ledger.pdf"
    papers = HazardPapers(db, ROLES[Role.DIRECTOR], lambda: FOUND)
    papers.write_with_photos(OCTOBER, paper, lambda *step: steps.append(step))
    return PdfReader(paper), steps, paper


def test_all_photos_stand_behind_the_ledger(shown):
    on_pages = [len(page.images) for page in shown[0].pages]
    assert on_pages == [0, 6, 1]


def test_photos_stand_under_their_hazard_and_step(shown):
    text = shown[0].pages[1].extract_text()
    assert all(said in text for said in ("2026-0001", "三楼", "灭火器失压", "整改前"))


def test_pages_are_counted_with_the_annex(shown):
    assert "共 3 页" in shown[0].pages[0].extract_text()


def test_photos_tell_how_far_they_are(shown):
    assert shown[1] == [(done, 7) for done in range(1, 8)]


def test_printed_photos_are_small(shown):
    assert shown[2].stat().st_size < 7 * 200_000


def test_the_workbook_holds_the_ledger(db, tmp_path, ledger):
    path = tmp_path / "ledger.xlsx"
    papers = HazardPapers(db, ROLES[Role.DIRECTOR], lambda: FOUND)
    papers.write_workbook(OCTOBER, path)
    cells = [cell.value for row in load_workbook(path).active for cell in row]
    assert {"2026-0001", "安全出口上锁"} <= set(cells)
