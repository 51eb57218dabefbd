from dataclasses import replace
from datetime import date, timedelta

import pytest

from carehome.db.beds import BedUseRow
from carehome.db.billing import ChargeRow
from carehome.db.database import Database
from carehome.db.residents import ResidentRow
from carehome.rules import beds as bed_rules
from carehome.rules import residents as rules
from carehome.rules.beds import BedState
from carehome.rules.residents import Status
from carehome.rules.rights import NotAllowed, Role
from carehome.services.admissions import (
    AdmissionClosed,
    Admissions,
    AdmissionUnderWay,
    Step,
    StepMissing,
    Terms,
)
from carehome.services.beds import Beds
from carehome.services.residents import (
    Agreement,
    AlreadyKnown,
    Contact,
    Person,
    Residents,
    stays,
)
from carehome.services.residents.people import NobodyToCall
from tests.conftest import KEY, TODAY
from tests.house import DIRECTOR, MARCH, build, know, settle

NUMBER = "510104194508175848"
HUANG = Person("黄䶮", "female")
SON = Contact("family", "黄强", "儿子", "13900001111", is_emergency=True)
SOON, MAY = TODAY + timedelta(days=5), date(2026, 5, 4)
TERMS = Terms(TODAY, "partial_1", "soft", Agreement(TODAY, number="2026-088"), "黄强")


@pytest.fixture
def admissions(as_role):
    return as_role(Admissions)


@pytest.fixture
def residents(as_role):
    return as_role(Residents)


@pytest.fixture
def beds(as_role):
    return as_role(Beds)


@pytest.fixture
def house(db):
    return build(db)


@pytest.fixture
def ready(admissions, house):
    """An admission with every step done but the last."""
    admission_id = admissions.begin()
    admissions.enter_person(admission_id, HUANG, NUMBER, ["disabled"])
    admissions.enter_contacts(admission_id, [SON])
    admissions.choose_bed(admission_id, house["301-1"], TODAY)
    admissions.agree(admission_id, TERMS)
    admissions.pass_deposit(admission_id)
    return admission_id


def test_an_admission_goes_from_step_to_step(admissions, house):
    admission_id = admissions.begin()
    steps = [admissions.resume(admission_id).step]
    admissions.enter_person(admission_id, HUANG, NUMBER)
    steps.append(admissions.resume(admission_id).step)
    admissions.enter_contacts(admission_id, [SON])
    steps.append(admissions.resume(admission_id).step)
    admissions.choose_bed(admission_id, house["301-1"], TODAY)
    steps.append(admissions.resume(admission_id).step)
    admissions.agree(admission_id, TERMS)
    steps.append(admissions.resume(admission_id).step)
    admissions.pass_deposit(admission_id)
    steps.append(admissions.resume(admission_id).step)
    assert steps == list(Step)


def test_finishing_lets_the_person_live_here(admissions, residents, ready):
    resident_id = admissions.resume(ready).resident_id
    admissions.finish(ready)
    file = residents.file(resident_id)
    assert (file.status, file.bed, file.stays[0].admitted_on) == (
        Status.IN,
        "301-1",
        TODAY,
    )
    assert [(change.grade, change.starts) for change in file.grades] == [
        ("partial_1", TODAY)
    ]
    assert [(choice.plan, choice.starts) for choice in file.meals] == [("soft", TODAY)]
    assert [line.is_reserved for line in file.beds] == [False]
    assert (file.contacts, file.categories) == ([SON], ("disabled",))
    assert admissions.open() == []


def test_finishing_on_another_day_moves_everything_there(admissions, residents, ready):
    resident_id = admissions.resume(ready).resident_id
    day = TODAY - timedelta(days=3)
    admissions.finish(ready, day)
    file = residents.file(resident_id)
    assert file.stays[0].admitted_on == file.beds[0].starts == day
    assert file.grades[0].starts == file.meals[0].starts == day


def test_an_admission_to_come_is_not_finished_ahead(admissions, ready):
    admissions.agree(ready, replace(TERMS, planned_on=SOON))
    with pytest.raises(rules.NotComeYet):
        admissions.finish(ready)
    assert admissions.resume(ready).planned_on == SOON


