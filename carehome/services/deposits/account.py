"""The dedicated account: its ledger, its balance beside what is held, and draws."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.billing import ReceiptRow
from carehome.db.deposits import DepositDrawPartRow, DepositDrawRow, DepositEntryRow
from carehome.db.residents import ResidentRow
from carehome.i18n import N_
from carehome.rules import deposit_account as rules
from carehome.rules.deposit_account import Between, Piece
from carehome.rules.deposits import BANKED_WITHIN
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.entry import Kind
from carehome.rules.ledger.voids import check_void
from carehome.rules.periods import Period
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right
from carehome.rules.today import Fen, Line, Target, Task, words
from carehome.services.deposits.account_ledger import (
    AccountLedger,
    balance_in,
    by_bank_in,
    ledger_in,
    on,
)
from carehome.services.deposits.today import DEPOSITS
from carehome.services.ledger import entries as ledger
from carehome.services.service import Service, needs

DRAWN_WITHIN = timedelta(days=7)  # ours: until then it is listed, and not late


@dataclass(frozen=True, slots=True)
class OpenPiece:
    """A movement that waits for its way into or out of the account, with the name."""

    piece: Piece
    resident: str
    purpose: str


@dataclass(frozen=True, slots=True)
class ByBank:
    """Interest, a charge or a transfer: in the account, and nobody's deposit."""

    kind: Kind
    day: date
    fen: int
    text: str


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """What is held and what is in the account on a day, and what lies between."""

    day: date
    held: int
    account: int
    in_till: tuple[OpenPiece, ...]
    to_draw: tuple[OpenPiece, ...]
    to_return: tuple[OpenPiece, ...]
    by_bank: tuple[ByBank, ...] = ()

    @property
    def unexplained(self) -> int:
        """What no movement explains; always nothing, unless the data is damaged."""
        between = Between(
            tuple(each.piece for each in self.in_till),
            tuple(each.piece for each in self.to_draw),
            tuple(each.piece for each in self.to_return),
        )
        own = sum(each.fen for each in self.by_bank)
        return self.held - self.account - between.fen + own


@dataclass(frozen=True, slots=True)
class Draw:
    """Money drawn from the dedicated account, and for whom."""

    draw_id: int
    day: date
    fen: int
    method: str
    paper: str
    residents: tuple[str, ...]
    taken_by: str
    is_void: bool
    void_reason: str


@dataclass(frozen=True, slots=True)
class LateBanking:
    """A deposit that came late into the account, or is still to come."""

    entry_id: int
    resident_id: int
    resident: str
    day: date
    due: date
    fen: int
    method: str
    banked_on: date | None
    days_late: int
    taken_by: str


class DepositAccount(Service):
    """What one person can do with the dedicated account of deposits."""

    @needs(Right.SEE_FEES)
    def ledger(self, period: Period, resident_id: int | None = None) -> AccountLedger:
        """Return every movement of some days, of one resident or of all."""
        with self._reading() as session:
            return ledger_in(session, period, resident_id)

    @needs(Right.SEE_FEES)
    def standing(self, day: date) -> AccountStanding:
        """Return what is held and what is in the account on a day."""
        with self._reading() as session:
            return standing_in(session, day)

    @needs(Right.PAY_OUT_DEPOSIT)
    def today(self, day: date) -> list[Line]:
        """Tell what is to be drawn from the account."""
        with self._reading() as session:
            return list(to_draw_in(session, day))

    @needs(Right.SEE_FEES)
    def people(self) -> dict[int, str]:
        """Return for whom a deposit was ever held, by name."""
        with self._reading() as session:
            query = (
                select(ResidentRow.id, ResidentRow.name)
                .where(ResidentRow.id.in_(select(DepositEntryRow.resident_id)))
                .order_by(ResidentRow.pinyin, ResidentRow.id)
            )
            return dict(session.execute(query).all())

    @needs(Right.SEE_FEES)
    def draws(self) -> list[Draw]:
        """List what was drawn, the newest first."""
        with self._reading() as session:
            return list(_draws_in(session))

    @needs(Right.SEE_FEES)
    def late(self, period: Period) -> list[LateBanking]:
        """List what came into the account later than it should, the worst first."""
        with self._reading() as session:
            return late_in(session, period, self._today())

    @needs(Right.PAY_OUT_DEPOSIT)
    def draw(
        self, entry_ids: Collection[int], method: str, day: date, paper: str
    ) -> int:
        """Draw money for what a till paid out, or what became the home's own."""
        check_happened(day, self._today())
        with self._writing() as session:
            pieces = {piece.entry_id: piece for piece in pieces_in(session)}
            chosen = [pieces[entry_id] for entry_id in entry_ids]
            for piece in chosen:
                if piece not in rules.between([piece], self._today()).to_draw:
                    raise rules.DrawnAlready(what=_name(session, piece.resident_id))
            in_account = balance_in(session, Code.DEPOSIT_BANK, day)
            rules.check_draw(chosen, day, paper, in_account)
            return self._store(session, chosen, method, day, paper)

    @needs(Right.PAY_OUT_DEPOSIT)
    def void_draw(self, draw_id: int, reason: str) -> None:
        """Take a wrong draw back; it stays in the books with the reason."""
        with self._writing() as session:
            row = session.get_one(DepositDrawRow, draw_id)
            check_void(row.voided_at is not None, reason)
            row.voided_at, row.void_reason = self._now(), reason.strip()

    def _store(
        self,
        session: Session,
        chosen: list[Piece],
        method: str,
        day: date,
        paper: str,
    ) -> int:
        """Store the parts first: the database wants the sum to be theirs."""
        last = session.scalar(
            select(DepositDrawRow.id).order_by(DepositDrawRow.id.desc()).limit(1)
        )
        number = (last or 0) + 1
        for piece in chosen:
            session.add(
                DepositDrawPartRow(
                    deposit_draw_id=number,
                    deposit_entry_id=piece.entry_id,
                    fen=piece.fen,
                )
            )
        session.flush()
        session.add(
            DepositDrawRow(
                id=number,
                day=day,
                fen=rules.total(chosen),
                method=method,
                paper=paper.strip(),
                taken_by=self._user.account_id,
            )
        )
        session.flush()
        return number


