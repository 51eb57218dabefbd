from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pypdf
import pytest

from carehome.reports.payer_statement import _to_pay
from carehome.rules.payers.claims import Key
from carehome.rules.payers.payer import PayerNameTaken, PayerStillBears
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.rules.today import Concern
from carehome.services.bank import Bank
from carehome.services.payer_statements import (
    AnswerMissing,
    AnswerTooEarly,
    NothingToState,
    PayerStatements,
    SentTooEarly,
)
from carehome.services.payers import FamilyPart, Payer, Payers
from tests.conftest import ROLES
from tests.purse import FEE, NOVEMBER, OCTOBER, SEPTEMBER

WANG, LI = 1, 2
SHARE = 400_00
NEXT_DAY = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
POSTED = SENT = date(2026, 11, 21)  # the day of the tests


@pytest.fixture
def billed(purse):
    """October, of which the insurance bears half of both residents' care."""
    for who in (WANG, LI):
        purse.cover(who, 50, Period(OCTOBER))
    purse.post(OCTOBER)
    return purse.payer()


def words_of(path):
    return [
        "".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages
    ]


def test_a_statement_lists_residents_items_days_and_amounts(statements, billed):
    told = statements.statement(billed, OCTOBER)
    first = told.rows[0]
    assert [row.fen for row in told.rows] == [SHARE, SHARE]
    assert (first.covered, first.share, first.days) == ("护理费", "50 %", 31)
    assert first.worth == 2 * SHARE
    assert told.fen == 2 * SHARE


def test_a_statement_says_where_to_pay_and_until_when(statements, billed, purse):
    purse.of(Bank).add_account("基本户", "瑞禾银行", "620001", "operating")
    told = statements.statement(billed, OCTOBER)
    assert told.account == "基本户 瑞禾银行 620001"
    assert told.due == date(2026, 12, 21)
    statements.send(billed, OCTOBER, SENT)
    assert statements.statement(billed, OCTOBER).due == date(2026, 12, 21)


def test_no_statement_was_sent_before_the_bills_were_posted(statements, billed):
    with pytest.raises(SentTooEarly) as refusal:
        statements.send(billed, OCTOBER, date(2026, 11, 20))
    assert refusal.value.facts["day"] == POSTED


def test_a_statement_comes_to_paper(statements, billed, tmp_path):
    statements.write(billed, OCTOBER, tmp_path / "a.pdf")
    (text,) = words_of(tmp_path / "a.pdf")
    for word in ("致：长护险", "王秀英", "李桂兰", "护理费", "800.00"):
        assert word in text


