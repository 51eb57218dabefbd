"""Taking a hazard into the register, within a deed of whatever brought it to light."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.hazards import HazardPictureRow, HazardRow, HazardStepRow
from carehome.db.staff import StaffMemberRow
from carehome.rules.rights import User
from carehome.rules.safety.hazards import NewHazard, Stage, StepKind, check_new
from carehome.services.safety.hazards.lines import rules_in


def open_hazard_in(session: Session, new: NewHazard, now: datetime, user: User) -> int:
    """Enter a hazard with the next number of its year; return its id.

    `now` bears its zone. What is in the register stays there, so that the deed which
    this belongs to cannot be undone.
    """
    new = check_new(new, now, rules_in(session))
    assert new.found_at, "the rules have filled it in"
    assert new.due_at, "the rules have filled it in"
    row = HazardRow(
        year=now.year,
        serial=_next_in(session, now.year),
        severity=new.severity.value,
        origin=new.origin.value,
        origin_id=new.origin_id,
        source=new.source,
        item=new.item,
        place=new.place,
        found_at=kept(new.found_at),
        found_by=new.found_by or user.name,
        measure=new.measure,
        responsible_id=new.responsible_id,
        responsible=name_in(session, new.responsible_id, new.responsible),
        due_at=kept(new.due_at),
        first_due_at=kept(new.due_at),
    )
    session.add(row)
    session.flush()
    tell(session, row.id, StepKind.OPENED, now, user)
    show(session, row.id, new.pictures, Stage.BEFORE)
    return row.id


def tell(
    session: Session,
    hazard_id: int,
    kind: StepKind,
    now: datetime,
    user: User,
    text: str = "",
) -> None:
    """Add a line to the history of a hazard."""
    session.add(
        HazardStepRow(
            hazard_id=hazard_id,
            kind=kind.value,
            at=kept(now),
            by=user.name,
            text=text.strip(),
        )
    )


def show(
    session: Session, hazard_id: int, picture_ids: Iterable[int], stage: Stage
) -> None:
    """Put pictures to a hazard."""
    for picture_id in picture_ids:
        session.add(
            HazardPictureRow(
                hazard_id=hazard_id, picture_id=picture_id, stage=stage.value
            )
        )
    session.flush()


def name_in(session: Session, staff_id: int | None, typed: str) -> str:
    """Return the name of a member of staff, or of somebody else as it was typed."""
    if staff_id is None:
        return typed.strip()
    return session.get_one(StaffMemberRow, staff_id).name


def kept(moment: datetime) -> datetime:
    """Return a moment as the database keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _next_in(session: Session, year: int) -> int:
    query = select(func.max(HazardRow.serial)).where(HazardRow.year == year)
    return (session.scalar(query) or 0) + 1
