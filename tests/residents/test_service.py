from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from carehome.db.change_log import ChangeRow
from carehome.db.residents import MOST_PAPER_BYTES, AbsenceRow, StayRow
from carehome.rules import identity
from carehome.rules import residents as rules
from carehome.rules.beds import BedTaken
from carehome.rules.home import NameMissing
from carehome.rules.residents import Status
from carehome.rules.rights import NotAllowed, Role
from carehome.services.beds import Beds
from carehome.services.residents import (
    Absence,
    Agreement,
    Contact,
    Person,
    Residents,
    papers,
    people,
    stays,
    terms,
)
from tests.conftest import TODAY
from tests.house import DIRECTOR, MARCH, build, know, settle

MAY = date(2026, 5, 4)
NUMBER, OTHER = "510104194508175848", "610103195708172424"
PDF, PNG, JPG = b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\nx", b"\xff\xd8\xff\xe0x"


@pytest.fixture
def residents(as_role):
    return as_role(Residents)


@pytest.fixture
def house(db):
    return build(db)


@pytest.fixture
def wang(db, house):
    return settle(db, "王秀英", house["301-1"])


def test_a_file_holds_the_person_with_a_masked_number(db, residents):
    file = residents.file(know(db, "黄䶮", "female", NUMBER))
    assert (file.person.name, file.identity) == ("黄䶮", "510104********5848")
    assert (file.person.born, file.age) == (date(1945, 8, 17), 81)
    assert NUMBER not in repr(file)


def test_asking_for_the_number_is_logged_with_its_reason(db, residents):
    resident_id = know(db, "黄䶮", "female", NUMBER)
    assert residents.show_identity(resident_id, "办理医保") == NUMBER
    look = residents.log(resident_id)[0]
    assert (look.action, look.actor, look.after) == (
        "look",
        "director",
        {"why": "办理医保"},
    )


def test_the_safety_officer_sees_no_number(db, as_role):
    resident_id = know(db, "黄䶮", "female", NUMBER)
    with pytest.raises(NotAllowed):
        as_role(Residents, Role.SAFETY_OFFICER).show_identity(resident_id, "好奇")
    with db.reading() as session:
        assert (
            session.scalars(select(ChangeRow.id).filter_by(action="look")).all() == []
        )


def test_the_log_of_a_resident_masks_the_number(db, residents):
    resident_id = know(db, "黄䶮", "female", NUMBER)
    assert residents.log(resident_id)[0].after["id_number"] == "510104********5848"


def test_a_person_is_corrected_and_found_by_the_new_name(db, residents):
    resident_id = know(db, "王秀英")
    residents.change_person(
        resident_id, Person("王 秀莹", "female", phone=" 13800000000 ")
    )
    person = residents.file(resident_id).person
    assert (person.name, person.phone) == ("王秀莹", "13800000000")
    assert residents.find("wangxiuying")[0].name == "王秀莹"


def test_a_number_of_none_stays_and_an_empty_one_goes(db, residents):
    resident_id = know(db, "黄䶮", "female", NUMBER)
    residents.change_person(resident_id, Person("黄䶮", "female"))
    assert residents.file(resident_id).identity
    residents.change_person(resident_id, Person("黄䶮", "female"), "")
    assert residents.file(resident_id).identity == ""


def test_a_number_that_somebody_else_has_is_refused_with_the_name(db, residents):
    known = know(db, "黄䶮", "female", NUMBER)
    with pytest.raises(people.AlreadyKnown) as refusal:
        know(db, "王秀英", "female", NUMBER)
    assert refusal.value.facts["resident_id"] == known
    assert "黄䶮" in refusal.value.message


def test_a_wrong_number_is_refused(db):
    with pytest.raises(identity.IdentityCheck):
        know(db, "黄䶮", "female", NUMBER[:-1] + "0")


def test_sex_and_number_must_agree(db):
    with pytest.raises(people.SexMismatch) as refusal:
        know(db, "黄䶮", "male", NUMBER)
    assert "女" in refusal.value.message


def test_birthday_and_number_must_agree(db, residents):
    resident_id = know(db, "黄䶮", "female", NUMBER)
    born = date(1946, 8, 17)
    with pytest.raises(people.BirthMismatch) as refusal:
        residents.change_person(resident_id, Person("黄䶮", "female", born))
    assert "1945-08-17" in refusal.value.message


