"""Months, journals for other programs, sums of a year, donations, utilities."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from carehome.db.books import UtilityBillRow
from carehome.i18n import show_money
from carehome.rules import donations as given_rules
from carehome.rules.ledger.layouts import Encoding, read_layouts
from carehome.rules.periods import Period, month_of
from carehome.rules.rights import Role
from carehome.rules.utilities import (
    BadNumber,
    EnteredAlready,
    Supply,
    Tariff,
    Unexplained,
    check_number,
    difference,
    number_of,
)
from carehome.rules.utilities import paid_too_much as too_much
from carehome.services.books import Books, MonthStanding, Statements
from carehome.services.donations import Donations, funds
from carehome.services.trust import TrustMoney
from carehome.services.utilities import NothingToAsk, Utilities
from tests.conftest import ROLES, TODAY
from tests.purse import FEE, NOVEMBER, OCTOBER, SEPTEMBER, Purse
from tests.ways.book_deeds import BILL

WANG, LI = 1, 2
DAY = date(2026, 11, 10)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
FLAGGED = replace(
    BILL, quantity="1200 度", unit_price="0.75", residential_price="0.5469"
)


@pytest.fixture
def books(purse):
    return purse.of(Books)


@pytest.fixture
def gifts(purse):
    return purse.of(Donations)


@pytest.fixture
def supplies(purse):
    return purse.of(Utilities)


def text_of(path):
    return "".join(page.extract_text() for page in PdfReader(path).pages)


# ---- months


def test_before_any_close_the_last_month_can_be_closed(books):
    month = books.month(OCTOBER)
    assert month.standing is MonthStanding.NEXT
    assert month.entries == 2
    assert month.moved == 2 * FEE


def test_a_month_stands_by_what_is_closed_before_it(books):
    books.close(SEPTEMBER)
    standings = {m: books.month(m).standing for m in (SEPTEMBER, OCTOBER, NOVEMBER)}
    assert standings == {
        SEPTEMBER: MonthStanding.CLOSED,
        OCTOBER: MonthStanding.NEXT,
        NOVEMBER: MonthStanding.RUNNING,
    }
    close = books.month(date(2026, 8, 1)).close
    assert close is not None
    assert close.month == SEPTEMBER


def test_the_month_after_the_next_waits(books):
    books.close(date(2026, 8, 1))
    assert books.month(OCTOBER).standing is MonthStanding.LATER


def test_the_first_page_asks_for_the_oldest_month_that_is_open(books):
    [task] = books.today(TODAY)
    assert (task.target.key, task.due) == (OCTOBER, date(2026, 11, 10))
    books.close(SEPTEMBER)
    assert [task.target.key for task in books.today(TODAY)] == [OCTOBER]
    books.close(OCTOBER)
    assert books.today(TODAY) == []


# ---- journals for accounting programs


@pytest.mark.parametrize("layout", read_layouts(), ids=lambda each: each.code)
@pytest.mark.parametrize("encoding", Encoding)
def test_every_layout_can_be_read_in_its_encoding(books, tmp_path, layout, encoding):
    path = tmp_path / "journal.csv"
    books.write_journal_csv(OCTOBER, layout.code, encoding, path)
    with path.open(encoding=encoding, newline="") as file:
        titles, *rows = csv.reader(file)
    assert titles == [column.title for column in layout.columns]
    assert len(rows) == len(books.journal(month_of(OCTOBER)))


def test_sides_of_a_layout_without_two_columns_balance(books, tmp_path):
    path = tmp_path / "journal.csv"
    books.write_journal_csv(OCTOBER, "direction", Encoding.GB18030, path)
    with path.open(encoding="gb18030", newline="") as file:
        rows = list(csv.DictReader(file))
    by_side = {"借": 0.0, "贷": 0.0}
    for row in rows:
        by_side[row["余额方向"]] += float(row["金额"])
    assert by_side["借"] == by_side["贷"] == 2 * FEE / 100
    assert {(row["会计年度"], row["会计期间"]) for row in rows} == {("2026", "10")}


def test_accounts_and_balances_come_to_nothing(books, tmp_path):
    books.write_accounts_workbook(month_of(OCTOBER), tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    *rows, last = [list(row) for row in sheet.values]
    sides = {"借": 1, "贷": -1}
    for side, sums in ((2, 3), (6, 7)):
        told = [sides[row[side]] * row[sums] for row in rows if row[side] in sides]
        assert sum(told) == 0
    assert [row[6] for row in rows].count("贷") > 0
    assert last[4] == last[5] == 2 * FEE / 100
    books.write_accounts(month_of(OCTOBER), tmp_path / "a.pdf")
    assert "应收账款—老人" in text_of(tmp_path / "a.pdf")


# ---- a year of everybody


def test_the_sums_of_a_year_are_those_of_the_statements(purse):
    made = purse.of(Statements)
    rows = {each.resident_id: each for each in made.years(2026)}
    for who in (WANG, LI):
        one = made.year(who, 2026)
        found = rows[who]
        assert (found.charged, found.paid, found.after) == (
            one.charged,
            one.paid,
            one.after,
        )
    assert made.years(2025) == []


def test_whoever_has_a_deposit_alone_is_in_the_year_with_what_moved(purse, tmp_path):
    who = purse.live("赵大山", 3, date(2026, 11, 2), sex="male")
    purse.deposits.take(who, 5000_00, "cash", date(2026, 11, 2))
    wrong = purse.deposits.take(who, 300_00, "cash", date(2026, 11, 3))
    purse.receipts.void(wrong, "打错")
    trust = purse.of(TrustMoney)
    trust.take(who, 400_00, "cash", date(2026, 11, 3), "零用钱")
    trust.spend(who, 150_00, "cash", date(2026, 11, 4), "理发", "收条 1")
    made = purse.of(Statements)
    rows = {each.resident_id: each for each in made.years(2026)}
    mine = rows[who]
    assert (mine.charged, mine.paid) == (0, 0)
    assert _sums(mine.deposits) == (0, 5000_00, 0, 5000_00)
    assert _sums(mine.trusts) == (0, 400_00, 150_00, 250_00)
    held = purse.deposits.standings()
    assert sum(x.deposit for x in rows.values()) == sum(x.held for x in held)
    made.write_years(2026, tmp_path / "s.pdf")
    told = text_of(tmp_path / "s.pdf")
    for words in ("赵大山 押金明细", "赵大山 代办养老金明细", "理发", "收条 1"):
        assert words in told, words


def test_the_next_year_begins_with_what_is_held(purse):
    purse.deposits.take(WANG, 5000_00, "cash", date(2026, 11, 2))
    later = Purse(purse.db, lambda: datetime(2027, 3, 1, 9, tzinfo=UTC))
    [mine] = [x for x in later.of(Statements).years(2027) if x.resident_id == WANG]
    assert _sums(mine.deposits) == (5000_00, 0, 0, 5000_00)


def _sums(kept):
    return kept.before, kept.came, kept.went, kept.after


def test_the_workbook_of_a_year_has_a_line_for_each(purse, tmp_path):
    purse.of(Statements).write_years_workbook(2026, tmp_path / "y.xlsx")
    sheet = load_workbook(tmp_path / "y.xlsx").active
    names = {row[0].value for row in sheet.iter_rows()}
    assert {"王秀英", "李桂兰"} <= names


def test_one_statement_goes_to_paper(purse, tmp_path):
    purse.of(Statements).write_year(WANG, 2026, tmp_path / "s.pdf")
    assert "王秀英" in text_of(tmp_path / "s.pdf")
    assert "李桂兰" not in text_of(tmp_path / "s.pdf")


# ---- the same bill, and one that does not add up


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"meter": "电表 2", "period": month_of(SEPTEMBER)}),  # by its number
        ({"meter": "电表 1"}, {"meter": "电表1", "number": "D9"}),  # by meter and days
        ({"number": ""}, {}),  # no meter, no number: by its days
        ({}, {"number": "d2026 11", "meter": "电表 1"}),  # however it is written
    ],
)
def test_the_same_utility_bill_is_entered_once(supplies, first, second):
    supplies.add(replace(BILL, **first))
    with pytest.raises(EnteredAlready) as refusal:
        supplies.add(replace(BILL, **first | second))
    told = refusal.value.message
    assert "城南供电公司" in told
    assert "960.00" in told
    assert "2026-11-05" in told


@pytest.mark.parametrize(
    "other",
    [
        {"number": "D9", "meter": "电表 2"},
        {"number": "D9", "meter": "电表 1", "period": month_of(SEPTEMBER)},
        {"supplier": "别的公司"},
        {"supply": Supply.HEAT},
        {"number": "D9", "meter": ""},
    ],
)
def test_another_utility_bill_is_no_second_one(supplies, other):
    supplies.add(replace(BILL, meter="电表 1"))
    supplies.add(replace(BILL, **{"meter": "电表 1"} | other))
    assert len(supplies.bills()) == 2


def test_a_bill_may_be_changed_but_not_into_another(supplies):
    supplies.add(BILL)
    number = supplies.add(replace(BILL, number="D9"))
    supplies.change(number, replace(BILL, number="D9", note="核对过"))
    with pytest.raises(EnteredAlready):
        supplies.change(number, BILL)


@pytest.mark.parametrize("fen", [959_98, 960_02, 9999_99])
def test_a_bill_that_does_not_add_up_says_why(supplies, fen):
    with pytest.raises(Unexplained) as refusal:
        supplies.add(replace(FLAGGED, fen=fen))
    assert show_money(fen - 960_00) in refusal.value.message
    supplies.add(replace(FLAGGED, fen=fen, note="含上月补收"))
    assert difference(supplies.bills()[0].bill) == fen - 960_00


@pytest.mark.parametrize(
    "bill",
    [
        replace(FLAGGED, fen=960_01),
        replace(FLAGGED, fen=959_99),
        replace(FLAGGED, unit_price="", fen=9999_99),
        replace(FLAGGED, quantity="", fen=9999_99),
    ],
)
def test_a_fen_is_rounding_and_without_a_price_nothing_is_known(supplies, bill):
    supplies.add(bill)
    assert difference(bill) == 0


def test_an_unexplained_bill_of_before_can_be_paid(supplies, db):
    number = supplies.add(replace(FLAGGED, fen=9999_99, note="含补收"))
    with db.writing(ROLES[Role.ACCOUNTANT], "test") as session:
        session.get_one(UtilityBillRow, number).note = ""
    supplies.pay(number, DAY, "transfer")
    assert supplies.bills()[0].bill.paid_on == DAY


# ---- donations


def test_what_was_given_for_a_purpose_serves_no_other(gifts):
    number = gifts.take("市慈善总会", 100_00, "transfer", DAY, "添置护理床")
    use = (number, 50_00, "transfer", DAY, "聚餐", "发票")
    with pytest.raises(given_rules.OtherPurpose):
        gifts.use(*use)
    with pytest.raises(given_rules.OtherPurpose):
        gifts.use(*use, "改善伙食")
    gifts.use(*use, "添置护理床")
    assert gifts.donations()[0].left == 50_00


def test_funds_tell_what_is_left_for_each_purpose(gifts):
    one = gifts.take("王强", 100_00, "transfer", DAY, "买床")
    gifts.take("陈梅", 50_00, "transfer", DAY, "买床")
    wrong = gifts.take("李刚", 70_00, "transfer", DAY)
    gifts.use(one, 30_00, "transfer", DAY, "床垫", "", "买床")
    gifts.void(wrong, "打错")
    [fund] = funds(gifts.donations())
    assert (fund.purpose, fund.given, fund.used, fund.left, fund.donations) == (
        *("买床", 150_00, 30_00, 120_00),
        2,
    )


def test_who_wants_no_name_said_is_not_in_public_but_on_the_receipt(gifts, tmp_path):
    number = gifts.take("陈国强", 100_00, "cash", DAY, is_unnamed=True)
    assert gifts.write_public(YEAR, tmp_path / "p.pdf") == 1
    public = text_of(tmp_path / "p.pdf")
    assert "陈国强" not in public
    assert "爱心人士" in public
    gifts.write_certificate(number, tmp_path / "c.pdf")
    assert "陈国强" in text_of(tmp_path / "c.pdf")
    assert "壹佰元整" in text_of(tmp_path / "c.pdf")
    gifts.set_unnamed(number, False)
    gifts.write_public(YEAR, tmp_path / "p.pdf")
    assert "陈国强" in text_of(tmp_path / "p.pdf")


def test_the_public_list_tells_uses_and_leaves_voids_out(gifts, tmp_path):
    number = gifts.take("市慈善总会", 100_00, "transfer", DAY)
    gifts.void(gifts.take("王强", 1_00, "cash", DAY), "打错")
    gifts.use(number, 30_00, "transfer", DAY, "购轮椅")
    gifts.write_workbook(YEAR, tmp_path / "p.xlsx")
    cells = [
        cell.value for row in load_workbook(tmp_path / "p.xlsx").active for cell in row
    ]
    assert "使用：购轮椅" in cells
    assert "王强" not in cells
    assert {100, 30, 70} <= set(cells)


# ---- utilities


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,200 度", "1200"), ("0.5469", "0.5469"), ("８０吨", "80")],
)
def test_a_quantity_begins_with_its_number(text, number):
    assert str(number_of(text)) == number


@pytest.mark.parametrize("text", ["", "约 80", "0", "度"])
def test_what_begins_with_no_number_is_none(text):
    assert number_of(text) is None


def test_a_price_is_a_number_above_nothing():
    check_number("")
    with pytest.raises(BadNumber):
        check_number("贵")


def test_too_much_is_the_difference_of_both_prices():
    assert too_much(FLAGGED) == 243_72  # 1200 x (0.75 - 0.5469)


def test_without_the_price_on_the_bill_its_amount_is_held_against():
    bill = replace(FLAGGED, unit_price="", fen=960_00, extras={"开户费": 60_00})
    assert too_much(bill) == 900_00 - 656_28


@pytest.mark.parametrize("change", [{"quantity": ""}, {"residential_price": ""}])
def test_too_much_is_not_known_without_both_sides(change):
    assert too_much(replace(FLAGGED, **change)) is None


def test_a_cheaper_bill_was_not_paid_too_much():
    assert too_much(replace(FLAGGED, unit_price="0.5")) == 0


def test_a_flagged_bill_is_open_until_the_supplier_is_asked(supplies):
    supplies.add(FLAGGED)
    supplies.add(
        replace(
            *(FLAGGED,),
            **{"supplier": "水司", "tariff": Tariff.RESIDENTIAL},
            **{"extras": {}, "fen": 900_00, "residential_price": "0.75"},
        )
    )
    assert [each.is_open for each in supplies.bills()] == [False, True]
    assert len(supplies.today(TODAY)) == 2  # to ask, and both to pay
    assert supplies.note_letter(FLAGGED.supplier, TODAY) == 1
    assert not any(each.is_open for each in supplies.bills())
    assert len(supplies.today(TODAY)) == 1


def test_the_letter_names_the_bills_the_ground_and_the_sum(supplies, tmp_path):
    supplies.add(replace(FLAGGED, meter="电表 332"))
    supplies.write_letter(FLAGGED.supplier, tmp_path / "l.pdf")
    text = text_of(tmp_path / "l.pdf").replace("\n", "")
    assert FLAGGED.supplier in text
    assert "电表 332" in text
    assert "享受居民价格政策" in text
    assert "开户费" in text
    assert "303.72" in text  # 243.72 and the fee of 60


def test_nothing_is_asked_of_a_supplier_who_is_fair(supplies, tmp_path):
    with pytest.raises(NothingToAsk):
        supplies.write_letter("水司", tmp_path / "l.pdf")
