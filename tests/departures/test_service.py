"""Leaving for good on a real encrypted file: each step, its refusals, the money."""

from dataclasses import replace
from datetime import date

import pypdf
import pytest

from carehome.i18n import show_money
from carehome.rules.agreements import State
from carehome.rules.departures import (
    Death,
    DeathMissing,
    Departure,
    DiedLater,
    HeirsMissing,
    ProofMissing,
    ReasonMissing,
    Receiver,
    ReceiverMissing,
    Step,
)
from carehome.rules.deposits import MoreThanHeld, NoConsent
from carehome.rules.money import capital
from carehome.rules.periods import Period
from carehome.rules.residents import NotComeYet, Status
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.settlement import NotEven, PaidDespiteDebt
from carehome.services.accounts import Approval, SamePerson
from carehome.services.agreements import Agreements
from carehome.services.beds import Beds
from carehome.services.billing import FactsChanged
from carehome.services.day_sheets import DaySheets
from carehome.services.departures import (
    AlreadySettled,
    ApprovalMissing,
    ClaimByDirector,
    Deductions,
    DepartureClosed,
    Departures,
    DepartureUnderWay,
    Giving,
    Order,
    PapersMissing,
    StepMissing,
    Unbilled,
)
from carehome.services.deposits import OfAnEstate
from carehome.services.receipts import PaidOutSince
from carehome.services.residents import Agreement
from carehome.services.residents.stays import BillStands
from tests import house
from tests.conftest import TODAY
from tests.departures.conftest import HALF, LEFT, SON
from tests.purse import FEE, NOVEMBER, OCTOBER


def step(leaving, number):
    return leaving.departures.resume(number).line.step


def bills(leaving, resident_id=1):
    return [(bill.month, bill.total) for bill in leaving.billing.bills_of(resident_id)]


# --- order and leaving


def test_an_order_leaves_the_bed_with_the_person(leaving):
    leaving.ordered()
    assert leaving.residents.file(1).status is Status.IN
    assert leaving.residents.file(1).bed == "301-1"


def test_one_order_at_a_time(leaving):
    leaving.ordered()
    with pytest.raises(DepartureUnderWay):
        leaving.ordered()


def test_the_home_ends_an_agreement_only_with_a_reason(leaving):
    with pytest.raises(ReasonMissing):
        leaving.departures.order(1, Order(Departure.ENDED))


def test_leaving_frees_the_bed_for_cleaning(leaving):
    leaving.left()
    assert leaving.residents.file(1).status is Status.DISCHARGED
    bed = next(
        bed
        for floor in leaving.of(Beds).board(TODAY).floors
        for room in floor.rooms
        for bed in room.beds
        if bed.bed == "301-1"
    )
    assert bed.holder is None
    assert bed.state == "cleaning"


def test_nobody_leaves_tomorrow(leaving):
    number = leaving.ordered()
    with pytest.raises(NotComeYet):
        leaving.departures.leave(number, date(2026, 11, 22))


def test_a_wrong_day_of_leaving_is_done_again(leaving):
    number = leaving.left()
    leaving.departures.leave(number, date(2026, 11, 18))
    assert leaving.departures.resume(number).line.left_on == date(2026, 11, 18)


def test_a_leaving_taken_back_keeps_the_order(leaving):
    number = leaving.left()
    leaving.departures.undo_leaving(number)
    assert leaving.residents.file(1).bed == "301-1"
    assert step(leaving, number) is Step.LEAVE


def test_a_billed_leaving_is_not_taken_back(leaving):
    number = leaving.billed()
    with pytest.raises(BillStands):
        leaving.departures.undo_leaving(number)


def test_days_charged_too_many_are_waived_and_credited_by_the_same_step(leaving):
    number = leaving.billed()  # who had left on Nov 14 is charged up to Nov 15
    for code in ("bed-B", "care-partial_1", "meal-standard"):
        what = (leaving.item(code), Period(date(2026, 11, 14), LEFT))
        leaving.own_price(1, *what, "waived", 0, "实际 14 日离开")
    leaving.bill(number)
    two_days = 80_00 + 53_33 + 40_00
    months = [HALF, FEE]
    assert sum(total for _, total in bills(leaving)) == sum(months) - two_days


