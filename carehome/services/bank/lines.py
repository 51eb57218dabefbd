"""What one person can do with the lines of the bank: say whose the money is."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.bank import BankAccountRow, BankClaimRow, BankEntryRow, BankLineRow
from carehome.db.deposits import DepositEntryRow
from carehome.errors import Refusal
from carehome.i18n import _, show_day, show_money
from carehome.rules.bank.choosing import Choice, Does, PayerOwing
from carehome.rules.bank.linking import OpenDeed, check_sum
from carehome.rules.bank.matching import Part, Payer
from carehome.rules.bank.reconciling import Deed
from carehome.rules.home import NameMissing
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.booking import open_from
from carehome.rules.rights import Right
from carehome.services.bank.books import (
    BANK_DEEDS,
    DEPOSIT,
    PAYER_PAID,
    PAYMENT,
    open_deeds_in,
)
from carehome.services.bank.choosing import kept_in
from carehome.services.bank.claims import (
    check_void_in,
    claim_in,
    claims_in,
    to_say_in,
)
from carehome.services.bank.payers import payers_in, payers_owing_in
from carehome.services.bank.values import (
    Chosen,
    KeptLine,
    LineRefused,
    MatchedElsewhere,
    NotForPayments,
    NotOpen,
    Posting,
)
from carehome.services.bank.voids import said_lines
from carehome.services.closed import closures_in
from carehome.services.deposits import bank_in
from carehome.services.payers.money import take_in as take_from_payer_in
from carehome.services.payments import MoneyIn, take_in
from carehome.services.service import Service, needs

TRANSFER = "transfer"
ENTRY_KINDS = {kind: name for name, kind in BANK_DEEDS.items()}


class BankLines(Service):
    """What one person can do with the lines of bank accounts."""

    @needs(Right.KEEP_BOOKS)
    def lines(self, account_id: int, first: date, last: date) -> list[KeptLine]:
        """List the lines of some days, both inclusive, with what may be said of each.

        Nothing of it is booked before somebody says so.
        """
        with self._reading() as session:
            account = session.get_one(BankAccountRow, account_id)
            query = select(BankLineRow).where(
                BankLineRow.bank_account_id == account_id,
                BankLineRow.day.between(first, last),
            )
            rows = session.scalars(query.order_by(BankLineRow.day, BankLineRow.id))
            return kept_in(session, account, rows.all())

    @needs(Right.KEEP_BOOKS)
    def open_lines(self, account_id: int) -> list[KeptLine]:
        """List the lines of which something is still to be said, the oldest first."""
        with self._reading() as session:
            account = session.get_one(BankAccountRow, account_id)
            query = select(BankLineRow).where(
                BankLineRow.bank_account_id == account_id,
                BankLineRow.id.not_in(said_lines()),
            )
            rows = session.scalars(query.order_by(BankLineRow.day, BankLineRow.id))
            return kept_in(session, account, rows.all())

    @needs(Right.KEEP_BOOKS)
    def open_deeds(self, account_id: int) -> list[OpenDeed]:
        """List the deeds in the books that the bank has not told yet."""
        with self._reading() as session:
            account = session.get_one(BankAccountRow, account_id)
            return open_deeds_in(session, account)

    @needs(Right.KEEP_BOOKS)
    def people(self) -> dict[int, Payer]:
        """Return everybody whose fees may be paid, with what is open."""
        with self._reading() as session:
            return {each.resident_id: each for each in payers_in(session)}

    @needs(Right.KEEP_BOOKS)
    def payers(self) -> dict[int, PayerOwing]:
        """Return the other payers, such as insurances, with what they owe."""
        with self._reading() as session:
            return {each.payer_id: each for each in payers_owing_in(session)}

    @needs(Right.KEEP_BOOKS)
    def accept(self, chosen: Collection[Chosen]) -> list[int]:
        """Take what was chosen for each line; return the ids of the receipts.

        All of it is done, or nothing. The oldest bill of each resident is settled
        first, and the rest is prepaid, up to the cap.
        """
        receipts: list[int] = []
        with self._writing() as session:
            rows = {e.line_id: session.get_one(BankLineRow, e.line_id) for e in chosen}
            for each in sorted(chosen, key=lambda e: (rows[e.line_id].day, e.line_id)):
                row = rows[each.line_id]
                try:
                    receipts += self._accept_in(session, row, each.choice)
                except Refusal as refusal:
                    raise _refused(row, refusal) from refusal
        return receipts

    @needs(Right.KEEP_BOOKS)
    def post(self, postings: Collection[Posting]) -> list[int]:
        """Book what came in as payments of residents; return the receipts' ids.

        All lines are booked, or none. The oldest bill of each resident is settled
        first, and the rest is prepaid, up to the cap.
        """
        receipts: list[int] = []
        with self._writing() as session:
            rows = {
                posting.line_id: session.get_one(BankLineRow, posting.line_id)
                for posting in postings
            }
            ordered = sorted(
                postings, key=lambda each: (rows[each.line_id].day, each.line_id)
            )
            for posting in ordered:
                row = rows[posting.line_id]
                try:
                    receipts += self._post_in(session, row, posting.parts)
                except Refusal as refusal:
                    raise _refused(row, refusal) from refusal
        return receipts

    @needs(Right.KEEP_BOOKS)
    def link(self, line_id: int, deeds: Collection[Deed], fee: int = 0) -> None:
        """Say which deeds in the books a line is the money of, less a fee of the bank.

        Deposits that were still to be banked are in the bank from that day on.
        """
        with self._writing() as session:
            row = session.get_one(BankLineRow, line_id)
            self._link_in(session, row, deeds, fee)

    @needs(Right.KEEP_BOOKS)
    def note(
        self, line_id: int, does: Does, text: str, other: Code | None = None
    ) -> None:
        """Say that a line is a charge, interest, or a transfer to an own account."""
        with self._writing() as session:
            row = session.get_one(BankLineRow, line_id)
            self._note_in(session, row, does, text, other)

    @needs(Right.KEEP_BOOKS)
    def set_aside(self, line_id: int, reason: str) -> None:
        """Say that a line is no money of residents: wages, a supplier."""
        with self._writing() as session:
            _set_aside_in(session, session.get_one(BankLineRow, line_id), reason)

    @needs(Right.KEEP_BOOKS)
    def unmatch(self, line_id: int) -> None:
        """Take back what was said of a line; a receipt booked from it must be void."""
        with self._writing() as session:
            for claim in claims_in(session, [line_id]):
                if claim.is_posted:
                    _take_back_in(session, claim)
                session.delete(claim)

    def _accept_in(
        self, session: Session, row: BankLineRow, choice: Choice
    ) -> list[int]:
        """Do with a line what was chosen for it; return the ids of receipts."""
        match choice.does:
            case Does.POST:
                return self._post_in(session, row, choice.parts)
            case Does.PAYER:
                return [self._post_payer_in(session, row, choice.payer_id)]
            case Does.LINK:
                deeds = [each.deed for each in choice.deeds]
                self._link_in(session, row, deeds, choice.fee)
            case Does.ASIDE:
                _set_aside_in(session, row, choice.text)
            case _:
                self._note_in(session, row, choice.does, choice.text, choice.other)
        session.flush()
        return []

    def _post_in(
        self, session: Session, row: BankLineRow, parts: Collection[Part]
    ) -> list[int]:
        """Book one line as the payments of its parts."""
        account = session.get_one(BankAccountRow, row.bank_account_id)
        if account.purpose != "operating" or row.fen < 0:
            raise NotForPayments
        line = to_say_in(session, row)
        check_sum(line, sum(part.fen for part in parts))
        by = self._user, self._now()
        receipts = []
        for part in parts:
            came = MoneyIn(TRANSFER, row.day, row.party, row.text)
            taken = take_in(session, by, part.resident_id, part.fen, came)
            deed = Deed(PAYMENT, taken.payment_id)
            claim_in(session, row, deed, part.fen, part.resident_id, is_posted=True)
            receipts.append(taken.receipt_id)
        session.flush()
        return receipts

    def _post_payer_in(self, session: Session, row: BankLineRow, payer_id: int) -> int:
        """Book one line as the payment of another payer, such as an insurance."""
        account = session.get_one(BankAccountRow, row.bank_account_id)
        if account.purpose != "operating" or row.fen < 0:
            raise NotForPayments
        line = to_say_in(session, row)
        check_sum(line, line.unclaimed)
        by = self._user, self._now()
        came = MoneyIn(TRANSFER, row.day, row.party, row.text)
        taken = take_from_payer_in(session, by, payer_id, line.unclaimed, came)
        deed = Deed(PAYER_PAID, taken.payment_id)
        claim_in(session, row, deed, line.unclaimed, is_posted=True)
        session.flush()
        return taken.receipt_id

    def _link_in(
        self, session: Session, row: BankLineRow, deeds: Collection[Deed], fee: int
    ) -> None:
        """Link a line to deeds in the books; the bank may have kept a fee."""
        account = session.get_one(BankAccountRow, row.bank_account_id)
        inward = row.fen > 0
        known = {
            each.deed: each
            for each in open_deeds_in(session, account)
            if (each.fen > 0) is inward
        }
        if not deeds or not set(deeds) <= known.keys():
            raise NotOpen
        chosen = [known[deed] for deed in sorted(set(deeds))]
        check_sum(to_say_in(session, row), sum(each.fen for each in chosen) - fee)
        if fee:
            text = _("Fee for payments by card")
            self._enter_in(session, row, Does.CHARGE, text, None, -fee)
        for each in chosen:
            if each.is_waiting:
                noted = self._user, self._now()
                bank_in(session, [each.deed.source], row.day, noted)
            told = each.deed, each.fen, each.resident_id
            claim_in(session, row, *told, is_posted=each.is_waiting)

    def _note_in(
        self,
        session: Session,
        row: BankLineRow,
        does: Does,
        text: str,
        other: Code | None,
    ) -> None:
        """Enter what the bank itself did, and say that the line is that."""
        line = to_say_in(session, row)
        check_sum(line, line.unclaimed)
        self._enter_in(session, row, does, text or row.text, other, line.unclaimed)

    def _enter_in(
        self,
        session: Session,
        row: BankLineRow,
        does: Does,
        text: str,
        other: Code | None,
        fen: int,
    ) -> None:
        """Enter a deed of the bank: on the line's day, or the first that is open."""
        first_open = open_from(closures_in(session))
        entry = BankEntryRow(
            bank_account_id=row.bank_account_id,
            kind=does.value,
            other=other.value if other else "",
            day=max(row.day, first_open) if first_open else row.day,
            fen=fen,
            text=text.strip(),
            taken_by=self._user.account_id,
        )
        session.add(entry)
        session.flush()
        claim_in(session, row, Deed(ENTRY_KINDS[does], entry.id), fen, is_posted=True)
        session.flush()  # a fee stands before what it is taken off


