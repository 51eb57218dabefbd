"""A year of money of a small home, through the services; every fen counted by hand.

Prices a month, in yuan, from 1 January 2026, counted by the days of each month:

    bed 1,200   care: self-care 400, partial 800, full 1,600   meals 600   escort 50 a use

Who lives here, from which day, with which care and deposit:

    王 (王秀英)   12 January   partial                          5,000
    李 (李桂兰)   10 February  self-care, partial from 18 June   4,000
    赵 (赵德明)   20 March     full, leaves on 16 November       8,000

From April on an insurance bears half of 赵's care. What the bills charge, per category:

    month       bed                  care                  meals
    王 Jan      1200*20/31   774.19  800*20/31     516.13  600*20/31     387.10
    王 Feb-Dec  11*1200    13200.00  11*800       8800.00  11*600       6600.00
    王 May      leave, away on the six days 4-9: meals     -600*6/31    -116.13
    李 Feb      1200*19/28   814.29  400*19/28     271.43  600*19/28     407.14
    李 Mar-Jun  4*1200      4800.00  4*400        1600.00  4*600        2400.00
    李 Jul-Dec  6*1200      7200.00  6*800        4800.00  6*600        3600.00
    李 June, put right in July's bill:
                400*17/30 226.67 + 800*13/30 346.67 - 400  173.34
    赵 Mar      1200*12/31   464.52  1600*12/31    619.35  600*12/31     232.26
    赵 Apr-Oct  7*1200      8400.00  7*1600      11200.00  7*600        4200.00
    赵 Sep      hospital, away on the six days 6-11:
                                     -1600*6/30   -320.00  -600*6/30    -120.00
    赵 Nov      15 of 30     600.00                800.00                300.00

    Sum                    36253.00              28460.25              17890.37

    王 bed 13974.19, care  9316.13, meals 6870.97                  = 30161.29
    李 bed 12814.29, care  6844.77, meals 6407.14, escort 3*50 150 = 26216.20
    赵 bed  9464.52, care 12299.35, meals 4612.26                  = 26376.13
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from carehome.rules.bank.statement import BankLine
from carehome.rules.departures import Departure, Receiver
from carehome.rules.ledger.accounts import Code
from carehome.rules.payers.claims import Key
from carehome.rules.periods import Period, months_after
from carehome.rules.refunds import AskedRefund, RefundKind
from carehome.rules.rights import Role
from carehome.services.accounts import Approval
from carehome.services.admissions import Admissions, Terms
from carehome.services.bank import Bank, BankLines, Chosen
from carehome.services.books import Books, Statements
from carehome.services.charges import Cell, Change, Charges
from carehome.services.departures import Deductions, Departures, Giving, Order
from carehome.services.deposits.account import DepositAccount
from carehome.services.donations import Donations
from carehome.services.payers import Payers
from carehome.services.refunds import Refunds
from carehome.services.residents import Agreement, Contact, Person
from carehome.services.subsidies import Subsidies
from carehome.services.tills import Tills
from carehome.services.trust import TrustMoney
from tests import house
from tests.bank.bank_files import LAYOUTS, NUMBER, save_csv
from tests.purse import Purse

WANG, LI, ZHAO = "王秀英", "李桂兰", "赵德明"
INSURANCE, OFFICE = "长护险", "区民政局"
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))

# What each month's bill asks of the family.
#   赵 Apr-Jun, Aug, Oct: 3400 less 800 of the insurance. July: 300 of June that the
#   insurance refused come on top. September: 3400 - 440, less half of the care that is
#   left (1600 - 320) / 2 = 640. November: 1700 less 400.
BILLS = {
    1: {WANG: 1677_42},
    2: {WANG: 2600_00, LI: 1492_86},
    3: {WANG: 2600_00, LI: 2300_00, ZHAO: 1316_13},  # 李: two escorts
    4: {WANG: 2600_00, LI: 2200_00, ZHAO: 2600_00},
    5: {WANG: 2483_87, LI: 2200_00, ZHAO: 2600_00},
    6: {WANG: 2600_00, LI: 2200_00, ZHAO: 2600_00},
    7: {WANG: 2600_00, LI: 2773_34, ZHAO: 2900_00},
    8: {WANG: 2600_00, LI: 2650_00, ZHAO: 2600_00},  # 李: one escort
    9: {WANG: 2600_00, LI: 2600_00, ZHAO: 2320_00},
    10: {WANG: 2600_00, LI: 2600_00, ZHAO: 2600_00},
    11: {WANG: 2600_00, LI: 2600_00, ZHAO: 1300_00},
    12: {WANG: 2600_00, LI: 2600_00},
}

# What each owes once the month is billed; below nothing what is prepaid.
#   王 pays 1677.42, then 10000 ahead (7400 are left after February), 283.87, 2600,
#   10000 ahead (7400 are left after July, 5400 after 2000 were given back), 3000.
#   李 pays each month what is owed, but only 2000 of July's 2773.34.
#   赵 pays each month; October and November, 3900, are taken off the deposit.
OWED = {
    1: {WANG: 1677_42},
    2: {WANG: 2600_00, LI: 1492_86},
    3: {WANG: -4800_00, LI: 2300_00, ZHAO: 1316_13},
    4: {WANG: -2200_00, LI: 2200_00, ZHAO: 2600_00},
    5: {WANG: 283_87, LI: 2200_00, ZHAO: 2600_00},
    6: {WANG: 2600_00, LI: 2200_00, ZHAO: 2600_00},
    7: {WANG: 2600_00, LI: 2773_34, ZHAO: 2900_00},
    8: {WANG: -2800_00, LI: 3423_34, ZHAO: 2600_00},
    9: {WANG: -200_00, LI: 2600_00, ZHAO: 2320_00},
    10: {WANG: 2400_00, LI: 2600_00, ZHAO: 2600_00},
    11: {WANG: 5000_00, LI: 2600_00},  # 赵 owes nothing
    12: {WANG: 4600_00, LI: 2600_00},  # 赵 owes nothing
}

# What the bank tells: month, day, fen, who. In the account were 20000 before.
#   May 2600; June 5087.08; July 9500; August 10900; September 6023.34; October 7328;
#   November 2600; December 15588: together 59626.42.
BEFORE = 20_000_00
TOLD = {
    5: [(11, 2600_00, ZHAO)],
    6: [(8, 2200_00, LI), (10, 283_87, WANG), (11, 2600_00, ZHAO), (21, 3_21, "结息")],
    7: [
        (8, 2600_00, WANG),
        (8, 2200_00, LI),
        (13, 2600_00, ZHAO),
        (20, 2100_00, INSURANCE),  # April 800, May 800, June 800 - 300
    ],
    8: [(10, 10_000_00, WANG), (11, 2900_00, ZHAO), (20, -2000_00, WANG)],
    9: [(9, 3423_34, LI), (11, 2600_00, ZHAO)],
    10: [
        (9, 2600_00, LI),
        (12, 2320_00, ZHAO),
        (20, 2240_00, INSURANCE),  # July 800, August 800, September 640
        (26, 168_00, OFFICE),
    ],
    11: [(9, 2600_00, LI)],
    12: [
        (9, 2600_00, LI),
        (10, 3000_00, WANG),
        (15, 10_000_00, "现金缴存"),
        (21, -12_00, "手续费"),
    ],
}
BANK_IN_YEAR = 59_626_42

# Cash: what the till took and gave. Deposits (5000, 4000, 8000) came and went to the
# dedicated account; the receipt over 1767.42 that was void the same day counts nothing.
#   February     1677.42
#   March       10000.00 + 1492.86
#   April        2300.00 + 1316.13
#   May          2200.00, donation 3000
#   June        -1200.00 spent of the donation
#   August       2000.00
#   November    -3980.00 given back of a deposit, drawn again from its account: 3980
#   December   -10000.00 to the bank
CASH = 12_786_41

# Receipts and vouchers: 3 deposits; 8 in cash (王 3 with the void one, 李 4, 赵 1); 18 by
# bank (王 4, 李 6, 赵 6, insurance 2); 2 vouchers, for what was prepaid and the deposit.
RECEIPTS = 31

# On 31 December, debit above nothing.
BALANCES = {
    Code.CASH: CASH,
    Code.BANK: BANK_IN_YEAR,
    # 17000 in, 3980 drawn. What 赵 owed (3900) and the damage (120) are still to be
    # drawn: so much more lies there than the 9000 that are held.
    Code.DEPOSIT_BANK: 13_020_00,
    Code.DEPOSITS: -9000_00,
    Code.TRUST_CASH: 500_00 - 80_50,
    Code.TRUST: -419_50,
    Code.RECEIVABLE: 4600_00 + 2600_00,
    Code.PREPAID: 0,  # what 王 had paid ahead was used up in October
    Code.PAYERS: 800_00 + 400_00,  # October and November of the insurance
    Code.SUBSIDIES_DUE: 0,
    Code.INCOME_BED: -36_253_00,
    Code.INCOME_CARE: -28_460_25,
    Code.INCOME_MEAL: -17_890_37,
    Code.INCOME_OTHER: -150_00,
    Code.INCOME_DAMAGE: -120_00,
    Code.INCOME_SUBSIDY: -168_00,  # meals of September: 30 + 30 + 24 days at 2
    Code.DONATIONS: -3000_00,
    Code.DONATIONS_USED: 1200_00,
    Code.BANK_INTEREST: -3_21,
    Code.BANK_CHARGES: 12_00,
}


@dataclass(frozen=True)
class Sums:
    """A resident's year: bed, care, meals, other; borne, paid, owed; deposit, trust."""

    bed: int
    care: int
    meal: int
    other: int
    borne: int
    paid: int
    after: int
    deposit: int
    trust: int


