"""What people do with money, subject by subject, each deed with its plain sums."""

from dataclasses import replace
from datetime import timedelta

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from carehome.db.billing import ReceiptRow
from carehome.rules.bank.choosing import Choice, Does
from carehome.rules.bank.matching import Part
from carehome.rules.bank.statement import BankLine, Statement
from carehome.rules.departures import Death, Departure
from carehome.rules.donations import GOODS
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.day_close import Count
from carehome.rules.ledger.deeds import resident
from carehome.rules.ledger.entry import Party
from carehome.rules.payers.refunds import Backward
from carehome.rules.periods import Period, months_after
from carehome.rules.refunds import AskedRefund, RefundKind, RefundState
from carehome.rules.rights import Role
from carehome.rules.settlement import SIDE_NAMES
from carehome.services.accounts import Approval
from carehome.services.bank import BankLines, Checked
from carehome.services.bank.service import Bank
from carehome.services.bank.values import Chosen, KeptLine
from carehome.services.day_close import DayCloses
from carehome.services.departures import Deductions, Departures, Giving, Order
from carehome.services.deposits.account import DepositAccount
from carehome.services.donations import Donations
from carehome.services.payers import Payers
from carehome.services.payouts import pay_out_in
from carehome.services.receipts import issue_in
from carehome.services.refunds import Refunds
from carehome.services.subsidies import Subsidies
from carehome.services.tills import Tills
from carehome.services.trust import TrustMoney, TrustTill
from carehome.services.utilities import Utilities
from tests.conftest import ROLES
from tests.departures.conftest import SON
from tests.payments.tally import (
    AMOUNTS,
    CLERKS,
    METHODS,
    PICK,
    RESIDENTS,
    SMALL,
    WHO,
    CountedHome,
    Move,
    Place,
    at,
    borne_by,
    deposit_of,
    fees_of,
    one,
    pocket,
    till,
    trust_of,
)
from tests.ways.book_deeds import BILL

SIGNED = Approval("accountant", "accountant-password")
STAR, OFFICE = "xian/star-subsidy", "区民政局"


class Fees(CountedHome):
    """Families pay, money goes back to them, receipts turn out to be wrong."""

    @rule(
        who=RESIDENTS,
        fen=AMOUNTS,
        method=METHODS,
        back=st.sampled_from([0, 0, 20, 60]),
        role=CLERKS,
    )
    def pay(self, who: int, fen: int, method: str, back: int, role: Role) -> None:
        day = self.today - timedelta(days=back)
        self.take(self.purse.as_role(role).payments.take, who, fen, method, day)

    @rule(who=RESIDENTS)
    def pay_back(self, who: int) -> None:
        now = self.day.replace(tzinfo=None)
        with self.db.writing(ROLES[Role.DIRECTOR], "test", now) as session:
            what = (who, self.today, "transfer", "家属", "申请")
            row = pay_out_in(session, *what, (4, 1))
            if row is None:
                return
            lines = [("退还", -row.fen)]
            made, fen = issue_in(session, now, "院长", row, lines, "家属"), row.fen
        self.receipt(made, Move(fen, fees_of(who), till("transfer")))

    @precondition(lambda self: self.receipts)
    @rule(pick=PICK)
    def void(self, pick: int) -> None:
        receipt_id = one(self.receipts, pick)
        for _ in self.dare(self.purse.receipts.void, receipt_id, "打错"):
            self.turn(self.receipts.pop(receipt_id))

    @rule(
        who=RESIDENTS,
        kind=st.sampled_from(RefundKind),
        fen=SMALL,
        method=METHODS,
        end=st.sampled_from([*RefundState, RefundState.PAID]),
        pick=PICK,
    )
    def refund(
        self,
        who: int,
        kind: RefundKind,
        fen: int,
        method: str,
        end: RefundState,
        pick: int,
    ) -> None:
        desk = self.purse.as_role(Role.FRONT_DESK).of(Refunds)
        paid = None
        if kind is RefundKind.PAYMENT:
            paid = one(desk.refundable(who).payments, pick)
        asked = AskedRefund(
            *(who, kind, fen, method, "家属", "多交", "家属要求"),
            paid.payment_id if paid else None,
        )
        for number in self.dare(desk.ask, asked):
            director = self.purse.of(Refunds)
            if end is RefundState.REFUSED:
                director.refuse(number, "不退")
            elif end is not RefundState.ASKED:
                director.approve(number)
            if end is RefundState.WITHDRAWN:
                desk.take_back(number)
            if end is RefundState.PAID:
                self.pay_refund(number)

    @rule(pick=PICK)
    def pay_a_refund_that_waited(self, pick: int) -> None:
        found = self.purse.of(Refunds).refunds()
        waiting = [x for x in found if x.state is RefundState.APPROVED]
        if waiting:
            self.pay_refund(one(waiting, pick).refund_id)

    def pay_refund(self, number: int) -> None:
        found = self.purse.of(Refunds).refunds()
        asked = next(each for each in found if each.refund_id == number)
        pays = self.purse.as_role(Role.ACCOUNTANT).of(Refunds).pay_out
        owner, source = fees_of(asked.resident_id), till(asked.method)
        if asked.kind is RefundKind.DEPOSIT:
            owner, source = deposit_of(asked.resident_id), pocket(asked.method)
        by = ROLES[Role.ACCOUNTANT].account_id
        for made in self.dare(pays, number, self.today):
            self.receipt(made, Move(asked.fen, owner, source, by))


