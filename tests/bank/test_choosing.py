"""Which of several deeds or residents a line most likely is."""

from datetime import date

import pytest

from carehome.rules.bank.choosing import Choice, Does, Known, choices, without_rivals
from carehome.rules.bank.linking import OpenDeed, settlements
from carehome.rules.bank.matching import (
    OpenBill,
    Part,
    Payer,
    Register,
    Sure,
    suggest,
)
from carehome.rules.bank.reconciling import AccountLine, Deed
from carehome.rules.bank.statement import BankLine
from carehome.rules.bank.words import read_words
from carehome.rules.ledger.accounts import Code

DAY = date(2026, 11, 13)
KNOWN = Known(read_words())


def line(fen=1000_00, party="", text="", account=""):
    return BankLine(1, DAY, fen, fen, party, account, text)


def deed(number, day, fen=1000_00, **more):
    return OpenDeed(Deed("payment", number), DAY.replace(day=day), fen, **more)


def of_deeds(*days):
    groups = tuple((deed(at, day),) for at, day in enumerate(days))
    return choices(line(), groups, (), (), KNOWN)


def test_the_deed_of_those_days_is_likelier_than_one_of_another_week():
    first, *rest = of_deeds(13, 20, 21)
    assert (first.sure, first.deeds[0].day.day) == (Sure.LIKELY, 13)
    assert {each.sure for each in rest} == {Sure.MAYBE}


def test_two_deeds_of_those_days_are_both_guesses():
    assert {each.sure for each in of_deeds(13, 14)} == {Sure.MAYBE}


def test_many_deeds_that_come_to_the_line_are_sure():
    groups = ((deed(1, 13, 400_00), deed(2, 13, 600_00)),)
    (choice,) = choices(line(), groups, (), (), KNOWN)
    assert choice.sure is Sure.SURE


def test_of_those_whose_hidden_name_fits_the_one_who_owes_that_is_likely():
    payers = (
        Payer(1, "姚美玲", ("戴小军",), bills=(OpenBill("2026-000001", 2700_00),)),
        Payer(2, "戴大成"),
        Payer(3, "戴桂兰"),
    )
    found = suggest(line(2700_00, "戴**"), Register(payers))
    assert [(each.parts[0].resident_id, each.sure) for each in found] == [
        (1, Sure.LIKELY),
        (2, Sure.MAYBE),
        (3, Sure.MAYBE),
    ]


@pytest.mark.parametrize(
    ("party", "place"),
    [("财付通支付科技", Code.WECHAT), ("支付宝（中国）", Code.ALIPAY)],
)
def test_balances_at_payment_services_are_own_accounts(party, place):
    (choice,) = choices(line(party=party), (), (), (), KNOWN)
    assert (choice.does, choice.other) == (Does.TRANSFER, place)


def test_the_number_of_an_own_account_tells_a_transfer():
    known = Known(read_words(), {"62001": Code.DEPOSIT_BANK})
    (choice,) = choices(line(account="62001"), (), (), (), known)
    assert choice.other is Code.DEPOSIT_BANK


def test_cards_of_a_weekend_come_in_one_sum():
    cards = [deed(at, day, is_card=True) for at, day in enumerate((10, 11, 12))]
    (found,) = settlements(AccountLine(1, DAY, 2982_00, 0), cards)
    assert ([each.day.day for each in found.deeds], found.fee) == ([10, 11, 12], 18_00)


def test_cards_of_days_after_the_line_are_not_in_it():
    cards = [deed(1, 14, is_card=True)]
    assert settlements(AccountLine(1, DAY, 995_00, 0), cards) == ()


def test_no_deed_is_surely_two_lines():
    choice = Choice(Does.LINK, Sure.SURE, deeds=(deed(1, 13),))
    ranked = list(without_rivals([(choice,), (choice,)]))
    assert [each[0].sure for each in ranked] == [Sure.SURE, Sure.LIKELY]


def test_lines_of_two_residents_are_both_sure():
    paid = [Choice(Does.POST, Sure.SURE, parts=(Part(who, 1),)) for who in (1, 2)]
    ranked = list(without_rivals([(each,) for each in paid]))
    assert [each[0].sure for each in ranked] == [Sure.SURE, Sure.SURE]
