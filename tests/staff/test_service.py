"""Staff files are kept whole: what is entered is there, what cannot be is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from carehome.db.change_log import ChangeRow
from carehome.db.staff import StaffLeaveRow, StaffPaperRow, StaffPostRow
from carehome.rules import staff as rules
from carehome.rules.certificates import Certificate, Kind, Urgency
from carehome.rules.deadlines import PRIVATE, Matter
from carehome.rules.home import NameMissing
from carehome.rules.periods import Period
from carehome.rules.protection import Maternity
from carehome.rules.retention import FiledEarlier
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.staff import Contract, Leave, LeaveTaken, Person, Post
from carehome.rules.training import NobodyTrained, Training
from carehome.services.last_deed import LastDeed
from carehome.services.residents.papers import PaperKept, PaperUnknown
from carehome.services.staff import Pay, Staff, StaffLists, StaffMember, Trainings
from carehome.services.staff.facts import staff_facts
from carehome.services.staff.files import StaffFiles
from carehome.services.staff.lists import (
    NameTaken,
    StaffRules,
    Unit,
    WarningsUnordered,
)
from carehome.services.staff.pay import PayLine, PayTwice
from carehome.services.staff.writing import CertificateTwice, StaffKnown
from tests.conftest import ROLES, TODAY
from tests.staff.conftest import HIRED

DAY = timedelta(days=1)
DECEMBER = Period(date(2026, 12, 1), date(2027, 1, 1))
NUMBER = "11010519491231002X"


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "zheng.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    return path


def test_a_new_home_starts_with_posts_kinds_and_subjects(house):
    assert house.kinds["health"].months == 12
    assert (house.kinds["nurse"].months, house.kinds["nurse"].renew_days) == (60, 30)
    assert [house.kinds[f"caregiver-{n}"].level for n in range(1, 6)] == [1, 2, 3, 4, 5]
    assert all(kind.source for kind in house.kinds.values())
    carers = [post.name for post in house.lists.posts() if post.is_care]
    assert carers == ["养老护理员"]
    assert {each.standing for each in house.lists.subjects()} == {"ours"}


def test_a_file_tells_what_was_entered(house):
    unit = house.lists.save_unit(Unit(0, "二楼"))
    staff_id = house.carer(unit_id=unit, education="college", number="A01")
    house.staff.change(
        staff_id, Person("周敏", HIRED, unit_id=unit, number="A02"), NUMBER
    )
    file = house.staff.file(staff_id)
    assert (file.person.number, file.unit, file.identity) == (
        "A02",
        "二楼",
        "110105********002X",
    )
    assert (file.person.born, file.person.sex) == (date(1949, 12, 31), "female")
    assert [post.name for post in file.posts] == ["养老护理员"]


def test_over_age_staff_are_not_refused(house):
    staff_id = house.carer(born=date(1955, 1, 1), sex="female")
    (told,) = [
        each
        for each in house.staff.due(TODAY)
        if each.staff_id == staff_id and each.matter is Matter.OVER_AGE
    ]
    assert told.urgency is Urgency.MIDDLE


def test_an_identity_number_has_one_file(house):
    house.staff.change(house.carer(), Person("周敏", HIRED), NUMBER)
    with pytest.raises(StaffKnown):
        house.staff.add(Person("许静", HIRED), house.posts["护士"], (), NUMBER)


@pytest.mark.parametrize(
    ("person", "refusal"),
    [
        (Person(" ", HIRED), NameMissing),
        (Person("周敏", HIRED, left_on=HIRED - DAY), rules.LeftBeforeHired),
        (Person("周敏", HIRED, born=HIRED), rules.HiredBeforeBorn),
        (
            Person("周敏", HIRED, insured_from=TODAY, insured_until=HIRED),
            rules.InsuredBackwards,
        ),
        (Person("周敏", HIRED, check_result="clear"), rules.CheckWithoutDay),
        (Person("周敏", HIRED, scheme="month"), rules.ApprovalMissing),
    ],
)
def test_a_file_that_cannot_be_is_refused(house, person, refusal):
    with pytest.raises(refusal):
        house.staff.add(person, house.posts["护士"])


def test_the_main_post_is_changed_and_others_are_kept(house):
    staff_id = house.carer()
    nurse, carer = house.posts["护士"], house.posts["养老护理员"]
    house.staff.set_posts(staff_id, nurse, [carer])
    assert [post.name for post in house.staff.file(staff_id).posts] == [
        "护士",
        "养老护理员",
    ]
    (member,) = house.staff.members(TODAY)
    assert member.post == "护士"


def test_a_list_entry_with_a_new_post_makes_the_post(house):
    house.staff.save(StaffMember(0, "钱进", "理发师", "", HIRED))
    assert "理发师" in [post.name for post in house.lists.posts()]


def test_the_database_refuses_two_main_posts(house, db):
    row = StaffPostRow(staff_id=house.carer(), post_id=house.posts["护士"])
    row.is_main = True
    with pytest.raises(IntegrityError), db.writing(ROLES[Role.DIRECTOR], "t") as s:
        s.add(row)


def test_a_certificate_keeps_its_scan_in_the_encrypted_file(house, scan, db):
    staff_id = house.carer()
    house.certify(staff_id, "health", until=date(2027, 2, 28), scan=scan)
    (held,) = house.staff.file(staff_id).certificates
    assert house.staff.paper(held.paper_id) == scan.read_bytes()
    assert scan.read_bytes() not in db.path.read_bytes()


def test_looking_at_a_scan_is_logged(house, scan, db):
    paper = house.staff.add_paper(house.carer(), "identity", "身份证", scan)
    house.staff.paper(paper)
    with db.reading() as session:
        line = session.query(ChangeRow).order_by(ChangeRow.id.desc()).first()
    assert (line.action, line.record, line.deed) == (
        "look",
        "staff_paper",
        "Staff.paper",
    )


def test_the_same_scan_is_kept_once(house, scan):
    staff_id = house.carer()
    house.staff.add_paper(staff_id, "identity", "身份证", scan)
    with pytest.raises(PaperKept):
        house.staff.add_paper(staff_id, "other", "再来", scan)


def test_what_is_no_scan_is_refused(house, tmp_path):
    path = tmp_path / "virus.exe"
    path.write_bytes(b"MZ")
    with pytest.raises(PaperUnknown):
        house.certify(house.carer(), "health", scan=path)


def test_a_scan_is_removed_on_its_day_only_and_its_certificate_stays(house, scan, db):
    staff_id = house.carer()
    house.certify(staff_id, "health", scan=scan)
    (held,) = house.staff.file(staff_id).certificates
    house.staff.remove_paper(held.paper_id)
    (left,) = house.staff.file(staff_id).certificates
    assert left.paper_id is None
    again = house.staff.add_paper(staff_id, "other", "", scan)
    with db.writing(ROLES[Role.DIRECTOR], "t") as session:
        session.get_one(StaffPaperRow, again).added_at -= 2 * DAY
    with pytest.raises(FiledEarlier):
        house.staff.remove_paper(again)


def test_the_same_certificate_is_filed_once(house):
    staff_id = house.carer()
    house.certify(staff_id, "health")
    with pytest.raises(CertificateTwice):
        house.certify(staff_id, "health")


def test_a_lapse_is_due_until_the_renewal_is_filed(house):
    staff_id = house.carer(checked_on=HIRED, check_result="clear", insured_from=HIRED)
    house.staff.add_contract(staff_id, Contract("open", HIRED))
    house.certify(staff_id, "health", date(2025, 12, 17), date(2026, 12, 16))
    (due,) = house.staff.due(TODAY)
    assert (due.matter, due.last_day, due.urgency) == (
        Matter.CERTIFICATE,
        date(2026, 12, 16),
        Urgency.MIDDLE,
    )
    (lapse,) = house.staff.lapses(DECEMBER)
    assert (lapse.lapses_on, lapse.posts) == (date(2026, 12, 17), ("养老护理员",))
    house.certify(staff_id, "health", date(2026, 11, 20), date(2027, 11, 19))
    assert house.staff.due(TODAY) == []
    assert house.staff.lapses(DECEMBER) == []


def test_who_lacks_what_the_post_asks_for_is_told_first(house):
    house.carer()
    first = house.staff.due(TODAY)[0]
    assert (first.matter, first.about, first.urgency) == (
        Matter.MISSING,
        "健康证明",
        Urgency.LAPSED,
    )


def test_a_nurse_hears_of_the_renewal_in_time(house):
    nurse = house.staff.add(Person("许静", HIRED), house.posts["护士"])
    house.certify(nurse, "nurse", date(2022, 1, 10), date(2027, 1, 9))
    due = next(d for d in house.staff.due(TODAY) if d.matter is Matter.CERTIFICATE)
    assert (due.last_day, due.apply_by) == (date(2027, 1, 9), date(2026, 12, 10))
    assert due.urgency is Urgency.MIDDLE  # 19 days to apply, 49 to the end


def test_contracts_trials_approvals_and_insurance_end_in_the_list(house):
    staff_id = house.carer(
        scheme="quarter",
        scheme_approval="2026-7",
        scheme_until=TODAY + 20 * DAY,
        insured_from=HIRED,
        insured_until=TODAY + 5 * DAY,
    )
    contract = Contract("fixed", HIRED, TODAY + 50 * DAY, trial_until=TODAY + 6 * DAY)
    house.staff.add_contract(staff_id, contract)
    told = {each.matter: each.urgency for each in house.staff.due(TODAY)}
    assert told[Matter.CONTRACT] is Urgency.FAR
    assert told[Matter.TRIAL] is Urgency.NEAR
    assert told[Matter.SCHEME] is Urgency.MIDDLE
    assert told[Matter.INSURANCE] is Urgency.NEAR
    assert told[Matter.NO_CHECK] is Urgency.MIDDLE


def test_who_has_left_is_not_in_the_list(house):
    house.carer(left_on=TODAY)
    assert house.staff.due(TODAY) == []


@pytest.mark.parametrize(
    ("contract", "refusal"),
    [
        (Contract("fixed", TODAY, TODAY - DAY), rules.ContractBackwards),
        (
            Contract("fixed", TODAY, TODAY + DAY, trial_until=TODAY + 2 * DAY),
            rules.TrialOutside,
        ),
        (Contract("open", TODAY, trial_until=TODAY - DAY), rules.TrialOutside),
    ],
)
def test_a_contract_that_cannot_be_is_refused(house, contract, refusal):
    with pytest.raises(refusal):
        house.staff.add_contract(house.carer(), contract)


def test_two_leaves_do_not_share_a_day(house):
    staff_id = house.carer()
    house.staff.add_leave(staff_id, LeaveTaken("annual", TODAY, TODAY + 4 * DAY, 5))
    last = TODAY + 4 * DAY
    with pytest.raises(rules.LeaveOverlaps):
        house.staff.add_leave(staff_id, LeaveTaken("sick", last, last, 1))
    house.staff.add_leave(staff_id, LeaveTaken("sick", last + DAY, last + DAY, 1))


def test_the_database_refuses_it_too(house, db):
    staff_id = house.carer()
    house.staff.add_leave(staff_id, LeaveTaken("annual", TODAY, TODAY, 1))
    row = StaffLeaveRow(
        staff_id=staff_id, kind="sick", starts=TODAY - DAY, last_day=TODAY, days=2
    )
    with pytest.raises(IntegrityError), db.writing(ROLES[Role.DIRECTOR], "t") as s:
        s.add(row)


@pytest.mark.parametrize(
    ("days", "last", "refusal"),
    [(3, TODAY + DAY, rules.LeaveTooLong), (1, TODAY - DAY, rules.LeaveBackwards)],
)
def test_a_leave_that_cannot_be_is_refused(house, days, last, refusal):
    with pytest.raises(refusal):
        house.staff.add_leave(house.carer(), LeaveTaken("annual", TODAY, last, days))


def test_a_leave_is_corrected_in_place(house):
    staff_id = house.carer()
    leave = LeaveTaken("annual", TODAY, TODAY, 1)
    leave = replace(leave, leave_id=house.staff.add_leave(staff_id, leave))
    house.staff.change_leave(replace(leave, last_day=TODAY + DAY, days=2))
    assert house.staff.file(staff_id).annual.taken == 2


@pytest.mark.parametrize(
    ("worked_since", "days"),
    [
        (date(2025, 11, 22), 0),
        (date(2025, 11, 21), 5),
        (date(2016, 11, 22), 5),
        (date(2016, 11, 21), 10),
        (date(2006, 11, 21), 15),
    ],
)
def test_annual_leave_grows_with_the_years_of_work(house, worked_since, days):
    staff_id = house.carer(hired=date(2025, 12, 31), worked_since=worked_since)
    assert house.staff.file(staff_id).annual.entitled == days


def test_working_days_are_proposed_for_a_leave(house):
    october = date(2026, 10, 1), date(2026, 10, 11)
    assert house.staff.leave_days(*october) == 3  # a Saturday is worked for the feast


def test_the_roster_learns_day_by_day_who_can_work(house, db):
    unit = house.lists.save_unit(Unit(0, "二楼"))
    staff_id = house.carer(unit_id=unit, left_on=date(2026, 12, 30))
    house.certify(staff_id, "health", date(2025, 12, 17), date(2026, 12, 16))
    away = LeaveTaken("annual", date(2026, 12, 4), date(2026, 12, 5), 2)
    house.staff.add_leave(staff_id, away)
    house.staff.save_maternity(staff_id, Maternity(date(2027, 3, 4)))
    subject = house.lists.subjects()[0].subject_id
    training = Training(subject, date(2026, 12, 8), 480, (staff_id,), takes_day=True)
    house.as_role(Trainings).save(training)
    short = replace(training, day=date(2026, 12, 9), minutes=60, takes_day=False)
    house.as_role(Trainings).save(short)
    with db.reading() as session:
        (facts,) = staff_facts(session, DECEMBER)
    health, carer = house.kinds["health"].kind_id, house.posts["养老护理员"]
    assert (facts.unit_id, facts.main_post, facts.posts) == (unit, carer, {carer})
    told = {
        day: (
            facts.works_here(day),
            facts.has(health, day),
            facts.away(day),
            facts.in_training(day),
            facts.protected(day),
        )
        for day in DECEMBER
    }
    assert told[date(2026, 12, 4)] == (True, True, Leave.ANNUAL, False, False)
    assert told[date(2026, 12, 6)] == (True, True, None, False, False)
    assert told[date(2026, 12, 8)] == (True, True, None, True, False)
    assert told[date(2026, 12, 9)] == (True, True, None, False, False)
    assert told[date(2026, 12, 10)] == (True, True, None, False, True)
    assert told[date(2026, 12, 17)] == (True, False, None, False, True)
    assert told[date(2026, 12, 30)] == (False, False, None, False, True)


def test_who_is_not_here_in_a_month_is_not_among_its_facts(house, db):
    house.carer("一人", left_on=date(2026, 12, 1))
    house.carer("二人", hired=date(2027, 1, 1))
    house.carer("三人", hired=date(2026, 12, 31))
    with db.reading() as session:
        assert [each.name for each in staff_facts(session, DECEMBER)] == ["三人"]


def test_the_matrix_holds_hours_against_the_need(house):
    carer = house.carer()
    cook = house.staff.add(Person("孟厨", HIRED), house.posts["厨师"])
    law, care = house.lists.subjects()[:2]
    trainings = house.as_role(Trainings)
    trainings.save(Training(law.subject_id, TODAY, 60, (carer, cook)))
    trainings.save(Training(care.subject_id, TODAY - DAY, 90, (carer,)))
    trainings.save(Training(care.subject_id, TODAY + DAY, 480, (carer,)))  # to come
    of_carer, of_cook = trainings.matrix(2026).rows
    assert [cell.minutes for cell in of_carer.cells[:2]] == [60, 90]
    assert of_carer.cells[1].needed == care.minutes_needed
    assert of_cook.cells[0].minutes == 60
    assert of_cook.cells[1] is None
    assert not trainings.matrix(2025).rows[0].cells[0].minutes


def test_a_training_has_people(house):
    with pytest.raises(NobodyTrained):
        house.as_role(Trainings).save(Training(1, TODAY, 60, ()))


def test_pay_is_for_those_who_keep_the_books(house, as_nurse, as_role):
    staff_id = house.carer()
    books = as_role(Pay, Role.ACCOUNTANT)
    books.save(staff_id, PayLine(HIRED, "month", 4600_00))
    books.save(staff_id, PayLine(date(2026, 12, 1), "month", 4800_00))
    assert books.on(TODAY)[staff_id].fen == 4600_00
    assert books.on(date(2026, 12, 1))[staff_id].fen == 4800_00
    with pytest.raises(PayTwice):
        books.save(staff_id, PayLine(HIRED, "hour", 1))
    with pytest.raises(NotAllowed):
        as_nurse(Pay).of(staff_id)


def test_a_name_stands_once_in_a_list(house):
    with pytest.raises(NameTaken):
        house.lists.save_post(Post(0, "护士"))
    with pytest.raises(NameTaken):
        house.lists.save_kind(Kind(0, "", "健康证明"))
    with pytest.raises(NameMissing):
        house.lists.save_unit(Unit(0, " "))


def test_a_changed_kind_is_the_homes_own(house):
    health = house.kinds["health"]
    house.lists.save_kind(replace(health, months=6))
    changed = next(kind for kind in house.lists.kinds() if kind.code == "health")
    assert (changed.months, changed.standing) == (6, "ours")


def test_a_post_asks_for_what_the_home_says(house):
    level = house.kinds["caregiver-5"].kind_id
    post = next(post for post in house.lists.posts() if post.is_care)
    house.lists.save_post(replace(post, needs=frozenset({level})))
    staff_id = house.carer()
    house.certify(staff_id, "caregiver-2")
    assert Matter.MISSING not in {each.matter for each in house.staff.due(TODAY)}


def test_warnings_come_in_order(house):
    with pytest.raises(WarningsUnordered):
        house.lists.set_rules(StaffRules(30, 30, 7))
    house.lists.set_rules(StaffRules(90, 45, 10))
    assert house.lists.rules().warn_far == 90


def test_the_identity_number_is_shown_with_a_reason_in_the_log(house, db):
    staff_id = house.carer()
    house.staff.change(staff_id, Person("周敏", HIRED), NUMBER)
    assert house.staff.show_identity(staff_id, "办理工伤保险") == NUMBER
    with db.reading() as session:
        line = session.query(ChangeRow).order_by(ChangeRow.id.desc()).first()
    assert (line.deed, line.after) == ("Staff.show_identity", {"why": "办理工伤保险"})


def test_the_front_desk_sees_files_and_changes_none(house, as_role):
    staff_id = house.carer()
    desk = as_role(Staff, Role.FRONT_DESK)
    assert desk.file(staff_id).person.name == "周敏"
    with pytest.raises(NotAllowed):
        desk.add_certificate(staff_id, Certificate(1, HIRED))
    with pytest.raises(NotAllowed):
        as_role(StaffLists, Role.FRONT_DESK).set_rules(StaffRules())


def test_who_keeps_no_files_sees_no_pregnancy_and_no_check(house, as_role):
    staff_id = house.carer(checked_on=HIRED, check_result="clear")
    house.staff.save_maternity(staff_id, Maternity(date(2027, 2, 20)))
    desk = as_role(Staff, Role.FRONT_DESK)
    assert desk.file(staff_id).maternities == ()
    assert desk.file(staff_id).person.checked_on is None
    assert house.staff.file(staff_id).maternities
    private = {Matter.PROTECTION, Matter.NO_CHECK}
    assert not private & {each.matter for each in desk.due(TODAY)}
    assert Matter.PROTECTION in {each.matter for each in house.staff.due(TODAY)}


def test_the_list_tells_private_matters_only_to_who_keeps_the_files(house, as_role):
    staff_id = house.carer()
    house.staff.save_maternity(staff_id, Maternity(date(2027, 2, 20)))

    def told(role):
        line = as_role(StaffFiles, role).index().by_id[staff_id]
        return {each.matter for each in line.due}

    assert told(Role.HEAD_NURSE) >= {Matter.PROTECTION, Matter.NO_CHECK}
    assert told(Role.FRONT_DESK) & PRIVATE == set()
    assert Matter.NO_CONTRACT in told(Role.FRONT_DESK)


def test_the_list_warns_of_protection_from_the_week_that_the_home_set(house, as_role):
    staff_id = house.carer()
    house.staff.save_maternity(staff_id, Maternity(date(2027, 2, 20)))
    house.lists.set_rules(StaffRules(expecting_weeks=40))
    line = as_role(StaffFiles).index().by_id[staff_id]
    assert Matter.PROTECTION not in {each.matter for each in line.due}


def test_what_was_done_is_told_with_whose_file_it_was(house, as_role):
    house.certify(house.carer(), "health")
    assert as_role(LastDeed).last().words == "登记证书：周敏"


def test_a_subject_that_the_home_changes_is_its_own(house):
    told = house.lists.subjects()[0]
    house.lists.save_subject(replace(told, name="法规", source=""))
    assert house.lists.subjects()[0].source == told.source
    more = told.minutes_needed + 60
    house.lists.save_subject(replace(told, minutes_needed=more, source=""))
    changed = house.lists.subjects()[0]
    assert (changed.source, changed.standing) == ("", "ours")


def test_the_scan_of_a_check_is_only_for_who_keeps_the_files(house, as_role, scan):
    staff_id = house.carer()
    paper = house.staff.add_paper(staff_id, "check", "征信报告", scan)
    desk = as_role(Staff, Role.FRONT_DESK)
    assert desk.file(staff_id).papers == ()
    assert [each.paper_id for each in house.staff.file(staff_id).papers] == [paper]
    with pytest.raises(NotAllowed):
        desk.paper(paper)
