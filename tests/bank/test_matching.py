"""Each line that came in is told whose it may be, why, and how sure that is."""

import pytest

from carehome.rules.bank.matching import (
    OpenBill,
    Part,
    Payer,
    Reason,
    Register,
    Sure,
    suggest,
)
from tests.bank.bank_files import lines

FEE = 2600_00
WANG = Payer(
    1, "王秀英", ("王建国",), frozenset({"6200111"}), (OpenBill("2026-000012", FEE),)
)
LI = Payer(
    2,
    "李桂兰",
    ("李明",),
    bills=(OpenBill("2026-000013", FEE), OpenBill("2026-000020", 100)),
)
ZHAO = Payer(3, "赵德福", ("王建国",), bills=(OpenBill("2026-000014", 3000_00),))
HOME = Register((WANG, LI, ZHAO))


def line(fen=FEE, party="", text="", account=""):
    (found,) = lines((5, fen, party, text))
    return type(found)(0, found.day, fen, 0, party, account, text)


def first(**told):
    return suggest(line(**told), Register((WANG, LI)))[0]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"text": "账单2026-000012"}, Reason.BILL_NUMBER),
        ({"account": "6200111"}, Reason.KNOWN_ACCOUNT),
        ({"text": "王秀英十月费用"}, Reason.RESIDENT_IN_TEXT),
        ({"party": "王秀英"}, Reason.RESIDENT_PAYS),
        ({"party": "王建国"}, Reason.CONTACT_PAYS),
    ],
)
def test_whoever_is_named_and_owes_the_amount_is_sure(told, reason):
    found = first(**told)
    assert found.parts == (Part(1, FEE),)
    assert found.reasons == (reason, Reason.ALL_OWED)
    assert found.sure is Sure.SURE


def test_whoever_is_named_but_owes_something_else_is_likely():
    found = first(party="王建国", fen=1)
    assert (found.parts, found.sure) == ((Part(1, 1),), Sure.LIKELY)


def test_a_contact_in_the_text_is_likely_with_the_amount():
    found = first(text="王建国代交")
    assert (found.reasons, found.sure) == (
        (Reason.CONTACT_IN_TEXT, Reason.ALL_OWED),
        Sure.LIKELY,
    )


@pytest.mark.parametrize("shown", ["*秀英", "王**", "王*英"])
def test_a_name_that_the_bank_hides_is_likely_at_most(shown):
    assert first(party=shown).sure is Sure.LIKELY
    assert first(party=shown, fen=1).sure is Sure.MAYBE


def test_stars_alone_are_nobody():
    assert suggest(line(party="***", fen=1), HOME) == ()


def test_an_amount_alone_suggests_all_whom_it_fits_but_none_surely():
    found = suggest(line(), HOME)
    assert [(each.parts[0].resident_id, each.sure) for each in found] == [
        (1, Sure.MAYBE),
        (2, Sure.MAYBE),
    ]
    assert [each.reasons[-1] for each in found] == [Reason.ALL_OWED, Reason.ONE_BILL]


def test_a_name_puts_aside_those_whom_only_the_amount_fits():
    assert [
        each.parts[0].resident_id for each in suggest(line(party="李明"), HOME)
    ] == [2]


def test_who_pays_for_two_is_not_taken_for_one():
    found = suggest(line(party="王建国", fen=1), HOME)
    assert [(each.parts[0].resident_id, each.sure) for each in found] == [
        (1, Sure.MAYBE),
        (3, Sure.MAYBE),
    ]


def test_what_two_owe_together_is_shared():
    found = suggest(line(party="王建国", fen=FEE + 3000_00), HOME)[0]
    assert found.parts == (Part(1, FEE), Part(3, 3000_00))
    assert found.reasons == (Reason.CONTACT_PAYS, Reason.OWED_TOGETHER)
    assert found.sure is Sure.SURE


def test_a_name_within_a_longer_name_is_not_meant():
    fang, fangfang = Payer(1, "王芳"), Payer(2, "王芳芳")
    found = suggest(line(text="王芳芳费用"), Register((fang, fangfang)))
    assert [each.parts[0].resident_id for each in found] == [2]


def test_money_that_went_out_is_nobodys():
    assert suggest(line(fen=-FEE, party="王秀英"), HOME) == ()


def test_a_stranger_is_nobody():
    assert suggest(line(fen=7, party="宏达物资", text="货款"), HOME) == ()
