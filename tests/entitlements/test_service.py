from dataclasses import replace
from datetime import date

import pytest

from carehome.rules.entitlements import Standing
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.services.entitlements import Entitlements, NotNoted
from carehome.services.residents import Residents
from carehome.services.residents.categories import Category
from tests.conftest import TODAY
from tests.house import build, settle


@pytest.fixture
def entitlements(as_role):
    return as_role(Entitlements)


@pytest.fixture
def residents(as_role):
    return as_role(Residents)


@pytest.fixture
def wang(db, residents):
    wang = settle(db, "王秀英", build(db)["301-1"])
    born = date(1944, 1, 1)
    person = replace(residents.file(wang).person, born=born, ability_level=3)
    residents.change_person(wang, person)
    return wang


def standing(entitlements, resident_id, item):
    listed = entitlements.of(resident_id)
    return next(e.finding.standing for e in listed if e.finding.item.code == item)


def test_all_items_stand_in_the_file(entitlements, wang):
    assert len(entitlements.of(wang)) == 16
    assert standing(entitlements, wang, "4") is Standing.MAY


def test_a_category_makes_somebody_entitled_while_it_holds(
    entitlements, residents, wang
):
    residents.add_category(wang, Category("hardship", TODAY, None, "低收入认定书"))
    assert standing(entitlements, wang, "7") is Standing.MAY
    change = residents.file(wang).belongs[0]
    residents.change_category(replace(change, starts=date(2025, 1, 1), ends=TODAY))
    assert standing(entitlements, wang, "7") is Standing.UNKNOWN


def test_what_is_received_is_noted_with_who_and_when(entitlements, wang):
    entitlements.set_state(wang, "4", Standing.RECEIVES, date(2026, 1, 1), "每月 50 元")
    (noted,) = (e for e in entitlements.of(wang) if e.is_noted)
    assert (noted.since, noted.note) == (date(2026, 1, 1), "每月 50 元")
    assert (noted.noted_on, noted.noted_by) == (TODAY, "director")


def test_what_was_noted_can_be_removed(entitlements, wang):
    entitlements.set_state(wang, "4", Standing.REFUSED)
    entitlements.clear_state(wang, "4")
    assert standing(entitlements, wang, "4") is Standing.MAY


@pytest.mark.parametrize("state", [Standing.MAY, Standing.UNKNOWN, Standing.NOT])
def test_what_is_read_by_the_program_is_not_noted(entitlements, wang, state):
    with pytest.raises(NotNoted):
        entitlements.set_state(wang, "4", state)


def test_nothing_is_received_from_tomorrow_on(entitlements, wang):
    with pytest.raises(NotComeYet):
        entitlements.set_state(wang, "4", Standing.RECEIVES, date(2026, 12, 1))


def test_the_accountant_notes_nothing(as_role, wang):
    with pytest.raises(NotAllowed):
        as_role(Entitlements, Role.ACCOUNTANT).set_state(wang, "4", Standing.RECEIVES)


def test_everybody_who_lives_here_is_listed(entitlements, residents, wang):
    listed = entitlements.reminders()
    assert {each.resident_id for each in listed} == {wang}
    assert {each.bed for each in listed} == {"301-1"}
    residents.discharge(wang, TODAY, "回家")
    assert entitlements.reminders() == []


def test_both_kinds_of_subsidy_are_told_of_the_day(entitlements, wang):
    entitlements.set_state(wang, "7", Standing.RECEIVES)
    assert entitlements.today(TODAY) == []
    entitlements.set_state(wang, "15", Standing.RECEIVES)
    (told,) = entitlements.today(TODAY)
    assert told.target.key == wang