STATEMENTS = {
    # paid 1677.42 + 10000 + 283.87 + 2600 + 10000 - 2000 + 3000
    WANG: Sums(13_974_19, 9316_13, 6870_97, 0, 0, 25_561_29, 4600_00, 5000_00, 419_50),
    # paid 1492.86 + 2300 + 3 * 2200 + 2000 + 3423.34 + 3 * 2600
    LI: Sums(12_814_29, 6844_77, 6407_14, 150_00, 0, 23_616_20, 2600_00, 4000_00, 0),
    # borne 5 * 800 + 640 + 800 + 400 - 300; paid 1316.13 + 3 * 2600 + 2900 + 2600
    # + 2320 + 3900 from the deposit
    ZHAO: Sums(9464_52, 12_299_35, 4612_26, 0, 5540_00, 20_836_13, 0, 0, 0),
}


@dataclass
class Year:
    """The home, with a calendar that goes on from deed to deed."""

    folder: Path
    today: date = YEAR.start
    people: dict[str, int] = field(default_factory=dict)
    bank_balance: int = BEFORE
    account: int = 0
    purse: Purse = field(init=False)

    def now(self) -> datetime:
        return datetime.combine(self.today, time(9, 30), UTC)

    def on(self, month: int, day: int) -> date:
        """Let it be another day of the year."""
        found = date(2026, month, day)
        assert found >= self.today
        self.today = found
        return found

    def of(self, kind, role=Role.ACCOUNTANT):
        return self.purse.as_role(role).of(kind)

    def admit(self, name, sex, bed, grade, deposit):
        """Let somebody move in today, and take the deposit to the bank tomorrow."""
        admissions = self.of(Admissions, Role.DIRECTOR)
        begun = admissions.begin()
        person = Person(name, sex)
        who = self.people[name] = admissions.enter_person(begun, person, None)
        child = Contact(
            "family", f"{name[0]}强", "子", "13900001111", is_emergency=True
        )
        admissions.enter_contacts(begun, [child])
        admissions.choose_bed(begun, bed, self.today)
        agreed = Agreement(self.today, number=f"2026-{who}")
        admissions.agree(
            begun, Terms(self.today, grade, "standard", agreed, f"{name[0]}强")
        )
        self.purse.deposits.take(who, deposit, "cash", self.today)
        admissions.pass_deposit(begun)
        admissions.finish(begun)
        entry = self.purse.deposits.entries(who)[0].entry_id
        self.today = self.today.fromordinal(self.today.toordinal() + 1)
        self.purse.deposits.bank([entry], self.today)

    def pay(self, name, fen):
        """Let a family pay in cash today; return the receipt."""
        desk = self.purse.as_role(Role.FRONT_DESK).payments
        return desk.take(self.people[name], fen, "cash", self.today)

    def use(self, item, day, times):
        """Enter that 李 was taken somewhere."""
        cell = Cell(self.people[LI], self.purse.item(item), day)
        self.of(Charges).save(day.replace(day=1), [Change(cell, 0, times)])

    def read(self, month, told: Iterable[tuple[int, int, str]]):
        """Read in what the bank tells, and take each line for what is likeliest."""
        lines = []
        for place, (day, fen, said) in enumerate(told):
            self.bank_balance += fen
            by_bank = said in {"结息", "手续费", "现金缴存"}
            party, text = ("", said) if by_bank else (said, "")
            day_told = date(2026, month, day)
            serial = f"{day_told:%m%d}{place}"
            what = (fen, self.bank_balance, party, "", text, serial)
            lines.append(BankLine(0, day_told, *what))
        path = self.folder / f"{self.today}.csv"
        save_csv(path, LAYOUTS["signed"](lines, NUMBER))
        bank, matching = self.of(Bank), self.of(BankLines)
        bank.take_over(self.account, bank.check(self.account, path))
        open_lines = matching.open_lines(self.account)
        assert len(open_lines) == len(lines)
        chosen = [Chosen(line.line_id, line.best) for line in open_lines]
        matching.accept(chosen)
        assert matching.open_lines(self.account) == []

    def end_month(self, month):
        """Bill a month on the 2nd of the next, hold it against the table, close it."""
        first = date(2026, month, 1)
        self.today = months_after(first, 1).replace(day=2)
        clerk = self.purse.as_role(Role.ACCOUNTANT)
        clerk.billing.post(clerk.billing.trial(first))
        names = {who: name for name, who in self.people.items()}
        bills = self.purse.billing.bills(first)
        assert {names[x.resident_id]: x.total for x in bills} == BILLS[month]
        balances = self.purse.payments.balances()
        owed = {names[who]: owes - ahead for who, (owes, ahead) in balances.items()}
        assert owed == OWED[month]
        self.today = self.today.replace(day=3)
        self.of(Books).close(first, "按清单核对")