def test_a_person_has_a_name(db, residents):
    with pytest.raises(NameMissing):
        know(db, " ")


def test_contacts_are_stored_in_their_order(db, residents, wang):
    first = Contact("guardian", "王强", "儿子", "13900001111")
    second = Contact("agent", "幸福社工站", is_organisation=True)
    residents.set_contacts(wang, [first, second])
    assert residents.file(wang).contacts == [first, second]


def test_contacts_that_stay_the_same_leave_no_trace_in_the_log(residents, wang):
    kept = Contact("guardian", "王强")
    residents.set_contacts(wang, [kept, Contact("family", "王丽")])
    before = len(residents.log(wang))
    residents.set_contacts(wang, [kept])
    assert residents.file(wang).contacts == [kept]
    assert len(residents.log(wang)) == before + 1


def test_categories_are_set_and_taken_away(residents, wang):
    residents.set_categories(wang, ["destitute", "disabled"])
    residents.set_categories(wang, ["disabled"])
    assert residents.file(wang).category_labels == ("残疾人",)


def test_grades_and_meals_make_a_history(residents, wang):
    residents.set_grade(wang, "self_care", MARCH)
    residents.set_grade(wang, "full", MAY, "跌倒后", "王强")
    residents.set_meal(wang, "soft", MARCH)
    file = residents.file(wang)
    assert [(change.grade, change.starts) for change in file.grades] == [
        ("full", MAY),
        ("self_care", MARCH),
    ]
    assert (file.grades[0].consent_by, file.meals[0].label) == ("王强", "软食")


def test_a_grade_of_the_same_day_is_corrected_not_doubled(residents, wang):
    residents.set_grade(wang, "self_care", MARCH)
    residents.set_grade(wang, "full", MARCH)
    assert [change.grade for change in residents.file(wang).grades] == ["full"]


def test_an_agreement_is_added_and_changed(residents, wang):
    number = residents.add_agreement(wang, Agreement(MARCH, number="2026-001"))
    residents.change_agreement(
        wang, Agreement(MARCH, date(2027, 3, 1), "2026-001", agreement_id=number)
    )
    [agreement] = residents.file(wang).agreements
    assert agreement.ends == date(2027, 3, 1)


def test_an_agreement_ends_after_it_starts(residents, wang):
    with pytest.raises(terms.AgreementTurned):
        residents.add_agreement(wang, Agreement(MARCH, MARCH))


def test_leave_and_return(residents, wang):
    absence_id = residents.record_absence(wang, "leave", MAY, MAY + timedelta(3))
    assert residents.file(wang).status is Status.ON_LEAVE
    residents.record_return(absence_id, TODAY)
    assert residents.file(wang).status is Status.IN
    assert residents.file(wang).absences[0].returned_on == TODAY


def test_nobody_leaves_twice_without_coming_back(residents, wang):
    residents.record_absence(wang, "leave", MAY)
    with pytest.raises(rules.StillAway):
        residents.record_absence(wang, "hospital", TODAY)


def test_nobody_leaves_before_admission(residents, wang):
    with pytest.raises(rules.NotHere):
        residents.record_absence(wang, "leave", MARCH - timedelta(1))


def test_a_leave_to_come_is_not_recorded_ahead(residents, wang):
    with pytest.raises(rules.NotComeYet):
        residents.record_absence(wang, "leave", TODAY + timedelta(1))


def test_nobody_returns_before_leaving(residents, wang):
    absence_id = residents.record_absence(wang, "leave", MAY)
    with pytest.raises(rules.ReturnTooEarly):
        residents.record_return(absence_id, MAY - timedelta(1))


def test_a_return_is_recorded_once(residents, wang):
    absence_id = residents.record_absence(wang, "leave", MAY)
    residents.record_return(absence_id, TODAY)
    with pytest.raises(stays.NotAway):
        residents.record_return(absence_id, TODAY)


def test_an_absence_is_corrected_or_removed(residents, wang):
    absence_id = residents.record_absence(wang, "leave", MAY)
    residents.correct_absence(
        Absence(absence_id, "hospital", MARCH, None, MAY, "心内科")
    )
    [absence] = residents.file(wang).absences
    assert (absence.kind, absence.left_on, absence.returned_on) == (
        "hospital",
        MARCH,
        MAY,
    )
    residents.remove_absence(absence_id)
    assert residents.file(wang).absences == []


