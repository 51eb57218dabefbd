"""How far a departure has come, and what it holds so far."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedUseRow
from carehome.db.billing import FROM_DEPOSIT, BillRow, BillRunRow, PaymentRow
from carehome.db.departures import (
    DeparturePaperRow,
    DepartureRow,
    PayoutRow,
    SettlementRow,
)
from carehome.db.deposits import INWARD, DepositEntryRow
from carehome.db.residents import ResidentRow, StayRow
from carehome.rules.departures import (
    STEPS,
    Death,
    Departure,
    Receiver,
    Step,
    papers_needed,
)
from carehome.rules.residents import mask_identity
from carehome.rules.settlement import Books
from carehome.services.beds.places import bed_name_in
from carehome.services.trust.entries import all_kept_in


@dataclass(frozen=True, slots=True)
class DepartureLine:
    """One departure, as lists show it; `step` is the one that comes next."""

    departure_id: int
    resident_id: int
    name: str
    kind: Departure
    step: Step
    ordered_on: date
    ordered_by: str
    planned_on: date | None
    left_on: date | None
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class PaperTick:
    """A paper that a departure needs, and since when it is in the file."""

    kind: str
    ticked_on: date | None = None
    ticked_by: str = ""
    paper_id: int | None = None


@dataclass(frozen=True, slots=True)
class DepartureState:
    """All that one departure holds but its money.

    `drafts` holds what was typed but not confirmed, by step.
    """

    line: DepartureLine
    admitted_on: date
    bed: str
    asked_by: str
    reason: str
    death: Death | None
    receiver: Receiver
    identity: str
    papers: tuple[PaperTick, ...]
    drafts: dict[Step, dict[str, Any]]
    has_final_bill: bool
    settlement_id: int | None
    finished_on: date | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The papers that are not in the file yet."""
        return tuple(tick.kind for tick in self.papers if tick.ticked_on is None)


def step_of(row: DepartureRow, stay: StayRow) -> Step:
    """Return the step that comes next; whether somebody has left, the stay says."""
    step = Step(row.step)
    if stay.discharged_on is None:
        return min(step, Step.LEAVE, key=STEPS.index)
    return Step.BILL if step is Step.LEAVE else step


def lines_in(session: Session, condition: Any = None) -> list[DepartureLine]:
    """List the departures under way, the oldest first, or those of a condition."""
    under_way = DepartureRow.finished_on.is_(None) & DepartureRow.cancelled_on.is_(None)
    rows = session.execute(
        select(DepartureRow, StayRow, ResidentRow.name)
        .join(StayRow, StayRow.id == DepartureRow.stay_id)
        .join(ResidentRow, ResidentRow.id == DepartureRow.resident_id)
        .where(under_way if condition is None else condition)
        .order_by(DepartureRow.ordered_on, DepartureRow.id)
    )
    return [_line(row, stay, name) for row, stay, name in rows]


def _line(row: DepartureRow, stay: StayRow, name: str) -> DepartureLine:
    return DepartureLine(
        row.id,
        row.resident_id,
        name,
        Departure(row.kind),
        step_of(row, stay),
        row.ordered_on,
        row.ordered_by,
        row.planned_on,
        stay.discharged_on,
        row.finished_on is None and row.cancelled_on is None,
    )


def open_in(session: Session, resident_id: int) -> DepartureRow | None:
    """Return the departure of a resident that is under way, if there is one."""
    return session.scalar(
        select(DepartureRow).where(
            DepartureRow.resident_id == resident_id,
            DepartureRow.finished_on.is_(None),
            DepartureRow.cancelled_on.is_(None),
        )
    )


def state_in(session: Session, row: DepartureRow) -> DepartureState:
    """Return what a departure holds."""
    stay = session.get_one(StayRow, row.stay_id)
    name = session.get_one(ResidentRow, row.resident_id).name
    settlement = select(SettlementRow.id).where(SettlementRow.departure_id == row.id)
    return DepartureState(
        _line(row, stay, name),
        stay.admitted_on,
        last_bed_in(session, row.resident_id),
        row.asked_by,
        row.reason,
        _death(row),
        receiver_of(row),
        mask_identity(row.id_number),
        tuple(ticks_in(session, row)),
        {Step(step): values for step, values in row.draft.items()},
        is_billed_in(session, row.id),
        session.scalar(settlement),
        row.finished_on,
    )


