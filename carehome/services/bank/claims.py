"""What was said of each line of the bank, within a deed."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.bank import BankClaimRow, BankLineRow
from carehome.db.billing import ReceiptRow
from carehome.rules import numbers
from carehome.rules.bank.reconciling import AccountLine, Claim, Deed
from carehome.rules.bank.statement import BankLine
from carehome.services.bank.books import PAYER_PAID, PAYMENT, claimed_deed
from carehome.services.bank.values import ReceiptStands, Said
from carehome.services.bank.voids import void_claims_in


def claim_in(
    session: Session,
    row: BankLineRow,
    deed: Deed,
    fen: int,
    resident_id: int | None = None,
    *,
    is_posted: bool = False,
) -> None:
    """Note that some of a line is the money of a deed."""
    session.add(
        BankClaimRow(
            bank_account_id=row.bank_account_id,
            bank_line_id=row.id,
            resident_id=resident_id,
            fen=fen,
            kind=deed.kind,
            source=deed.source,
            is_posted=is_posted,
        )
    )


def claims_in(session: Session, line_ids: Collection[int]) -> list[BankClaimRow]:
    """Return what was said of some lines."""
    query = select(BankClaimRow).where(BankClaimRow.bank_line_id.in_(line_ids))
    return list(session.scalars(query.order_by(BankClaimRow.id)))


def line_in(session: Session, row: BankLineRow) -> AccountLine:
    """Return a line with what was said of it."""
    void = void_claims_in(session)
    claims = [each for each in claims_in(session, [row.id]) if each.id not in void]
    told = tuple(Claim(each.fen, claimed_deed(each), each.reason) for each in claims)
    return AccountLine(row.id, row.day, row.fen, row.balance_fen, claims=told)


def to_say_in(session: Session, row: BankLineRow) -> AccountLine:
    """Return a line to say something of: what became void is taken back first."""
    void = void_claims_in(session)
    for claim in claims_in(session, [row.id]):
        if claim.id in void:
            session.delete(claim)
    session.flush()
    return line_in(session, row)


def said_line(row: BankLineRow, said: Iterable[Said]) -> AccountLine:
    """Return a line with what is known to have been said of it."""
    claims = tuple(
        Claim(each.fen, each.deed, each.reason) for each in said if not each.is_void
    )
    return AccountLine(row.id, row.day, row.fen, row.balance_fen, claims=claims)


def as_read(row: BankLineRow) -> BankLine:
    """Return a kept line as it was read."""
    told = row.party, row.party_account, row.text, row.serial, row.mark
    return BankLine(row.row, row.day, row.fen, row.balance_fen, *told)


def said_in(session: Session, account_id: int) -> dict[int, tuple[Said, ...]]:
    """Return what was said of each line of an account."""
    query = (
        select(BankClaimRow)
        .where(BankClaimRow.bank_account_id == account_id)
        .order_by(BankClaimRow.id)
    )
    labels, void = _receipt_labels(session), void_claims_in(session)
    found: dict[int, list[Said]] = defaultdict(list)
    for row in session.scalars(query):
        label = labels.get((row.kind, row.source), "")
        found[row.bank_line_id].append(
            Said(
                row.id,
                row.fen,
                claimed_deed(row),
                row.reason,
                label,
                row.resident_id,
                row.is_posted,
                row.id in void,
            )
        )
    return {line_id: tuple(said) for line_id, said in found.items()}


def _receipt_labels(session: Session) -> dict[tuple[str | None, int | None], str]:
    """Return the receipts of payments as they are printed, by kind and payment."""
    query = select(
        ReceiptRow.payment_id,
        ReceiptRow.payer_payment_id,
        ReceiptRow.year,
        ReceiptRow.number,
    )
    found: dict[tuple[str | None, int | None], str] = {}
    for payment, of_payer, year, number in session.execute(query):
        label = numbers.write(year, number)
        found[PAYMENT, payment] = found[PAYER_PAID, of_payer] = label
    return found


def said_before_in(session: Session, account_id: int) -> dict[tuple[str, bool], str]:
    """Return as what lines of a party were set aside the last time."""
    query = (
        select(BankLineRow.party, BankLineRow.fen, BankClaimRow.reason)
        .join(BankClaimRow, BankClaimRow.bank_line_id == BankLineRow.id)
        .where(
            BankLineRow.bank_account_id == account_id,
            BankLineRow.party != "",
            BankClaimRow.kind.is_(None),
        )
        .order_by(BankClaimRow.id)
    )
    return {(party, fen > 0): reason for party, fen, reason in session.execute(query)}


def check_void_in(session: Session, claim: BankClaimRow) -> None:
    """Raise ReceiptStands unless the payment booked from a line is void."""
    column = ReceiptRow.payment_id
    if claim.kind == PAYER_PAID:
        column = ReceiptRow.payer_payment_id
    receipt = session.scalars(select(ReceiptRow).where(column == claim.source)).one()
    if receipt.voided_at is not None:
        return
    raise ReceiptStands(number=numbers.write(receipt.year, receipt.number))
