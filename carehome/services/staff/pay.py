"""What people are paid: seen and changed only by who keeps the books."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.staff import PayRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.rights import Right
from carehome.services.service import Service, needs


class PayNegative(Refusal):
    """Nobody pays for working here."""

    text = N_("The pay cannot be less than nothing.")


class PayTwice(Refusal):
    """One pay begins on a day."""

    text = N_("Another pay begins on this day already. Correct that one.")


@dataclass(frozen=True, slots=True)
class PayLine:
    """What somebody is paid from `starts` on; `basis` is month or hour."""

    starts: date
    basis: str
    fen: int
    note: str = ""
    pay_id: int = 0


class Pay(Service):
    """What one person can do with what the staff are paid."""

    @needs(Right.SEE_PAY)
    def of(self, staff_id: int) -> list[PayLine]:
        """List what somebody is and was paid, the last one first."""
        query = select(PayRow).where(PayRow.staff_id == staff_id)
        with self._reading() as session:
            rows = session.scalars(query.order_by(PayRow.starts.desc()))
            return [_line(row) for row in rows]

    @needs(Right.SEE_PAY)
    def on(self, day: date) -> dict[int, PayLine]:
        """Return what each person is paid on `day`."""
        with self._reading() as session:
            return pay_on_in(session, day)

    @needs(Right.CHANGE_PAY)
    def save(self, staff_id: int, line: PayLine) -> int:
        """Write down a pay or correct one; return its number."""
        if line.fen < 0:
            raise PayNegative
        with self._writing() as session:
            twice = session.scalar(
                select(PayRow.id).where(
                    PayRow.staff_id == staff_id,
                    PayRow.starts == line.starts,
                    PayRow.id != line.pay_id,
                )
            )
            if twice is not None:
                raise PayTwice
            row = session.get(PayRow, line.pay_id) or PayRow(staff_id=staff_id)
            row.starts, row.basis, row.fen = line.starts, line.basis, line.fen
            row.note = line.note.strip()
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_PAY)
    def remove(self, pay_id: int) -> None:
        """Remove a pay entered by mistake."""
        with self._writing() as session:
            session.delete(session.get_one(PayRow, pay_id))


def pay_on_in(session: Session, day: date) -> dict[int, PayLine]:
    """Return what each person is paid on `day`: the last that began by then."""
    rows = session.scalars(
        select(PayRow).where(PayRow.starts <= day).order_by(PayRow.starts)
    )
    return {row.staff_id: _line(row) for row in rows}


def _line(row: PayRow) -> PayLine:
    return PayLine(row.starts, row.basis, row.fen, row.note, row.id)
