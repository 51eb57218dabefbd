"""What one person can do with the money that is kept for residents."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.books import TrustEntryRow
from carehome.db.residents import ResidentRow
from carehome.i18n import _, speaking
from carehome.reports.listing import write_list
from carehome.reports.statements import table_of_hand_out
from carehome.rules import trust as rules
from carehome.rules.ledger.voids import check_void
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right
from carehome.services.beds.places import bed_names_in
from carehome.services.beds.uses import beds_on_in
from carehome.services.papers import letterhead_in
from carehome.services.residents import papers
from carehome.services.service import Service, needs
from carehome.services.trust.entries import (
    CASH,
    TrustEntry,
    TrustStanding,
    all_kept_in,
    cash_in,
    entries_in,
    free_from_in,
    kept_in,
    standings_in,
)


class TrustMoney(Service):
    """What one person can do with the money that is kept for residents."""

    @needs(Right.SEE_FEES)
    def standings(self) -> list[TrustStanding]:
        """List for whom money is kept, or was, by name."""
        with self._reading() as session:
            return standings_in(session)

    @needs(Right.SEE_FEES)
    def kept(self, resident_id: int) -> int:
        """Return what is kept for a resident, in fen."""
        with self._reading() as session:
            return kept_in(session, resident_id)

    @needs(Right.SEE_FEES)
    def entries(self, resident_id: int) -> list[TrustEntry]:
        """List the movements of one resident, the oldest first."""
        with self._reading() as session:
            return entries_in(session, resident_id)

    @needs(Right.TAKE_MONEY)
    def take(
        self,
        resident_id: int,
        fen: int,
        method: str,
        day: date,
        purpose: str,
        other_name: str = "",
        paper: str = "",
    ) -> int:
        """Take money to keep for a resident; return the number of the entry."""
        check_happened(day, self._today())
        rules.check_in(fen, purpose)
        with self._writing() as session:
            what = (fen, method, day, purpose, other_name, paper)
            return self._add(session, resident_id, "in", *what)

    @needs(Right.PAY_OUT_DEPOSIT)
    def spend(
        self,
        resident_id: int,
        fen: int,
        method: str,
        day: date,
        purpose: str,
        paper: str,
        other_name: str = "",
    ) -> int:
        """Spend for a resident, or hand over, what is kept; always on a paper."""
        check_happened(day, self._today())
        with self._writing() as session:
            free = free_from_in(session, resident_id, day)
            rules.check_out(fen, free, purpose, paper)
            if method == CASH:
                rules.check_cash(fen, cash_in(session))
            what = (fen, method, day, purpose, other_name, paper)
            return self._add(session, resident_id, "out", *what)

    @needs(Right.PAY_OUT_DEPOSIT)
    def hand_out(
        self,
        given: Mapping[int, int],
        method: str,
        day: date,
        purpose: str,
        paper: str,
    ) -> list[int]:
        """Hand money out to many by a list that they sign: to all of them, or none.

        Each resident receives their own; return the numbers of the entries.
        """
        check_happened(day, self._today())
        with self._writing() as session:
            query = select(ResidentRow.id, ResidentRow.name).where(
                ResidentRow.id.in_(given)
            )
            names = dict(session.execute(query).all())
            free = {each: free_from_in(session, each, day) for each in given}
            rules.check_list(given, free, names, purpose, paper)
            if method == CASH:
                rules.check_cash(sum(given.values()), cash_in(session))
            return [
                self._add(
                    *(session, resident_id, "out", fen, method, day, purpose),
                    *(names[resident_id], paper),
                )
                for resident_id, fen in given.items()
            ]

    @needs(Right.SEE_FEES)
    @speaking()
    def write_hand_out(
        self, given: Mapping[int, int], day: date, purpose: str, path: Path
    ) -> None:
        """Write the list that residents sign when money is handed out to them."""
        with self._reading() as session:
            kept, beds = all_kept_in(session), beds_on_in(session, day)
            places = bed_names_in(session)
            query = select(ResidentRow.id, ResidentRow.name).where(
                ResidentRow.id.in_(given)
            )
            names = dict(session.execute(query).all())
            rows = [
                (places.get(beds.get(each, 0), ""), names[each], kept.get(each, 0), fen)
                for each, fen in given.items()
            ]
            table = table_of_hand_out(sorted(rows), purpose, day)
            write_list(path, table, letterhead_in(session))

    @needs(Right.PAY_OUT_DEPOSIT)
    def void(self, entry_id: int, reason: str) -> None:
        """Take a wrong entry back; it stays in the books with the reason."""
        with self._writing() as session:
            row = session.get_one(TrustEntryRow, entry_id)
            check_void(row.voided_at is not None, reason)
            kept = kept_in(session, row.resident_id)
            rules.check_void(row.kind == "in", row.fen, kept)
            if row.kind == "in" and row.method == CASH:
                rules.check_cash_back(row.fen, cash_in(session))
            row.voided_at, row.void_reason = self._now(), reason.strip()

    @needs(Right.KEEP_PAPERS)
    @speaking()
    def file_paper(self, entry_id: int, path: Path) -> int:
        """Keep the photo of an invoice or a signed slip with its entry.

        It lies among the documents of the resident; return its number there.
        """
        content = papers.read_paper(path)
        with self._writing() as session:
            row = session.get_one(TrustEntryRow, entry_id)
            title = " ".join(filter(None, (_("Trust money"), row.purpose, row.paper)))
            row.paper_id = papers.add_paper_in(
                *(session, row.resident_id, "other", title, path.name),
                *(content, self._now()),
            )
            return row.paper_id

    def _add(
        self,
        session: Session,
        resident_id: int,
        kind: str,
        fen: int,
        method: str,
        day: date,
        purpose: str,
        other_name: str,
        paper: str,
    ) -> int:
        row = TrustEntryRow(
            resident_id=resident_id,
            kind=kind,
            day=day,
            fen=fen,
            method=method,
            purpose=purpose.strip(),
            paper=paper.strip(),
            other_name=other_name.strip(),
            taken_by=self._user.account_id,
        )
        session.add(row)
        session.flush()
        return row.id