class DepositMoney(CountedHome):
    """Deposits come, go to the bank, are drawn, given back and used."""

    @rule(who=RESIDENTS, fen=AMOUNTS, method=METHODS)
    def deposit(self, who: int, fen: int, method: str) -> None:
        self.take_deposit(who, fen, method, self.today)

    @rule(who=RESIDENTS, fen=SMALL, method=METHODS)
    def give_back(self, who: int, fen: int, method: str) -> None:
        what = (who, fen, method, self.today, "退还", SIGNED)
        for made in self.dare(self.purse.deposits.refund, *what):
            self.receipt(made, Move(fen, deposit_of(who), pocket(method), self.me))

    @rule(who=RESIDENTS, fen=AMOUNTS)
    def set_off(self, who: int, fen: int) -> None:
        what = (who, fen, self.today, "欠费", "同意书")
        for _ in self.dare(self.purse.deposits.set_off, *what):
            self.book(Move(fen, deposit_of(who), fees_of(who)))

    @rule(who=RESIDENTS, fen=SMALL, method=METHODS)
    def hurry_to_hospital(self, who: int, fen: int, method: str) -> None:
        what = (who, fen, method, self.today, "急诊")
        for _ in self.dare(self.purse.deposits.spend_in_emergency, *what):
            self.book(Move(fen, deposit_of(who), pocket(method), self.me))

    @rule(pick=PICK, fen=SMALL)
    def put_back(self, pick: int, fen: int) -> None:
        found = self.purse.deposits.entries()
        spent = one((each for each in found if each.kind == "emergency"), pick)
        if spent:
            what = (spent.entry_id, fen, "cash", self.today)
            for made in self.dare(self.purse.deposits.put_back, *what):
                owner = deposit_of(spent.resident_id)
                self.receipt(made, Move(fen, till("cash"), owner, self.me))

    @rule(days=st.integers(0, 3))
    def bank(self, days: int) -> None:
        self.day += timedelta(days=days)
        waiting = {
            entry.entry_id: entry.receipt_id
            for entry in self.purse.deposits.entries()
            if entry.kind == "in" and entry.banked_on is None and not entry.is_void
        }
        for _ in self.dare(self.purse.deposits.bank, list(waiting), self.today):
            for receipt_id in waiting.values():
                self.carried(receipt_id)

    def carried(self, receipt_id: int) -> Move:
        """Book that the deposit of a receipt lies in the dedicated account."""
        fen, place, _owner, _by = self.receipts[receipt_id][0]
        move = Move(fen, at(Code.DEPOSIT_BANK), place, self.me)
        self.receipts[receipt_id] += self.book(move)
        return move

    @rule(method=st.sampled_from(["cash", "transfer"]))
    def draw(self, method: str) -> None:
        account = self.purse.of(DepositAccount)
        wanted = [x.piece for x in account.standing(self.today).to_draw]
        what = ([x.entry_id for x in wanted], method, self.today, "支票")
        for _ in self.dare(account.draw, *what):
            fen = sum(piece.fen for piece in wanted)
            self.book(Move(fen, till(method), at(Code.DEPOSIT_BANK), self.me))

    @rule(pick=PICK)
    def void_draw(self, pick: int) -> None:
        account = self.purse.of(DepositAccount)
        drawn = one(account.draws(), pick)
        if drawn:
            for _ in self.dare(account.void_draw, drawn.draw_id, "打错"):
                place = till(drawn.method)
                self.book(Move(drawn.fen, at(Code.DEPOSIT_BANK), place, self.me))


