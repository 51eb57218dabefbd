"""The sheet of a round on paper, and the code that is drawn on it."""

from datetime import timedelta

import pytest
import segno
from pypdf import PdfReader

from carehome.reports.qr import draw_qr
from carehome.rules.rights import Role
from carehome.rules.safety.rounds import code, read_code
from carehome.services.safety.round_papers import RoundPapers, sheet_text
from carehome.services.safety.rounds import Answer, Rounds, Verdict
from tests.safety.round_house import ITEMS, MORNING, furnish


class Drawn:
    """A sheet that only keeps what is filled."""

    def __init__(self):
        self.blocks = []

    def block(self, *place):
        self.blocks.append(place)


@pytest.fixture
def rounds(as_role, db):
    service = as_role(Rounds, Role.SAFETY_OFFICER)
    service.begun = service.start(furnish(db), MORNING)
    return service


def text_of(path):
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def test_the_sheet_names_every_item_and_its_code(rounds, as_role, tmp_path):
    path = tmp_path / "sheet.pdf"
    as_role(RoundPapers).write_sheets([rounds.begun], path)
    text = text_of(path)
    assert [item for item in ITEMS if item not in text] == []
    assert code(rounds.begun) in text


def test_a_code_that_is_read_brings_back_its_round(rounds):
    text = sheet_text(rounds.sheet(rounds.begun))
    assert read_code(text.code) == rounds.begun


def test_an_empty_sheet_has_nothing_ticked(rounds):
    text = sheet_text(rounds.sheet(rounds.begun))
    assert {item.ticked for item in text.items} == {None}


def test_a_filled_sheet_shows_each_answer_and_what_was_seen(rounds):
    first = rounds.sheet(rounds.begun).items[0].item_id
    rounds.keep(rounds.begun, {first: Answer(Verdict.FAILED, note="门锁着")})
    item = sheet_text(rounds.sheet(rounds.begun)).items[0]
    assert (item.ticked, item.remark) == (1, "门锁着")


def test_a_sheet_entered_afterwards_says_both_times(rounds):
    items = rounds.sheet(rounds.begun).items
    rounds.keep(rounds.begun, {item.item_id: Answer(Verdict.OK) for item in items})
    ended = MORNING + timedelta(minutes=20)
    rounds.finish_late(rounds.begun, "王荣", MORNING, ended)
    facts = " ".join(sheet_text(rounds.sheet(rounds.begun)).facts)
    assert "08:20" in facts
    assert "09:30" in facts


def test_the_qr_code_fills_exactly_the_dark_modules():
    drawn, text = Drawn(), "XC-000123-45"
    matrix = segno.make(text, error="m", micro=False).matrix
    draw_qr(drawn, 0, 0, len(matrix), text)
    dark = sum(map(sum, matrix))
    assert round(sum(width for _x, _y, width, _high in drawn.blocks), 6) == dark