def test_days_charged_too_few_are_a_charge_billed_by_the_same_step(leaving):
    number = leaving.billed()  # who had left on Nov 17 is charged up to Nov 15
    leaving.prices.add_charge(1, leaving.item("escort"), date(2026, 11, 16), 1)
    leaving.bill(number)
    assert bills(leaving)[0] == (NOVEMBER, 50_00)


def test_a_cancelled_order_stays_as_history(leaving):
    number = leaving.ordered()
    leaving.departures.cancel(number, "家属改变主意")
    assert leaving.departures.open() == []
    assert len(leaving.departures.of(1)) == 1
    with pytest.raises(DepartureClosed):
        leaving.departures.leave(number, LEFT)
    leaving.ordered()


def test_of_the_dead_the_day_is_written_down(leaving):
    number = leaving.ordered(1, Departure.DEATH)
    with pytest.raises(DeathMissing):
        leaving.departures.leave(number, LEFT)
    with pytest.raises(DiedLater):
        leaving.departures.leave(number, LEFT, Death(date(2026, 11, 17)))


def test_who_came_and_died_the_same_day_pays_one_day(leaving):
    beds = {bed.bed: bed.bed_id for bed in _free(leaving)}
    resident_id = leaving.live("赵大山", beds["302-1"], LEFT, sex="male")
    number = leaving.billed(resident_id, Departure.DEATH)
    assert bills(leaving, resident_id) == [(NOVEMBER, 40_00 + 26_67 + 20_00)]
    assert step(leaving, number) is Step.RECEIVER


def _free(leaving):
    return leaving.of(Beds).free(LEFT)


# --- the final bill


def test_the_final_bill_charges_up_to_the_last_day(leaving):
    leaving.billed()
    assert bills(leaving)[0] == (NOVEMBER, HALF)


def test_the_final_bill_takes_the_next_number(leaving):
    leaving.billed()
    assert [bill.number for bill in leaving.billing.bills_of(1)] == [3, 1]


def test_the_final_bill_is_recomputed_to_the_fen(leaving):
    leaving.billed()
    bill = leaving.billing.bills_of(1)[0]
    assert leaving.of(DaySheets).recomputed(bill.bill_id) == bill.lines


def test_a_charge_of_the_last_days_is_on_the_final_bill(leaving):
    leaving.prices.add_charge(1, leaving.item("escort"), date(2026, 11, 12), 2)
    leaving.billed()
    assert bills(leaving)[0] == (NOVEMBER, HALF + 100_00)


def test_months_before_that_nobody_posted_get_bills_of_their_own(leaving):
    number = leaving.left(1, Departure.HOME, date(2026, 11, 1))
    leaving.bill(number)  # only October's correction could be left: there is none
    assert bills(leaving) == [(OCTOBER, FEE)]


def test_only_what_was_looked_at_is_posted(leaving):
    number = leaving.left()
    seen = leaving.departures.money(number).to_bill
    leaving.prices.add_charge(1, leaving.item("escort"), date(2026, 11, 12), 1)
    with pytest.raises(FactsChanged):
        leaving.departures.bill(number, seen)


def test_the_month_leaves_out_who_had_a_final_bill_and_adds_up(leaving):
    leaving.billed()
    run = leaving.post(NOVEMBER)
    assert (run.bills, run.total) == (1, FEE)
    assert leaving.billing.totals(NOVEMBER) == {1: HALF, 2: FEE}
    shown = leaving.billing.runs()[0]
    assert (shown.bills, shown.total) == (2, FEE + HALF)


def test_a_later_fact_before_the_month_is_billed_in_the_month(leaving):
    leaving.billed()
    leaving.prices.add_charge(1, leaving.item("escort"), date(2026, 11, 12), 1)
    trial = leaving.billing.trial(NOVEMBER)
    assert {bill.resident_id: bill.total for bill in trial.bills} == {1: 50_00, 2: FEE}
    leaving.post(NOVEMBER)
    assert bills(leaving)[:2] == [(NOVEMBER, 50_00), (NOVEMBER, HALF)]
    again = leaving.billing.bills_of(1)[0]
    assert leaving.of(DaySheets).recomputed(again.bill_id) == again.lines


def test_a_later_fact_is_billed_by_the_same_step_again(leaving):
    number = leaving.received()
    leaving.prices.add_charge(1, leaving.item("escort"), date(2026, 11, 12), 1)
    with pytest.raises(Unbilled):
        leaving.departures.take_off(number, Deductions(TODAY))
    leaving.bill(number)
    leaving.departures.take_off(number, Deductions(TODAY))
    assert bills(leaving)[0] == (NOVEMBER, 50_00)