def test_an_absence_is_not_corrected_into_another_one(residents, wang):
    first = residents.record_absence(wang, "leave", MARCH)
    residents.record_return(first, MAY)
    second = residents.record_absence(wang, "leave", TODAY)
    with pytest.raises(rules.AbsencesOverlap):
        residents.correct_absence(
            Absence(second, "leave", MAY - timedelta(1), None, TODAY, "")
        )


def test_discharge_frees_the_bed_on_the_same_day(db, residents, house, wang, as_role):
    residents.discharge(wang, TODAY, "回家")
    assert residents.file(wang).status is Status.DISCHARGED
    assert house["301-1"] in [bed.bed_id for bed in as_role(Beds).free(TODAY)]
    settle(db, "李桂兰", house["301-1"], TODAY)


def test_discharge_ends_an_absence_and_a_reservation(residents, house, wang, as_role):
    as_role(Beds).reserve(wang, house["301-2"], TODAY, None)
    residents.record_absence(wang, "hospital", MAY)
    residents.discharge(wang, TODAY, "去世")
    file = residents.file(wang)
    assert file.absences[0].returned_on == TODAY
    assert [line.is_reserved for line in file.beds] == [False]
    assert (file.stays[0].discharged_on, file.stays[0].reason) == (TODAY, "去世")


def test_a_discharge_before_what_came_later_is_refused(residents, house, wang, as_role):
    as_role(Beds).move(wang, house["301-2"], TODAY)
    with pytest.raises(stays.LaterFacts) as refusal:
        residents.discharge(wang, MAY, "回家")
    assert "2026-11-21" in refusal.value.message
    assert residents.file(wang).status is Status.IN


def test_who_came_and_left_on_one_day_keeps_the_bed_in_the_history(
    db, residents, house
):
    resident_id = settle(db, "王秀英", house["301-1"], TODAY)
    residents.discharge(resident_id, TODAY, "不适应")
    [line] = residents.file(resident_id).beds
    assert (line.bed, line.starts, line.ends) == ("301-1", TODAY, TODAY)
    settle(db, "李桂兰", house["301-1"], TODAY)


def test_nobody_is_discharged_twice(residents, wang):
    residents.discharge(wang, MAY, "回家")
    with pytest.raises(rules.NotHere):
        residents.discharge(wang, TODAY, "回家")


def test_a_discharge_to_come_is_refused(residents, wang):
    with pytest.raises(rules.NotComeYet):
        residents.discharge(wang, TODAY + timedelta(1), "回家")


@pytest.mark.parametrize("content", [PDF, PNG, JPG])
def test_a_scan_is_kept_and_given_back(residents, wang, tmp_path, content):
    path = tmp_path / "身份证.dat"
    path.write_bytes(content)
    paper_id = residents.add_paper(wang, "identity", "", path)
    [paper] = residents.papers(wang)
    assert (paper.title, paper.size) == ("身份证", len(content))
    assert residents.paper(paper_id) == content


def test_looking_at_a_paper_is_logged(residents, wang, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    residents.paper(residents.add_paper(wang, "medical", "病历", path))
    assert residents.log(wang)[0].action == "look"


def test_the_log_holds_no_copy_of_a_scan(residents, wang, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    residents.add_paper(wang, "medical", "病历", path)
    assert residents.log(wang)[0].after["content"] == f"{len(PDF)} bytes"


def test_a_removed_paper_is_gone(residents, wang, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    residents.remove_paper(residents.add_paper(wang, "medical", "病历", path))
    assert residents.papers(wang) == []


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"MZ not a scan", papers.PaperUnknown),
        (b"", papers.PaperEmpty),
        (PDF + bytes(MOST_PAPER_BYTES), papers.PaperTooBig),
    ],
)
def test_what_is_no_scan_is_refused(residents, wang, tmp_path, content, refusal):
    path = tmp_path / "scan.pdf"
    path.write_bytes(content)
    with pytest.raises(refusal) as refused:
        residents.add_paper(wang, "other", "x", path)
    assert "scan.pdf" in refused.value.message


