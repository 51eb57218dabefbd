from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from sqlalchemy.exc import IntegrityError

from carehome.db.enquiries import BedOfferRow, EnquiryRow, WaitingEntryRow
from carehome.rules import enquiries as rules
from carehome.rules.beds import BedTaken
from carehome.rules.home import Profile
from carehome.rules.phones import BadPhone
from carehome.rules.residents import NotComeYet, Status
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.today import Urgency
from carehome.rules.waiting import (
    Misfit,
    OrderRules,
    ReasonMissing,
    default_rules,
)
from carehome.services.admissions import Admissions, Terms
from carehome.services.beds import Beds
from carehome.services.enquiries import Enquiries, Enquiry, Visit, person_of
from carehome.services.enquiries.service import EnquiryOver
from carehome.services.home import Home
from carehome.services.residents import (
    Agreement,
    Contact,
    Person,
    Residents,
)
from carehome.services.residents.stays import LivesHere
from carehome.services.waiting import Application, WaitingList
from carehome.services.waiting.entries import (
    AppliedAhead,
    NotWaiting,
    OffReasonMissing,
    UrgentReasonMissing,
    WaitsAlready,
)
from carehome.services.waiting.service import (
    AnswerDayPast,
    Answered,
    OfferedAlready,
)
from tests.conftest import ROLES, TODAY
from tests.enquiries.stored import store
from tests.house import build, know, settle

DAY = timedelta(days=1)
SOON = TODAY + 3 * DAY
CALL = Enquiry(TODAY, caller="张敏", phone="13811112222", relation="女儿", name="王芳")


@pytest.fixture
def beds(db):
    return build(db)


@pytest.fixture
def enquiries(as_role):
    return as_role(Enquiries)


@pytest.fixture
def waiting(as_role):
    return as_role(WaitingList)


@pytest.fixture
def public(as_role):
    as_role(Home).change_profile(Profile("福寿养老院", ownership="public"))


def wait(db, waiting, name, days_ago=0, sex="female", **wish):
    return waiting.join(
        know(db, name, sex), Application(TODAY - days_ago * DAY, **wish)
    )


def names(waiting):
    return [line.name for line in waiting.lines(TODAY)]


# ---- enquiries


def test_a_phone_number_alone_is_an_enquiry(enquiries):
    enquiries.take(Enquiry(TODAY, phone="138 1111 2222"))
    assert enquiries.lines()[0].who == "13811112222"


def test_an_enquiry_of_nobody_is_refused(enquiries):
    with pytest.raises(rules.NobodyNamed):
        enquiries.take(Enquiry(TODAY, asked="多少钱"))


def test_a_wrong_number_and_a_wrong_age_are_refused(enquiries):
    with pytest.raises(BadPhone):
        enquiries.take(Enquiry(TODAY, phone="12ab"))
    with pytest.raises(rules.BadAge):
        enquiries.take(Enquiry(TODAY, name="王芳", age=180))
    with pytest.raises(NotComeYet):
        enquiries.take(Enquiry(SOON, name="王芳"))


def test_a_caller_is_known_by_the_number(db, as_role, beds, enquiries):
    enquiries.take(CALL)
    wang = settle(db, "李兰", beds["301-1"])
    daughter = Contact("family", "张敏", "女儿", "13811112222", is_emergency=True)
    as_role(Residents).set_contacts(wang, [daughter])
    found = enquiries.known("13811112222")
    assert [bool(each.enquiry_id) for each in found] == [True, False]
    assert found[1].resident_id == wang


def test_a_few_digits_tell_nobody_apart(enquiries):
    enquiries.take(CALL)
    assert enquiries.known("138") == []


def test_what_is_due_soonest_stands_first(enquiries):
    enquiries.take(Enquiry(TODAY, name="晚", next_on=SOON))
    enquiries.take(Enquiry(TODAY, name="早", next_on=TODAY))
    enquiries.take(Enquiry(TODAY, name="无"))
    assert [line.who for line in enquiries.lines()] == ["早", "晚", "无"]


def test_a_note_moves_the_next_step(enquiries):
    number = enquiries.take(CALL)
    enquiries.note(number, "已寄价目表", "再打电话", SOON, "前台")
    file = enquiries.file(number)
    assert file.notes[0].text == "已寄价目表"
    assert file.line.enquiry.next_on == SOON
    with pytest.raises(rules.NoteMissing):
        enquiries.note(number, " ")


def test_today_tells_calls_and_visits(enquiries):
    number = enquiries.take(Enquiry(TODAY, name="王芳", next_on=TODAY))
    enquiries.plan_visit(Visit(TODAY, "14:30", "小刘", enquiry_id=number))
    enquiries.plan_visit(Visit(SOON, "9", enquiry_id=number))
    assert len(enquiries.today(TODAY)) == 2


