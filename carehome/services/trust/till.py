"""What one person can do with the places where trust money lies."""

from datetime import date

from carehome.db.books import TrustCountRow, TrustDrawRow
from carehome.rules import trust as rules
from carehome.rules.ledger.day_close import check_count
from carehome.rules.ledger.voids import check_void
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right
from carehome.rules.today import Concern, Task
from carehome.services.service import Service, needs
from carehome.services.trust.entries import CASH, cash_in
from carehome.services.trust.places import (
    TrustPlaces,
    bank_in,
    bank_says_in,
    counts_in,
    draws_in,
)
from carehome.services.trust.today import lines_in


class TrustTill(Service):
    """What one person can do with the places where trust money lies."""

    @needs(Right.SEE_FEES)
    def places(self) -> TrustPlaces:
        """Tell what lies where, with the counts and draws, the newest first."""
        with self._reading() as session:
            bank = bank_says_in(session)
            return TrustPlaces(
                cash_in(session),
                bank_in(session),
                tuple(counts_in(session)),
                tuple(draws_in(session)),
                *(bank or (None, None)),
            )

    @needs(Right.PAY_OUT_DEPOSIT)
    def today(self, day: date) -> list[Task | Concern]:
        """Tell what is to be done about trust money."""
        with self._reading() as session:
            return list(lines_in(session, day))

    @needs(Right.PAY_OUT_DEPOSIT)
    def count(self, counted: int, witness: str, note: str = "") -> int:
        """Count the till with somebody else; a difference is explained."""
        if not witness.strip():
            raise rules.WitnessMissing
        with self._writing() as session:
            booked = cash_in(session)
            check_count(counted, booked, note)
            row = TrustCountRow(
                day=self._today(),
                booked_fen=booked,
                counted_fen=counted,
                note=note.strip(),
                counted_by=self._user.name,
                witness=witness.strip(),
                counted_at=self._now(),
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.PAY_OUT_DEPOSIT)
    def draw(self, fen: int, place: str, day: date, paper: str) -> int:
        """Fetch money from the bank into the till, or carry it there, on a slip."""
        check_happened(day, self._today())
        with self._writing() as session:
            there = bank_in(session) if place == CASH else cash_in(session)
            rules.check_moved(fen, there, paper)
            row = TrustDrawRow(
                day=day,
                fen=fen,
                place=place,
                paper=paper.strip(),
                taken_by=self._user.account_id,
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.PAY_OUT_DEPOSIT)
    def void_draw(self, draw_id: int, reason: str) -> None:
        """Take a wrong draw back; it stays in the books with the reason."""
        with self._writing() as session:
            row = session.get_one(TrustDrawRow, draw_id)
            check_void(row.voided_at is not None, reason)
            if row.place == CASH:
                rules.check_cash_back(row.fen, cash_in(session))
            row.voided_at, row.void_reason = self._now(), reason.strip()
