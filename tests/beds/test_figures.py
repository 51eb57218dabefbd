"""Beds that come, go and are closed, and the figures told of them."""

from datetime import date, datetime, timedelta

import openpyxl
import pypdf
import pytest
from sqlalchemy.exc import IntegrityError

from carehome.db.beds import BedRow, BedUseRow
from carehome.db.presence import BedClosureRow
from carehome.rules import bed_days, nursing_beds
from carehome.rules.beds import BedGone
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.services.bed_figures import BedFigures
from carehome.services.beds import Beds, NewBed
from carehome.services.beds.there import GoneBeforeThere, StillHeld
from carehome.services.residents import Residents
from tests.conftest import ROLES, TODAY
from tests.house import DIRECTOR, MARCH, build, settle

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)
FOR_CARE = NewBed("一号楼", "401", "1", "N", "四楼", 4, "any", True)
BEFORE = date(2026, 11, 11)


@pytest.fixture
def house(db):
    return build(db)


@pytest.fixture
def beds(as_role):
    return as_role(Beds)


@pytest.fixture
def figures(as_role):
    return as_role(BedFigures)


@pytest.fixture
def wang(db, house):
    return settle(db, "王秀英", house["301-1"])


@pytest.fixture
def on(db):
    """Return the beds as somebody uses them on another day."""

    def make(day):
        moment = datetime(day.year, day.month, day.day, 12).astimezone()
        return Beds(db, ROLES[Role.DIRECTOR], lambda: moment)

    return make


def closures(db):
    with db.reading() as session:
        return [(row.starts, row.ends) for row in session.query(BedClosureRow)]


def test_a_home_without_anybody_has_no_bed_days(figures, house):
    assert figures.figures(*NOVEMBER, "month").total.there == 0


def test_beds_of_the_set_up_count_since_the_first_resident(figures, wang):
    told = figures.figures(date(2026, 2, 1), date(2026, 3, 31), "month")
    assert [line.days.there for line in told.lines] == [0, 4 * 31]


def test_a_bed_counts_from_the_day_it_is_added(figures, beds, wang):
    beds.add_beds([FOR_CARE])
    assert figures.figures(*NOVEMBER, "month").total.there == 4 * 30 + 10


def test_rooms_added_later_count_from_that_day(db, beds, wang):
    floor = beds.board(TODAY).floors[0].floor_id
    beds.add_rooms(floor, "310", 2, "B")
    with db.reading() as session:
        days = {row.since for row in session.query(BedRow).offset(4)}
    assert days == {TODAY}


def test_a_use_from_before_proves_that_the_bed_was_there(db, figures, beds, wang):
    [bed] = beds.add_beds([FOR_CARE])
    settle(db, "李桂兰", bed, date(2026, 11, 1))
    assert figures.figures(*NOVEMBER, "month").total.there == 5 * 30


def test_a_bed_counts_until_it_is_gone(figures, beds, house, wang):
    beds.change_bed(house["302-2"], "2", "B", False, None, BEFORE)
    assert figures.figures(*NOVEMBER, "month").total.there == 3 * 30 + 10


def test_a_bed_that_is_gone_is_not_free(beds, house, wang):
    beds.change_bed(house["302-2"], "2", "B", False, None, BEFORE)
    assert house["302-2"] not in {bed.bed_id for bed in beds.free(TODAY)}
    assert beds.board(TODAY).counts.beds == 3


def test_nobody_moves_into_a_bed_that_is_gone(beds, house, wang):
    beds.change_bed(house["301-2"], "2", "B", False, None, BEFORE)
    with pytest.raises(BedGone):
        beds.move(wang, house["301-2"], TODAY)


def test_a_bed_that_somebody_has_does_not_go(beds, house, wang):
    with pytest.raises(StillHeld):
        beds.change_bed(house["301-1"], "1", "B", False, None, TODAY)


def test_the_file_refuses_a_use_after_a_bed_is_gone(db, beds, house, wang):
    beds.change_bed(house["301-2"], "2", "B", False, None, BEFORE)
    use = BedUseRow(bed_id=house["301-2"], resident_id=wang, starts=MARCH, ends=TODAY)
    with pytest.raises(IntegrityError), db.writing(DIRECTOR, "raw") as session:
        session.add(use)


def test_the_file_refuses_that_a_bed_goes_under_somebody(db, house, wang):
    with pytest.raises(IntegrityError), db.writing(DIRECTOR, "raw") as session:
        session.get_one(BedRow, house["301-1"]).until = TODAY


@pytest.mark.parametrize(
    ("since", "until", "refused"),
    [
        (TODAY, BEFORE, GoneBeforeThere),
        (None, TODAY + timedelta(days=1), NotComeYet),
    ],
)
def test_days_that_cannot_be_are_refused(beds, house, wang, since, until, refused):
    with pytest.raises(refused):
        beds.change_bed(house["302-2"], "2", "B", False, since, until)