@pytest.fixture
def year(db, passwords, tmp_path):
    """A home with approved prices, an account at a bank, and nobody in it."""
    found = Year(tmp_path)
    found.purse = Purse(db, found.now)
    found.purse.set_prices(YEAR.start)
    found.account = found.of(Bank).add_account(
        "基本户", "瑞禾银行", NUMBER, "operating"
    )
    return found


def first_quarter(year, beds):
    year.on(1, 12)
    year.admit(WANG, "female", beds["301-1"], "partial_1", 5000_00)
    year.end_month(1)
    wrong = year.pay(WANG, 1767_42)
    year.purse.receipts.void(wrong, "金额录错")
    year.pay(WANG, 1677_42)
    year.on(2, 10)
    year.admit(LI, "female", beds["301-2"], "self_care", 4000_00)
    day = year.on(2, 16)
    trust = year.of(TrustMoney)
    trust.take(year.people[WANG], 500_00, "cash", day, "零用钱", "王强")
    year.end_month(2)
    trust.spend(year.people[WANG], 80_50, "cash", year.today, "买药", "发票 1")
    year.on(3, 5)
    year.pay(WANG, 10_000_00)
    year.on(3, 6)
    year.pay(LI, 1492_86)
    year.use("escort", year.on(3, 12), 2)
    year.on(3, 20)
    year.admit(ZHAO, "male", beds["302-1"], "full", 8000_00)
    year.end_month(3)


