"""What the books know of a bank account, and what its lines were said to be."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.bank import BankAccountRow, BankClaimRow, BankLineRow
from carehome.db.billing import PaymentRow
from carehome.db.deposits import DepositEntryRow
from carehome.db.residents import ResidentRow
from carehome.rules.bank.accounts import CODES
from carehome.rules.bank.choosing import Does
from carehome.rules.bank.linking import WINDOW, OpenDeed
from carehome.rules.bank.reconciling import AccountLine, Claim, Deed, Movement
from carehome.rules.ledger.accounts import TILLS, Code
from carehome.rules.ledger.entry import Entry, Kind
from carehome.services.bank.voids import said_lines
from carehome.services.ledger import entries as ledger
from carehome.services.ledger.subsidies import subsidies_in

# A deposit and its way into the dedicated account are one deed to whoever matches.
_FOLDED = {Kind.BANKED: Kind.DEPOSIT}
DEPOSIT, PAYMENT = Kind.DEPOSIT.value, Kind.PAYMENT.value
PAYER_PAID = Kind.PAYER_PAID.value
# What the bank itself did, by what is done with a line of it.
BANK_DEEDS = {
    Kind.BANK_CHARGE.value: Does.CHARGE,
    Kind.BANK_INTEREST.value: Does.INTEREST,
    Kind.BANK_TRANSFER.value: Does.TRANSFER,
}
_Side = tuple[Deed, bool]  # what of a deed comes in, or goes out
_BY_BANK = frozenset(how for how, till in TILLS.items() if till is Code.BANK)
_NO_MONEY = frozenset({Kind.OPENING})  # carried over: no line of the bank tells it


@dataclass(frozen=True, slots=True)
class Names:
    """How residents are called, and whose each movement of a deposit is."""

    residents: Mapping[int, str]
    depositors: Mapping[int, int]

    def resident_of(self, entry: Entry) -> int | None:
        """Return whom an entry concerns; its way to the bank names nobody itself."""
        if entry.kind is Kind.BANKED:
            return self.depositors.get(entry.source)
        parties = (line.party for line in entry.lines if line.party is not None)
        keys = (party.key for party in parties if party.kind == "resident")
        return next((key for key in keys if isinstance(key, int)), None)

    def say(self, entry: Entry) -> str:
        """Say whom a deed concerns and its number; else what people said of it."""
        resident_id = self.resident_of(entry)
        name = self.residents.get(resident_id, "") if resident_id is not None else ""
        parties = (line.party for line in entry.lines if line.party is not None)
        supplier = next((str(p.key) for p in parties if p.kind == "supplier"), "")
        return " ".join(filter(None, (name or supplier or entry.text, entry.number)))


def entries_in(session: Session) -> Iterator[Entry]:
    """Yield all entries of deeds by which money moved."""
    yield from chain(
        ledger.payments_in(session),
        ledger.payouts_in(session),
        ledger.payers_in(session),
        ledger.payer_refunds_in(session),
        ledger.deposits_in(session),
        ledger.draws_in(session),
        ledger.trust_in(session),
        ledger.trust_draws_in(session),
        ledger.donations_in(session),
        ledger.utilities_in(session),
        ledger.handovers_in(session),
        ledger.bank_entries_in(session),
        subsidies_in(session),
    )


def movements_in(session: Session, purpose: str) -> list[Movement]:
    """Return what the books moved on the account of a purpose."""
    code, names = CODES[purpose], _names_in(session)
    return [
        Movement(deed_of(entry), entry.day, line.fen, names.say(entry))
        for entry in entries_in(session)
        for line in entry.lines
        if line.account is code
    ]


def deed_of(entry: Entry) -> Deed:
    """Return the deed that an entry belongs to."""
    return Deed(_FOLDED.get(entry.kind, entry.kind).value, entry.source)


def lines_in(session: Session, account_id: int) -> list[AccountLine]:
    """Return an account's lines in the bank's order, with what was said of them."""
    claims: dict[int, list[Claim]] = defaultdict(list)
    for row in session.scalars(
        select(BankClaimRow).where(BankClaimRow.bank_account_id == account_id)
    ):
        claims[row.bank_line_id].append(Claim(row.fen, claimed_deed(row), row.reason))
    query = (
        select(BankLineRow)
        .where(BankLineRow.bank_account_id == account_id)
        .order_by(BankLineRow.day, BankLineRow.id)
    )
    return [
        AccountLine(
            row.id,
            row.day,
            row.fen,
            row.balance_fen,
            " ".join(filter(None, (row.party, row.text))),
            tuple(claims[row.id]),
        )
        for row in session.scalars(query)
    ]


def unmatched_in(session: Session, end: date) -> int:
    """Count the lines before a day of which nothing was said, on accounts in use."""
    query = (
        select(func.count())
        .select_from(BankLineRow)
        .join(BankAccountRow, BankAccountRow.id == BankLineRow.bank_account_id)
        .where(
            BankAccountRow.is_active,
            BankLineRow.day < end,
            BankLineRow.id.not_in(said_lines()),
        )
    )
    return session.scalars(query).one()


def claimed_deed(row: BankClaimRow) -> Deed | None:
    """Return the deed that a claim names."""
    if row.kind is None or row.source is None:
        return None
    return Deed(row.kind, row.source)


def open_deeds_in(session: Session, account: BankAccountRow) -> list[OpenDeed]:
    """Return the deeds that no line has told yet, the oldest first.

    Deposits that are still to be banked are among those of the dedicated account, and
    among those of the operating account where it has the money.
    """
    code = CODES[account.purpose]
    names = _names_in(session)
    begin = _begin_in(session, account.id)
    booked: dict[_Side, int] = defaultdict(int)
    told: dict[_Side, Entry] = {}
    for entry in entries_in(session):
        if entry.kind in _NO_MONEY:
            continue
        for line in entry.lines:
            if line.account is code:  # a void takes off the side that it voids
                side = deed_of(entry), (line.fen > 0) is not entry.is_void
                booked[side] += line.fen
                told.setdefault(side, entry)
    left = dict(booked)
    for row in session.scalars(
        select(BankClaimRow).where(BankClaimRow.bank_account_id == account.id)
    ):
        deed = claimed_deed(row)
        if deed is not None and (deed, row.fen > 0) in left:
            left[deed, row.fen > 0] -= row.fen
    cards = _by_card_in(session)
    found = [
        _open(side[0], told[side], fen, names, side[0] in cards)
        for side, fen in left.items()
        if fen and booked[side] and (begin is None or told[side].day >= begin)
    ]
    if account.purpose == "deposit":
        found += _unbanked_in(session, names)
    elif account.purpose == "operating":
        found += [
            replace(each, fen=-each.fen)
            for each in _unbanked_in(session, names, _BY_BANK)
        ]
    return sorted(found, key=lambda each: (each.day, each.deed))


def _open(deed: Deed, entry: Entry, fen: int, names: Names, is_card: bool) -> OpenDeed:
    text, who = names.say(entry), names.resident_of(entry)
    return OpenDeed(deed, entry.day, fen, text, who, is_card=is_card)


def _names_in(session: Session) -> Names:
    owners = select(DepositEntryRow.id, DepositEntryRow.resident_id)
    return Names(
        dict(session.execute(select(ResidentRow.id, ResidentRow.name)).all()),
        dict(session.execute(owners).all()),
    )


def _begin_in(session: Session, account_id: int) -> date | None:
    """Return the day from which lines may tell of deeds; before, nothing was read."""
    query = select(func.min(BankLineRow.day)).where(
        BankLineRow.bank_account_id == account_id
    )
    first = session.scalar(query)
    return first - WINDOW if first else None


def _by_card_in(session: Session) -> set[Deed]:
    """Return what was paid by card: the bank pays it out in sums, less a fee."""
    paid = select(PaymentRow.id).where(PaymentRow.method == "card")
    held = select(DepositEntryRow.id).where(DepositEntryRow.method == "card")
    return {
        *(Deed(PAYMENT, number) for number in session.scalars(paid)),
        *(Deed(DEPOSIT, number) for number in session.scalars(held)),
    }


def _unbanked_in(
    session: Session, names: Names, methods: Collection[str] = tuple(TILLS)
) -> Iterator[OpenDeed]:
    query = select(DepositEntryRow).where(
        DepositEntryRow.kind == "in",
        DepositEntryRow.method.in_(methods),
        DepositEntryRow.banked_on.is_(None),
        ~DepositEntryRow.is_void,
    )
    for row in session.scalars(query):
        deed = Deed(DEPOSIT, row.id)
        name = names.residents[row.resident_id]
        yield OpenDeed(deed, row.day, row.fen, name, row.resident_id, is_waiting=True)
