"""What the house asks for on a day: somebody must say how everybody gets out."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.presence import EvacuationRow
from carehome.db.residents import ResidentRow, StayRow
from carehome.i18n import N_
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Target, Urgency, some_of, words

EVACUATION = "evacuation"  # a target: those of whom it is not known how they get out


def concerns_in(session: Session, day: date) -> Iterator[Concern]:
    """Yield that nobody would know how to bring some people out of a fire."""
    query = (
        select(ResidentRow.name)
        .join(StayRow, StayRow.resident_id == ResidentRow.id)
        .outerjoin(EvacuationRow, EvacuationRow.resident_id == ResidentRow.id)
        .where(
            StayRow.admitted_on <= day,
            or_(StayRow.discharged_on.is_(None), StayRow.discharged_on > day),
            EvacuationRow.id.is_(None),
        )
        .order_by(StayRow.admitted_on.desc(), ResidentRow.id)
    )
    names = session.scalars(query).all()
    if not names:
        return
    text = N_(
        "How {count} {count:resident is|residents are} brought out is not said: {names}"
    )
    yield Concern(
        words(N_("Evacuation")),
        words(text, count=len(names), names=some_of(names)),
        Urgency.SOON,
        Target(EVACUATION, "unknown"),
        Role.HEAD_NURSE,
        count=len(names),
    )
