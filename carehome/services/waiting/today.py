"""What the waiting list asks for on a day."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.enquiries import BedOfferRow, WaitingEntryRow
from carehome.db.residents import ResidentRow
from carehome.i18n import N_
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Line, Target, Urgency, words
from carehome.services.beds.places import bed_names_in


def lines_in(session: Session, day: date) -> Iterator[Line]:
    """Yield the offers whose answer is due or overdue."""
    query = (
        select(BedOfferRow, ResidentRow.name)
        .join(WaitingEntryRow, WaitingEntryRow.id == BedOfferRow.entry_id)
        .join(ResidentRow, ResidentRow.id == WaitingEntryRow.resident_id)
        .where(BedOfferRow.answer == "open", BedOfferRow.answer_by <= day)
        .order_by(BedOfferRow.answer_by, BedOfferRow.id)
    )
    found = session.execute(query).all()
    beds = bed_names_in(session) if found else {}
    for offer, name in found:
        late = offer.answer_by < day
        text = N_("{name} answers today on bed {bed}")
        if late:
            text = N_("{name} has not answered on bed {bed} by {day}")
        told = words(text, name=name, bed=beds[offer.bed_id], day=offer.answer_by)
        urgency = Urgency.LATE if late else Urgency.SOON
        target = Target("waiting", offer.entry_id)
        yield Concern(
            words(N_("Offer of a bed")), told, urgency, target, Role.FRONT_DESK
        )