def test_a_visit_is_received_on_its_day(enquiries):
    number = enquiries.take(CALL)
    later = enquiries.plan_visit(Visit(SOON, "9点", enquiry_id=number))
    with pytest.raises(rules.NotCome):
        enquiries.receive(later)
    now = enquiries.plan_visit(Visit(TODAY, "10:05", enquiry_id=number))
    enquiries.receive(now, "很满意", "能带电视吗")
    assert [each.state for each in enquiries.file(number).visits] == [
        "planned",
        "came",
    ]


def test_a_visit_at_no_time_or_twice_is_refused(enquiries):
    number = enquiries.take(CALL)
    with pytest.raises(rules.BadTime):
        enquiries.plan_visit(Visit(SOON, "25:00", enquiry_id=number))
    enquiries.plan_visit(Visit(SOON, "9", enquiry_id=number))
    with pytest.raises(rules.VisitThere):
        enquiries.plan_visit(Visit(SOON, "09:00", enquiry_id=number))


def test_who_goes_elsewhere_leaves_a_reason(enquiries):
    number = enquiries.take(CALL)
    with pytest.raises(rules.LostReasonMissing):
        enquiries.lose(number, "")
    enquiries.lose(number, "价格太高")
    assert enquiries.file(number).line.state == "lost"
    enquiries.reopen(number)
    assert enquiries.file(number).line.state == "open"


def test_an_enquiry_kept_for_later_comes_back_on_its_day(enquiries):
    number = enquiries.take(CALL)
    enquiries.keep_for_later(number, SOON)
    assert enquiries.today(TODAY) == []
    assert len(enquiries.today(SOON)) == 1


def test_the_accountant_takes_no_enquiry(as_role):
    with pytest.raises(NotAllowed):
        as_role(Enquiries, Role.ACCOUNTANT).take(CALL)


def test_the_file_itself_refuses_a_loss_without_a_reason(db):
    row = EnquiryRow(asked_on=TODAY, name="王芳", taken_by="x", state="lost")
    with pytest.raises(IntegrityError, match="lost_with_reason"):
        store(db, row)


# ---- from an enquiry to a place


def test_an_enquiry_becomes_a_waiting_person_with_a_contact(as_role, enquiries):
    number = enquiries.take(CALL)
    person = Person("王芳", "female", ability_level=3)
    enquiries.to_waiting_list(number, person, "", ["destitute"], Application(TODAY))
    line = enquiries.file(number).line
    file = as_role(Residents).file(line.resident_id)
    assert line.state == "waiting"
    assert file.status is Status.WAITING
    assert (file.contacts[0].name, file.contacts[0].phone) == ("张敏", "13811112222")


def test_what_has_led_on_is_not_lost(enquiries):
    number = enquiries.take(CALL)
    enquiries.to_admission(number, Person("王芳", "female"), "", [])
    with pytest.raises(EnquiryOver):
        enquiries.lose(number, "价格太高")


def test_the_identity_number_finds_who_is_known(db, enquiries):
    wang = know(db, "王芳", id_number="110101194903070022")
    number = enquiries.take(CALL)
    known = enquiries.to_admission(
        number, Person("王方", "female"), "110101194903070022", []
    )
    assert known == wang


def test_who_lives_here_does_not_wait(db, beds, waiting):
    wang = settle(db, "王芳", beds["301-1"])
    with pytest.raises(LivesHere):
        waiting.join(wang, Application(TODAY))


def test_nobody_waits_twice(db, waiting):
    wang = know(db, "王芳")
    waiting.join(wang, Application(TODAY))
    with pytest.raises(WaitsAlready):
        waiting.join(wang, Application(TODAY))


def test_the_file_itself_refuses_two_entries_of_one_person(db, waiting):
    wang = know(db, "王芳")
    waiting.join(wang, Application(TODAY))
    with pytest.raises(IntegrityError, match="waiting_entry"):
        store(db, WaitingEntryRow(resident_id=wang, applied_on=TODAY))


@pytest.mark.parametrize(
    ("application", "error"),
    [
        (Application(SOON), AppliedAhead),
        (Application(TODAY, is_urgent=True), UrgentReasonMissing),
    ],
)
def test_an_application_is_checked(db, waiting, application, error):
    with pytest.raises(error):
        waiting.join(know(db, "王芳"), application)


def test_a_private_home_lists_by_date(db, as_role, waiting):
    wait(db, waiting, "后来", 1)
    first = know(db, "早来")
    as_role(Residents).set_categories(first, ["society"])
    waiting.join(first, Application(TODAY - 9 * DAY))
    assert names(waiting) == ["早来", "后来"]


