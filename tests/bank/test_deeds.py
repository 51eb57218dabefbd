"""What the bank itself did, card takings less a fee, and what Enter takes."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from carehome.db.bank import BankEntryRow
from carehome.rules.bank.choosing import Choice, Does
from carehome.rules.bank.layouts import Field
from carehome.rules.bank.linking import OtherSum
from carehome.rules.bank.matching import Part, Reason, Sure
from carehome.rules.bank.reconciling import Cause, Deed
from carehome.rules.bank.teaching import (
    ColumnsMissing,
    ColumnTwice,
    Taught,
    WordsMissing,
)
from carehome.rules.home import NameMissing
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.ledger.entry import Kind
from carehome.rules.ledger.sums import balance
from carehome.rules.periods import Period
from carehome.services.bank import (
    Chosen,
    LineRefused,
    MatchedElsewhere,
    ReceiptStands,
)
from carehome.services.books import Books
from carehome.services.ledger import entries_in
from tests.bank.bank_files import NUMBER, lines, save_csv
from tests.bank.conftest import DEDICATED
from tests.house import DIRECTOR
from tests.purse import FEE, NOVEMBER, OCTOBER

WANG, LI = 1, 2


@pytest.fixture
def deposits(till):
    """The dedicated account."""
    return till.bank.add_account("押金专户", "瑞禾银行", DEDICATED, "deposit")


def booked(till, code):
    with till.purse.db.reading() as session:
        return balance(entries_in(session), code)


def best(till, at=0, account=0):
    return till.lines(account)[at].best


def take(till, *places, account=0):
    kept = till.lines(account)
    chosen = [Chosen(kept[at].line_id, kept[at].best) for at in places]
    return till.matching.accept(chosen)


# what the bank itself did


@pytest.mark.parametrize(
    ("fen", "does", "code", "sign"),
    [
        (-15_00, Does.CHARGE, Code.BANK_CHARGES, 1),
        (37_00, Does.INTEREST, Code.BANK_INTEREST, -1),
    ],
)
def test_what_the_bank_takes_or_gives_stands_in_the_books(till, fen, does, code, sign):
    till.read(lines((3, fen, "瑞禾银行", "转账汇款")))
    till.matching.note(till.lines()[0].line_id, does, "十一月")
    assert booked(till, code) == sign * abs(fen)
    assert booked(till, Code.BANK) == fen
    assert till.bank.reconciliation(till.account, date(2026, 11, 3)).is_even


@pytest.mark.parametrize(
    ("fen", "told", "does"),
    [
        (-15_00, "收账户管理费", Does.CHARGE),
        (37_00, "批量结息", Does.INTEREST),
    ],
)
def test_the_words_of_the_bank_are_sure(till, fen, told, does):
    till.read(lines((3, fen, "瑞禾银行", told)))
    assert (best(till).does, best(till).sure) == (does, Sure.SURE)


def test_money_that_came_is_no_charge(till):
    till.read(lines((3, 15_00, "瑞禾银行", "退回手续费")))
    assert best(till) is None


def test_what_the_bank_did_is_taken_back_with_the_line(till):
    till.read(lines((3, -15_00, "", "手续费")))
    take(till, 0)
    till.matching.unmatch(till.lines()[0].line_id)
    assert booked(till, Code.BANK_CHARGES) == 0
    assert till.lines()[0].unclaimed == -15_00


@pytest.fixture
def october(till):
    """A charge on a line of October."""
    charge = replace(*lines((3, -15_00, "", "手续费")), day=date(2026, 10, 9))
    till.read([charge])


def test_a_charge_of_a_closed_month_is_booked_in_the_first_open_one(till, october):
    till.purse.of(Books).close(OCTOBER)
    take(till, 0)
    with till.purse.db.reading() as session:
        (entry,) = [e for e in entries_in(session) if e.kind is Kind.BANK_CHARGE]
    assert entry.day == date(2026, 11, 1)
    found = till.bank.reconciliation(till.account, date(2026, 10, 31))
    assert [(d.cause, d.fen) for d in found.differences] == [(Cause.ONLY_BANK, -15_00)]


def test_a_charge_of_a_month_that_was_closed_since_stays(till, october):
    take(till, 0)
    till.purse.of(Books).close(OCTOBER)
    with pytest.raises(MonthClosed):
        till.matching.unmatch(till.lines()[0].line_id)


def test_a_deed_of_the_bank_is_never_edited(till):
    till.read(lines((3, -15_00, "", "手续费")))
    take(till, 0)
    with (
        pytest.raises(IntegrityError, match="never edited"),
        till.purse.db.writing(DIRECTOR, "test") as session,
    ):
        session.get_one(BankEntryRow, 1).fen = -1


# transfers between own accounts


def test_a_transfer_is_one_deed_that_both_accounts_tell(till, deposits):
    till.read(lines((3, -500_00, "押金专户", "转存")))
    till.read(
        lines((3, 500_00, "福寿养老院", "转存")), number=DEDICATED, account=deposits
    )
    out, into = till.lines()[0], till.lines(deposits)[0]
    till.matching.note(out.line_id, Does.TRANSFER, "转存", Code.DEPOSIT_BANK)
    (group,) = till.lines(deposits)[0].deeds
    till.matching.link(into.line_id, [each.deed for each in group])
    day = date(2026, 11, 3)
    assert till.bank.reconciliation(till.account, day).is_even
    assert booked(till, Code.DEPOSIT_BANK) == 500_00
    with pytest.raises(MatchedElsewhere):
        till.matching.unmatch(out.line_id)
    till.matching.unmatch(into.line_id)
    till.matching.unmatch(out.line_id)
    assert booked(till, Code.DEPOSIT_BANK) == 0


def test_money_from_wechat_comes_out_of_its_balance(till):
    till.read(lines((3, 994_00, "财付通支付科技", "商户结算")))
    assert best(till).other is Code.WECHAT
    take(till, 0)
    assert booked(till, Code.WECHAT) == -994_00


def test_a_deposit_that_leaves_for_its_account_is_banked(till, deposits):
    till.purse.deposits.take(WANG, 1000_00, "transfer", date(2026, 11, 3))
    till.read(lines((3, 1000_00, "王小明", "押金"), (4, -1000_00, "押金专户")))
    into, out = till.lines()
    assert [each.deed for each in out.best.deeds] == [Deed("deposit", 1)]
    take(till, 1)
    assert till.purse.deposits.entries()[0].banked_on == date(2026, 11, 4)
    till.matching.link(into.line_id, [Deed("deposit", 1)])
    assert till.bank.reconciliation(till.account, date(2026, 11, 4)).is_even


# cards


def test_card_takings_come_in_one_sum_less_a_fee(till):
    for resident, day in ((WANG, 1), (LI, 2)):
        till.purse.payments.take(resident, 1000_00, "card", date(2026, 11, day))
    till.read(lines((3, 1988_00, "银联商务", "收单结算")))
    choice = best(till)
    assert (choice.does, choice.fee, len(choice.deeds)) == (Does.LINK, 12_00, 2)
    assert choice.reasons == (Reason.CARDS_LESS_FEE,)
    take(till, 0)
    assert booked(till, Code.BANK_CHARGES) == 12_00
    assert till.bank.reconciliation(till.account, date(2026, 11, 3)).is_even


def test_a_fee_of_cards_is_small(till):
    till.purse.payments.take(WANG, 1000_00, "card", date(2026, 11, 2))
    till.read(lines((3, 980_00, "银联商务", "收单结算")))
    assert all(not choice.deeds for choice in till.lines()[0].choices)


def test_deeds_less_the_fee_are_the_line(till):
    till.purse.payments.take(WANG, 1000_00, "card", date(2026, 11, 2))
    till.read(lines((3, 995_00, "银联商务", "收单结算")))
    (deed,) = till.matching.open_deeds(till.account)
    with pytest.raises(OtherSum):
        till.matching.link(till.lines()[0].line_id, [deed.deed], 4_00)
    till.matching.link(till.lines()[0].line_id, [deed.deed], 5_00)
    assert till.lines()[0].unclaimed == 0


# what is suggested first


def test_what_somebody_booked_already_is_not_booked_again(till):
    till.purse.payments.take(WANG, FEE, "transfer", date(2026, 11, 3))
    till.read(lines((3, FEE, "王秀英", "费用")))
    choice = best(till)
    assert (choice.does, choice.sure) == (Does.LINK, Sure.SURE)
    assert Reason.DEED_OF_NAMED in choice.reasons


def test_an_amount_that_fits_several_deeds_is_a_guess(till):
    for resident in (WANG, LI):
        till.purse.payments.take(resident, FEE, "transfer", date(2026, 11, 3))
    till.read(lines((3, FEE, "周某")))
    assert {choice.sure for choice in till.lines()[0].choices} == {Sure.MAYBE}


def test_the_second_of_two_sure_lines_of_one_resident_is_looked_at(till):
    till.read(lines((3, FEE, "王秀英"), (3, FEE, "王秀英")))
    assert [best(till, at).sure for at in (0, 1)] == [Sure.SURE, Sure.LIKELY]


def test_a_party_is_said_to_be_what_it_was_before(till):
    till.read(lines((3, -300_00, "鲜达菜业"), (9, -410_00, "鲜达菜业")))
    till.matching.set_aside(till.lines()[0].line_id, "买菜")
    choice = best(till, 1)
    assert (choice.does, choice.text, choice.sure) == (
        Does.ASIDE,
        "买菜",
        Sure.LIKELY,
    )


def test_all_that_was_accepted_is_done_at_once(till):
    till.read(lines((3, FEE, "王秀英"), (4, -15_00, "", "手续费")))
    receipts = take(till, 0, 1)
    assert len(receipts) == 1
    assert [kept.unclaimed for kept in till.lines()] == [0, 0]
    assert till.matching.open_lines(till.account) == []


def test_one_line_that_is_refused_keeps_all_from_being_done(till):
    till.read(lines((3, FEE, "王秀英"), (4, -15_00, "", "手续费")))
    first, second = till.lines()
    wrong = Choice(Does.POST, Sure.MAYBE, parts=(Part(LI, 15_00),))
    with pytest.raises(LineRefused) as refusal:
        till.matching.accept(
            [Chosen(first.line_id, first.best), Chosen(second.line_id, wrong)]
        )
    assert refusal.value.facts["line_id"] == second.line_id
    assert till.lines()[0].unclaimed == FEE


# layouts that the home teaches

FOREIGN = [
    ["村镇银行 客户流水"],
    ["发生日", "来去", "数额", "结余数", "客户名"],
    ["2026-11-03", "进", "26.00", "126.00", "王秀英"],
    ["2026-11-04", "出", "6.00", "120.00", "电力公司"],
]
TITLES = {
    Field.DAY: "发生日",
    Field.FLAG: "来去",
    Field.AMOUNT: "数额",
    Field.BALANCE: "结余数",
    Field.PARTY: "客户名",
}


def test_an_unknown_layout_is_read_once_it_is_taught(till):
    path = save_csv(till.folder / "foreign.csv", FOREIGN)
    assert till.bank.check(till.account, path).statement is None
    assert till.bank.peek(path).rows[1] == tuple(FOREIGN[1])
    till.bank.teach_layout(Taught("村镇银行", TITLES, "进", "出"))
    checked = till.bank.check(till.account, path)
    assert [line.fen for line in checked.statement.lines] == [26_00, -6_00]
    assert till.bank.layouts()[checked.statement.layout] == "村镇银行"
    till.bank.forget_layout(checked.statement.layout)
    assert till.bank.check(till.account, path).statement is None


def test_a_layout_is_taught_anew_under_its_name(till):
    till.bank.teach_layout(Taught("村镇银行", TITLES, "进", "出"))
    till.bank.teach_layout(Taught("村镇银行", TITLES, "进账", "出账"))
    assert list(till.bank.layouts().values()).count("村镇银行") == 1


@pytest.mark.parametrize(
    ("taught", "refusal"),
    [
        (Taught("", TITLES, "进", "出"), NameMissing),
        (Taught("某行", {Field.DAY: "发生日"}), ColumnsMissing),
        (Taught("某行", TITLES), WordsMissing),
        (Taught("某行", TITLES | {Field.TEXT: "客户名"}, "进", "出"), ColumnTwice),
    ],
)
def test_a_layout_is_taught_whole(till, taught, refusal):
    with pytest.raises(refusal):
        till.bank.teach_layout(taught)


def test_the_number_of_the_account_is_known_in_taught_layouts(till):
    till.bank.teach_layout(Taught("村镇银行", TITLES, "进", "出"))
    rows = [FOREIGN[0], [f"账号：{NUMBER[:-1]}9"], *FOREIGN[1:]]
    path = save_csv(till.folder / "other.csv", rows)
    assert till.bank.check(till.account, path).faults[0].name == "wrong_account"


# other payers

SHARE = 400_00  # half of the care fee, which the insurance bears


@pytest.fixture
def insurance(till):
    """An insurance that bears half of the care of November for one resident."""
    till.purse.cover(WANG, 50, Period(NOVEMBER))
    till.purse.post(NOVEMBER)
    return till.purse.payer()


def test_money_of_another_payer_is_booked_with_its_receipt(till, insurance):
    till.read(lines((19, SHARE, "长护险", "十一月")))
    choice = best(till)
    assert (choice.does, choice.sure) == (Does.PAYER, Sure.SURE)
    (receipt,) = take(till, 0)
    assert till.bank.reconciliation(till.account, date(2026, 11, 19)).is_even
    with pytest.raises(ReceiptStands):
        till.matching.unmatch(till.lines()[0].line_id)
    till.purse.receipts.void(receipt, "付错")
    till.matching.unmatch(till.lines()[0].line_id)
    assert till.lines()[0].unclaimed == SHARE


def test_a_payer_that_pays_otherwise_is_likely(till, insurance):
    till.read(lines((19, SHARE - 1, "长护险")))
    assert best(till).sure is Sure.LIKELY


def test_no_payer_pays_out(till, insurance):
    till.read(lines((19, -SHARE, "长护险")))
    assert best(till) is None