def _set_aside_in(session: Session, row: BankLineRow, reason: str) -> None:
    """Say that a line is no money of residents, and what it is."""
    if not reason.strip():
        raise NameMissing(field=_("what this line is"))
    line = to_say_in(session, row)
    check_sum(line, line.unclaimed)
    session.add(
        BankClaimRow(
            bank_account_id=row.bank_account_id,
            bank_line_id=row.id,
            fen=line.unclaimed,
            reason=reason.strip(),
        )
    )


def _take_back_in(session: Session, claim: BankClaimRow) -> None:
    """Take back what was booked from a line with what was said of it."""
    if claim.kind in (PAYMENT, PAYER_PAID):
        check_void_in(session, claim)
    elif claim.kind == DEPOSIT:
        row = session.get_one(DepositEntryRow, claim.source)
        row.banked_on = row.banked_by = row.banked_at = None
    elif claim.kind in BANK_DEEDS:
        _check_alone_in(session, claim)
        session.delete(session.get_one(BankEntryRow, claim.source))


def _check_alone_in(session: Session, claim: BankClaimRow) -> None:
    """Raise MatchedElsewhere where another account tells of the same transfer."""
    other = select(BankAccountRow.name).where(
        BankAccountRow.id == BankClaimRow.bank_account_id,
        BankClaimRow.kind == claim.kind,
        BankClaimRow.source == claim.source,
        BankClaimRow.id != claim.id,
    )
    if (name := session.scalar(other)) is not None:
        raise MatchedElsewhere(name=name)


def _refused(row: BankLineRow, refusal: Refusal) -> LineRefused:
    return LineRefused(
        day=show_day(row.day),
        amount=show_money(row.fen),
        party=row.party,
        reason=refusal.message,
        line_id=row.id,
    )