def second_quarter(year):
    year.purse.cover(year.people[ZHAO], 50, Period(date(2026, 4, 1)))
    year.on(4, 8)
    year.pay(LI, 2300_00)
    year.on(4, 9)
    year.pay(ZHAO, 1316_13)
    year.end_month(4)
    away = year.purse.residents.record_absence(
        year.people[WANG], "leave", year.on(5, 3)
    )
    year.on(5, 8)
    year.pay(LI, 2200_00)
    year.purse.residents.record_return(away, year.on(5, 10))
    given = year.of(Donations).take("陈先生", 3000_00, "cash", year.on(5, 20))
    year.on(5, 31)
    year.read(5, TOLD[5])
    year.end_month(5)
    year.of(Donations).use(given, 1200_00, "cash", year.on(6, 15), "买轮椅")
    year.on(6, 30)
    year.read(6, TOLD[6])
    year.end_month(6)


def third_quarter(year):
    year.on(7, 6)  # June is billed and closed when this is told
    year.purse.residents.set_grade(
        year.people[LI], "partial_1", date(2026, 6, 18), consent_by="李强"
    )
    year.on(7, 10)
    refused = {Key(date(2026, 6, 1), year.people[ZHAO]): 300_00}
    year.of(Payers).charge_family(year.purse.payer(), refused, "超出等级标准")
    year.on(7, 31)
    year.read(7, TOLD[7])
    year.end_month(7)
    year.on(8, 7)
    year.pay(LI, 2000_00)
    year.on(8, 12)
    year.read(8, TOLD[8][:2])
    year.use("escort", year.on(8, 14), 1)
    give_back(year)
    year.on(8, 31)
    year.read(8, TOLD[8][2:])
    year.end_month(8)
    away = year.purse.residents.record_absence(
        year.people[ZHAO], "hospital", year.on(9, 5)
    )
    year.purse.residents.record_return(away, year.on(9, 12))
    year.on(9, 30)
    year.read(9, TOLD[9])
    year.end_month(9)