def test_nothing_is_billed_twice_by_doing_the_step_again(leaving):
    number = leaving.billed()
    leaving.bill(number)
    assert bills(leaving) == [(NOVEMBER, HALF), (OCTOBER, FEE)]


def test_a_month_posted_ahead_is_corrected_for_the_days_after_leaving(leaving):
    leaving.post(NOVEMBER)
    leaving.billed()
    assert bills(leaving)[0] == (NOVEMBER, HALF - FEE)


def test_the_next_months_still_follow_in_order(leaving):
    leaving.billed()
    leaving.post(NOVEMBER)
    assert leaving.billing.next_month() == date(2026, 12, 1)


def test_who_comes_back_in_the_month_pays_for_the_new_days_too(leaving):
    number = leaving.taken_off()
    leaving.settle(number, "待家属付清")
    leaving.to_papers(number)
    leaving.departures.finish(number)
    beds = {bed.bed: bed.bed_id for bed in _free(leaving)}
    with leaving.db.writing(house.DIRECTOR, "test") as session:
        house.stays.open_stay_in(session, 1, date(2026, 11, 21))
        house.uses.occupy_in(session, 1, beds["301-1"], date(2026, 11, 21))
    leaving.post(NOVEMBER)
    assert leaving.billing.totals(NOVEMBER)[1] > HALF


def test_a_departure_is_settled_though_its_person_has_come_back(leaving):
    with_deposit(leaving)
    number = leaving.received()
    with leaving.db.writing(house.DIRECTOR, "test") as session:
        house.stays.open_stay_in(session, 1, date(2026, 11, 20))
    assert leaving.departures.money(number).to_bill == ()
    leaving.bill(number)
    off = Deductions(TODAY, set_off=FEE + HALF, consent="同意书 3 号")
    leaving.departures.take_off(number, off)
    leaving.settle(number)
    leaving.to_papers(number)
    leaving.departures.finish(number)
    assert leaving.departures.open() == []
    assert leaving.residents.file(1).status is Status.IN


# --- who receives


def test_an_estate_needs_proof_and_the_consent_of_the_other_heirs(leaving):
    number = leaving.billed(1, Departure.DEATH)
    for lacking, refusal in (
        ({"name": ""}, ReceiverMissing),
        ({"proof": ""}, ProofMissing),
        ({"others_consent": " "}, HeirsMissing),
    ):
        with pytest.raises(refusal):
            leaving.departures.name_receiver(number, replace(SON, **lacking))


def test_whoever_goes_home_receives_without_more_ado(leaving):
    number = leaving.billed()
    leaving.departures.name_receiver(number, Receiver("王秀英"))
    assert step(leaving, number) is Step.DEPOSIT


def test_the_identity_of_who_receives_is_masked_and_a_look_is_logged(leaving):
    number = leaving.billed()
    receiver = replace(SON, id_number="610103196001012424")
    leaving.departures.name_receiver(number, receiver)
    assert leaving.departures.resume(number).identity == "610103********2424"
    assert leaving.departures.resume(number).receiver.id_number is None
    assert leaving.departures.show_identity(number, "核对") == "610103196001012424"
    assert any(line.action == "look" for line in leaving.residents.log(1))


# --- the deposit


def with_deposit(leaving, fen=5000_00):
    leaving.deposits.take(1, fen, "cash", date(2026, 11, 2))


def test_what_is_owed_is_set_off_with_consent(leaving):
    with_deposit(leaving)
    number = leaving.taken_off(set_off=FEE + HALF, consent="同意书 1 号")
    books = leaving.departures.money(number).books
    assert (books.owed, books.held) == (0, 5000_00 - FEE - HALF)


def test_without_consent_nothing_is_taken_off_a_deposit(leaving):
    with_deposit(leaving)
    number = leaving.received()
    for off in (
        Deductions(TODAY, set_off=1),
        Deductions(TODAY, damage=1, damage_reason="打碎玻璃"),
    ):
        with pytest.raises(NoConsent):
            leaving.departures.take_off(number, off)


def test_nothing_is_half_taken_off(leaving):
    with_deposit(leaving)
    number = leaving.received()
    off = Deductions(
        TODAY, set_off=100_00, damage=9999_00, damage_reason="门", consent="1"
    )
    with pytest.raises(MoreThanHeld):
        leaving.departures.take_off(number, off)
    assert leaving.departures.money(number).books.held == 5000_00