class OtherPayers(CountedHome):
    """An insurance bears a share, pays, refuses, and thinks better of it."""

    @rule(who=RESIDENTS, percent=st.sampled_from([30, 100]))
    def insure(self, who: int, percent: int) -> None:
        span = Period(self.month, months_after(self.month, 1))
        list(self.dare(self.purse.cover, who, percent, span))

    @rule(fen=AMOUNTS, method=METHODS)
    def payer_pays(self, fen: int, method: str) -> None:
        what = (self.payer, fen, method, self.today)
        for made in self.dare(self.purse.of(Payers).take, *what):
            move = Move(fen, till(method), borne_by(self.payer), self.me)
            self.receipt(made, move)

    @rule(pick=PICK, fen=SMALL, method=METHODS)
    def payer_gets_back(self, pick: int, fen: int, method: str) -> None:
        payers = self.purse.of(Payers)
        money = one((x for x in payers.money(self.payer) if x.free), pick)
        if money is None:
            return
        fen = min(fen, money.free + 1)  # one fen too much is refused
        back = Backward(fen, method, self.today, "长护险", "多付")
        for made in self.dare(payers.give_back, money.payment_id, back, SIGNED):
            assert fen <= money.free
            self.returned[made] = self.book(
                Move(fen, borne_by(self.payer), till(method), self.me)
            )

    @rule(pick=PICK)
    def void_what_a_payer_got_back(self, pick: int) -> None:
        number = one(self.returned, pick)
        if number is None:
            return
        for _ in self.dare(self.purse.of(Payers).void_back, number, "没退成"):
            self.turn(self.returned.pop(number))

    @rule(pick=PICK, part=st.integers(1, 3), lost=st.booleans())
    def payer_refuses(self, pick: int, part: int, lost: bool) -> None:
        payers = self.purse.of(Payers)
        claim = one((x for x in payers.claims(self.payer) if x.open > 0), pick)
        if claim is None:
            return
        fen = claim.open // part or 1
        deed = payers.write_off if lost else payers.charge_family
        for cuts in self.dare(deed, self.payer, {claim.key: fen}, "不合规"):
            if lost:
                party = Party("payer", self.payer)
                place = at(Code.WRITTEN_OFF, party)
                self.book(Move(fen, place, borne_by(self.payer)))
                self.lost[cuts[0]] = fen
            else:
                self.refused[cuts[0]] = fen

    @rule(pick=PICK)
    def payer_owes_again(self, pick: int) -> None:
        cut = one([*self.lost, *self.refused], pick)
        if cut is None:
            return
        for _ in self.dare(self.purse.of(Payers).take_back, cut, "更正"):
            if cut in self.lost:
                place = at(Code.WRITTEN_OFF, Party("payer", self.payer))
                self.book(Move(self.lost.pop(cut), borne_by(self.payer), place))
            else:
                del self.refused[cut]