def give_back(year):
    """Ask for some prepaid money, let the director approve it, and pay it out."""
    day = year.on(8, 20)
    asked = AskedRefund(
        *(year.people[WANG], RefundKind.PREPAID, 2000_00),
        *("transfer", "王强", "家属急用"),
    )
    number = year.of(Refunds, Role.FRONT_DESK).ask(asked)
    year.of(Refunds, Role.DIRECTOR).approve(number)
    year.of(Refunds).pay_out(number, day)


def fourth_quarter(year):
    subsidies = year.of(Subsidies)
    claim = subsidies.hand_in("xian/meals", date(2026, 9, 1), OFFICE, year.on(10, 5))
    subsidies.grant(claim, year.on(10, 15))
    subsidies.receive(claim, year.on(10, 26), 168_00, "transfer", "拨款 7")
    year.on(10, 31)
    year.read(10, TOLD[10])
    year.end_month(10)
    leave(year)
    year.on(11, 30)
    year.read(11, TOLD[11])
    year.end_month(11)
    year.of(Tills, Role.FRONT_DESK).pay_in(10_000_00, year.on(12, 15), "缴款单 1")
    year.on(12, 31)
    year.read(12, TOLD[12])
    year.end_month(12)


def leave(year):
    """Let 赵 leave: 8000 less 3900 owed and 120 of damage are 3980, paid in cash."""
    departures = year.of(Departures, Role.DIRECTOR)
    order = Order(Departure.HOME, date(2026, 11, 16), "家属", "回家")
    number = departures.order(year.people[ZHAO], order)
    departures.leave(number, year.on(11, 16))
    departures.bill(number, departures.money(number).to_bill)
    receiver = Receiver("赵强", "儿子", "13900001111", "", "户口簿", "无其他继承人")
    departures.name_receiver(number, receiver)
    day = year.on(11, 18)
    off = Deductions(day, 3900_00, 120_00, "损坏轮椅", "同意书 1 号")
    departures.take_off(number, off)
    second = Approval("accountant", "accountant-password")
    departures.settle(number, Giving(day, "cash"), second)
    [paid] = [
        each.entry_id
        for each in year.purse.deposits.entries(year.people[ZHAO])
        if each.fen == -3980_00
    ]
    year.of(DepositAccount).draw([paid], "cash", year.on(11, 20), "取款单 1")


def test_a_year_of_money_comes_to_what_was_counted_by_hand(year):
    first_quarter(year, house.build(year.purse.db))
    second_quarter(year)
    third_quarter(year)
    fourth_quarter(year)
    check_books(year)
    check_statements(year)


def check_books(year):
    """Hold the balances of the books and of the bank against those counted."""
    sums = year.of(Books).account_sums(YEAR)
    assert {each.account: each.after for each in sums} == BALANCES
    assert sum(BALANCES.values()) == 0
    last = date(2026, 12, 31)
    found = year.of(Bank).reconciliation(year.account, last)
    assert found.bank_fen == BEFORE + BANK_IN_YEAR == year.bank_balance
    assert found.differences == ()
    apart = year.of(DepositAccount).standing(last)
    assert (apart.held, apart.account, apart.unexplained) == (9000_00, 13_020_00, 0)
    numbers = sorted(x.number for x in year.purse.receipts.receipts(YEAR.start, last))
    assert numbers == list(range(1, RECEIPTS + 1))
    assert [x.month.month for x in year.of(Books).closes()] == list(range(12, 0, -1))


def check_statements(year):
    """Hold the year's statement of each resident against what was counted."""
    made = year.of(Statements)
    found = {}
    for name, who in year.people.items():
        told = made.year(who, 2026)
        by = told.by_category
        found[name] = Sums(
            *(by["bed"], by["care"], by["meal"], by["other"]),
            *(told.borne, told.paid, told.after, told.deposit, told.trust),
        )
        assert told.charged == sum(by.values()) == told.borne + told.paid + told.after
    assert found == STATEMENTS
    owing = {each.resident_id: each for each in year.purse.arrears.owing()}
    assert {who: each.owed for who, each in owing.items()} == {
        year.people[WANG]: 4600_00,
        year.people[LI]: 2600_00,
    }