def second(passwords):
    return Approval("accountant", passwords[Role.ACCOUNTANT])


def test_what_the_dead_leave_goes_by_the_departure_alone(leaving, passwords):
    with_deposit(leaving)
    leaving.left(1, Departure.DEATH)
    signed = second(passwords)
    for past_the_chain in (
        lambda: leaving.deposits.refund(1, 1, "cash", TODAY, "退", signed, "某人"),
        lambda: leaving.deposits.set_off(1, 1, TODAY, "抵", "同意书"),
    ):
        with pytest.raises(OfAnEstate) as refused:
            past_the_chain()
        assert "王秀英" in refused.value.message


def test_a_death_ordered_by_mistake_and_cancelled_ties_no_deposit(leaving, passwords):
    with_deposit(leaving)
    number = leaving.left(1, Departure.DEATH)
    leaving.departures.cancel(number, "登记错人")
    signed = second(passwords)
    leaving.deposits.refund(1, 5000_00, "cash", TODAY, "退", signed, "家属")
    assert leaving.deposits.standing(1).held == 0


def test_a_deposit_back_after_a_void_voucher_goes_to_the_estate_again(leaving):
    with_deposit(leaving)
    leaving.payments.take(1, FEE + HALF, "cash", TODAY)
    number = leaving.taken_off(1, Departure.DEATH)
    leaving.settle(number)
    leaving.to_papers(number)
    leaving.departures.finish(number)
    voucher = next(each for each in leaving.receipts.receipts_of(1) if each.fen < 0)
    leaving.receipts.void(voucher.receipt_id, "户名写错")
    again = leaving.departures.take_up(1)
    state = leaving.departures.resume(again)
    assert state.line.kind is Departure.DEATH
    assert state.death == Death(LEFT, "06:30")
    leaving.bill(again)
    with pytest.raises(ProofMissing):
        leaving.departures.name_receiver(again, replace(SON, proof=""))
    leaving.departures.name_receiver(again, SON)
    leaving.departures.take_off(again, Deductions(TODAY))
    leaving.settle(again)
    assert leaving.departures.settlement(again).books.held == 0


def test_a_deposit_is_not_paid_out_over_a_debt_by_oversight(leaving, tmp_path):
    with_deposit(leaving)
    number = leaving.taken_off(set_off=1000_00, consent="同意书 1 号")
    owed = FEE + HALF - 1000_00
    for despite in (0, owed - 1):
        with pytest.raises(PaidDespiteDebt) as refusal:
            leaving.settle(number, "家属要求先退", despite)
        assert show_money(4000_00) in refusal.value.message
        assert show_money(owed) in refusal.value.message
    assert leaving.departures.money(number).books.held == 4000_00
    leaving.settle(number, "家属要求先退", owed)
    made = leaving.departures.settlement(number)
    assert (made.paid_to_family, made.claim) == (4000_00, owed)
    assert made.net == 4000_00 - owed
    leaving.departures.preview_sheet(number, tmp_path / "s.pdf")
    [page] = pypdf.PdfReader(tmp_path / "s.pdf").pages
    sheet = page.extract_text()
    for fen in (4000_00, owed, 4000_00 - owed):
        assert show_money(fen) in sheet, fen
    assert capital(4000_00) in sheet
    assert capital(owed) in sheet


def test_damage_leaves_the_deposit_and_pays_no_bill(leaving):
    with_deposit(leaving)
    off = {"damage": 120_00, "damage_reason": "损坏轮椅", "consent": "同意书 2 号"}
    number = leaving.taken_off(**off)
    books = leaving.departures.money(number).books
    assert (books.damage, books.owed) == (120_00, FEE + HALF)


# --- settling


def test_what_is_left_goes_back_by_voucher_and_all_adds_up(leaving):
    with_deposit(leaving)
    leaving.payments.take(1, FEE + 2000_00, "transfer", date(2026, 11, 3))
    number = leaving.taken_off()
    leaving.settle(number)
    made = leaving.departures.settlement(number)
    assert made.books.refunded == 5000_00
    assert made.books.paid_out == 2000_00 - HALF
    assert made.paid_to_family == 5000_00 + 2000_00 - HALF
    assert (made.books.held, made.books.balance, made.claim) == (0, 0, 0)
    vouchers = [each for each in leaving.receipts.receipts_of(1) if each.fen < 0]
    assert sorted(each.fen for each in vouchers) == [-5000_00, -(2000_00 - HALF)]
    assert {each.payer for each in vouchers} == {"王建国"}


