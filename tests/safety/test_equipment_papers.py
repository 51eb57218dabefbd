"""What is printed of equipment: labels on sheets of the trade, the ledger, dues."""

from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from carehome.reports.safety_labels import QUIET, code_side, scale
from carehome.rules.rights import Role
from carehome.rules.safety.approvals import Paper
from carehome.rules.safety.equipment import Done
from carehome.rules.safety.labels import SHEETS, StartOutside
from carehome.services.change_log import ChangeLog, LogFilter
from carehome.services.safety.approvals import SafetyPapers
from carehome.services.safety.equipment import Equipment, Piece
from carehome.services.safety.equipment_papers import (
    Ahead,
    AheadOutside,
    EquipmentPapers,
)
from carehome.services.safety.photos import read_picture
from tests.conftest import TODAY
from tests.safety.qr_reader import page, read, sample

POWDER = "干粉灭火器"
MADE = date(2020, 6, 1)
A4 = (210, 297)


@pytest.fixture
def equipment(as_role):
    return as_role(Equipment)


@pytest.fixture
def papers(as_role):
    return as_role(EquipmentPapers, Role.FRONT_DESK)


@pytest.fixture
def powder(equipment):
    return next(kind for kind in equipment.ledger().kinds if kind.name == POWDER)


@pytest.fixture
def piece(powder):
    return Piece(powder.kind_id, "一楼东侧楼梯口", "MFZ/ABC4", MADE)


@pytest.fixture
def one(equipment, piece):
    return equipment.add(piece)[0]


@pytest.fixture
def written(tmp_path):
    """Return a function that draws a paper and returns its pages as text."""

    def draw(write, *values):
        path = tmp_path / "paper.pdf"
        write(*values, path)
        return [page.extract_text() for page in PdfReader(path).pages]

    return draw


def test_labels_bear_number_place_and_life(papers, one, written):
    (text,) = written(papers.write_labels, [one], "cut", 1)
    for told in (f"E-{one:04}", POWDER, "一楼东侧楼梯口", "2020-06-01", "2030-06-01"):
        assert told in text


@pytest.mark.parametrize("code", SHEETS)
def test_every_sheet_tells_number_kind_and_place(papers, one, written, code):
    (text,) = written(papers.write_labels, [one], code, 1)
    for told in (f"E-{one:04}", POWDER, "一楼东侧楼梯口"):
        assert told in text.replace("\n", "")


@pytest.mark.parametrize(("start", "pages"), [(1, 1), (2, 2), (24, 2)])
def test_labels_begin_where_the_sheet_was_left(
    papers, equipment, piece, written, start, pages
):
    ids = equipment.add(piece, 24)
    texts = written(papers.write_labels, ids, "70x37", start)
    assert len(texts) == pages
    assert texts[0].count("E-") == 24 - (start - 1)


@pytest.mark.parametrize("start", [0, 25, -3])
def test_labels_beyond_the_sheet_are_refused(papers, one, tmp_path, start):
    with pytest.raises(StartOutside):
        papers.write_labels([one], "70x37", start, tmp_path / "labels.pdf")


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_labels_lie_on_the_paper_and_apart(sheet):
    places = [sheet.place(at) for at in range(sheet.count)]
    assert len(set(places)) == sheet.count
    for x, y in places:
        assert min(x, y) >= 0
        assert x + sheet.wide <= A4[0] + 0.5
        assert y + sheet.high <= A4[1]


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_code_is_large_enough_with_white_around(sheet):
    side = code_side(sheet)
    assert side >= 15
    assert side + 2 * QUIET <= sheet.high
    assert 4 * side / 21 <= 1.01 * QUIET * scale(sheet)  # four of its 21 modules


@pytest.mark.parametrize("code", SHEETS)
def test_a_scanner_reads_each_label_from_the_printed_sheet(
    papers, equipment, piece, tmp_path, code
):
    kind, path = SHEETS[code], tmp_path / "labels.pdf"
    ids, start = equipment.add(piece, 3), kind.count - 2
    papers.write_labels(ids, code, start, path)
    is_dark, edge = page(path), QUIET * scale(kind)
    places = [kind.place(at) for at in range(start - 1, kind.count)]
    assert [
        equipment.by_label(read(sample(is_dark, x + edge, y + edge, code_side(kind))))
        for x, y in places
    ] == ids