def test_a_public_home_lists_by_category_first(db, as_role, public, waiting):
    wait(db, waiting, "早来", 90)
    poor = know(db, "特困")
    as_role(Residents).set_categories(poor, ["destitute"])
    waiting.join(poor, Application(TODAY))
    assert names(waiting) == ["特困", "早来"]


def test_the_home_orders_by_rules_of_its_own(db, public, waiting):
    assert waiting.rules() == default_rules("public")
    own = OrderRules(by_ability=True, answer_days=5)
    waiting.change_rules(own)
    assert waiting.rules() == own
    waiting.take_default_rules()
    assert waiting.rules() == default_rules("public")


def test_only_the_director_changes_the_order(as_role):
    with pytest.raises(NotAllowed):
        as_role(WaitingList, Role.FRONT_DESK).change_rules(OrderRules())


def test_who_is_taken_off_gives_the_offered_bed_back(db, as_role, beds, waiting):
    entry = wait(db, waiting, "王芳")
    waiting.offer(entry, beds["301-1"], SOON, {})
    with pytest.raises(OffReasonMissing):
        waiting.take_off(entry, "")
    waiting.take_off(entry, "去了别家")
    assert names(waiting) == []
    assert len(as_role(Beds).free(TODAY)) == 4
    with pytest.raises(NotWaiting):
        waiting.take_off(entry, "去了别家")


# ---- offers


def test_an_offer_reserves_the_bed_until_the_answer_is_due(db, as_role, beds, waiting):
    entry = wait(db, waiting, "王芳")
    waiting.offer(entry, beds["301-1"], SOON, {})
    use = as_role(Beds).history(beds["301-1"])[0]
    assert (use.is_reserved, use.ends) == (True, SOON + DAY)


def test_passing_somebody_over_needs_a_reason_that_is_kept(db, beds, waiting):
    first = wait(db, waiting, "早来", 9)
    second = wait(db, waiting, "后来")
    with pytest.raises(ReasonMissing):
        waiting.offer(second, beds["301-1"], SOON, {first: " "})
    waiting.offer(second, beds["301-1"], SOON, {first: "家属希望年后再来"})
    told = waiting.passed_over()[0]
    assert (told.name, told.passed, told.reason) == (
        "后来",
        "早来",
        "家属希望年后再来",
    )


def test_who_has_said_yes_to_a_bed_is_not_passed_over(db, beds, waiting):
    first = wait(db, waiting, "早来", 9)
    second = wait(db, waiting, "后来")
    waiting.accept(waiting.offer(first, beds["301-1"], SOON, {}))
    line = waiting.lines(TODAY)[0]
    assert (line.offer, line.promised.bed) == (None, "301-1")
    waiting.offer(second, beds["301-2"], SOON, {})
    assert waiting.passed_over() == []


def test_a_bed_that_waits_too_long_after_a_yes_is_promised_no_more(db, beds, waiting):
    first = wait(db, waiting, "早来", 9)
    waiting.accept(waiting.offer(first, beds["301-1"], SOON, {}))
    assert waiting.lines(TODAY + 13 * DAY)[0].promised
    assert waiting.lines(TODAY + 14 * DAY)[0].promised is None


def four_days_later():
    return datetime(2026, 11, 25, 9, tzinfo=UTC)


def test_a_yes_comes_too_late_once_the_bed_is_given_away(db, beds, waiting):
    entry = wait(db, waiting, "早来")
    offer = waiting.offer(entry, beds["301-1"], TODAY, {})
    later = WaitingList(db, ROLES[Role.FRONT_DESK], four_days_later)
    settle(db, "后来", beds["301-1"], TODAY + 2 * DAY)
    with pytest.raises(BedTaken):
        later.accept(offer)
    assert later.offers(entry)[0].answer == "open"


def test_a_late_yes_takes_the_bed_that_is_still_free(db, as_role, beds, waiting):
    entry = wait(db, waiting, "早来")
    offer = waiting.offer(entry, beds["301-1"], TODAY, {})
    WaitingList(db, ROLES[Role.FRONT_DESK], four_days_later).accept(offer)
    assert waiting.lines(TODAY + 4 * DAY)[0].promised


def test_who_is_taken_off_after_a_yes_lets_the_bed_go(db, as_role, beds, waiting):
    entry = wait(db, waiting, "王芳")
    waiting.accept(waiting.offer(entry, beds["301-1"], SOON, {}))
    waiting.take_off(entry, "去了别家")
    assert len(as_role(Beds).free(TODAY)) == 4


def test_a_bed_that_an_admission_goes_on_with_stays(db, as_role, beds, waiting):
    entry = wait(db, waiting, "王芳")
    who = waiting.accept(waiting.offer(entry, beds["301-1"], SOON, {}))
    as_role(Admissions).begin_again(who)
    waiting.take_off(entry, "直接入住")
    assert len(as_role(Beds).free(TODAY)) == 3