def test_money_goes_back_by_two_people(leaving):
    with_deposit(leaving)
    number = leaving.taken_off(set_off=FEE + HALF, consent="1")
    with pytest.raises(ApprovalMissing):
        leaving.departures.settle(number, Giving(TODAY, "cash"))


def test_nobody_approves_what_they_pay_out(leaving, passwords):
    with_deposit(leaving)
    number = leaving.taken_off(set_off=FEE + HALF, consent="1")
    own = Approval("director", passwords[Role.DIRECTOR])
    with pytest.raises(SamePerson):
        leaving.departures.settle(number, Giving(TODAY, "cash"), own)


def test_what_is_owed_keeps_the_departure_open(leaving):
    number = leaving.taken_off()
    with pytest.raises(NotEven):
        leaving.departures.settle(number, Giving(TODAY))


def test_the_director_closes_with_a_claim_that_stays_in_sight(leaving):
    number = leaving.taken_off()
    leaving.settle(number, "家属失联，转法律途径")
    leaving.to_papers(number)
    leaving.departures.finish(number)
    assert leaving.departures.open() == []
    (gone,) = leaving.departures.gone()
    assert (gone.owed, gone.claim_reason) == (FEE + HALF, "家属失联，转法律途径")
    assert 1 in {each.resident_id for each in leaving.arrears.owing()}


def test_a_claim_is_left_by_the_director_alone(leaving):
    number = leaving.taken_off()
    accountant = leaving.as_role(Role.ACCOUNTANT).of(Departures)
    with pytest.raises(ClaimByDirector):
        accountant.settle(number, Giving(TODAY, "", "不想追"))


def test_a_settlement_is_made_once(leaving):
    number = leaving.taken_off()
    leaving.settle(number, "家属失联")
    for again in (
        lambda: leaving.settle(number, "家属失联"),
        lambda: leaving.departures.take_off(number, Deductions(TODAY)),
        lambda: leaving.departures.name_receiver(number, SON),
    ):
        with pytest.raises(AlreadySettled):
            again()


def test_a_paid_out_payment_cannot_be_void(leaving):
    leaving.payments.take(1, FEE + HALF + 10_00, "cash", TODAY)
    number = leaving.taken_off()
    leaving.settle(number)
    receipt = next(each for each in leaving.receipts.receipts_of(1) if each.fen > 0)
    with pytest.raises(PaidOutSince):
        leaving.receipts.void(receipt.receipt_id, "错")


def test_a_void_payout_is_prepaid_again_and_the_person_in_sight(leaving):
    leaving.payments.take(1, FEE + HALF + 10_00, "cash", TODAY)
    number = leaving.taken_off()
    leaving.settle(number)
    voucher = next(each for each in leaving.receipts.receipts_of(1) if each.fen < 0)
    leaving.receipts.void(voucher.receipt_id, "错")
    assert leaving.payments.account(1).prepaid == 10_00
    assert [each.prepaid for each in leaving.departures.gone()] == [10_00]


# --- papers


def test_a_departure_is_finished_with_its_papers(leaving):
    number = leaving.taken_off()
    leaving.settle(number, "家属失联")
    with pytest.raises(PapersMissing):
        leaving.departures.finish(number)
    leaving.to_papers(number)
    leaving.departures.finish(number)
    assert leaving.departures.open() == []


def test_the_dead_need_the_copy_of_the_certificate(leaving):
    number = leaving.taken_off(1, Departure.DEATH)
    assert "death" in leaving.departures.resume(number).missing


def finished(leaving):
    number = leaving.taken_off()
    leaving.settle(number, "家属失联")
    leaving.to_papers(number)
    leaving.departures.finish(number)


def signed_agreement(leaving, starts, ends):
    agreements = leaving.of(Agreements)
    leaving.residents.add_agreement(1, Agreement(starts, ends))
    number = agreements.of_resident(1)[0].agreement_id
    agreements.draw_up(number)
    agreements.sign(number, starts, "王建国")
    return number