@pytest.mark.parametrize("code", SHEETS)
def test_the_paper_around_the_code_of_a_label_is_empty(papers, one, tmp_path, code):
    kind, path = SHEETS[code], tmp_path / "labels.pdf"
    papers.write_labels([one], code, 1, path)
    is_dark, edge, side = page(path), QUIET * scale(kind), code_side(kind)
    x, y = (each + edge for each in kind.place(0))
    module = side / 21
    for away in (n * module for n in (1, 2, 3, 3.8)):  # a scanner asks for four
        for along in (n * 0.2 for n in range(int(side / 0.2))):
            assert not is_dark(x + along, y - away)
            assert not is_dark(x + along, y + side + away)
            assert not is_dark(x - away, y + along)
            assert not is_dark(x + side + away, y + along)


def test_ledger_lists_what_is_in_use(papers, equipment, one, piece, written):
    gone = equipment.add(piece)[0]
    equipment.scrap(gone, TODAY, "")
    text = "".join(written(papers.write_ledger))
    assert f"E-{one:04}" in text
    assert f"E-{gone:04}" not in text
    assert "应维保" in text


def test_ledger_tells_what_is_overdue_from_what_is_soon_due(
    papers, equipment, piece, written
):
    _late, soon = equipment.add(piece, 2)
    equipment.record([soon], Done(TODAY, next_on=TODAY + timedelta(days=5)))
    text = "".join(written(papers.write_ledger)).replace("\n", "")
    assert text.count("应维保（逾期）") == text.count("应维保（快到期）") == 1


def test_dues_are_told_month_by_month_the_overdue_first(
    papers, equipment, piece, powder, written
):
    late, soon, later = equipment.add(piece, 3)
    equipment.record([soon], Done(TODAY, next_on=date(2027, 1, 5)))
    equipment.record([later], Done(TODAY, next_on=date(2027, 5, 5)))
    text = "".join(written(papers.write_dues, Ahead(months=3)))
    assert text.index(f"E-{late:04}") < text.index(f"E-{soon:04}")
    assert "2027年1月" in text
    assert f"E-{later:04}" not in text


def test_dues_name_firm_contract_and_phone(
    as_role, papers, equipment, one, powder, written
):
    told = Paper(
        "fire_service",
        TODAY,
        TODAY + timedelta(300),
        party="安信消防",
        number="HT-26",
        contact="刘工 13800000000",
    )
    contract = as_role(SafetyPapers).save(told)
    values = {name: getattr(powder, name) for name in type(powder).__dataclass_fields__}
    equipment.save_kind(type(powder)(**{**values, "contract_id": contract}))
    text = "".join(written(papers.write_dues, Ahead(3, contract)))
    for part in ("安信消防", "HT-26", "刘工 13800000000", f"E-{one:04}"):
        assert part in text


def test_dues_of_another_firm_are_left_out(papers, one, written):
    text = "".join(written(papers.write_dues, Ahead(3, 99)))
    assert f"E-{one:04}" not in text


@pytest.mark.parametrize("months", [0, 37])
def test_looking_too_far_ahead_is_refused(papers, tmp_path, months):
    with pytest.raises(AheadOutside):
        papers.write_dues(Ahead(months), tmp_path / "dues.pdf")


def test_workbook_holds_days_as_days(papers, one, tmp_path):
    path = tmp_path / "dues.xlsx"
    papers.save_dues(Ahead(), path)
    cells = [cell.value for row in load_workbook(path).active for cell in row]
    assert f"E-{one:04}" in cells
    assert any(getattr(cell, "year", 0) == 2025 for cell in cells)


def test_workbook_of_the_ledger_is_noted_in_the_log(papers, one, tmp_path, as_role):
    papers.save_ledger(tmp_path / "ledger.xlsx")
    entry = as_role(ChangeLog).page(LogFilter(record="list")).entries[0]
    assert (entry.actor, entry.deed) == ("front_desk", "导出表格")


def test_plan_shows_points_with_their_numbers(
    papers, equipment, one, tmp_path, written
):
    picture = tmp_path / "floor.png"
    Image.new("RGB", (300, 200), "white").save(picture)
    plan = equipment.add_plan("一楼平面图", read_picture(picture))
    equipment.put_on_plan(one, plan, 5000, 5000)
    (text,) = written(papers.write_plan, plan)
    for told in ("一楼平面图", f"E-{one:04}", "干：干粉灭火器 1 件"):
        assert told in text
