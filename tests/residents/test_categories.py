from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from carehome.db.residents import ResidentCategoryRow
from carehome.rules.home import NameMissing
from carehome.rules.residents import NotComeYet
from carehome.services.residents import Residents
from carehome.services.residents.categories import (
    Category,
    CategoryTurned,
    CategoryTwice,
    codes_on_in,
)
from tests.conftest import TODAY
from tests.house import DIRECTOR, build, settle

JAN, JUNE, LAST_YEAR = date(2026, 1, 1), date(2026, 6, 1), date(2025, 6, 1)
PROVEN = Category(
    "hardship", LAST_YEAR, JUNE, "低收入认定书", "2025-018", None, "李静", JAN
)


@pytest.fixture
def residents(as_role):
    return as_role(Residents)


@pytest.fixture
def wang(db):
    return settle(db, "王秀英", build(db)["301-1"])


def codes(db, resident_id, day):
    with db.reading() as session:
        return codes_on_in(session, resident_id, day)


def test_a_category_keeps_its_proof(residents, wang):
    number = residents.add_category(wang, PROVEN)
    (known,) = residents.file(wang).belongs
    assert known == replace(PROVEN, category_id=number, label="经济困难老年人")


def test_last_year_is_asked_about_as_it_was_then(db, residents, wang):
    residents.add_category(wang, PROVEN)
    assert codes(db, wang, JAN) == ["hardship"]
    assert codes(db, wang, JUNE) == []
    assert residents.file(wang).categories == ()


def test_without_a_beginning_a_category_has_always_held(db, residents, wang):
    residents.add_category(wang, Category("hardship"))
    assert codes(db, wang, date(1999, 1, 1)) == ["hardship"]


def test_somebody_belongs_to_a_category_again_when_it_has_ended(db, residents, wang):
    residents.add_category(wang, PROVEN)
    residents.add_category(wang, replace(PROVEN, starts=JUNE, ends=None))
    assert codes(db, wang, JUNE) == ["hardship"]


@pytest.mark.parametrize("starts", [None, JAN])
def test_nobody_belongs_to_a_category_twice_on_a_day(residents, wang, starts):
    residents.add_category(wang, PROVEN)
    with pytest.raises(CategoryTwice):
        residents.add_category(wang, replace(PROVEN, starts=starts, ends=None))


def test_the_file_itself_refuses_a_category_twice_on_a_day(db, wang):
    rows = [
        ResidentCategoryRow(resident_id=wang, code="hardship", starts=starts)
        for starts in (None, JAN)
    ]
    with db.writing(DIRECTOR, "twice") as session:
        session.add(rows[0])
        session.flush()
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(rows[1])


def test_a_category_ends_after_it_began(residents, wang):
    with pytest.raises(CategoryTurned):
        residents.add_category(wang, replace(PROVEN, ends=LAST_YEAR))


def test_a_category_is_chosen(residents, wang):
    with pytest.raises(NameMissing):
        residents.add_category(wang, Category(""))


def test_nobody_verifies_tomorrow(residents, wang):
    with pytest.raises(NotComeYet):
        residents.add_category(wang, replace(PROVEN, verified_on=date(2027, 1, 1)))


def test_a_category_is_corrected_as_it_stands(residents, wang):
    number = residents.add_category(wang, PROVEN)
    right = replace(PROVEN, code="low_income", category_id=number)
    residents.change_category(right)
    assert [each.code for each in residents.file(wang).belongs] == ["low_income"]


def test_a_category_is_ended(db, residents, wang):
    number = residents.add_category(wang, replace(PROVEN, ends=None))
    residents.end_category(number, TODAY)
    assert codes(db, wang, TODAY) == []
    assert codes(db, wang, JAN) == ["hardship"]


def test_a_category_does_not_end_before_it_began(residents, wang):
    number = residents.add_category(wang, replace(PROVEN, ends=None))
    with pytest.raises(CategoryTurned):
        residents.end_category(number, LAST_YEAR)


def test_ticking_begins_today_and_unticking_ends_today(db, residents, wang):
    residents.add_category(wang, replace(PROVEN, ends=None))
    residents.set_categories(wang, ["disabled"])
    assert codes(db, wang, TODAY) == ["disabled"]
    assert codes(db, wang, JAN) == ["hardship"]


def test_what_was_ticked_today_leaves_no_trace_when_unticked(residents, wang):
    residents.set_categories(wang, ["disabled"])
    residents.set_categories(wang, [])
    assert residents.file(wang).belongs == []


def test_the_list_shows_the_categories_of_today(residents, wang):
    residents.add_category(wang, PROVEN)
    residents.add_category(wang, Category("disabled"))
    (line,) = residents.find("")
    assert line.categories == ("disabled",)
