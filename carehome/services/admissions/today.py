"""What admissions ask for on a day."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedUseRow
from carehome.db.residents import ResidentRow
from carehome.i18n import N_
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Target, Task, Text, Urgency, words
from carehome.services.admissions import state
from carehome.services.admissions.state import STEP_NAMES, AdmissionLine, Step
from carehome.services.beds.places import bed_name_in
from carehome.services.beds.uses import open_stay_in

ADMISSION, ADMIT = "admission", "admit"  # targets: one under way, one to begin
ENDING = timedelta(days=3)  # before a reservation ends somebody should ask (ours)


def lines_in(session: Session, day: date) -> Iterator[Task | Concern]:
    """Yield the admissions under way, the arrivals due, reservations about to end."""
    under_way = state.lines_in(session)
    for line in under_way:
        yield Task(
            line.planned_on or day,
            words(N_("Admission")),
            _about(line),
            words(N_("Carry on")),
            Target(ADMISSION, line.admission_id),
        )
    yield from _reserved(session, {line.resident_id for line in under_way}, day)


def _about(line: AdmissionLine) -> Text:
    name = line.name or words(N_("No name yet"))
    if line.step is Step.DONE:
        text = N_("{name} · bed {bed} · all is ready for moving in")
        return words(text, name=name, bed=line.bed)
    step = words(STEP_NAMES[line.step])
    if line.bed:
        text = N_("{name} · bed {bed} · next: {step}")
        return words(text, name=name, bed=line.bed, step=step)
    return words(N_("{name} · next: {step}"), name=name, step=step)


def _reserved(
    session: Session, admitting: set[int | None], day: date
) -> Iterator[Task | Concern]:
    """Yield for whom a bed waits, unless they live here or are being admitted."""
    query = (
        select(BedUseRow, ResidentRow.name)
        .join(ResidentRow, ResidentRow.id == BedUseRow.resident_id)
        .where(
            BedUseRow.kind == "reserved",
            or_(BedUseRow.ends.is_(None), BedUseRow.ends > day),
        )
        .order_by(BedUseRow.starts, BedUseRow.id)
    )
    for row, name in session.execute(query):
        bed = bed_name_in(session, row.bed_id)
        arrives = row.starts <= day and row.resident_id not in admitting
        if arrives and open_stay_in(session, row.resident_id) is None:
            yield Task(
                row.starts,
                words(N_("Arrival")),
                words(N_("{name} · bed {bed} is reserved"), name=name, bed=bed),
                words(N_("Admit")),
                Target(ADMIT, row.resident_id),
            )
        if row.ends is not None and row.ends <= day + ENDING:
            text = N_("Bed {bed} is reserved for {name} only until {day}")
            told = words(text, bed=bed, name=name, day=row.ends)
            subject, target = words(N_("Reserved")), Target("bed", row.bed_id)
            yield Concern(
                subject, told, Urgency.SOON, target, Role.FRONT_DESK, row.ends
            )
