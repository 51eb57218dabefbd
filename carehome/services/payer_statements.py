"""Statements to payers: what each month asks of them, sent, answered, on paper."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.bank import BankAccountRow
from carehome.db.billing import BillLineRow, BillRow
from carehome.db.payers import PayerRow, PayerStatementRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, say_month, show_money, speaking
from carehome.reports.payer_statement import (
    StatementRow,
    StatementText,
    write_statement,
    write_statement_workbook,
)
from carehome.rules.billing.lines import Line
from carehome.rules.billing.tariff import CATEGORY_NAMES
from carehome.rules.payers.claims import Claim
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right
from carehome.services.papers import letterhead_in
from carehome.services.payers.cuts import charged_cuts_in
from carehome.services.payers.receivables import billed_on_in, claims_in
from carehome.services.service import Service, needs


class NothingToState(Refusal):
    """A payer was billed nothing in a month."""

    text = N_("Nothing was billed to this payer in {month}, so there is no statement.")


class SentTooEarly(Refusal):
    """A statement is sent after the bills it tells of were posted."""

    text = N_(
        "The first bill of {month} for this payer was posted on {day}. Its statement "
        "cannot have been sent before."
    )


class AnswerMissing(Refusal):
    """An answer says something."""

    text = N_("Say what the payer answered, such as: agreed, or what it does not pay.")


class AnswerTooEarly(Refusal):
    """A statement is answered after it was sent."""

    text = N_("The statement was sent on {day}. Its answer cannot be older.")


@dataclass(frozen=True, slots=True)
class MonthState:
    """How a payer stands with one month, by all bills that tell of it.

    `borne` is what the statement comes to, `refused` all that families bear instead.
    """

    month: date
    residents: int
    borne: int
    paid: int
    refused: int
    written_off: int
    due: date
    statement_id: int = 0
    sent_on: date | None = None
    sent_fen: int = 0
    answered_on: date | None = None
    answer: str = ""

    @property
    def open(self) -> int:
        """What is still to come."""
        return self.borne - self.paid - self.refused - self.written_off

    @property
    def is_stale(self) -> bool:
        """Say whether the month came to something else since it was sent."""
        return bool(self.statement_id) and self.sent_fen != self.borne


class PayerStatements(Service):
    """What one person can do with statements to payers."""

    @needs(Right.SEE_FEES)
    def months(self, payer_id: int) -> list[MonthState]:
        """List the months of a payer, the newest first, with their statements."""
        with self._reading() as session:
            return _months_in(session, payer_id)

    @needs(Right.SEE_FEES)
    @speaking()
    def statement(self, payer_id: int, month: date) -> StatementText:
        """Return what a statement of a month says."""
        with self._reading() as session:
            return statement_in(session, payer_id, month)

    @needs(Right.SEE_FEES)
    @speaking()
    def write(self, payer_id: int, month: date, path: Path) -> None:
        """Write a statement as a PDF."""
        with self._reading() as session:
            told = statement_in(session, payer_id, month)
            home = letterhead_in(session)
        write_statement(path, told, home)

    @needs(Right.SEE_FEES)
    @speaking()
    def write_workbook(self, payer_id: int, month: date, path: Path) -> None:
        """Write a statement as a workbook."""
        with self._reading() as session:
            told = statement_in(session, payer_id, month)
            home = letterhead_in(session)
        write_statement_workbook(path, told, home)

    @needs(Right.KEEP_BOOKS)
    @speaking()
    def send(self, payer_id: int, month: date, sent_on: date) -> int:
        """Note that a statement was sent, as it was then; return its number."""
        check_happened(sent_on, self._today())
        with self._writing() as session:
            told = statement_in(session, payer_id, month)
            billed_on = billed_on_in(session, payer_id)[payer_id, month]
            if sent_on < billed_on:
                raise SentTooEarly(month=say_month(month), day=billed_on)
            row = PayerStatementRow(
                payer_id=payer_id,
                month=month,
                fen=told.fen,
                sheet={"rows": [_kept(each) for each in told.rows]},
                sent_on=sent_on,
                sent_by=self._user.name,
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.KEEP_BOOKS)
    def answer(self, statement_id: int, answered_on: date, answer: str) -> None:
        """Note what a payer answered to a statement."""
        check_happened(answered_on, self._today())
        if not answer.strip():
            raise AnswerMissing
        with self._writing() as session:
            row = session.get_one(PayerStatementRow, statement_id)
            if answered_on < row.sent_on:
                raise AnswerTooEarly(day=row.sent_on)
            row.answered_on, row.answer = answered_on, answer.strip()


def statement_in(session: Session, payer_id: int, month: date) -> StatementText:
    """Return what all bills so far ask of a payer for a month, and what is still open.

    Corrections of the month stand in it, whichever bill they came with. What families
    bear instead after a refusal is told in one sum.
    """
    query = (
        select(BillRow.resident_name, BillRow.bed, BillRow.month, BillLineRow.detail)
        .join(BillRow, BillRow.id == BillLineRow.bill_id)
        .where(BillLineRow.payer_id == payer_id, BillLineRow.for_month == month)
        .order_by(BillRow.month, BillRow.number, BillLineRow.position)
    )
    rows = []
    for resident, bed, at, detail in session.execute(query):
        line = Line.from_json(detail)
        if "cut" not in line.source:
            rows.append(_row(resident, bed, at, line))
    states = {each.month: each for each in _months_in(session, payer_id)}
    if not rows or month not in states:
        raise NothingToState(month=say_month(month))
    payer, state = session.get_one(PayerRow, payer_id), states[month]
    return StatementText(
        payer.name,
        " ".join(filter(None, (payer.contact, payer.phone))),
        month,
        state.due,
        _account_in(session),
        state.residents,
        tuple(rows),
        state.paid,
        state.refused + state.written_off,
    )


def _row(resident: str, bed: str, at: date, line: Line) -> StatementRow:
    source = line.source
    if line.kind == "adjustment":
        covered = _("Correction with the bill of {month}").format(month=say_month(at))
        old, new = -int(source["old"]), -int(source["new"])
        text = _("{old} so far, {new} is right")
        share = text.format(old=show_money(old), new=show_money(new))
        what = (resident, bed, line.for_month, covered, None, share, None)
        return StatementRow(*what, -line.amount_fen)
    return StatementRow(
        resident,
        bed,
        line.for_month,
        _covered(line),
        int(source["worth"]),
        _share(line),
        line.days,
        -line.amount_fen,
    )


def _covered(line: Line) -> str:
    """Say which fees a line covers; the oldest bills did not tell."""
    if "item" in line.source:
        return str(line.source["item"])
    names: dict[str, str] = {code: _(name) for code, name in CATEGORY_NAMES.items()}
    if "category" in line.source:
        return " ".join(names[code] for code in str(line.source["category"]).split())
    return _("All fees") if "rank" in line.source else ""


def _share(line: Line) -> str:
    """Say how much of it the payer bears."""
    per = {"fen": N_("{amount} a month"), "day": N_("{amount} a day")}
    cover = str(line.source["cover"])
    share = f"{line.percent} %"
    if cover in per:
        share = _(per[cover]).format(amount=show_money(line.price_fen))
    if "most" in line.source:
        most = show_money(int(line.source["most"]))
        share = _("{share}, at most {most} a month").format(share=share, most=most)
    if int(line.source.get("wanted", 0)) + line.amount_fen > 1:  # no mere rounding
        share = _("{share}, but no more than others leave").format(share=share)
    return share


def _kept(row: StatementRow) -> list[Any]:
    """Return a row as it is kept with a statement that was sent."""
    return [
        row.resident,
        row.bed,
        row.month.isoformat(),
        row.covered,
        row.worth,
        row.share,
        row.days,
        row.fen,
    ]


def _account_in(session: Session) -> str:
    """Say into which account of the home the money is to go."""
    query = select(BankAccountRow).where(
        BankAccountRow.purpose == "operating", BankAccountRow.is_active
    )
    row = session.scalars(query).first()
    if row is None:
        return ""
    return " ".join(filter(None, (row.name, row.bank, row.number)))


def _sent_in(session: Session, payer_id: int) -> dict[date, PayerStatementRow]:
    """Return the newest statement of each month."""
    query = select(PayerStatementRow).where(PayerStatementRow.payer_id == payer_id)
    rows = session.scalars(query.order_by(PayerStatementRow.id))
    return {row.month: row for row in rows}


def _months_in(session: Session, payer_id: int) -> list[MonthState]:
    sent, charged = _sent_in(session, payer_id), charged_cuts_in(session, payer_id)
    months: dict[date, list[Claim]] = defaultdict(list)
    for claim in claims_in(session, payer_id):
        months[claim.month].append(claim)
    return [
        _month(month, months[month], charged.get(month, 0), sent.get(month))
        for month in sorted(months, reverse=True)
    ]


def _month(
    month: date, claims: Sequence[Claim], charged: int, sent: PayerStatementRow | None
) -> MonthState:
    """Return how a month stands; `charged` of it stands on bills of families."""
    sums = (
        len(claims),
        sum(claim.borne for claim in claims) + charged,
        sum(claim.paid for claim in claims),
        sum(claim.refused for claim in claims) + charged,
        sum(claim.written_off for claim in claims),
        max(claim.due for claim in claims),
    )
    if sent is None:
        return MonthState(month, *sums)
    told = sent.id, sent.sent_on, sent.fen, sent.answered_on, sent.answer
    return MonthState(month, *sums, *told)
