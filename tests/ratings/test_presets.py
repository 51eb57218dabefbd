"""What comes with the program for the rating is whole and says where it is from."""

import pytest

from carehome.rules.figures import definitions
from carehome.rules.ratings import presets
from carehome.rules.ratings.items import Part, TableWrong, check
from carehome.rules.ratings.points import ONE

TABLE = presets.practice_table()
CONDITIONS = [each for one in presets.regions().values() for each in one.conditions]


def test_the_practice_table_comes_to_1000_points():
    marks = {part: mark // ONE for part, mark in TABLE.marks.items()}
    assert marks == {
        Part.ENVIRONMENT: 120,
        Part.FACILITIES: 130,
        Part.MANAGEMENT: 150,
        Part.SERVICE: 600,
    }


def test_the_practice_table_has_about_a_hundred_items():
    assert 90 <= len(TABLE.items) <= 130


def test_the_practice_table_says_that_it_is_not_official():
    assert TABLE.stamp == "示例分值 非官方"
    assert "示例分值 非官方" in TABLE.name
    assert "非官方" in TABLE.note


def test_every_item_says_how_it_is_judged_and_what_shows_it():
    assert [
        item.code for item in TABLE.items if not (item.method and item.evidence)
    ] == []


def test_every_item_says_how_hard_its_points_are():
    assert {item.effort for item in TABLE.items} <= {1, 2, 3, 4, 5}


def test_the_sections_of_the_standard_are_all_there():
    sections = {(item.part, item.section) for item in TABLE.items}
    assert [sum(part is each for each, _name in sections) for part in Part] == [
        *(8, 12, 6, 13)
    ]


def test_every_condition_says_where_it_is_from():
    assert [each.preset for each in CONDITIONS if not each.source] == []


def test_what_is_inferred_says_so():
    ours = [each for each in CONDITIONS if each.sureness == "ours"]
    assert ours
    assert all("推断" in each.note for each in ours)


def test_drafts_are_marked_as_drafts():
    drafts = [each for each in CONDITIONS if "征求意见稿" in each.source]
    assert all(
        each.standing == "draft" for each in drafts if each.preset != "national/licence"
    )


def test_every_condition_has_a_code_of_its_own():
    codes = [each.preset for each in CONDITIONS]
    assert len(set(codes)) == len(codes)


def test_a_table_that_lacks_an_item_is_refused():
    with pytest.raises(TableWrong):
        check(TABLE.items[1:], presets.usual_lines().marks)


def test_every_item_and_condition_is_tied_to_a_figure_that_there_is():
    tied = {each.figure for each in (*TABLE.items, *CONDITIONS)} - {""}
    assert tied - set(definitions()) == set()
    assert len(tied) > 20
