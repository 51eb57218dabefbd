"""Late facts on a real file: what is told of them, and the director's word."""

from datetime import date

import pytest

from carehome.rules.billing.adjustments import Standing
from carehome.rules.periods import months_after
from carehome.rules.rights import NotAllowed, Role
from carehome.services.billing import FactsChanged
from carehome.services.day_sheets import DaySheets
from carehome.services.late_facts import LateFacts, NoReason, NothingOld, Seen
from tests.purse import AUGUST, NOVEMBER, OCTOBER, SEPTEMBER, Purse

FREE_BED = 3
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def late(purse) -> Purse:
    """Four months are posted, then the grade of the first turns out to be wrong."""
    for month in (JUNE, JULY, AUGUST, SEPTEMBER):
        purse.post(month)
    purse.residents.set_grade(1, "full", JUNE, consent_by="家属")
    return purse


def facts(purse):
    return purse.of(LateFacts)


def standings(purse, month=OCTOBER):
    """Return how each late month stands in the trial of a month."""
    found = purse.billing.trial(month).late
    return {each.correction.month: each.correction.standing for each in found}


def corrected(purse, month=OCTOBER):
    """Return the months that the posted bill of the first corrects."""
    lines = purse.billing.bills(month)[0].lines
    return {line.for_month for line in lines if line.kind == "adjustment"}


def test_the_trial_lists_every_late_month_with_its_difference(late):
    found = late.billing.trial(OCTOBER).late
    assert [(x.resident, x.correction.month, x.correction.fen) for x in found] == [
        ("王秀英", month, 800_00) for month in (JUNE, JULY, AUGUST, SEPTEMBER)
    ]


def test_what_nobody_decided_stays_out_and_is_listed_again(late):
    late.billing.post(late.billing.trial(OCTOBER))
    assert corrected(late) == {JULY, AUGUST, SEPTEMBER}
    assert standings(late, NOVEMBER)[JUNE] is Standing.WAITING


def test_what_the_director_confirms_goes_into_the_next_bill(late):
    facts(late).confirm(late.waiting(OCTOBER), "家属补交了评估")
    late.billing.post(late.billing.trial(OCTOBER))
    assert corrected(late) == {JUNE, JULY, AUGUST, SEPTEMBER}
    assert standings(late, NOVEMBER) == {}


def test_a_confirmed_line_keeps_the_reason_for_ever(late):
    facts(late).confirm(late.waiting(OCTOBER), "家属补交了评估")
    late.billing.post(late.billing.trial(OCTOBER))
    bill = late.billing.bills(OCTOBER)[0]
    june = [x for x in bill.lines if x.for_month == JUNE]
    assert {x.source["reason"] for x in june} == {"家属补交了评估"}
    assert {x.source["confirmed_by"] for x in june} == {"director"}


def test_what_the_director_leaves_is_charged_no_more_and_stays_listed(late):
    facts(late).leave(late.waiting(OCTOBER), "双方已说好")
    late.billing.post(late.billing.trial(OCTOBER))
    assert JUNE not in corrected(late)
    assert standings(late, NOVEMBER)[JUNE] is Standing.LEFT


def test_something_new_about_a_month_that_was_left_waits_again(late):
    facts(late).leave(late.waiting(OCTOBER), "双方已说好")
    late.residents.set_grade(1, "self_care", JUNE, consent_by="家属")
    assert standings(late)[JUNE] is Standing.WAITING


def test_a_word_can_be_taken_back(late):
    facts(late).leave(late.waiting(OCTOBER), "双方已说好")
    facts(late).reopen(1, JUNE)
    assert standings(late)[JUNE] is Standing.WAITING


def test_a_word_needs_a_reason(late):
    with pytest.raises(NoReason):
        facts(late).confirm(late.waiting(OCTOBER), "  ")


def test_a_word_on_nothing_is_refused(late):
    with pytest.raises(NothingOld):
        facts(late).confirm([], "补记")


def test_a_word_on_what_has_changed_since_is_refused(late):
    seen = late.waiting(OCTOBER)
    late.residents.set_grade(1, "self_care", JUNE, consent_by="家属")
    with pytest.raises(FactsChanged):
        facts(late).confirm(seen, "补记")


def test_the_accountant_gives_no_word(late):
    accountant = late.as_role(Role.ACCOUNTANT)
    with pytest.raises(NotAllowed):
        facts(accountant).confirm(accountant.waiting(OCTOBER), "补记")


def test_a_word_overtakes_the_trial_that_was_made_before_it(late):
    trial = late.billing.trial(OCTOBER)
    facts(late).confirm(late.waiting(OCTOBER), "补记")
    with pytest.raises(FactsChanged):
        late.billing.post(trial)


def test_it_is_told_what_became_known_when_and_by_whom(late):
    known = facts(late).known([(1, JUNE)])[1, JUNE]
    assert [(x.actor, x.subject) for x in known] == [("director", "护理等级 王秀英")]


def test_what_was_known_at_the_posting_is_not_told_again(late):
    late.post(OCTOBER)
    late.residents.set_meal(1, "", OCTOBER)
    (known,) = facts(late).known([(1, OCTOBER)])[1, OCTOBER]
    assert known.subject.startswith("餐别")


def test_facts_of_long_ago_are_not_passed_over(purse):
    since = date(2025, 3, 1)
    who = purse.live("赵长青", FREE_BED, since, sex="male")
    for months in range(19):
        purse.post(months_after(since, months))
    purse.residents.set_meal(who, "", since)
    assert min(standings(purse)) == since


def test_the_director_is_told_on_the_day_what_waits(late):
    (told,) = facts(late).today(date(2026, 11, 21))
    assert told.count == 1


def test_nothing_waiting_tells_nothing(purse):
    purse.post(SEPTEMBER)
    assert facts(purse).today(date(2026, 11, 21)) == []


def test_a_bill_with_corrections_is_computed_again_to_the_fen(late):
    late.post(OCTOBER)
    checked = late.of(DaySheets).check(OCTOBER)
    assert (checked.bills, checked.agreeing) == (2, 2)


def test_the_months_a_bill_corrects_have_their_own_days(late):
    late.post(OCTOBER)
    bill = late.billing.bills(OCTOBER)[0]
    laid = late.of(DaySheets).of_bill(bill.bill_id)
    assert laid.total == bill.total
    june = laid.corrected[0]
    assert june.sheet is not None
    assert june.sheet.total == 3400_00  # with full care instead of partial


def test_a_trial_and_its_posted_bill_have_the_same_days(late):
    bill = late.billing.trial(OCTOBER).bills[0]
    before = late.of(DaySheets).of_trial(bill, OCTOBER)
    late.billing.post(late.billing.trial(OCTOBER))
    after = late.of(DaySheets).of_bill(late.billing.bills(OCTOBER)[0].bill_id)
    assert before.sheet == after.sheet


def test_who_has_left_is_told_with_the_day(late):
    assert late.billing.trial(OCTOBER).late[0].left_on is None


def test_the_seen_of_a_correction_is_what_it_comes_to(late):
    assert [each.fen for each in late.waiting(OCTOBER)] == [800_00]
    assert isinstance(late.waiting(OCTOBER)[0], Seen)
