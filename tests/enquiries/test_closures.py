from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from carehome.db.closures import ClosureRow
from carehome.db.residents import AdmissionRow, StayRow
from carehome.rules import closures as rules
from carehome.rules.closures import ClosedToAdmissions, ClosedUntil, Part
from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.today import Urgency
from carehome.services.admissions import Admissions, Terms
from carehome.services.beds import Beds, Closing, Closures
from carehome.services.residents import Agreement, Contact, Person, Residents
from tests.conftest import TODAY
from tests.enquiries.stored import store
from tests.house import build, know, settle

DAY = timedelta(days=1)
ORDER = ("流感聚集", "区民政局")


@pytest.fixture
def beds(db):
    return build(db)


@pytest.fixture
def closures(as_role):
    return as_role(Closures)


def arrive(as_role, bed_id, planned_on):
    """Lead somebody through an admission up to the day itself."""
    admissions = as_role(Admissions)
    number = admissions.begin()
    admissions.enter_person(number, Person("李兰", "female"), "")
    called = [Contact("emergency", "李强", phone="13900000000")]
    admissions.enter_contacts(number, called)
    admissions.choose_bed(number, bed_id, planned_on)
    agreed = Terms(planned_on, "partial_1", "", Agreement(planned_on), "李强")
    admissions.agree(number, agreed)
    admissions.pass_deposit(number)
    return number


@pytest.mark.parametrize(
    ("starts", "ends", "closed"),
    [
        (TODAY, None, True),
        (TODAY, TODAY + DAY, True),
        (TODAY - DAY, TODAY, False),
        (TODAY + DAY, None, False),
        (TODAY - DAY, TODAY + DAY, True),
    ],
)
def test_nobody_moves_in_from_the_first_day_to_the_last(
    as_role, beds, closures, starts, ends, closed
):
    number = arrive(as_role, beds["301-1"], TODAY)
    closures.close(Closing(starts, ends, *ORDER))
    if closed:
        with pytest.raises(ClosedToAdmissions):
            as_role(Admissions).finish(number)
    else:
        as_role(Admissions).finish(number)
    found = as_role(Residents).find("李兰")[0]
    assert bool(found.admitted_on) is not closed


def test_the_refusal_names_the_day_on_which_the_home_opens(as_role, beds, closures):
    number = arrive(as_role, beds["301-1"], TODAY)
    closures.close(Closing(TODAY, TODAY + 5 * DAY, *ORDER))
    with pytest.raises(ClosedUntil) as refusal:
        as_role(Admissions).finish(number)
    assert refusal.value.facts["end"] == TODAY + 5 * DAY


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (TODAY - 6 * DAY, False),
        (TODAY - 5 * DAY, True),
        (TODAY - 3 * DAY, True),
        (TODAY - 2 * DAY, False),
    ],
)
def test_an_admission_is_not_corrected_into_a_closed_period(
    db, as_role, beds, closures, day, closed
):
    wang = settle(db, "王芳", beds["301-1"], TODAY - 9 * DAY)
    closures.close(Closing(TODAY - 5 * DAY, TODAY - 2 * DAY, *ORDER))
    correct = as_role(Residents).correct_admission
    if closed:
        with pytest.raises(ClosedToAdmissions):
            correct(wang, day)
    else:
        correct(wang, day)
    (stay,) = as_role(Residents).file(wang).stays
    assert (stay.admitted_on == day) is not closed


def test_people_leave_while_the_home_is_closed(db, as_role, beds, closures):
    wang = settle(db, "王芳", beds["301-1"])
    closures.close(Closing(TODAY - DAY, None, *ORDER))
    as_role(Residents).discharge(wang, TODAY, "回家")
    assert as_role(Residents).file(wang).stays[0].discharged_on == TODAY


def test_who_lives_here_comes_back_while_the_home_is_closed(
    db, as_role, beds, closures
):
    wang = settle(db, "王芳", beds["301-1"])
    residents = as_role(Residents)
    away = residents.record_absence(wang, "hospital", TODAY - 3 * DAY)
    closures.close(Closing(TODAY - DAY, None, *ORDER))
    residents.record_return(away, TODAY)
    assert residents.file(wang).absences[0].returned_on == TODAY


def test_only_the_closed_floor_takes_nobody(as_role, beds, closures):
    floor = as_role(Beds).board(TODAY).floors[0].floor_id
    number = arrive(as_role, beds["301-1"], TODAY)
    closures.close(Closing(TODAY, None, *ORDER, Part(floor_id=floor)))
    with pytest.raises(ClosedToAdmissions):
        as_role(Admissions).finish(number)


