from datetime import date

import openpyxl
import pypdf
import pytest

from carehome.rules.payers.claims import Key
from carehome.rules.payers.payer import PayerNameTaken, PayerStillBears
from carehome.rules.periods import Period
from carehome.services.bank import Bank
from carehome.services.payer_statements import (
    AnswerMissing,
    AnswerTooEarly,
    NothingToState,
)
from carehome.services.payers import FamilyPart, Payer, Payers
from tests.purse import FEE, NOVEMBER, OCTOBER

WANG, LI = 1, 2
SHARE = 400_00
SENT = date(2026, 11, 5)


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
    assert told.due == date(2026, 12, 1)
    statements.send(billed, OCTOBER, SENT)
    assert statements.statement(billed, OCTOBER).due == date(2026, 12, 5)


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


def test_a_correction_stands_on_the_next_statement(statements, billed, purse):
    [cover] = purse.prices.covers(LI)
    purse.prices.end_cover(cover.cover_id, OCTOBER)
    purse.post(NOVEMBER)
    told = statements.statement(billed, NOVEMBER)
    assert sorted(row.fen for row in told.rows) == [-SHARE, SHARE]
    assert "2026年10月" in next(row.covered for row in told.rows if row.fen < 0)


def test_what_families_bear_is_no_matter_of_the_payer(
    statements, payers, billed, purse
):
    payers.charge_family(billed, {Key(OCTOBER, LI): 100_00}, "超标")
    purse.post(NOVEMBER)
    assert statements.statement(billed, NOVEMBER).fen == 2 * SHARE


def test_a_month_without_bills_has_no_statement(statements, billed):
    with pytest.raises(NothingToState):
        statements.statement(billed, NOVEMBER)


def test_a_statement_is_sent_and_answered(statements, billed):
    number = statements.send(billed, OCTOBER, SENT)
    statements.answer(number, date(2026, 11, 10), " 同意 ")
    [month] = statements.months(billed)
    assert (month.sent_on, month.sent_fen) == (SENT, 2 * SHARE)
    assert (month.answered_on, month.answer) == (date(2026, 11, 10), "同意")
    assert month.due == date(2026, 12, 5)


def test_an_answer_says_something_and_comes_after_the_statement(statements, billed):
    number = statements.send(billed, OCTOBER, SENT)
    with pytest.raises(AnswerMissing):
        statements.answer(number, SENT, " ")
    with pytest.raises(AnswerTooEarly):
        statements.answer(number, date(2026, 11, 4), "同意")


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


def test_sending_a_statement_again_gives_no_more_time(statements, billed):
    first = statements.send(billed, OCTOBER, date(2026, 11, 5))
    due = statements.months(billed)[0].due
    again = statements.send(billed, OCTOBER, date(2026, 11, 20))
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
    statements.send(billed, OCTOBER, date(2026, 11, 1))
    assert payers.today(date(2026, 11, 21)) == []
    [concern] = payers.today(date(2026, 12, 2))
    assert texts([concern]) == [str(billed)]
