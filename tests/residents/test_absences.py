from datetime import date, timedelta

import pytest

from carehome.rules.residents import ReturnTooEarly
from carehome.services.assessments import Assessments
from carehome.services.beds import Beds
from carehome.services.residents import Residents
from carehome.services.residents.stays import NotAway, SameDayExpected, Whereabouts
from tests.conftest import TODAY
from tests.house import build, settle

LEFT = TODAY - timedelta(days=10)
WARD = Whereabouts("市第一医院", "心内科 12 床", "王强", "13900001111")


@pytest.fixture
def residents(as_role):
    return as_role(Residents)


@pytest.fixture
def house(db):
    return build(db)


@pytest.fixture
def wang(db, house):
    return settle(db, "王秀英", house["301-1"])


def hospital(residents, who, expected=TODAY - timedelta(days=3)):
    return residents.record_absence(who, "hospital", LEFT, expected, "胸闷", WARD)


def test_an_absence_says_where_and_with_whom(residents, wang):
    hospital(residents, wang)
    (away,) = residents.file(wang).absences
    told = (away.place, away.ward, away.escort, away.phone)
    assert told == ("市第一医院", "心内科 12 床", "王强", "13900001111")


def test_who_is_away_is_listed_with_the_days_and_how_late(residents, wang):
    hospital(residents, wang)
    (line,) = residents.away(TODAY)
    assert (line.name, line.bed, line.days, line.late) == ("王秀英", "301-1", 10, 3)


def test_who_is_expected_today_is_not_late(residents, wang):
    hospital(residents, wang, TODAY)
    assert not residents.away(TODAY)[0].is_late


def test_who_came_back_is_not_listed(residents, wang):
    residents.record_return(hospital(residents, wang), TODAY)
    assert residents.away(TODAY) == []


def test_who_was_discharged_is_not_listed(residents, wang):
    hospital(residents, wang)
    residents.discharge(wang, TODAY, "转院")
    assert residents.away(TODAY) == []


def test_the_list_of_residents_tells_who_is_late(residents, wang):
    expected = TODAY - timedelta(days=3)
    away = hospital(residents, wang, expected)
    assert residents.find("")[0].late_since == expected
    residents.extend_absence(away, TODAY, "医生建议再住几天")
    assert residents.find("")[0].late_since is None


def test_an_expected_return_is_put_off_with_its_reason(residents, wang):
    away = hospital(residents, wang)
    residents.extend_absence(away, date(2026, 12, 1), "医生建议再住几天")
    (known,) = residents.file(wang).absences
    assert known.expected_on == date(2026, 12, 1)
    assert known.note == "胸闷\n医生建议再住几天"


def test_the_log_keeps_when_the_return_was_expected_before(residents, wang):
    away = hospital(residents, wang)
    residents.extend_absence(away, date(2026, 12, 1), "")
    change = residents.log(wang)[0]
    assert change.before["expected_on"] == "2026-11-18"


def test_nobody_is_expected_before_leaving(residents, wang):
    with pytest.raises(ReturnTooEarly):
        residents.extend_absence(hospital(residents, wang), date(2026, 11, 1), "")


def test_the_same_day_puts_nothing_off(residents, wang):
    with pytest.raises(SameDayExpected):
        residents.extend_absence(
            hospital(residents, wang), TODAY - timedelta(days=3), ""
        )


def test_who_is_back_is_not_expected_any_more(residents, wang):
    away = hospital(residents, wang)
    residents.record_return(away, TODAY)
    with pytest.raises(NotAway):
        residents.extend_absence(away, date(2026, 12, 1), "")


def test_a_move_keeps_its_reason(residents, as_role, house, wang):
    as_role(Beds).move(wang, house["301-2"], TODAY, "与同室不和")
    newest, former = residents.file(wang).beds
    assert (newest.reason, former.reason) == ("与同室不和", "")


def test_a_return_from_hospital_may_ask_for_an_assessment(residents, as_role, wang):
    residents.record_return(hospital(residents, wang), TODAY, "住院后返院")
    (flag,) = as_role(Assessments).flags(wang)
    assert (flag.day, flag.reason, flag.is_open) == (TODAY, "住院后返院", True)


def test_without_a_change_no_assessment_is_asked_for(residents, as_role, wang):
    residents.record_return(hospital(residents, wang), TODAY)
    assert as_role(Assessments).flags(wang) == []