def test_a_statement_becomes_a_workbook(statements, billed, tmp_path):
    statements.write_workbook(billed, OCTOBER, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert cells.count(400) == 2
    assert 800 in cells


def test_a_correction_stands_on_the_statement_of_its_month(statements, billed, purse):
    statements.send(billed, OCTOBER, SENT)
    [cover] = purse.prices.covers(LI)
    purse.prices.end_cover(cover.cover_id, OCTOBER)
    purse.post(NOVEMBER)
    november, october = statements.months(billed)
    assert (november.borne, october.borne) == (SHARE, SHARE)
    assert october.is_stale
    told = statements.statement(billed, OCTOBER)
    assert [row.fen for row in told.rows] == [SHARE, SHARE, -SHARE]
    assert told.rows[-1].share == "原为 ¥400.00，应为 ¥0.00"
    assert told.fen == told.open == SHARE
    statements.send(billed, OCTOBER, SENT)
    assert not statements.months(billed)[-1].is_stale


def test_a_correction_reaches_a_payer_that_bears_nothing_any_more(
    statements, billed, purse
):
    for who in (WANG, LI):
        [cover] = purse.prices.covers(who)
        purse.prices.end_cover(cover.cover_id, NOVEMBER)
    purse.as_role(Role.DIRECTOR).residents.set_grade(
        LI, "full", OCTOBER, consent_by="家属"
    )
    purse.post(NOVEMBER)
    [month] = statements.months(billed)
    assert month.borne == statements.statement(billed, OCTOBER).fen == 3 * SHARE


def test_what_families_bear_is_told_apart(statements, payers, billed, purse):
    payers.charge_family(billed, {Key(OCTOBER, LI): 100_00}, "超标")
    for posted in (None, NOVEMBER):
        if posted:
            purse.post(posted)
        told = statements.statement(billed, OCTOBER)
        assert (told.fen, told.refused) == (2 * SHARE, 100_00)
        assert told.open == 2 * SHARE - 100_00
        month = statements.months(billed)[-1]
        assert (month.borne, month.refused) == (2 * SHARE, 100_00)
    assert statements.statement(billed, NOVEMBER).fen == 2 * SHARE


def test_a_statement_asks_only_for_what_is_open(statements, payers, billed, tmp_path):
    payers.take(billed, SHARE, "transfer", SENT)
    statements.write(billed, OCTOBER, tmp_path / "a.pdf")
    (text,) = words_of(tmp_path / "a.pdf")
    assert "合计¥800.00。已收¥400.00。请于2026-12-21前支付¥400.00。" in text
    payers.take(billed, SHARE, "transfer", SENT)
    statements.write(billed, OCTOBER, tmp_path / "b.pdf")
    assert "无需再付款" in words_of(tmp_path / "b.pdf")[0]


def test_what_a_payer_has_too_much_stays_to_its_credit(statements, billed, payers):
    told = statements.statement(billed, OCTOBER)
    assert "¥5.00" in _to_pay(replace(told, paid=told.fen + 5_00))


def test_a_cover_of_a_month_gone_by_has_a_statement_of_its_own(statements, purse):
    purse.cover(WANG, 50, Period(OCTOBER))
    for month in (SEPTEMBER, OCTOBER):
        purse.post(month)
    purse.cover(WANG, 50, Period(SEPTEMBER, OCTOBER))
    purse.post(NOVEMBER)
    told = statements.statement(purse.payer(), SEPTEMBER)
    assert (told.fen, told.due) == (SHARE, date(2026, 12, 21))
    assert [x.month for x in statements.months(purse.payer())][-1] == SEPTEMBER


def test_shares_that_others_limit_say_so(statements, purse):
    for name in ("长护险", "慈善会"):
        purse.cover(LI, 70, Period(OCTOBER), payer=name)
    purse.post(OCTOBER)
    told = statements.statement(purse.payer("慈善会"), OCTOBER)
    assert [row.fen for row in told.rows] == [240_00]
    assert told.rows[0].share == "70 %，以其他付款方承担后的余额为限"


def test_a_month_without_bills_has_no_statement(statements, billed):
    with pytest.raises(NothingToState):
        statements.statement(billed, NOVEMBER)


def test_a_statement_is_sent_and_answered(statements, billed):
    number = statements.send(billed, OCTOBER, SENT)
    statements.answer(number, SENT, " 同意 ")
    [month] = statements.months(billed)
    assert (month.sent_on, month.sent_fen) == (SENT, 2 * SHARE)
    assert (month.answered_on, month.answer) == (SENT, "同意")
    assert month.due == date(2026, 12, 21)


def test_an_answer_says_something_and_comes_after_the_statement(statements, billed):
    number = statements.send(billed, OCTOBER, SENT)
    with pytest.raises(AnswerMissing):
        statements.answer(number, SENT, " ")
    with pytest.raises(AnswerTooEarly):
        statements.answer(number, date(2026, 11, 20), "同意")


def test_a_month_adds_up(statements, payers, billed):
    payers.take(billed, SHARE, "transfer", SENT)
    payers.charge_family(billed, {Key(OCTOBER, LI): 100_00}, "超标")
    [month] = statements.months(billed)
    assert (month.residents, month.borne, month.paid) == (2, 2 * SHARE, SHARE)
    assert (month.refused, month.open) == (100_00, SHARE - 100_00)


# ---- the pages of a family


def test_each_child_gets_a_page_of_the_bill(payers, purse, tmp_path):
    children = (FamilyPart("王强", 60), FamilyPart("王丽", 40))
    payers.split(WANG, children, Period(OCTOBER))
    purse.post(OCTOBER)
    bill = purse.billing.bills_of(WANG)[0]
    purse.papers.write_bill(bill, tmp_path / "a.pdf")
    whole, first, second = words_of(tmp_path / "a.pdf")
    assert "王强分摊账单" in first
    assert f"{FEE * 60 // 10000:,}.00" in first
    assert "王丽分摊账单" in second
    assert "分摊账单" not in whole


def test_the_bills_of_a_month_hold_the_pages_of_families(payers, purse, tmp_path):
    payers.split(WANG, (FamilyPart("王强", 50),), Period(OCTOBER))
    purse.post(OCTOBER)
    assert purse.papers.write_bills(OCTOBER, tmp_path / "a.pdf") == 2
    assert len(words_of(tmp_path / "a.pdf")) == 3


def test_a_page_tells_what_a_child_has_paid(payers, purse, tmp_path):
    (son,) = payers.split(WANG, (FamilyPart("王强", 50),), Period(OCTOBER))
    purse.post(OCTOBER)
    payers.take(son, FEE // 2, "wechat", SENT)
    bill = purse.billing.bills_of(WANG)[0]
    purse.papers.write_bill(bill, tmp_path / "a.pdf")
    assert "本月无需交费" in words_of(tmp_path / "a.pdf")[1]


def test_a_bill_names_why_the_family_bears_a_part(payers, billed, purse, tmp_path):
    payers.charge_family(billed, {Key(OCTOBER, LI): 100_00}, "超出标准")
    purse.post(NOVEMBER)
    bill = purse.billing.bills_of(LI)[0]
    purse.papers.write_bill(bill, tmp_path / "a.pdf")
    assert "2026-10拒付：超出标准" in words_of(tmp_path / "a.pdf")[0]


# ---- the list of payers


def test_a_payer_is_kept_and_changed(payers):
    number = payers.save(
        Payer(0, "organisation", " 工会 ", account_number="6200 01", due_days=60)
    )
    [payer] = payers.payers()
    assert (payer.payer_id, payer.name) == (number, "工会")
    assert (payer.account_number, payer.due_days) == ("620001", 60)


def test_two_organisations_bear_no_one_name_but_two_people_may(payers):
    payers.save(Payer(0, "charity", "慈善会"))
    with pytest.raises(PayerNameTaken):
        payers.save(Payer(0, "insurance", "慈善会"))
    payers.save(Payer(0, "family", "王强"))
    payers.save(Payer(0, "family", "王强"))
    assert len(payers.payers()) == 3


def test_who_still_bears_fees_stays_in_use(payers, billed):
    [payer] = payers.payers()
    with pytest.raises(PayerStillBears):
        payers.save(Payer(billed, payer.kind, payer.name, is_active=False))


def test_who_bears_fees_until_a_day_to_come_stays_in_use(payers, billed, purse):
    [payer] = payers.payers()
    unused = Payer(billed, payer.kind, payer.name, is_active=False)
    for each in (1, 2):
        for cover in purse.prices.covers(each):
            purse.prices.end_cover(cover.cover_id, date(2026, 12, 1))
    with pytest.raises(PayerStillBears):
        payers.save(unused)
    for each in (1, 2):
        for cover in purse.prices.covers(each):
            purse.prices.end_cover(cover.cover_id, date(2026, 11, 21))
    payers.save(unused)
    assert not payers.payers()[0].is_active


def test_sending_a_statement_again_gives_no_more_time(statements, billed, db):
    later = PayerStatements(db, ROLES[Role.ACCOUNTANT], lambda: NEXT_DAY)
    first = statements.send(billed, OCTOBER, SENT)
    due = statements.months(billed)[0].due
    again = later.send(billed, OCTOBER, NEXT_DAY.date())
    assert again != first
    assert statements.months(billed)[0].due == due
    assert statements.statement(billed, OCTOBER).due == due


# ---- the first page


def texts(lines):
    return [str(line.target.key) if line.target else "" for line in lines]


def test_the_first_page_asks_for_statements_and_tells_what_is_overdue(
    statements, billed, purse
):
    payers = purse.of(Payers)
    [task] = payers.today(date(2026, 11, 21))
    assert task.due == date(2026, 11, 11)
    statements.send(billed, OCTOBER, SENT)
    assert payers.today(date(2026, 11, 21)) == []
    [concern] = payers.today(date(2026, 12, 22))
    assert texts([concern]) == [str(billed)]


def test_the_first_page_asks_to_send_what_has_changed_again(statements, billed, purse):
    statements.send(billed, OCTOBER, SENT)
    purse.as_role(Role.DIRECTOR).residents.set_grade(
        LI, "full", OCTOBER, consent_by="家属"
    )
    purse.post(NOVEMBER)
    found = purse.of(Payers).today(SENT)
    told = [str(line.text) for line in found if isinstance(line, Concern)]
    assert any("金额有变动" in text for text in told)
