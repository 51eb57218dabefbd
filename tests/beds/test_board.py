"""Where the beds of the board lie, and how one walks over them."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint

from carehome.rules.beds import BedState
from carehome.services.beds import Board, BoardBed, BoardFloor, BoardRoom, Counts
from carehome.ui.beds import cells
from carehome.ui.beds.board import BedBoard
from carehome.ui.beds.faces import Face, say_floor
from carehome.ui.beds.house import House
from carehome.ui.beds.plan import ENOUGH, lay_out
from carehome.ui.kit import theme
from tests.kit.conftest import _dressed, shown  # noqa: F401 - fixtures

pytestmark = pytest.mark.usefixtures("_dressed")
WIDE, NARROW = 1100, 400


def board_of(*floors):
    """Build a board; a floor is a list of rooms, each the number of its beds."""
    number, made = 0, []
    for at, rooms in enumerate(floors):
        built = []
        for room, count in enumerate(rooms):
            beds = []
            for label in range(1, count + 1):
                number += 1
                name = f"{room}-{label}"
                free = BedState.FREE
                beds.append(
                    BoardBed(
                        number, str(label), name, "B", "双人间", False, free, "", None
                    )
                )
            built.append(BoardRoom(100 * at + room, str(room), "any", tuple(beds)))
        floor = BoardFloor(
            at, 1, "一号楼", f"{at}楼", at, "", "", tuple(built), Counts()
        )
        made.append(floor)
    return Board(date(2026, 11, 21), tuple(made), Counts(beds=number))


def test_right_leads_to_the_same_bed_of_the_next_room():
    plan = lay_out(board_of([2, 2, 1]), WIDE)
    assert plan.beside(2, 1) == 4
    assert plan.beside(4, 1) == 5
    assert plan.beside(5, 1) == 5


def test_left_leads_back_also_to_the_floor_above():
    plan = lay_out(board_of([2], [2]), WIDE)
    assert plan.beside(3, -1) == 1
    assert plan.beside(1, -1) == 1


def test_down_leads_through_the_room_and_on_to_the_one_below():
    plan = lay_out(board_of([2, 2], [3, 3]), WIDE)
    assert [plan.below(3, 1), plan.below(4, 1)] == [4, 8]
    assert plan.below(8, -1) == 4


def test_down_passes_rooms_that_have_fewer_beds():
    plan = lay_out(board_of([3, 1], [1, 1]), WIDE)
    assert plan.below(4, 1) == 6


def test_page_keys_lead_from_floor_to_floor_past_empty_ones():
    plan = lay_out(board_of([2, 2], [], [1, 1]), WIDE)
    assert [plan.floor(3, 1), plan.floor(5, 1)] == [5, 5]
    assert [plan.floor(6, -1), plan.floor(2, -1)] == [1, 1]


def test_rooms_without_beds_are_shown_and_walked_past():
    plan = lay_out(board_of([1, 0, 1]), WIDE)
    assert len(list(plan.rooms())) == 3
    assert plan.beside(1, 1) == 2


def test_a_narrow_board_has_fewer_rooms_in_a_row():
    board = board_of([2] * 8)
    assert len(lay_out(board, WIDE).floors[0].rows) == 1
    assert len(lay_out(board, NARROW).floors[0].rows) == 4


def test_rows_are_of_one_length_where_that_can_be():
    [floor] = lay_out(board_of([1] * 16), WIDE).floors
    assert [len(row) for row in floor.rows] == [8, 8]


def test_only_rooms_with_wanted_beds_are_shown():
    plan = lay_out(board_of([2, 2], [2]), WIDE, shown={3})
    assert [room.room.name for room in plan.rooms()] == ["1"]
    assert len(plan.floors) == 1


ROOMS = st.lists(st.integers(0, 5), max_size=12)


@given(st.lists(ROOMS, min_size=1, max_size=4), st.integers(240, 1600))
def test_no_cell_covers_another_or_leaves_its_floor(floors, width):
    plan = lay_out(board_of(*floors), width)
    for floor in plan.floors:
        boxes = [box for row in floor.rows for room in row for _spot, box in room.beds]
        assert all(floor.box.contains(box) for box in boxes)
        assert not any(a.intersects(b) for a in boxes for b in boxes if a is not b)
        for room in (room for row in floor.rows for room in row):
            for spot, box in room.beds:
                assert plan.at(box.center()) == spot


@given(st.lists(ROOMS, min_size=1, max_size=4), st.integers(240, 1600))
def test_every_bed_is_reached_with_the_arrow_keys(floors, width):
    board = board_of(*floors)
    plan = lay_out(board, width)
    reached, rest = set(), [1] if board.counts.beds else []
    while rest:
        bed = rest.pop()
        if bed not in reached:
            reached.add(bed)
            rest += [plan.beside(bed, step) for step in (-1, 1)]
            rest += [plan.below(bed, step) for step in (-1, 1)]
    assert len(reached) == board.counts.beds


DEMONSTRATION = board_of([2] * 16, [4] * 8, [4] * 8, [4] * 8)


def test_128_beds_are_seen_at_once_on_a_small_screen():
    wide, high = 1138, 585  # what is left for the board of 1366 x 768
    assert DEMONSTRATION.counts.beds == 128
    assert lay_out(DEMONSTRATION, wide, height=high).height <= high


def test_where_there_is_room_beds_are_roomy():
    small = lay_out(DEMONSTRATION, 1138, height=585).box(1)
    large = lay_out(DEMONSTRATION, 1692, height=898).box(1)
    assert large.height() > small.height()
    assert large.width() >= theme.px(ENOUGH)


def test_nothing_grows_while_one_looks_for_something():
    all_of_it = lay_out(DEMONSTRATION, 1138, height=585).box(1)
    narrowed = lay_out(DEMONSTRATION, 1138, shown={1}, height=585).box(1)
    assert narrowed.size() == all_of_it.size()


@pytest.mark.parametrize("lines", range(1, 8))
def test_a_floor_says_no_more_than_it_has_room_for(lines):
    counts = Counts(32, 28, 28, 2, 1, 0, 1, 1)
    [floor] = board_of([4]).floors
    floor = replace(floor, counts=counts, unit_label="失能照护单元")
    said = say_floor(floor, "一号楼", lines)
    assert 0 < len(said) <= lines
    assert any("32" in text for text in said)


def test_the_cursor_is_scrolled_into_sight(shown):
    board = BedBoard(carrying=False)
    board.resize(400, 300)
    board.show_house(House(board_of(*[[4] * 6] * 6)))
    shown(board)
    assert not board.viewport().rect().contains(board.cell(140))
    board.select(140)
    assert board.viewport().rect().contains(board.cell(140))


def test_between_the_cells_is_no_bed():
    plan = lay_out(board_of([1]), WIDE)
    assert plan.at(QPoint(2, 2)) is None
    assert plan.at(QPoint(5, 5000)) is None


@pytest.mark.parametrize("chip", ["", "info"])
def test_a_name_stands_whole_before_the_word_beside_it(chip):
    face = Face("2 高爱华", "Moderately", "a2", chip)
    fit = cells._fit(face, theme.px(110), theme.px(cells.NAME))
    assert fit.left == "2 高爱华"
    assert fit.right.startswith("Mo")


def test_wide_cells_tell_sex_and_age_as_well():
    face = Face("2 高爱华", "中度", "a2", more="女 86")
    narrow, wide = (
        cells._fit(face, theme.px(width), theme.px(cells.NAME))
        for width in (ENOUGH - 1, ENOUGH)
    )
    assert (narrow.more_at, wide.more_at > 0) == (0, True)