class BankStatements(DepositMoney):
    """The bank tells of money, and somebody says what it is."""

    @rule(
        account=st.integers(0, 1),
        fen=st.lists(
            AMOUNTS.flatmap(lambda x: st.sampled_from([x, -x])), min_size=1, max_size=3
        ),
    )
    def read(self, account: int, fen: list[int]) -> None:
        account_id = one(self.accounts, account)
        standing = sum(each.fen for each in self.told)
        for each in fen:
            standing += each
            mark = str(len(self.told))
            line = BankLine(len(self.told) + 1, self.today, each, standing)
            self.told.append(replace(line, mark=mark))
        lines = tuple(self.told[len(self.told) - len(fen) :])
        checked = Checked("a.csv", Statement("signed", "", lines))
        list(self.dare(self.purse.of(Bank).take_over, account_id, checked))

    @rule(account=st.integers(0, 1), who=RESIDENTS)
    def tell_what_is_in_the_books(self, account: int, who: int) -> None:
        """Let the bank tell of a deed that is still to be told."""
        account_id = one(self.accounts, account)
        deed = one(self.purse.of(BankLines).open_deeds(account_id), who)
        if deed:
            self.read(account, [deed.fen])
            self.say(account, -1, 0)

    @rule(account=st.integers(0, 1), pick=PICK, choice=st.integers(0, 3))
    def say(self, account: int, pick: int, choice: int) -> None:
        line = self.line(account, pick)
        if line and line.choices:
            chosen = one(line.choices, choice)
            self.accept(account, line, chosen)

    @rule(
        account=st.integers(0, 1),
        pick=PICK,
        who=RESIDENTS,
        does=st.sampled_from(Does),
    )
    def insist(self, account: int, pick: int, who: int, does: Does) -> None:
        line = self.line(account, pick)
        if line is None:
            return
        wanted = Choice(
            does,
            "likely",
            parts=(Part(who, line.fen),),
            payer_id=self.payer,
            other=Code.WECHAT if does is Does.TRANSFER else None,
            text="银行",
        )
        self.accept(account, line, wanted)

    def accept(self, account: int, line: KeptLine, choice: Choice) -> None:
        """Say what a line is, and book what that comes to."""
        code = at(one(self.accounts.values(), account))
        lines = self.purse.of(BankLines)
        for made in self.dare(lines.accept, [Chosen(line.line_id, choice)]):
            said: list[tuple[int, Move]] = []
            match choice.does:
                case Does.POST:
                    for receipt_id, part in zip(made, choice.parts, strict=True):
                        move = Move(part.fen, code, fees_of(part.resident_id))
                        self.receipt(receipt_id, move)
                case Does.PAYER:
                    owes = borne_by(choice.payer_id)
                    self.receipt(made[0], Move(line.fen, code, owes))
                case Does.LINK:
                    said = self.linked(code, choice)
                case Does.ASIDE:
                    pass
                case _:
                    said = [(0, self.of_bank(code, choice, line.fen))]
            self.said[line.line_id] = said

    def linked(self, code: Place, choice: Choice) -> list[tuple[int, Move]]:
        """Book that deposits are there which the bank tells of, less a fee."""
        receipts = {x.entry_id: x.receipt_id for x in self.purse.deposits.entries()}
        said = [
            (receipts[each.deed.source], self.carried(receipts[each.deed.source]))
            for each in choice.deeds
            if each.is_waiting
        ]
        if choice.fee:
            charge = replace(choice, does=Does.CHARGE)
            said.append((0, self.of_bank(code, charge, -choice.fee)))
        return said

    def of_bank(self, code: Place, choice: Choice, fen: int) -> Move:
        """Book what the bank itself did."""
        other = {
            Does.CHARGE: Code.BANK_CHARGES,
            Does.INTEREST: Code.BANK_INTEREST,
        }.get(choice.does, choice.other)
        assert other is not None
        return self.book(Move(fen, code, at(other)))[0]

    @precondition(lambda self: self.said)
    @rule(pick=PICK)
    def take_back_what_was_said(self, pick: int) -> None:
        line_id = one(self.said, pick)
        for _ in self.dare(self.purse.of(BankLines).unmatch, line_id):
            for receipt_id, move in self.said.pop(line_id):
                if not receipt_id:
                    self.turn([move])
                elif receipt_id in self.receipts:  # a void one is turned already
                    self.receipts[receipt_id].remove(move)
                    self.turn([move])

    def line(self, account: int, pick: int) -> KeptLine | None:
        lines = self.purse.of(BankLines)
        found: KeptLine | None = one(
            lines.open_lines(one(self.accounts, account)), pick
        )
        return found