def test_days_out_of_service_are_kept(db, on, beds, house, wang):
    on(BEFORE).set_out_of_service(house["302-1"], "床架维修")
    beds.set_ready(house["302-1"])
    assert closures(db) == [(BEFORE, TODAY)]


def test_another_reason_does_not_close_a_bed_twice(db, on, beds, house, wang):
    on(BEFORE).set_out_of_service(house["302-1"], "床架维修")
    beds.set_out_of_service(house["302-1"], "等配件")
    assert closures(db) == [(BEFORE, None)]


def test_a_closed_bed_that_is_cleaned_is_in_service_again(db, on, beds, house, wang):
    on(BEFORE).set_out_of_service(house["302-1"], "床架维修")
    beds.send_cleaning(house["302-1"])
    assert closures(db) == [(BEFORE, TODAY)]


def test_closed_days_are_told(figures, on, beds, house, wang):
    on(BEFORE).set_out_of_service(house["302-1"], "床架维修")
    beds.set_ready(house["302-1"])
    assert figures.figures(*NOVEMBER, "month").total.closed == 10


def test_who_is_out_keeps_the_bed(figures, as_role, wang):
    as_role(Residents).record_absence(wang, "leave", date(2026, 11, 16))
    told = figures.figures(date(2026, 11, 11), date(2026, 11, 20), "day").total
    assert (told.occupied, told.kept) == (5, 5)


def test_who_comes_and_leaves_on_one_day_takes_no_bed_day(db, figures, as_role, house):
    somebody = settle(db, "王秀英", house["301-1"], TODAY)
    as_role(Residents).discharge(somebody, TODAY, "回家")
    assert figures.figures(TODAY, TODAY, "day").total.used == 0


def test_floors_and_classes_stand_by_their_names(figures, beds, wang):
    beds.add_beds([FOR_CARE])
    told = figures.figures(TODAY, TODAY, "floor")
    assert [(line.label, line.days.there) for line in told.lines] == [
        ("三楼", 4),
        ("四楼", 1),
    ]
    assert len(figures.figures(TODAY, TODAY, "class").lines) == 2


def test_who_came_and_left_is_told_by_month(db, figures, as_role, house, wang):
    settle(db, "李桂兰", house["301-2"], date(2026, 11, 3))
    as_role(Residents).discharge(wang, date(2026, 11, 10), "回家")
    [line] = figures.figures(*NOVEMBER, "month").lines
    assert (line.flow.arrivals, line.flow.departures) == (1, 1)


def test_a_span_that_runs_backwards_is_refused(figures):
    with pytest.raises(bed_days.BackwardSpan):
        figures.figures(date(2026, 11, 2), date(2026, 11, 1), "day")


def test_the_share_of_nursing_beds_stands_beside_its_target(figures, beds, wang):
    beds.add_beds([FOR_CARE])
    told = figures.nursing(TODAY).measured
    assert (told.beds, told.nursing, told.percent, told.lacking) == (5, 1, 60, 2)


def test_the_director_sets_the_target(figures, wang):
    figures.set_target("xian-street-centre", 70)
    told = figures.nursing(TODAY)
    assert (told.target.code, told.measured.percent) == ("xian-street-centre", 70)


@pytest.mark.parametrize(
    ("kind", "percent", "refused"),
    [
        ("own", 101, nursing_beds.PercentOff),
        ("own", -1, nursing_beds.PercentOff),
        ("castle", 60, nursing_beds.UnknownKind),
    ],
)
def test_a_target_that_cannot_be_is_refused(figures, kind, percent, refused):
    with pytest.raises(refused):
        figures.set_target(kind, percent)


def test_only_the_director_sets_the_target(as_role):
    with pytest.raises(NotAllowed):
        as_role(BedFigures, Role.HEAD_NURSE).set_target("own", 50)


def test_every_target_says_where_it_stands():
    told = nursing_beds.targets().values()
    assert {target.percent for target in told} == {50, 55, 60, 70}
    assert all(target.source.document and target.note for target in told)


def test_the_figures_go_to_paper(figures, wang, tmp_path):
    path = tmp_path / "paper.pdf"
    figures.write(*NOVEMBER, "month", path)
    text = pypdf.PdfReader(path).pages[0].extract_text()
    assert "2026-11" in text
    assert "25.0 %" in text


def test_the_figures_go_into_a_workbook(figures, wang, tmp_path):
    path = tmp_path / "book.xlsx"
    figures.write_workbook(*NOVEMBER, "month", path)
    cells = [cell.value for row in openpyxl.load_workbook(path).active for cell in row]
    assert 120 in cells
