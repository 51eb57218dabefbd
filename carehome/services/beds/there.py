"""Since when a bed is there, until when, and the days it was out of service."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow
from carehome.db.presence import BedClosureRow
from carehome.db.residents import StayRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.residents import check_happened
from carehome.services.beds.places import bed_name_in


class GoneBeforeThere(Refusal):
    """A bed is taken away after it was put up."""

    text = N_("The bed cannot be gone before it was there.")


class StillHeld(Refusal):
    """Somebody has the bed after the day it is said to be gone."""

    text = N_("Bed {bed} is used or promised after {day}. Move the resident first.")


def close_in(session: Session, bed_id: int, day: date) -> None:
    """Note that a bed is out of service from `day` on."""
    if _open_closure(session, bed_id) is None:
        session.add(BedClosureRow(bed_id=bed_id, starts=day))


def open_in(session: Session, bed_id: int, day: date) -> None:
    """Note that a bed is in service again from `day` on."""
    row = _open_closure(session, bed_id)
    if row is not None:
        row.ends = max(day, row.starts)


def first_day_in(session: Session, today: date) -> date | None:
    """Return since when a bed is there that is added today; None before any stay.

    The beds that a home is set up with were there before the program was.
    """
    lived_in = session.scalar(select(StayRow.id).limit(1))
    return None if lived_in is None else today


def set_days_in(
    session: Session, bed_id: int, since: date | None, until: date | None, today: date
) -> None:
    """Note since when a bed is there, and from which day it is gone."""
    row = session.get_one(BedRow, bed_id)
    for day in filter(None, (since, until)):
        check_happened(day, today)
    if since and until and until <= since:
        raise GoneBeforeThere
    if until:
        later = or_(BedUseRow.ends.is_(None), BedUseRow.ends > until)
        used = select(BedUseRow.id).where(BedUseRow.bed_id == bed_id, later)
        if session.scalar(used.limit(1)) is not None:
            raise StillHeld(bed=bed_name_in(session, bed_id), day=until)
    row.since, row.until = since, until


def _open_closure(session: Session, bed_id: int) -> BedClosureRow | None:
    return session.scalar(
        select(BedClosureRow).where(
            BedClosureRow.bed_id == bed_id, BedClosureRow.ends.is_(None)
        )
    )
