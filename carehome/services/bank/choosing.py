"""The lines of an account with what each may be, the likeliest first."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.bank import BankAccountRow, BankLineRow
from carehome.rules.bank.accounts import CODES
from carehome.rules.bank.choosing import Choice, Known, choices, without_rivals
from carehome.rules.bank.linking import OpenDeed, fitting, settlements
from carehome.rules.bank.matching import Register, Suggestion, suggest
from carehome.rules.bank.words import read_words
from carehome.services.bank.books import open_deeds_in
from carehome.services.bank.claims import (
    as_read,
    said_before_in,
    said_in,
    said_line,
)
from carehome.services.bank.payers import payers_in, payers_owing_in
from carehome.services.bank.values import KeptLine, Said


def kept_in(
    session: Session, account: BankAccountRow, rows: Sequence[BankLineRow]
) -> list[KeptLine]:
    """Return lines with what was said of each, and what may be said."""
    said = said_in(session, account.id)
    deeds = open_deeds_in(session, account)
    is_paid_into = account.purpose == "operating"
    register = Register(payers_in(session) if is_paid_into else ())
    known = known_in(session, account)
    found: list[KeptLine] = []
    for row in rows:
        told = said.get(row.id, ())
        line = said_line(row, told)
        read = as_read(row)
        groups = fitting(line, deeds)
        people = suggest(read, register) if line.unclaimed else ()
        may: tuple[Choice, ...] = ()
        if line.unclaimed:
            settled = settlements(line, deeds)
            may = choices(read, groups, settled, people, known)
        found.append(_kept(row, told, groups, people, may))
    ranked = without_rivals(each.choices for each in found)
    return [each.with_choices(may) for each, may in zip(found, ranked, strict=True)]


def known_in(session: Session, account: BankAccountRow) -> Known:
    """Return what helps to tell the lines of an account."""
    takes_payments = account.purpose == "operating"
    query = select(BankAccountRow.number, BankAccountRow.purpose).where(
        BankAccountRow.is_active, BankAccountRow.purpose != account.purpose
    )
    return Known(
        read_words(),
        {number: CODES[purpose] for number, purpose in session.execute(query)},
        said_before_in(session, account.id),
        payers_owing_in(session) if takes_payments else (),
        takes_payments,
    )


def _kept(
    row: BankLineRow,
    said: tuple[Said, ...],
    deeds: tuple[tuple[OpenDeed, ...], ...],
    people: tuple[Suggestion, ...],
    may: tuple[Choice, ...],
) -> KeptLine:
    return KeptLine(
        row.id,
        row.day,
        row.fen,
        row.balance_fen,
        row.party,
        row.party_account,
        row.text,
        row.serial,
        said,
        deeds,
        people,
        may,
    )
