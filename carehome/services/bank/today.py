"""What the bank asks for on a day: lines that nobody has claimed, a newer statement."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.bank import BankAccountRow, BankLineRow
from carehome.i18n import N_
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Fen, Target, Urgency, words
from carehome.services.bank.voids import said_lines

BANK = "bank"  # a target: the open lines of an account
STATEMENT_EVERY = timedelta(days=31)  # ours: a statement is read in once a month
TOO_LONG = timedelta(days=31)  # ours: money that nobody has claimed for a month


def lines_in(session: Session, day: date) -> Iterator[Concern]:
    """Yield what is to be done about the accounts in use."""
    query = select(BankAccountRow).where(BankAccountRow.is_active)
    for account in session.scalars(query.order_by(BankAccountRow.id)):
        yield from _open(session, account, day)
        yield from _old(session, account, day)


def _open(session: Session, account: BankAccountRow, day: date) -> Iterator[Concern]:
    """Tell of lines of which nothing was said; the first tells since when."""
    query = select(
        func.count(), func.min(BankLineRow.day), func.sum(func.abs(BankLineRow.fen))
    ).where(
        BankLineRow.bank_account_id == account.id, BankLineRow.id.not_in(said_lines())
    )
    count, since, fen = session.execute(query).one()
    if not count:
        return
    late = since + TOO_LONG <= day
    text = N_(
        "{count} {count:line|lines} of the bank nobody has claimed, {fen} in all, "
        "since {day}"
    )
    yield Concern(
        account.name,
        words(text, count=count, fen=Fen(fen), day=since),
        Urgency.LATE if late else Urgency.SOON,
        Target(BANK, account.id),
        Role.ACCOUNTANT,
        count=count,
    )


def _old(session: Session, account: BankAccountRow, day: date) -> Iterator[Concern]:
    """Tell of an account of which no statement was read in for more than a month."""
    last = session.scalar(
        select(func.max(BankLineRow.day)).where(
            BankLineRow.bank_account_id == account.id
        )
    )
    if last is None or day - last <= STATEMENT_EVERY:
        return
    text = N_("the last line of the bank is of {day}: read in a newer statement")
    yield Concern(
        account.name,
        words(text, day=last),
        Urgency.SOON,
        Target(BANK, account.id),
        Role.ACCOUNTANT,
    )
