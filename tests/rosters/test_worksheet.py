"""The month while it is written: what deeds change, what is counted and marked."""

from dataclasses import replace
from datetime import date

import pytest

from carehome.rules.rosters.checking import check
from carehome.rules.rosters.problem import (
    OFF,
    Bar,
    Demand,
    Limit,
    Person,
    Problem,
    Roster,
    Shift,
    Why,
)
from carehome.ui.rosters import deeds
from carehome.ui.rosters.cover import lines_of
from carehome.ui.rosters.deeds import Block
from carehome.ui.rosters.month import Kind, Month
from carehome.ui.rosters.worksheet import Entry, Worksheet

EARLY = Shift("E", 480, 420, 480, name="早班")
NIGHT = Shift("N", 480, 1380, 480, True, frozenset({"E"}))
KINDS = (Kind("E", "E", "早", "早班", "07–15"), Kind("N", "N", "夜", "夜班", "23–07"))
FIRST, DAYS = date(2026, 12, 1), 31  # a Tuesday


def month(rows=None, **facts):
    people = (
        Person("1", "何梅", unit="a", before=("E",) * 7),
        Person("2", "赵敏", unit="b", run=Limit(most=3, weight=5)),
    )
    problem = Problem(FIRST, DAYS, (EARLY, NIGHT), people, **facts)
    blank = {person.key: (OFF,) * DAYS for person in people}
    return Month(
        problem, Roster(blank | (rows or {})), KINDS, units={"a": "A", "b": "B"}
    )


def row(sheet, key):
    return "".join(code or "-" for code in sheet.row(key))


def write(sheet, key, codes, start=0):
    change = {
        (key, start + at): Entry("" if code == "-" else code)
        for at, code in enumerate(codes)
    }
    return sheet.write(change)


def test_only_what_differs_is_a_change():
    sheet = Worksheet(month())
    assert write(sheet, "1", "E-N") == {("1", 0): Entry("E"), ("1", 2): Entry("N")}
    assert write(sheet, "1", "E") == {}


@pytest.mark.parametrize("codes", ["NE", "EEEE", "EEEENNNNE--EN"])
def test_marks_after_each_key_are_those_of_the_whole_check(codes):
    demands = tuple(Demand(day, "E", 1, unit="b", under=3) for day in range(DAYS))
    sheet = Worksheet(month(demands=demands))
    for at, code in enumerate(codes):
        write(sheet, "2", code, at)
    whole = check(sheet.month.problem, sheet.roster)
    assert sorted(map(repr, sheet.findings())) == sorted(map(repr, whole))
    hard, soft, score = sheet.counts()
    assert hard == sum(each.is_hard for each in whole)
    assert soft == len(whole) - hard
    assert score == sum(each.cost for each in whole)


def test_a_run_is_marked_on_its_days_and_hours_are_not():
    sheet = Worksheet(month())
    write(sheet, "2", "EEEE", 3)
    assert [sheet.mark("2", day) for day in (2, 3, 6, 7)] == [None, False, False, None]


def test_undo_brings_back_the_shift_the_unit_and_the_lock():
    sheet = Worksheet(month())
    sheet.write({("1", 0): Entry("E", "b", locked=True)})
    sheet.write({("1", 0): Entry("N")})
    assert sheet.undo() == {("1", 0): Entry("E", "b", locked=True)}
    assert sheet.entry(("1", 0)) == Entry("E", "b", locked=True)
    assert sheet.redo() == {("1", 0): Entry("N")}


def test_a_new_step_forgets_what_was_taken_back():
    sheet = Worksheet(month())
    write(sheet, "1", "E")
    sheet.undo()
    write(sheet, "1", "N")
    assert not sheet.can_redo


def test_a_pattern_leaves_locks_and_leave_alone():
    bars = {("1", 2): {code: Bar(Why.AWAY, "annual") for code in "EN"}}
    sheet = Worksheet(month(bars=bars, locked={("1", 1): OFF}))
    block = Block(("1",), range(4))
    sheet.write(deeds.lay_pattern(sheet, block, ("E",), 0))
    assert row(sheet, "1")[:5] == "E--E-"


def test_the_first_week_is_copied_from_the_month_before():
    sheet = Worksheet(month())
    sheet.write(deeds.copy_week(sheet, Block(("1",), range(2, 3))))
    assert row(sheet, "1")[:7] == "EEEEEE-"  # up to Sunday the 6th


def test_nobody_gets_a_week_that_is_not_known():
    sheet = Worksheet(month())
    assert deeds.copy_week(sheet, Block(("2",), range(2, 3))) == {}


def test_a_row_that_is_pasted_fills_all_rows_that_are_chosen():
    sheet = Worksheet(month())
    block = Block(("1", "2"), range(4))
    change, unknown = deeds.pasted(sheet, "早\t夜\n", ("1", "2"), block)
    sheet.write(change)
    assert (row(sheet, "1")[:5], row(sheet, "2")[:5]) == ("ENEN-", "ENEN-")
    assert unknown == ""


def test_a_paste_ends_with_the_month():
    sheet = Worksheet(month())
    block = Block(("2",), range(30, 31))
    change, _ = deeds.pasted(sheet, "E\tE\nE\tE", ("2",), block)
    assert set(change) == {("2", 30)}


def test_all_locked_cells_are_unlocked_and_some_are_all_locked():
    sheet = Worksheet(month(locked={("1", 0): OFF}))
    block = Block(("1",), range(2))
    sheet.write(deeds.lock(sheet, block))
    assert set(sheet.locked) == {("1", 0), ("1", 1)}
    sheet.write(deeds.lock(sheet, block))
    assert not sheet.locked


def test_cover_counts_a_unit_alone_and_all_together():
    demands = (Demand(0, "E", 2, unit="a"), Demand(0, "E", 1, unit="b"))
    sheet = Worksheet(month(demands=demands))
    write(sheet, "1", "E")
    write(sheet, "2", "E")
    (whole,) = lines_of(sheet.month.problem)
    first, second = lines_of(sheet.month.problem, by_unit=True)
    tally = whole.tally(sheet, 0)
    assert (tally.need, tally.have, tally.is_short) == (3, 2, True)
    assert first.tally(sheet, 0).is_short
    assert not second.tally(sheet, 0).is_short
    assert whole.tally(sheet, 1) is None


def test_heads_enough_without_certain_people_are_short_all_the_same():
    some = Demand(0, "E", 1, unit="a", counts=frozenset({"2"}))
    sheet = Worksheet(month(demands=(Demand(0, "E", 1, unit="a"), some)))
    write(sheet, "1", "E")
    (line,) = lines_of(sheet.month.problem)
    tally = line.tally(sheet, 0)
    assert (tally.need, tally.have, tally.lacks_some) == (1, 1, True)


def test_what_is_not_stored_yet_outlives_a_new_reading():
    sheet = Worksheet(month())
    change = write(sheet, "1", "E")
    again = Worksheet(month(), sheet.steps)
    again.catch_up(change | {("gone", 0): Entry("E")})
    assert row(again, "1").startswith("E")
    assert again.undo() == {("1", 0): Entry()}


def test_a_letter_of_the_home_goes_before_the_day_off():
    read = month()
    rest = Kind("R", "R", "日", "日班", "")
    assert read.typed("r") == OFF
    assert replace(read, kinds=(*KINDS, rest)).typed("r") == "R"
    assert read.typed("夜") == "N"
    assert read.typed("q") is None