def test_another_floor_stays_open(as_role, beds, closures):
    other = as_role(Beds).add_floor(1, "四楼", 4)
    number = arrive(as_role, beds["301-1"], TODAY)
    closures.close(Closing(TODAY, None, *ORDER, Part(floor_id=other)))
    as_role(Admissions).finish(number)


def test_a_reservation_made_before_stays_and_is_told(as_role, beds, closures):
    arrive(as_role, beds["301-1"], TODAY)
    closing = Closing(TODAY, None, *ORDER)
    assert [each.name for each in closures.expected(closing)] == ["李兰"]
    closures.close(closing)
    assert len(closures.expected_today(TODAY)) == 1
    assert as_role(Beds).history(beds["301-1"])[0].is_reserved


def test_the_bed_step_warns_of_a_closed_home(as_role, beds, closures):
    arrive(as_role, beds["301-1"], TODAY)
    closures.close(Closing(TODAY, None, *ORDER))
    resident = as_role(Residents).find("李兰")[0].resident_id
    preview = as_role(Beds).preview_move(resident, beds["301-2"], TODAY)
    assert "流感聚集" in preview.concerns[0].message


@pytest.mark.parametrize(
    ("closing", "error"),
    [
        (Closing(TODAY, TODAY, *ORDER), rules.OpensTooEarly),
        (Closing(TODAY, None, " ", "院长"), rules.CloseReasonMissing),
        (Closing(TODAY, None, "流感", ""), rules.OrdererMissing),
    ],
)
def test_a_closed_period_needs_days_a_reason_and_an_order(closures, closing, error):
    with pytest.raises(error):
        closures.close(closing)


def test_one_place_is_not_closed_twice(closures):
    closures.close(Closing(TODAY, None, *ORDER))
    with pytest.raises(rules.ClosedTwice):
        closures.close(Closing(TODAY + 9 * DAY, None, *ORDER))


def test_it_opens_on_the_day_that_is_said_later(as_role, beds, closures):
    number = closures.close(Closing(TODAY - 9 * DAY, None, *ORDER))
    closures.change(number, Closing(TODAY - 9 * DAY, TODAY, *ORDER))
    as_role(Admissions).finish(arrive(as_role, beds["301-1"], TODAY))


def test_the_front_desk_cannot_close_the_home(as_role):
    with pytest.raises(NotAllowed):
        as_role(Closures, Role.FRONT_DESK).close(Closing(TODAY, None, *ORDER))


def test_a_year_counts_its_periods_and_days_once():
    def closed(first, last, part=rules.WHOLE_HOME):
        return rules.Closure(0, Period(first, last), "流感", "院长", part)

    found = [
        closed(date(2025, 12, 30), date(2026, 1, 3)),
        closed(date(2026, 2, 1), date(2026, 2, 11)),
        closed(date(2026, 2, 5), date(2026, 2, 8), Part(floor_id=3)),
        closed(date(2026, 11, 20), None),
    ]
    assert rules.tally(found, 2026, TODAY) == rules.Tally(4, 2 + 10 + 2)
    assert rules.tally(found, 2025, TODAY) == rules.Tally(1, 2)
    assert rules.tally(found, 2027, TODAY) == rules.Tally(0, 0)


def test_the_file_itself_refuses_an_arrival_on_a_closed_day(db, closures):
    closures.close(Closing(TODAY, None, *ORDER))
    wang = know(db, "王芳")
    under_way = {"step": "done", "begun_on": TODAY, "begun_by": "x"}
    store(db, AdmissionRow(resident_id=wang, **under_way))
    with pytest.raises(IntegrityError, match="closed to admissions"):
        store(db, StayRow(resident_id=wang, admitted_on=TODAY))


def test_what_a_roll_tells_of_a_closed_day_is_history(db, beds, closures):
    closures.close(Closing(TODAY - 30 * DAY, TODAY - 10 * DAY, *ORDER))
    settle(db, "王芳", beds["301-1"], TODAY - 20 * DAY)


def test_the_file_itself_refuses_two_closures_of_one_place(db, closures):
    closures.close(Closing(TODAY, None, *ORDER))
    with pytest.raises(IntegrityError, match="closed already"):
        store(db, ClosureRow(starts=TODAY, reason="x", ordered_by="x"))


def test_a_closed_home_is_told_among_the_first(closures):
    closures.close(Closing(TODAY, None, *ORDER))
    assert [line.urgency for line in closures.today(TODAY)] == [Urgency.LATE]
