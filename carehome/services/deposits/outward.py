"""Money that leaves a deposit: checked, then written, within another deed."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from carehome.db.billing import FROM_DEPOSIT, PaymentRow
from carehome.db.departures import DepartureRow
from carehome.db.deposits import DepositEntryRow
from carehome.db.residents import ResidentRow, StayRow
from carehome.errors import Refusal
from carehome.i18n import N_, show_money
from carehome.rules import deposits as rules
from carehome.rules.deposits import Movement
from carehome.services.held import held_in
from carehome.services.payments import account_in, settle_in


class MoreThanOwed(Refusal):
    """More would be set off than is owed."""

    text = N_(
        "Only {owed} is owed beyond what is prepaid. Set off that much or less; damage "
        "is charged on a bill first."
    )


class OfAnEstate(Refusal):
    """What a dead person leaves is handed over in the departure alone."""

    text = N_(
        "{name} has died, so the deposit belongs to the estate. Open the departure of "
        "{name}: there it is written down who receives it, on what proof."
    )


def check_no_estate_in(session: Session, resident_id: int) -> None:
    """Raise OfAnEstate when a resident has died."""
    later = aliased(StayRow)
    lives_again = select(later.id).where(
        later.resident_id == DepartureRow.resident_id,
        later.id > DepartureRow.stay_id,
    )
    died = select(DepartureRow.id).where(
        DepartureRow.resident_id == resident_id,
        DepartureRow.kind == "death",
        DepartureRow.cancelled_on.is_(None),
        ~lives_again.exists(),
    )
    if session.scalar(died.limit(1)) is not None:
        raise OfAnEstate(name=session.get_one(ResidentRow, resident_id).name)


def out_in(
    session: Session,
    kind: rules.Kind,
    resident_id: int,
    fen: int,
    day: date,
    purpose: str,
    paper: str,
    taken_by: int,
) -> DepositEntryRow:
    """Return a movement out of a deposit, checked but not stored yet."""
    held = held_in(session, resident_id)
    rules.check_movement(Movement(kind, fen, day, purpose, paper), held, held)
    return DepositEntryRow(
        resident_id=resident_id,
        kind=kind,
        day=day,
        fen=fen,
        method="none",
        purpose=purpose.strip(),
        paper=paper.strip(),
        taken_by=taken_by,
    )


def set_off_in(
    session: Session,
    resident_id: int,
    fen: int,
    day: date,
    purpose: str,
    consent_paper: str,
    taken_by: int,
) -> None:
    """Pay what a resident owes from the deposit, with the family's consent."""
    account = account_in(session, resident_id)
    owed = max(account.owed - account.prepaid, 0)
    if fen > owed:
        raise MoreThanOwed(owed=show_money(owed), most_fen=owed)
    what = (resident_id, fen, day, purpose, consent_paper)
    entry = out_in(session, "set_off", *what, taken_by)
    payment = PaymentRow(
        resident_id=resident_id,
        received_on=day,
        method=FROM_DEPOSIT,
        fen=fen,
        note=consent_paper.strip(),
        taken_by=taken_by,
    )
    session.add_all([entry, payment])
    session.flush()
    settle_in(session, {resident_id})