class TillMoney(CountedHome):
    """Cash passes from hand to hand, goes to the bank, and is counted."""

    @rule(fen=SMALL, to_bank=st.booleans())
    def hand_on(self, fen: int, to_bank: bool) -> None:
        tills, other = self.purse.of(Tills), ROLES[Role.ACCOUNTANT].account_id
        if to_bank:
            for made in self.dare(tills.pay_in, fen, self.today, "回单"):
                move = Move(fen, till("transfer"), till("cash"), self.me)
                self.handed[made] = self.book(move)
        else:
            for made in self.dare(tills.hand_over, fen, SIGNED):
                give = Move(fen, at(Code.CASH), at(Code.CASH), self.me)
                self.handed[made] = [give]
                self.pass_on(fen, other)

    def pass_on(self, fen: int, other: int) -> None:
        """Count cash in another hand: for the books it is where it was."""
        self.tills[self.me] -= fen
        self.tills[other] += fen

    @precondition(lambda self: self.handed)
    @rule(pick=PICK)
    def hand_back(self, pick: int) -> None:
        number = one(self.handed, pick)
        for _ in self.dare(self.purse.of(Tills).void, number, "打错"):
            [move] = self.handed.pop(number)
            if move.to == move.source:
                self.pass_on(-move.fen, ROLES[Role.ACCOUNTANT].account_id)
            else:
                self.turn([move])

    @rule(role=CLERKS, back=st.integers(0, 1), off=st.sampled_from([0, 0, 50]))
    def close_day(self, role: Role, back: int, off: int) -> None:
        closes = self.purse.as_role(role).of(DayCloses)
        day = self.today - timedelta(days=back)
        booked = closes.sheet(day).booked
        count = Count(max(booked + off, 0))
        for made in self.dare(closes.close, day, count, "", "零钱"):
            move = Move(
                count.fen - booked,
                till("cash"),
                at(Code.CASH_APART),
                ROLES[role].account_id,
            )
            self.counted[made] = self.book(move)

    @precondition(lambda self: self.counted)
    @rule(pick=PICK)
    def count_again(self, pick: int) -> None:
        number = one(self.counted, pick)
        for _ in self.dare(self.purse.of(DayCloses).reopen, number, "数错"):
            self.turn(self.counted.pop(number))


class Kept(CountedHome):
    """Money that is kept for residents comes, is spent, and is carried about."""

    @rule(who=RESIDENTS, fen=AMOUNTS, method=st.sampled_from(["cash", "transfer"]))
    def keep(self, who: int, fen: int, method: str) -> None:
        what = (who, fen, method, self.today, "养老金")
        for made in self.dare(self.purse.of(TrustMoney).take, *what):
            move = Move(fen, _trusted(method), trust_of(who))
            self.trusted[made] = self.book(move)

    @rule(who=RESIDENTS, fen=SMALL, method=st.sampled_from(["cash", "transfer"]))
    def spend(self, who: int, fen: int, method: str) -> None:
        what = (who, fen, method, self.today, "买鞋", "发票")
        for made in self.dare(self.purse.of(TrustMoney).spend, *what):
            move = Move(fen, trust_of(who), _trusted(method))
            self.trusted[made] = self.book(move)

    @rule(fen=st.integers(1, 100_00))
    def hand_out(self, fen: int) -> None:
        given = dict.fromkeys(WHO[:2], fen)
        what = (given, "cash", self.today, "零用钱", "签收单")
        for made in self.dare(self.purse.of(TrustMoney).hand_out, *what):
            for number, who in zip(made, given, strict=True):
                move = Move(fen, trust_of(who), _trusted("cash"))
                self.trusted[number] = self.book(move)

    @precondition(lambda self: self.trusted)
    @rule(pick=PICK)
    def void_trust(self, pick: int) -> None:
        number = one(self.trusted, pick)
        for _ in self.dare(self.purse.of(TrustMoney).void, number, "打错"):
            self.turn(self.trusted.pop(number))

    @rule(fen=SMALL, place=st.sampled_from(["cash", "bank"]))
    def carry(self, fen: int, place: str) -> None:
        cash, bank = at(Code.TRUST_CASH), at(Code.TRUST_BANK)
        deed = self.purse.of(TrustTill).draw
        for made in self.dare(deed, fen, place, self.today, "回单"):
            to, source = (cash, bank) if place == "cash" else (bank, cash)
            self.trips[made] = self.book(Move(fen, to, source))

    @precondition(lambda self: self.trips)
    @rule(pick=PICK)
    def void_trip(self, pick: int) -> None:
        number = one(self.trips, pick)
        for _ in self.dare(self.purse.of(TrustTill).void_draw, number, "打错"):
            self.turn(self.trips.pop(number))