def test_a_scan_of_just_the_greatest_size_is_kept(residents, wang, tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(PDF + bytes(MOST_PAPER_BYTES - len(PDF)))
    residents.add_paper(wang, "other", "x", path)
    assert residents.papers(wang)[0].size == MOST_PAPER_BYTES


def test_the_same_scan_is_kept_once(residents, wang, tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(PDF)
    residents.add_paper(wang, "other", "协议", path)
    with pytest.raises(papers.PaperKept):
        residents.add_paper(wang, "other", "又一份", path)


def test_a_scan_that_cannot_be_read_is_told(residents, wang, tmp_path):
    with pytest.raises(papers.PaperUnreadable):
        residents.add_paper(wang, "other", "x", tmp_path / "missing.pdf")


def test_the_database_itself_refuses_two_stays_at_once(db, wang):
    row = StayRow(resident_id=wang, admitted_on=MARCH, discharged_on=MAY)
    with pytest.raises(IntegrityError), db.writing(DIRECTOR, "raw") as session:
        session.add(row)


def test_the_database_itself_refuses_two_absences_at_once(db, residents, wang):
    residents.record_absence(wang, "leave", MARCH)
    row = AbsenceRow(resident_id=wang, kind="leave", left_on=MAY, returned_on=TODAY)
    with pytest.raises(IntegrityError), db.writing(DIRECTOR, "raw") as session:
        session.add(row)


def test_the_accountant_reads_files_but_changes_none(as_role, wang):
    residents = as_role(Residents, Role.ACCOUNTANT)
    assert residents.file(wang).person.name == "王秀英"
    with pytest.raises(NotAllowed):
        residents.set_grade(wang, "full", TODAY)


def test_a_mistaken_discharge_is_taken_back(residents, wang):
    residents.discharge(wang, MAY, "登记错了")
    residents.undo_discharge(wang)
    file = residents.file(wang)
    assert (file.status, file.bed) == (Status.IN, "301-1")
    assert (file.stays[0].discharged_on, file.stays[0].reason) == (None, "")


def test_an_absence_that_the_discharge_ended_goes_on(residents, wang):
    residents.record_absence(wang, "hospital", MAY)
    residents.discharge(wang, TODAY, "登记错了")
    residents.undo_discharge(wang)
    assert residents.file(wang).status is Status.IN_HOSPITAL


def test_a_discharge_is_not_taken_back_into_a_bed_given_away(
    db, residents, house, wang
):
    residents.discharge(wang, MAY, "回家")
    settle(db, "李桂兰", house["301-1"], TODAY)
    with pytest.raises(BedTaken) as refusal:
        residents.undo_discharge(wang)
    assert "李桂兰" in refusal.value.message
    assert residents.file(wang).status is Status.DISCHARGED


def test_only_a_discharge_is_taken_back(residents, wang):
    with pytest.raises(stays.NotDischarged):
        residents.undo_discharge(wang)


@pytest.mark.parametrize("day", [MARCH - timedelta(20), MAY])
def test_the_day_of_admission_is_corrected_with_bed_and_terms(residents, wang, day):
    residents.set_grade(wang, "full", MARCH)
    residents.set_meal(wang, "soft", MARCH)
    residents.correct_admission(wang, day)
    file = residents.file(wang)
    assert file.stays[0].admitted_on == file.beds[0].starts == day
    assert file.grades[0].starts == file.meals[0].starts == day


def test_an_admission_is_not_corrected_over_somebody_else(db, residents, house):
    first = settle(db, "李桂兰", house["301-2"])
    residents.discharge(first, MAY, "回家")
    second = settle(db, "陈翠花", house["301-2"], MAY)
    with pytest.raises(BedTaken):
        residents.correct_admission(second, MAY - timedelta(1))


def test_an_admission_is_not_corrected_beyond_a_move(residents, house, wang, as_role):
    as_role(Beds).move(wang, house["301-2"], MAY)
    with pytest.raises(stays.EarlierFacts) as refusal:
        residents.correct_admission(wang, MAY)
    assert "2026-05-04" in refusal.value.message


def test_an_admission_is_not_corrected_beyond_an_absence(residents, wang):
    residents.record_absence(wang, "leave", MAY)
    with pytest.raises(stays.EarlierFacts):
        residents.correct_admission(wang, MAY + timedelta(1))


def test_an_admission_is_not_corrected_into_an_earlier_stay(db, residents, house):
    resident_id = settle(db, "李桂兰", house["301-2"])
    residents.discharge(resident_id, MAY, "回家")
    with db.writing(DIRECTOR, "again") as session:
        stays.open_stay_in(session, resident_id, TODAY)
    with pytest.raises(stays.StaysOverlap):
        residents.correct_admission(resident_id, MAY - timedelta(1))