def test_finishing_ends_a_signed_agreement_early_and_leaves_its_text(leaving):
    signed_agreement(leaving, date(2026, 3, 1), date(2027, 2, 28))
    finished(leaving)
    (line,) = leaving.of(Agreements).of_resident(1)
    assert (line.state, line.last_day) == (State.ENDED, LEFT)
    assert (line.agreement.ends, line.agreement.terminated_on) == (
        date(2027, 2, 28),
        LEFT,
    )
    assert line.termination_reason == "回家"


def test_finishing_lets_a_renewal_that_has_not_begun_come_to_nothing(leaving):
    number = signed_agreement(leaving, date(2026, 3, 1), date(2026, 11, 30))
    leaving.of(Agreements).renew(number, date(2027, 11, 30))
    finished(leaving)
    fresh, old = leaving.of(Agreements).of_resident(1)
    assert (old.state, old.last_day) == (State.ENDED, LEFT)
    assert fresh.state is State.VOID


def test_finishing_leaves_what_has_run_out_as_it_was(leaving):
    signed_agreement(leaving, date(2026, 3, 1), date(2026, 10, 31))
    finished(leaving)
    (line,) = leaving.of(Agreements).of_resident(1)
    assert line.agreement.terminated_on is None


def test_finishing_late_leaves_the_agreement_of_the_next_stay(leaving):
    number = leaving.taken_off()
    leaving.settle(number, "家属失联")
    leaving.to_papers(number)
    with leaving.db.writing(house.DIRECTOR, "test") as session:
        house.stays.open_stay_in(session, 1, date(2026, 11, 20))
    signed_agreement(leaving, date(2026, 11, 20), date(2027, 11, 19))
    leaving.departures.finish(number)
    (line,) = leaving.of(Agreements).of_resident(1)
    assert line.agreement.terminated_on is None


# --- the chain


def test_no_step_is_skipped(leaving):
    number = leaving.left()
    for skipped in (
        lambda: leaving.departures.name_receiver(number, SON),
        lambda: leaving.departures.take_off(number, Deductions(TODAY)),
        lambda: leaving.settle(number),
        lambda: leaving.departures.tick(number, "settlement"),
        lambda: leaving.departures.finish(number),
    ):
        with pytest.raises(StepMissing):
            skipped()


def test_somebody_who_left_without_an_order_is_settled_too(leaving):
    leaving.residents.discharge(1, LEFT, "回家")
    assert [each.resident_id for each in leaving.departures.gone()] == [1]
    number = leaving.departures.take_up(1)
    assert step(leaving, number) is Step.BILL


def test_a_discharge_past_the_chain_does_not_lose_it(leaving):
    number = leaving.ordered()
    leaving.residents.discharge(1, LEFT, "回家")
    assert step(leaving, number) is Step.BILL
    leaving.residents.undo_discharge(1)
    assert step(leaving, number) is Step.LEAVE


def test_drafts_are_kept_until_their_step_is_stored(leaving):
    number = leaving.billed()
    leaving.departures.keep_draft(number, Step.RECEIVER, {"name": "王"})
    assert leaving.departures.resume(number).drafts == {Step.RECEIVER: {"name": "王"}}
    leaving.departures.name_receiver(number, SON)
    assert leaving.departures.resume(number).drafts == {}


@pytest.mark.parametrize(
    ("role", "deed"),
    [
        (Role.ACCOUNTANT, lambda d: d.order(1, Order(Departure.HOME))),
        (Role.FRONT_DESK, lambda d: d.bill(1, ())),
        (Role.FRONT_DESK, lambda d: d.take_off(1, Deductions(TODAY))),
        (Role.HEAD_NURSE, lambda d: d.settle(1, Giving(TODAY))),
    ],
)
def test_the_desk_leads_out_and_the_accountant_settles(leaving, role, deed):
    with pytest.raises(NotAllowed):
        deed(leaving.as_role(role).of(Departures))


def test_a_late_fact_of_somebody_gone_bills_nobody_else_twice(leaving):
    leaving.billed(2)
    day = date(2026, 11, 5)
    leaving.prices.add_charge(2, leaving.item("escort"), day, 1)
    leaving.residents.record_absence(1, "hospital", date(2026, 11, 19))
    (bill,) = (x for x in leaving.billing.trial(NOVEMBER).bills if x.resident_id == 1)
    assert [line for line in bill.lines if line.kind == "adjustment"] == []
    assert bill.total <= FEE