def test_an_admission_is_taken_up_after_the_program_was_closed(
    db, admissions, house, clock
):
    admission_id = admissions.begin()
    admissions.enter_person(admission_id, HUANG, NUMBER)
    admissions.choose_bed(admission_id, house["301-1"], SOON)
    admissions.keep_draft(admission_id, Step.CONTACTS, {"name": "黄", "phone": "139"})
    db.close()
    reopened = Database(db.path, KEY)
    again = Admissions(reopened, DIRECTOR, clock)
    [line] = again.open()
    state = again.resume(line.admission_id)
    reopened.close()
    assert (line.name, line.bed, line.planned_on) == ("黄䶮", "301-1", SOON)
    assert state.person.name == "黄䶮"
    assert state.identity == "510104********5848"
    assert state.drafts == {Step.CONTACTS: {"name": "黄", "phone": "139"}}


def test_a_name_half_typed_stands_in_the_list(admissions):
    admission_id = admissions.begin()
    admissions.keep_draft(admission_id, Step.PERSON, {"name": "黄"})
    assert [line.name for line in admissions.open()] == ["黄"]


def test_a_step_done_needs_its_draft_no_more_but_others_stay(admissions):
    admission_id = admissions.begin()
    admissions.keep_draft(admission_id, Step.PERSON, {"name": "黄"})
    admissions.keep_draft(admission_id, Step.CONTACTS, {"name": "强"})
    admissions.enter_person(admission_id, HUANG, NUMBER)
    assert list(admissions.resume(admission_id).drafts) == [Step.CONTACTS]


def test_going_back_keeps_what_later_steps_hold(admissions, ready):
    admissions.enter_person(
        ready, replace(HUANG, phone="13800000000"), None, ["disabled"]
    )
    state = admissions.resume(ready)
    assert state.person.phone == "13800000000"
    assert (state.step, state.bed, state.terms.grade) == (
        Step.DONE,
        "301-1",
        "partial_1",
    )
    assert state.contacts == (SON,)
    assert state.identity == "510104********5848"


def test_another_bed_frees_the_first(admissions, beds, house, ready):
    admissions.choose_bed(ready, house["301-2"], TODAY)
    free = [bed.bed for bed in beds.free(TODAY)]
    assert "301-1" in free
    assert "301-2" not in free


def test_a_bed_that_cannot_be_had_leaves_the_first_reserved(
    db, admissions, house, ready
):
    settle(db, "李桂兰", house["301-2"])
    with pytest.raises(bed_rules.BedTaken):
        admissions.choose_bed(ready, house["301-2"], TODAY)
    assert admissions.resume(ready).bed == "301-1"


def test_another_day_moves_bed_and_terms_along(admissions, beds, ready):
    admissions.agree(ready, replace(TERMS, planned_on=SOON, meal=""))
    state = admissions.resume(ready)
    assert (state.planned_on, state.terms.planned_on, state.terms.meal) == (
        SOON,
        SOON,
        "",
    )
    assert "301-1" in [bed.bed for bed in beds.free(TODAY, SOON)]
    assert "301-1" not in [bed.bed for bed in beds.free(SOON)]


def test_agreeing_twice_changes_the_one_agreement(admissions, residents, ready):
    changed = replace(TERMS, agreement=Agreement(TODAY, number="2026-089"))
    admissions.agree(ready, changed)
    file = residents.file(admissions.resume(ready).resident_id)
    assert [agreement.number for agreement in file.agreements] == ["2026-089"]


def test_the_bed_waits_as_reserved(admissions, beds, ready):
    [bed] = [
        bed
        for floor in beds.board(TODAY).floors
        for room in floor.rooms
        for bed in room.beds
        if bed.bed == "301-1"
    ]
    assert (bed.state, bed.holder.name) == (BedState.RESERVED, "黄䶮")


