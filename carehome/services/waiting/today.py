"""What the waiting list asks for on a day."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from carehome.i18n import N_
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Line, Target, Urgency, words
from carehome.services.waiting.entries import lines_in as waiting_in


def lines_in(session: Session, day: date) -> Iterator[Line]:
    """Yield the offers whose answer is due or overdue."""
    for line in waiting_in(session, day):
        if line.offer is None or line.offer.answer_by > day:
            continue
        late = line.offer.answer_by < day
        text = N_("{name} answers today on bed {bed}")
        if late:
            text = N_("{name} has not answered on bed {bed} by {day}")
        told = words(text, name=line.name, bed=line.offer.bed, day=line.offer.answer_by)
        urgency = Urgency.LATE if late else Urgency.SOON
        target = Target("waiting", line.entry_id)
        yield Concern(
            words(N_("Offer of a bed")), told, urgency, target, Role.FRONT_DESK
        )
