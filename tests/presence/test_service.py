from datetime import date, timedelta

import pytest
from sqlalchemy import event

from carehome.db.beds import BedUseRow
from carehome.db.presence import EvacuationRow
from carehome.rules.departures import Departure
from carehome.rules.presence import News, Windows
from carehome.rules.rights import NotAllowed, Role
from carehome.services.departures import Departures, Order
from carehome.services.presence import NoWay, Presence
from carehome.services.residents import Person
from tests.conftest import TODAY
from tests.house import DIRECTOR, settle

YESTERDAY = TODAY - timedelta(days=1)
LONG_AGO = date(2026, 11, 2)


def one(here, resident_id):
    return next(each for each in here.people if each.resident_id == resident_id)


def news(here, resident_id):
    return {told.news for told in one(here, resident_id).news}


def test_who_lives_here_is_in(presence, wang):
    assert one(presence.here(TODAY), wang).out is None


def test_people_stand_floor_by_floor_and_bed_by_bed(presence, li, wang):
    [floor] = presence.here(TODAY).floors
    assert [each.bed for each in floor.people] == ["301-1", "301-2"]


def test_who_is_away_is_out_since_and_until(presence, residents, wang):
    back = TODAY + timedelta(days=2)
    residents.record_absence(wang, "leave", YESTERDAY, back, "回女儿家")
    out = one(presence.here(TODAY), wang).out
    assert (out.kind, out.left_on, out.expected_on) == ("leave", YESTERDAY, back)


def test_who_should_be_back_is_overdue(presence, residents, wang):
    residents.record_absence(wang, "leave", LONG_AGO, YESTERDAY)
    assert one(presence.here(TODAY), wang).out.is_overdue


def test_who_is_back_is_in_and_that_is_news(presence, residents, wang):
    number = residents.record_absence(wang, "hospital", LONG_AGO)
    residents.record_return(number, YESTERDAY)
    here = presence.here(TODAY)
    assert one(here, wang).out is None
    assert News.RETURNED in news(here, wang)


def test_who_came_these_days_is_new(db, presence, house):
    number = settle(db, "王秀英", house["301-1"], YESTERDAY)
    assert one(presence.here(TODAY), number).is_new


def test_the_first_bed_of_somebody_new_is_no_change(db, presence, house):
    number = settle(db, "王秀英", house["301-1"], YESTERDAY)
    assert not one(presence.here(TODAY), number).is_changed


def test_a_move_is_news(presence, beds, house, wang):
    beds.move(wang, house["301-2"], YESTERDAY)
    assert news(presence.here(TODAY), wang) == {News.MOVED}


def test_an_old_move_is_none(presence, beds, house, wang):
    beds.move(wang, house["301-2"], LONG_AGO)
    assert news(presence.here(TODAY), wang) == set()


def test_how_long_something_is_news_is_asked_for(presence, beds, house, wang):
    beds.move(wang, house["301-2"], LONG_AGO)
    here = presence.here(TODAY, Windows(changed=30))
    assert news(here, wang) == {News.MOVED}


def test_another_grade_is_news(presence, residents, wang):
    residents.set_grade(wang, "full", YESTERDAY, "跌倒后", "王强")
    assert News.GRADE in news(presence.here(TODAY), wang)


def test_another_ability_level_is_news(presence, residents, wang):
    residents.change_person(wang, Person("王秀英", "female", ability_level=3))
    assert News.ABILITY in news(presence.here(TODAY), wang)


def test_who_is_about_to_leave_is_told(presence, as_role, wang):
    order = Order(Departure.HOME, TODAY + timedelta(days=3), "女儿")
    as_role(Departures).order(wang, order)
    assert one(presence.here(TODAY), wang).is_parting


def test_who_left_for_good_is_gone_and_not_sought(presence, residents, wang):
    residents.discharge(wang, TODAY, "回家")
    here = presence.here(TODAY)
    assert here.people == []
    assert here.gone == ("王秀英",)