@pytest.mark.parametrize("deed", ["contacts", "bed", "agreement", "deposit", "finish"])
def test_nothing_goes_on_without_a_person(admissions, house, deed):
    admission_id = admissions.begin()
    deeds = {
        "contacts": lambda: admissions.enter_contacts(admission_id, [SON]),
        "bed": lambda: admissions.choose_bed(admission_id, house["301-1"], TODAY),
        "agreement": lambda: admissions.agree(admission_id, TERMS),
        "deposit": lambda: admissions.pass_deposit(admission_id),
        "finish": lambda: admissions.finish(admission_id),
    }
    with pytest.raises(StepMissing):
        deeds[deed]()


def test_finishing_names_the_step_that_is_missing(admissions, house):
    admission_id = admissions.begin()
    admissions.enter_person(admission_id, HUANG, NUMBER)
    assert admissions.resume(admission_id).missing == (Step.BED, Step.AGREEMENT)
    with pytest.raises(StepMissing) as refusal:
        admissions.finish(admission_id)
    assert "床位" in refusal.value.message
    admissions.choose_bed(admission_id, house["301-1"], TODAY)
    with pytest.raises(StepMissing) as refusal:
        admissions.finish(admission_id)
    assert "协议" in refusal.value.message


@pytest.mark.parametrize("contacts", [[], [replace(SON, phone="")]])
def test_somebody_to_call_in_an_emergency_is_needed(admissions, ready, contacts):
    with pytest.raises(NobodyToCall):
        admissions.enter_contacts(ready, contacts)


def test_nobody_moves_in_without_somebody_to_call(admissions, residents, ready):
    resident_id = admissions.resume(ready).resident_id
    residents.set_contacts(resident_id, [replace(SON, is_emergency=False)])
    with pytest.raises(NobodyToCall):
        admissions.finish(ready)


def test_the_first_contact_is_called_when_nobody_is_named_for_it(admissions, ready):
    daughter = replace(SON, name="黄丽", is_emergency=False)
    admissions.enter_contacts(ready, [replace(SON, is_emergency=False), daughter])
    called = [each.is_emergency for each in admissions.resume(ready).contacts]
    assert called == [True, False]


def test_a_finish_that_fails_changes_nothing(db, admissions, beds, house, ready):
    resident_id = admissions.resume(ready).resident_id
    beds.set_out_of_service(house["301-1"], "床架坏了")
    with pytest.raises(bed_rules.OutOfService):
        admissions.finish(ready)
    with db.reading() as session:
        assert stays.status_in(session, resident_id, TODAY) is Status.ADMITTING
    assert admissions.resume(ready).terms == replace(
        TERMS, agreement=admissions.resume(ready).terms.agreement
    )


def test_a_bed_given_away_after_the_reservation_ran_out_is_told(
    db, admissions, house, as_role
):
    admission_id = admissions.begin()
    resident_id = admissions.enter_person(admission_id, HUANG, NUMBER)
    admissions.enter_contacts(admission_id, [SON])
    admissions.choose_bed(admission_id, house["301-1"], TODAY)
    admissions.agree(admission_id, TERMS)
    with db.writing(DIRECTOR, "later") as session:
        held = session.query(BedUseRow).filter_by(resident_id=resident_id)
        held.one().ends = TODAY + timedelta(days=1)
    settle(db, "李桂兰", house["301-1"], TODAY + timedelta(days=1))
    with pytest.raises(bed_rules.BedTaken) as refusal:
        admissions.finish(admission_id)
    assert "李桂兰" in refusal.value.message


def test_somebody_known_is_offered_not_doubled(db, admissions, residents, house):
    known = settle(db, "黄䶮", house["301-1"])
    residents.change_person(known, HUANG, NUMBER)
    residents.discharge(known, MAY, "回家")
    admission_id = admissions.begin()
    with pytest.raises(AlreadyKnown) as refusal:
        admissions.enter_person(admission_id, Person("黄龑", "female"), NUMBER)
    assert refusal.value.facts["resident_id"] == known
    assert "已退住" in refusal.value.message
    admissions.take_known(admission_id, known)
    state = admissions.resume(admission_id)
    assert (state.resident_id, state.step, state.is_returning) == (
        known,
        Step.CONTACTS,
        True,
    )
    assert len(residents.find("")) == 1