def to_draw_in(session: Session, day: date) -> Iterator[Line]:
    """Yield what a till paid out, or the home is due, and lies in the account still."""
    waiting = rules.between(pieces_in(session), day).to_draw
    if waiting:
        text = N_("{count} {count:movement|movements} of {fen} still in the account")
        yield Task(
            waiting[0].day + DRAWN_WITHIN,
            words(N_("Draw from the dedicated account")),
            words(text, count=len(waiting), fen=Fen(rules.total(waiting))),
            words(N_("Note the draw")),
            Target(DEPOSITS, "draws"),
            count=len(waiting),
        )


def pieces_in(session: Session) -> list[Piece]:
    """Return all movements of deposits with their way to the bank."""
    drawn: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for part, row in session.execute(
        select(DepositDrawPartRow, DepositDrawRow).join(
            DepositDrawRow, DepositDrawRow.id == DepositDrawPartRow.deposit_draw_id
        )
    ):
        void_on = ledger.local_day(row.voided_at) if row.voided_at else None
        drawn[part.deposit_entry_id].append((row.day, void_on))
    query = select(DepositEntryRow, ReceiptRow.voided_at).outerjoin(
        ReceiptRow, ReceiptRow.deposit_entry_id == DepositEntryRow.id
    )
    return [
        Piece(
            row.id,
            row.resident_id,
            row.kind,  # type: ignore[arg-type]  # the table checks it
            row.method,
            row.day,
            row.fen,
            row.banked_on,
            ledger.local_day(voided_at) if voided_at else None,
            tuple(drawn[row.id]),
        )
        for row, voided_at in session.execute(query)
    ]


def standing_in(session: Session, day: date) -> AccountStanding:
    """Return what is held and what is in the account, within another deed."""
    found = rules.between(pieces_in(session), day)
    names = dict(session.execute(select(ResidentRow.id, ResidentRow.name)).all())
    purposes = dict(
        session.execute(select(DepositEntryRow.id, DepositEntryRow.purpose)).all()
    )

    def told(pieces: Iterable[Piece]) -> tuple[OpenPiece, ...]:
        return tuple(
            OpenPiece(each, names[each.resident_id], purposes[each.entry_id])
            for each in pieces
        )

    return AccountStanding(
        day,
        -balance_in(session, Code.DEPOSITS, day),
        balance_in(session, Code.DEPOSIT_BANK, day),
        told(found.in_till),
        told(found.to_draw),
        told(found.to_return),
        tuple(
            ByBank(each.kind, each.day, on(each, Code.DEPOSIT_BANK), each.text)
            for each in by_bank_in(session)
            if each.day <= day
        ),
    )


def _name(session: Session, resident_id: int) -> str:
    return session.get_one(ResidentRow, resident_id).name


def _draws_in(session: Session) -> Iterator[Draw]:
    """Yield the draws, the newest first."""
    owners: dict[int, list[str]] = defaultdict(list)
    for draw_id, name in session.execute(
        select(DepositDrawPartRow.deposit_draw_id, ResidentRow.name)
        .join(
            DepositEntryRow,
            DepositEntryRow.id == DepositDrawPartRow.deposit_entry_id,
        )
        .join(ResidentRow, ResidentRow.id == DepositEntryRow.resident_id)
        .order_by(DepositDrawPartRow.id)
    ):
        owners[draw_id].append(name)
    query = (
        select(DepositDrawRow, AccountRow.name)
        .join(AccountRow, AccountRow.id == DepositDrawRow.taken_by)
        .order_by(DepositDrawRow.day.desc(), DepositDrawRow.id.desc())
    )
    for row, taken_by in session.execute(query):
        yield Draw(
            row.id,
            row.day,
            row.fen,
            row.method,
            row.paper,
            tuple(dict.fromkeys(owners[row.id])),
            taken_by,
            row.voided_at is not None,
            row.void_reason,
        )


def late_in(session: Session, period: Period, today: date) -> list[LateBanking]:
    """List what came, or is still to come, late into the account."""
    query = (
        select(DepositEntryRow, ResidentRow.name, AccountRow.name)
        .join(ResidentRow, ResidentRow.id == DepositEntryRow.resident_id)
        .join(AccountRow, AccountRow.id == DepositEntryRow.taken_by)
        .where(DepositEntryRow.kind == "in", ~DepositEntryRow.is_void)
    )
    found = []
    for row, name, taken_by in session.execute(query):
        late = rules.days_late(row.day, row.banked_on, today)
        if late and period.holds(row.day):
            found.append(
                LateBanking(
                    row.id,
                    row.resident_id,
                    name,
                    row.day,
                    row.day + BANKED_WITHIN,
                    row.fen,
                    row.method,
                    row.banked_on,
                    late,
                    taken_by,
                )
            )
    return sorted(found, key=lambda x: (x.banked_on is not None, -x.days_late))