def test_who_has_no_bed_is_not_forgotten(db, presence, house, wang):
    with db.writing(DIRECTOR, "raw") as session:
        for use in session.query(BedUseRow):
            session.delete(use)
    [floor] = presence.here(TODAY).floors
    assert [each.name for each in floor.people] == ["王秀英"]


def test_how_somebody_gets_out_is_unknown_at_first(presence, wang):
    assert one(presence.here(TODAY), wang).leaving.way == ""


def test_what_is_said_is_kept_with_day_and_person(presence, wang):
    presence.set_way(wang, "wheelchair", " 吸氧 ")
    leaving = one(presence.here(TODAY), wang).leaving
    assert (leaving.way, leaving.needs) == ("wheelchair", "吸氧")
    assert (leaving.set_on, leaving.set_by) == (TODAY, "director")


def test_saying_it_again_replaces_it(db, presence, wang):
    presence.set_way(wang, "wheelchair")
    presence.set_way(wang, "carried")
    with db.reading() as session:
        assert [row.way for row in session.query(EvacuationRow)] == ["carried"]


def test_taking_over_keeps_what_must_go_along(presence, wang, li):
    presence.set_way(wang, "alone", "助听器")
    presence.take_over({wang: "one_helper", li: "carried"})
    here = presence.here(TODAY)
    assert one(here, wang).leaving.needs == "助听器"
    assert one(here, li).leaving.way == "carried"


@pytest.mark.parametrize("way", ["", "by balloon"])
def test_a_way_has_to_be_one(presence, wang, way):
    with pytest.raises(NoWay):
        presence.set_way(wang, way)


def test_a_way_that_is_none_is_not_taken_over(presence, wang):
    with pytest.raises(NoWay):
        presence.take_over({wang: "by balloon"})


def test_the_safety_officer_knows_names_and_ways_out(as_role, presence, wang):
    presence.set_way(wang, "carried", "吸氧")
    told = one(as_role(Presence, Role.SAFETY_OFFICER).here(TODAY), wang)
    assert (told.name, told.leaving.way, told.leaving.needs) == (
        "王秀英",
        "carried",
        "吸氧",
    )


def test_the_safety_officer_knows_no_care(as_role, residents, wang):
    person = Person("王秀英", "female", ability_level=3, has_dementia=True)
    residents.change_person(wang, person)
    residents.set_grade(wang, "full", YESTERDAY, "跌倒后", "王强")
    residents.record_absence(wang, "hospital", YESTERDAY, note="肺炎")
    told = one(as_role(Presence, Role.SAFETY_OFFICER).here(TODAY), wang)
    assert (told.grade, told.ability_level, told.has_dementia) == ("", None, False)
    assert told.out.note == ""
    assert {each.news for each in told.news} == {News.WENT_OUT}


def test_only_nurses_say_how_somebody_gets_out(as_role, wang):
    with pytest.raises(NotAllowed):
        as_role(Presence, Role.FRONT_DESK).set_way(wang, "alone")


def test_the_nurse_hears_of_whom_nothing_is_said(presence, wang, li):
    presence.set_way(wang, "alone")
    [concern] = presence.today(TODAY)
    assert concern.count == 1
    assert "李桂兰" in str(concern.text)


def test_nothing_is_asked_when_all_is_said(presence, wang):
    presence.set_way(wang, "alone")
    assert presence.today(TODAY) == []


def test_the_whole_house_takes_as_many_queries_as_one_person(db, presence, house):
    def asked():
        told = []

        def count(_connection, _cursor, statement, *_more):
            told.append(statement)

        event.listen(db._engine, "before_cursor_execute", count)
        presence.here(TODAY)
        event.remove(db._engine, "before_cursor_execute", count)
        return len(told)

    settle(db, "王秀英", house["301-1"])
    before = asked()
    settle(db, "李桂兰", house["301-2"])
    settle(db, "张建国", house["302-1"], sex="male")
    assert asked() == before