def test_whom_the_bed_does_not_suit_is_not_passed_over(db, beds, waiting):
    wait(db, waiting, "老赵", 9, sex="male")
    wait(db, waiting, "要单人间", 8, bed_class="A")
    entry = wait(db, waiting, "王芳")
    waiting.offer(entry, beds["301-1"], SOON, {})
    assert waiting.passed_over() == []


def test_the_list_says_whom_a_bed_suits(db, beds, waiting):
    wait(db, waiting, "老赵", 9, sex="male")
    wait(db, waiting, "王芳")
    found = [each.misfit for each in waiting.candidates(beds["301-1"], TODAY)]
    assert found == [Misfit.GENDER, None]


def test_who_sleeps_in_the_room_decides_too(db, as_role, beds, waiting):
    as_role(Beds).change_room(1, "301", "any")
    settle(db, "赵一", beds["301-1"], sex="male")
    entry = wait(db, waiting, "王芳")
    assert [bed.bed for bed in waiting.beds_for(entry, TODAY)] == []


def test_one_offer_at_a_time(db, beds, waiting):
    entry = wait(db, waiting, "王芳")
    waiting.offer(entry, beds["301-1"], SOON, {})
    with pytest.raises(OfferedAlready):
        waiting.offer(entry, beds["301-2"], SOON, {})


def test_an_answer_cannot_be_due_yesterday(db, beds, waiting):
    with pytest.raises(AnswerDayPast):
        waiting.offer(wait(db, waiting, "王芳"), beds["301-1"], TODAY - DAY, {})


@pytest.mark.parametrize("end", ["decline", "give_up_waiting", "withdraw"])
def test_after_a_no_the_bed_is_free_and_the_place_stays(
    db, as_role, beds, waiting, end
):
    entry = wait(db, waiting, "王芳")
    offer = waiting.offer(entry, beds["301-1"], SOON, {})
    getattr(waiting, end)(offer, "太吵")
    assert len(as_role(Beds).free(TODAY)) == 4
    assert names(waiting) == ["王芳"]
    with pytest.raises(Answered):
        waiting.accept(offer)


def test_today_tells_an_answer_that_is_due(db, beds, waiting):
    waiting.offer(wait(db, waiting, "王芳"), beds["301-1"], SOON, {})
    assert waiting.today(TODAY) == []
    assert [line.urgency for line in waiting.today(SOON)] == [Urgency.SOON]
    assert [line.urgency for line in waiting.today(SOON + DAY)] == [Urgency.LATE]


def test_the_file_itself_refuses_two_open_offers_of_one_bed(db, beds, waiting):
    waiting.offer(wait(db, waiting, "王芳"), beds["301-1"], SOON, {})
    other = wait(db, waiting, "李兰")
    row = BedOfferRow(entry_id=other, bed_id=beds["301-1"], offered_on=TODAY)
    row.answer_by = SOON
    with pytest.raises(IntegrityError, match=r"bed_offer\.bed_id"):
        store(db, row)


def test_the_whole_way_from_the_call_to_the_bed(as_role, beds, enquiries, waiting):
    number = enquiries.take(CALL)
    visit = enquiries.plan_visit(Visit(TODAY, "10", enquiry_id=number))
    enquiries.receive(visit, "满意")
    known = person_of(enquiries.file(number).line.enquiry)
    person = Person(known.name, "female")
    entry = enquiries.to_waiting_list(number, person, "", [], Application(TODAY))
    resident = waiting.accept(waiting.offer(entry, beds["301-1"], SOON, {}))
    admissions = as_role(Admissions)
    admission = admissions.begin_again(resident)
    state = admissions.resume(admission)
    assert (state.bed, state.contacts[0].name) == ("301-1", "张敏")
    admissions.enter_contacts(admission, state.contacts)
    admissions.choose_bed(admission, state.bed_id, TODAY)
    agreed = Terms(TODAY, "partial_1", "", Agreement(TODAY), "张敏")
    admissions.agree(admission, agreed)
    admissions.pass_deposit(admission)
    admissions.finish(admission)
    assert names(waiting) == []
    assert as_role(Residents).file(resident).status is Status.IN


# ---- papers


def test_the_list_hangs_out_with_masked_names(db, waiting, tmp_path):
    wait(db, waiting, "王小芳")
    path = tmp_path / "list.xlsx"
    waiting.write_workbook(TODAY, path)
    cells = [
        str(cell.value)
        for row in openpyxl.load_workbook(path).active.iter_rows()
        for cell in row
    ]
    assert "王*芳" in cells
    assert not any("王小芳" in cell for cell in cells)


def test_the_list_is_a_paper(db, waiting, tmp_path):
    wait(db, waiting, "王小芳")
    waiting.write_list(TODAY, tmp_path / "list.pdf")
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
