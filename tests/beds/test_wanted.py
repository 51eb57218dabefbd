"""Looking for beds: chips of one group widen, chips of several groups narrow."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.beds import BedState
from carehome.services.beds import Board, BoardBed, BoardFloor, BoardRoom, Counts
from carehome.services.beds import Holder as Held
from carehome.ui.beds.faces import room_rule
from carehome.ui.beds.house import House
from carehome.ui.beds.wanted import GROUPS, NOT_ASSESSED, Census, Wanted

DAY = date(2026, 11, 21)


def bed(number, state=BedState.FREE, held=None, kind="B"):
    label = str(number)
    return BoardBed(number, label, f"301-{label}", kind, kind, False, state, "", held)


def held(sex, level, away=""):
    return Held(1, 1, "王秀英", sex, 80, level, False, away, False, DAY, None)


def house(*beds, rule="any"):
    room = BoardRoom(1, "301", rule, beds)
    floor = BoardFloor(1, 1, "一号楼", "三楼", 3, "", "", (room,), Counts())
    return House(Board(DAY, (floor,), Counts(beds=len(beds))))


HOUSE = house(
    bed(1, BedState.OCCUPIED, held("female", 4)),
    bed(2, BedState.KEPT, held("female", 2, "hospital"), kind="N"),
    bed(3, BedState.OCCUPIED, held("male", None)),
    bed(4, BedState.FREE),
    bed(5, BedState.CLEANING, kind="N"),
)


def _wanted(**chosen):
    return Wanted(**{group: frozenset(codes) for group, codes in chosen.items()})


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (_wanted(), {1, 2, 3, 4, 5}),
        (_wanted(states=["residents"]), {1, 2, 3}),
        (_wanted(states=["away"]), {2}),
        (_wanted(states=["free", "cleaning"]), {4, 5}),
        (_wanted(abilities=["4"]), {1}),
        (_wanted(abilities=["2", "4"]), {1, 2}),
        (_wanted(abilities=[NOT_ASSESSED]), {3}),
        (_wanted(classes=["N"]), {2, 5}),
        (_wanted(states=["residents"], sexes=["female"], classes=["B"]), {1}),
        (_wanted(states=["free"], abilities=["4"]), set()),
        (Wanted(floor_id=2), set()),
    ],
)
def test_beds_are_found(wanted, found):
    assert Census(HOUSE).beds_of(wanted) == found


def test_an_empty_bed_beside_a_man_is_for_men():
    beds = (bed(1, BedState.OCCUPIED, held("male", 1)), bed(2))
    assert Census(house(*beds)).beds_of(_wanted(sexes=["male"])) == {1, 2}
    assert Census(house(*beds)).beds_of(_wanted(sexes=["female"])) == set()


def test_an_empty_bed_in_a_room_for_women_is_for_women():
    only = house(bed(1), rule="female")
    assert Census(only).beds_of(_wanted(sexes=["female"])) == {1}
    assert Census(only).beds_of(_wanted(sexes=["male"])) == set()


def test_counts_tell_what_each_chip_would_find_beside_what_is_pressed():
    counts = Census(HOUSE).count(_wanted(states=["residents"]))
    assert counts["sexes"] == {"female": 2, "male": 1}
    assert counts["states"]["free"] == 1


CHOICES = st.fixed_dictionaries(
    {
        "states": st.sets(st.sampled_from(["residents", "free", "away", "cleaning"])),
        "abilities": st.sets(st.sampled_from(["2", "4", NOT_ASSESSED])),
        "sexes": st.sets(st.sampled_from(["female", "male"])),
        "classes": st.sets(st.sampled_from(["B", "N"])),
    }
)


@given(CHOICES)
def test_a_chip_alone_in_its_group_finds_as_many_as_it_tells(chosen):
    wanted = _wanted(**chosen)
    for group in GROUPS:
        for code, count in Census(HOUSE).count(wanted)[group].items():
            alone = replace(wanted, **{group: frozenset([code])})
            assert len(Census(HOUSE).beds_of(alone)) == count


def test_a_room_where_both_live_names_them_apart():
    both = house(
        bed(1, BedState.OCCUPIED, held("male", None)),
        bed(2, BedState.OCCUPIED, held("female", None)),
    )
    assert room_rule(both.board.floors[0].rooms[0]) == "女、男"