def _trusted(method: str) -> Place:
    return at(Code.TRUST_CASH if method == "cash" else Code.TRUST_BANK)


class Gifts(CountedHome):
    """Donations and subsidies come in; what supplies cost goes out."""

    @rule(fen=AMOUNTS, method=st.sampled_from(["cash", "transfer", GOODS]))
    def give(self, fen: int, method: str) -> None:
        goods = "轮椅" if method == GOODS else ""
        what = ("赵女士", fen, method, self.today, "", goods)
        for made in self.dare(self.purse.of(Donations).take, *what):
            party = Party("donation", made)
            move = Move(fen, _gift(method), at(Code.DONATIONS, party), self.me)
            self.gifts[made] = self.book(move)

    @precondition(lambda self: self.gifts)
    @rule(pick=PICK, fen=SMALL)
    def use(self, pick: int, fen: int) -> None:
        gift = one(self.gifts, pick)
        method = GOODS if self.gifts[gift][0].to == _gift(GOODS) else "cash"
        what = (gift, fen, method, self.today, "过节")
        for made in self.dare(self.purse.of(Donations).use, *what):
            place = at(Code.DONATIONS_USED, Party("donation", gift))
            self.uses[made] = self.book(Move(fen, place, _gift(method), self.me))

    @rule(pick=PICK, is_use=st.booleans())
    def void_gift(self, pick: int, is_use: bool) -> None:
        donations = self.purse.of(Donations)
        known = self.uses if is_use else self.gifts
        deed = donations.void_use if is_use else donations.void
        number = one(known, pick)
        if number is not None:
            for _ in self.dare(deed, number, "打错"):
                self.turn(known.pop(number))

    @rule(fen=AMOUNTS)
    def enter_utility(self, fen: int) -> None:
        number = f"D{len(self.supplies)}"
        bill = replace(BILL, number=number, day=self.today, fen=fen, extras={})
        for made in self.dare(self.purse.of(Utilities).add, bill):
            owed = at(Code.PAYABLE, Party("supplier", bill.supplier))
            self.supplies[made] = self.book(Move(fen, at(Code.UTILITIES), owed))

    @precondition(lambda self: self.supplies)
    @rule(pick=PICK, method=METHODS)
    def pay_utility(self, pick: int, method: str) -> None:
        number = one(self.supplies, pick)
        if len(self.supplies[number]) > 1:
            return
        for _ in self.dare(self.purse.of(Utilities).pay, number, self.today, method):
            fen, _to, owed, _by = self.supplies[number][0]
            move = Move(fen, owed, till(method), self.me)
            self.supplies[number] += self.book(move)

    @precondition(lambda self: self.supplies)
    @rule(pick=PICK)
    def remove_utility(self, pick: int) -> None:
        number = one(self.supplies, pick)
        for _ in self.dare(self.purse.of(Utilities).remove, number):
            self.turn(self.supplies.pop(number))

    @rule(back=st.integers(0, 2), granted=st.booleans())
    def claim_subsidy(self, back: int, granted: bool) -> None:
        subsidies = self.purse.as_role(Role.ACCOUNTANT).of(Subsidies)
        month = months_after(self.today.replace(day=1), -back)
        for number in self.dare(subsidies.hand_in, STAR, month, OFFICE, self.today):
            fen = next(x.fen for x in subsidies.claims() if x.claim_id == number)
            if granted:
                for _ in self.dare(subsidies.grant, number, self.today):
                    due = at(Code.SUBSIDIES_DUE, Party("office", OFFICE))
                    move = Move(fen, due, at(Code.INCOME_SUBSIDY))
                    self.grants[number] = self.book(move)

    @precondition(lambda self: self.grants)
    @rule(pick=PICK, fen=st.sampled_from([1, 40_00, 100_00]), method=METHODS)
    def subsidy_comes(self, pick: int, fen: int, method: str) -> None:
        claim = one(self.grants, pick)
        what = (claim, self.today, fen, method)
        for made in self.dare(self.purse.of(Subsidies).receive, *what):
            due = at(Code.SUBSIDIES_DUE, Party("office", OFFICE))
            self.came[made] = self.book(Move(fen, till(method), due, self.me))

    @rule(pick=PICK, is_money=st.booleans())
    def subsidy_was_wrong(self, pick: int, is_money: bool) -> None:
        subsidies = self.purse.of(Subsidies)
        known = self.came if is_money else self.grants
        deed = subsidies.void_money if is_money else subsidies.take_back
        number = one(known, pick)
        if number is not None:
            for _ in self.dare(deed, number, "打错"):
                self.turn(known.pop(number))


