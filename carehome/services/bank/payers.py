"""The residents as lines of the bank may tell of them: names, accounts, open bills."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.bank import BankClaimRow, BankLineRow
from carehome.db.residents import ContactRow, ResidentRow
from carehome.rules.bank.choosing import PayerOwing
from carehome.rules.bank.matching import OpenBill, Payer
from carehome.services.bank.voids import void_claims
from carehome.services.payers.money import open_claims_in
from carehome.services.payments import accounts_in


def payers_in(session: Session) -> tuple[Payer, ...]:
    """Return everybody whose fees may be paid, also who has left and still owes."""
    names = dict(session.execute(select(ResidentRow.id, ResidentRow.name)).all())
    contacts: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(select(ContactRow.resident_id, ContactRow.name))
    for resident_id, name in rows:
        contacts[resident_id].append(name)
    seen = _accounts_in(session)
    accounts = accounts_in(session, names.keys())
    return tuple(
        Payer(
            resident_id,
            name,
            tuple(contacts[resident_id]),
            frozenset(seen[resident_id]),
            tuple(
                OpenBill(bill.label, bill.open)
                for bill in accounts[resident_id].bills
                if bill.open > 0
            ),
        )
        for resident_id, name in names.items()
    )


def payers_owing_in(session: Session) -> list[PayerOwing]:
    """Return other payers, such as insurances, with what is open month by month."""
    return [
        PayerOwing(
            each.payer_id,
            each.name,
            each.account_number,
            tuple(each.by_month.values()),
        )
        for each in open_claims_in(session)
    ]


def _accounts_in(session: Session) -> dict[int, set[str]]:
    """Return from which accounts money came for each resident before."""
    query = (
        select(BankClaimRow.resident_id, BankLineRow.party_account)
        .join(BankLineRow, BankLineRow.id == BankClaimRow.bank_line_id)
        .where(
            BankClaimRow.resident_id.is_not(None),
            BankLineRow.party_account != "",
            BankClaimRow.fen > 0,
            BankClaimRow.id.not_in(void_claims()),
        )
        .distinct()
    )
    found: dict[int, set[str]] = defaultdict(set)
    for resident_id, number in session.execute(query):
        if resident_id is not None:
            found[resident_id].add(number)
    return found