def test_taking_somebody_known_forgets_the_double_begun(db, admissions, house):
    known = know(db, "黄䶮", "female", NUMBER)
    admission_id = admissions.begin()
    admissions.enter_person(admission_id, HUANG, "")
    admissions.choose_bed(admission_id, house["301-1"], TODAY)
    admissions.take_known(admission_id, known)
    with db.reading() as session:
        assert [row.id for row in session.query(ResidentRow)] == [known]
    assert admissions.resume(admission_id).bed == ""


def test_somebody_comes_back_with_a_second_stay(db, admissions, residents, house):
    known = settle(db, "黄䶮", house["301-1"])
    residents.set_grade(known, "self_care", MARCH)
    residents.discharge(known, MAY, "回家")
    admission_id = admissions.begin_again(known)
    admissions.enter_contacts(admission_id, [SON])
    admissions.choose_bed(admission_id, house["301-2"], TODAY)
    admissions.agree(admission_id, TERMS)
    admissions.finish(admission_id)
    file = residents.file(known)
    assert [(stay.admitted_on, stay.discharged_on) for stay in file.stays] == [
        (TODAY, None),
        (MARCH, MAY),
    ]
    assert [change.grade for change in file.grades] == ["partial_1", "self_care"]


def test_nobody_is_admitted_who_lives_here(db, admissions, house):
    known = settle(db, "黄䶮", house["301-1"])
    with pytest.raises(stays.LivesHere):
        admissions.begin_again(known)


def test_nobody_is_admitted_twice_at_once(db, admissions):
    known = know(db, "黄䶮")
    first = admissions.begin_again(known)
    with pytest.raises(AdmissionUnderWay) as refusal:
        admissions.begin_again(known)
    assert refusal.value.facts["admission_id"] == first


def test_nobody_comes_back_before_having_left(db, admissions, residents, house):
    known = settle(db, "黄䶮", house["301-1"])
    residents.discharge(known, TODAY, "回家")
    admission_id = admissions.begin_again(known)
    with pytest.raises(stays.StaysOverlap):
        admissions.choose_bed(admission_id, house["301-2"], MAY)


def test_giving_up_frees_the_bed_and_forgets_a_stranger(db, admissions, beds, ready):
    admissions.give_up(ready)
    assert "301-1" in [bed.bed for bed in beds.free(TODAY)]
    assert admissions.open() == []
    with db.reading() as session:
        assert session.query(ResidentRow).all() == []


def test_giving_up_keeps_somebody_who_lived_here(db, admissions, residents, house):
    known = settle(db, "黄䶮", house["301-1"])
    residents.set_contacts(known, [SON])
    residents.set_grade(known, "self_care", MARCH)
    residents.discharge(known, MAY, "回家")
    admission_id = admissions.begin_again(known)
    admissions.choose_bed(admission_id, house["301-2"], TODAY)
    admissions.agree(admission_id, TERMS)
    admissions.give_up(admission_id)
    file = residents.file(known)
    assert (file.status, file.contacts) == (Status.DISCHARGED, [SON])
    assert [change.grade for change in file.grades] == ["self_care"]
    assert (file.agreements, file.meals) == ([], [])


def test_giving_up_keeps_somebody_on_whom_money_stands(db, admissions, ready):
    resident_id = admissions.resume(ready).resident_id
    with db.writing(DIRECTOR, "charge") as session:
        charge = ChargeRow(
            resident_id=resident_id, fee_item_id=1, day=TODAY, quantity=1
        )
        session.add(charge)
    admissions.give_up(ready)
    with db.reading() as session:
        assert session.get(ResidentRow, resident_id).name == "黄䶮"


@pytest.mark.parametrize("end", ["finish", "give_up"])
def test_a_closed_admission_stays_closed(admissions, ready, end):
    getattr(admissions, end)(ready)
    with pytest.raises(AdmissionClosed):
        admissions.enter_contacts(ready, [])
    with pytest.raises(AdmissionClosed):
        admissions.resume(ready)


def test_the_accountant_admits_nobody(as_role):
    with pytest.raises(NotAllowed):
        as_role(Admissions, Role.ACCOUNTANT).begin()