def last_bed_in(session: Session, resident_id: int) -> str:
    """Return the bed that a resident has, or had last."""
    bed_id = session.scalar(
        select(BedUseRow.bed_id)
        .where(BedUseRow.resident_id == resident_id, BedUseRow.kind == "occupied")
        .order_by(BedUseRow.starts.desc(), BedUseRow.id.desc())
        .limit(1)
    )
    return bed_name_in(session, bed_id) if bed_id else ""


def _death(row: DepartureRow) -> Death | None:
    if row.died_on is None:
        return None
    return Death(row.died_on, row.died_time, row.died_where, row.certificate)


def receiver_of(row: DepartureRow) -> Receiver:
    """Return who receives, without the identity number."""
    return Receiver(
        row.receiver,
        row.relation,
        row.phone,
        None,
        row.proof,
        row.others_consent,
        row.belongings,
        tuple((name, relation) for name, relation in row.heirs.get("people", ())),
    )


def ticks_in(session: Session, row: DepartureRow) -> Iterator[PaperTick]:
    """Yield the papers that a departure needs, in their order."""
    query = select(DeparturePaperRow).where(DeparturePaperRow.departure_id == row.id)
    known = {
        tick.kind: PaperTick(tick.kind, tick.ticked_on, tick.ticked_by, tick.paper_id)
        for tick in session.scalars(query)
    }
    for kind in papers_needed(Departure(row.kind), bool(row.belongings)):
        yield known.get(kind, PaperTick(kind))


def is_billed_in(session: Session, departure_id: int) -> bool:
    """Say whether a final bill of a departure is posted."""
    query = select(BillRunRow.id).where(BillRunRow.departure_id == departure_id)
    return session.scalar(query.limit(1)) is not None


def books_in(session: Session, resident_id: int) -> Books:
    """Return all that was billed, paid, held and given back for a resident."""
    return all_books_in(session, [resident_id]).get(resident_id, Books())


def all_books_in(
    session: Session, resident_ids: Collection[int] | None = None
) -> dict[int, Books]:
    """Return the books of some residents, or of all, in five queries."""
    sums: dict[int, dict[str, int]] = {}

    def add(kind: Any, name: Any, fen: Any, *conditions: Any) -> None:
        query = select(kind.resident_id, name, func.sum(fen)).where(*conditions)
        if resident_ids is not None:
            query = query.where(kind.resident_id.in_(resident_ids))
        for owner, found, total in session.execute(
            query.group_by(kind.resident_id, name)
        ):
            mine = sums.setdefault(owner, {})
            key = _BOOK[found]
            mine[key] = mine.get(key, 0) + total

    add(BillRow, literal("billed"), BillRow.total_fen)
    add(PaymentRow, PaymentRow.method, PaymentRow.fen, ~PaymentRow.is_void)
    add(PayoutRow, literal("paid_out"), PayoutRow.fen, ~PayoutRow.is_void)
    deposits = DepositEntryRow.kind != "set_off"  # the payment it made is counted
    alive = ~DepositEntryRow.is_void
    add(DepositEntryRow, DepositEntryRow.kind, DepositEntryRow.fen, alive, deposits)
    for owner, kept in all_kept_in(session).items():
        if resident_ids is None or owner in resident_ids:
            sums.setdefault(owner, {})["trust"] = kept
    return {owner: Books(**mine) for owner, mine in sums.items()}


_BOOK = {
    "billed": "billed",
    "paid_out": "paid_out",
    FROM_DEPOSIT: "set_off",
    **dict.fromkeys(("cash", "transfer", "card", "wechat", "alipay"), "paid"),
    **dict.fromkeys(INWARD, "deposit"),
    "damage": "damage",
    "emergency": "emergency",
    "refund": "refunded",
}
