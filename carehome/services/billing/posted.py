"""Posted bills: written in batches, sealed by their run, read as they were.

The database refuses a run whose bills do not add up, a gap in the numbers, a month
out of order, and any later change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from carehome.db.batches import insert_batch
from carehome.db.billing import BillLineRow, BillRow, BillRunRow
from carehome.db.change_log import note_many
from carehome.db.corrections import BillCorrectionRow
from carehome.rules import numbers
from carehome.rules.billing.lines import Line
from carehome.services.billing.trial import Trial

_NAMED = (
    *(BillRow.year, BillRow.number, BillRow.month, BillRow.resident_id),
    *(BillRow.resident_name, BillRow.bed, BillRow.total_fen),
)


@dataclass(frozen=True, slots=True)
class PostedRun:
    """A posted month."""

    run_id: int
    month: date
    posted_at: datetime
    posted_by: str
    bills: int
    total: int


@dataclass(frozen=True, slots=True)
class PostedBill:
    """A posted bill."""

    bill_id: int
    year: int
    number: int
    month: date
    resident_id: int
    resident: str
    bed: str
    grade: str
    total: int
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        """The number as people say it: 2026-000123."""
        return numbers.write(self.year, self.number)


def store_in(
    session: Session, trial: Trial, now: Any, by: str, departure_id: int | None = None
) -> PostedRun:
    """Write the bills in batches, then the run that seals them.

    The final bill of a departure is a run of its own.
    """
    connection = session.connection()
    run_id = _last(session, BillRunRow.id) + 1
    bill_id = _last(session, BillRow.id)
    year, number = trial.month.year, trial.first_number - 1
    deed = session.info["deed"]
    bills: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    log: list[dict[str, Any]] = []
    facts: list[dict[str, Any]] = []
    for place, bill in enumerate(trial.bills, 1):
        total = sum(line.amount_fen for line in bill.all_lines)
        bills.append(
            {
                "id": bill_id + place,
                "run_id": run_id,
                "year": year,
                "number": number + place,
                "resident_id": bill.resident_id,
                "month": trial.month,
                "total_fen": total,
                "resident_name": bill.resident,
                "bed": bill.bed,
                "grade": bill.grade,
                "facts": bill.facts,
            }
        )
        lines.extend(
            {
                "bill_id": bill_id + place,
                "position": position,
                "kind": line.kind,
                "item_code": line.item_code,
                "item_name": line.item_name,
                "for_month": line.for_month,
                "amount_fen": line.amount_fen,
                "detail": line.to_json(),
                "payer_id": int(line.payer) if line.payer else None,
            }
            for position, line in enumerate(bill.all_lines)
        )
        facts.extend(
            {
                "bill_id": bill_id + place,
                "month": each.correction.month,
                "facts": each.facts,
            }
            for each in bill.corrections
            if each.correction.is_in or (each.is_waiting and bill.to_confirm)
        )
        after = {"number": number + place, "total_fen": total}
        log.append(
            deed.entry("insert", "bill", bill_id + place, bill.resident_id, after=after)
        )
    run = BillRunRow(
        id=run_id,
        month=trial.month,
        departure_id=departure_id,
        posted_at=now,
        posted_by=by,
        bills=len(bills),
        total_fen=sum(bill["total_fen"] for bill in bills),
        change_id=trial.change_id,
    )
    if bills:
        insert_batch(connection, BillRow, bills)
        insert_batch(connection, BillLineRow, lines)
        if facts:
            insert_batch(connection, BillCorrectionRow, facts)
        note_many(session, "bill", log)
    session.add(run)
    session.flush()
    return _run(run)


def _last(session: Session, column: Any) -> int:
    return session.scalar(select(func.max(column))) or 0


def _run(row: BillRunRow) -> PostedRun:
    posted_at = row.posted_at.replace(tzinfo=UTC)
    return PostedRun(
        row.id, row.month, posted_at, row.posted_by, row.bills, row.total_fen
    )


@dataclass(frozen=True, slots=True)
class BillName:
    """What a bill is known by, without its lines."""

    bill_id: int
    label: str
    month: date
    resident_id: int
    resident: str
    bed: str
    total: int


def names_where(session: Session, condition: Any, most: int) -> list[BillName]:
    """Return the posted bills that fit a condition, the newest first."""
    rows = session.scalars(
        select(BillRow)
        .where(condition)
        .order_by(BillRow.year.desc(), BillRow.number.desc())
        .options(load_only(*_NAMED))
        .limit(most)
    )
    return [
        BillName(
            row.id,
            numbers.write(row.year, row.number),
            row.month,
            row.resident_id,
            row.resident_name,
            row.bed,
            row.total_fen,
        )
        for row in rows
    ]


def runs_in(session: Session) -> list[PostedRun]:
    """Return the posted months with the final bills in them, the newest first."""
    finals = {
        month: (bills, total)
        for month, bills, total in session.execute(
            select(
                BillRunRow.month,
                func.sum(BillRunRow.bills),
                func.sum(BillRunRow.total_fen),
            )
            .where(BillRunRow.departure_id.is_not(None))
            .group_by(BillRunRow.month)
        )
    }
    rows = session.scalars(
        select(BillRunRow)
        .where(BillRunRow.departure_id.is_(None))
        .order_by(BillRunRow.month.desc())
    )
    found = []
    for run in map(_run, rows):
        bills, total = finals.get(run.month, (0, 0))
        found.append(replace(run, bills=run.bills + bills, total=run.total + total))
    return found


def bills_in(session: Session, month: date) -> list[PostedBill]:
    """Return a posted month's bills within another deed."""
    return bills_where(session, BillRow.month == month.replace(day=1))


def bills_where(session: Session, condition: Any) -> list[PostedBill]:
    """Return the posted bills that fit a condition, by number."""
    rows = session.scalars(
        select(BillRow).where(condition).order_by(BillRow.year, BillRow.number)
    ).all()
    lines = lines_in(session, [row.id for row in rows])
    return [
        PostedBill(
            row.id,
            row.year,
            row.number,
            row.month,
            row.resident_id,
            row.resident_name,
            row.bed,
            row.grade,
            row.total_fen,
            lines[row.id],
        )
        for row in rows
    ]


def lines_in(session: Session, bill_ids: list[int]) -> Mapping[int, tuple[Line, ...]]:
    """Return the lines of some posted bills, by bill."""
    found: dict[int, list[Line]] = {bill_id: [] for bill_id in bill_ids}
    if bill_ids:
        rows = session.execute(
            select(BillLineRow.bill_id, BillLineRow.detail)
            .where(BillLineRow.bill_id.between(min(bill_ids), max(bill_ids)))
            .order_by(BillLineRow.bill_id, BillLineRow.position)
        )
        for bill_id, detail in rows:
            if bill_id in found:
                found[bill_id].append(Line.from_json(detail))
    return {bill_id: tuple(lines) for bill_id, lines in found.items()}