def _gift(method: str) -> Place:
    return at(Code.GOODS) if method == GOODS else till(method)


class Farewells(CountedHome):
    """Somebody leaves, and the last money is settled."""

    @rule(
        who=RESIDENTS,
        kind=st.sampled_from([Departure.HOME, Departure.DEATH]),
        set_off=st.sampled_from([0, 1, 500_00]),
        damage=st.sampled_from([0, 120_00]),
        method=METHODS,
        claim=st.sampled_from(["", "家属承诺还款"]),
    )
    def leave(
        self,
        who: int,
        kind: Departure,
        set_off: int,
        damage: int,
        method: str,
        claim: str,
    ) -> None:
        leaving, day = self.purse.of(Departures), self.today
        order = Order(kind, day, "家属", "回家")
        for made in self.dare(leaving.order, who, order):
            self.leaving[who] = made
        number = self.leaving.get(who)
        if number is None:
            return
        is_dead = leaving.resume(number).line.kind is Departure.DEATH
        death = Death(day, "06:30") if is_dead else None
        list(self.dare(leaving.leave, number, day, death))
        self.bill_last(leaving, number)
        list(self.dare(leaving.name_receiver, number, SON))
        off = Deductions(day, set_off, damage, "损坏轮椅", "同意书 1 号")
        for _ in self.dare(leaving.take_off, number, off):
            income = at(Code.INCOME_DAMAGE, resident(who))
            self.book(
                Move(set_off, deposit_of(who), fees_of(who)),
                Move(damage, deposit_of(who), income),
            )
        books = leaving.money(number).books
        giving = Giving(day, method, claim, "cash", books.owed if books.held else 0)
        for _ in self.dare(leaving.settle, number, giving, SIGNED):
            self.given_back(who, method)

    def bill_last(self, leaving: Departures, number: int) -> None:
        for trials in self.dare(lambda: leaving.money(number).to_bill):
            for _ in self.dare(leaving.bill, number, trials):
                self.billed(trials, self.payer)

    def given_back(self, who: int, method: str) -> None:
        """Book that everything that was held for somebody went back."""
        held, kept = -self.tally[deposit_of(who)], -self.tally[trust_of(who)]
        prepaid = max(-self.tally[fees_of(who)], 0)
        back = {
            True: Move(held, deposit_of(who), pocket(method), self.me),
            False: Move(prepaid, fees_of(who), till(method), self.me),
        }
        self.book(Move(kept, trust_of(who), at(Code.TRUST_CASH)))
        with self.db.reading() as session:
            query = select(ReceiptRow).where(ReceiptRow.id.not_in(self.known))
            for row in session.scalars(query):
                self.receipt(row.id, back.pop(row.deposit_entry_id is not None))
        assert not any(move.fen for move in back.values())

    @precondition(lambda self: self.leaving)
    @rule(pick=PICK, finish=st.booleans())
    def sign(self, pick: int, finish: bool) -> None:
        number = one(self.leaving.values(), pick)
        leaving = self.purse.of(Departures)
        for side in SIDE_NAMES:
            name = SON.name if side == "family" else side
            list(self.dare(leaving.sign, number, side, name, self.today))
        if finish:
            for tick in leaving.resume(number).papers:
                list(self.dare(leaving.tick, number, tick.kind))
            list(self.dare(leaving.finish, number))

    @rule(who=RESIDENTS)
    def take_up_again(self, who: int) -> None:
        for made in self.dare(self.purse.of(Departures).take_up, who):
            self.leaving[who] = made
