"""Who has to be assessed, and by when."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.assessments import (
    AssessmentDraftRow,
    AssessmentFlagRow,
    AssessmentRow,
)
from carehome.db.beds import BedRow, BedUseRow, FloorRow, RoomRow
from carehome.db.residents import AdmissionRow, ResidentRow, StayRow
from carehome.rules import numbers
from carehome.rules.assessments import form_of
from carehome.rules.assessments.due import URGENCY, standing_of
from carehome.services.assessments.flags import open_flags_in
from carehome.services.assessments.levels import newest
from carehome.services.assessments.rules import rules_in
from carehome.services.assessments.values import DRAFT, DoneLine, DraftLine, DueLine

Places = Mapping[int, tuple[str, str]]  # bed and floor of who has one


def due_in(session: Session, day: date) -> list[DueLine]:
    """List how the assessment of everybody who lives here stands, most urgent first."""
    months = rules_in(session).months
    last = {row.resident_id: row for row in session.scalars(newest(day))}
    flags = open_flags_in(session, {key: row.base_on for key, row in last.items()})
    drafts = _open_drafts_in(session)
    places, gone = places_in(session, day), _gone_in(session, day)
    lines = [
        _line(resident, since, last, flags, drafts, places, gone, months, day)
        for resident, since in _people_in(session, day)
    ]
    return sorted(lines, key=lambda each: (URGENCY[each.due], each.due_on, each.bed))


def _line(
    resident: ResidentRow,
    since: date,
    last: Mapping[int, AssessmentRow],
    flags: Mapping[int, list[AssessmentFlagRow]],
    drafts: Mapping[int, int],
    places: Places,
    gone: Mapping[int, date],
    months: int,
    day: date,
) -> DueLine:
    newest_one, raised = last.get(resident.id), flags.get(resident.id, [])
    last_on = newest_one.base_on if newest_one else None
    flagged_on = [flag.day for flag in raised if flag.day <= day]
    left_on = gone.get(resident.id)
    stands = standing_of(
        resident.born, since, last_on, flagged_on, months, day, left_on
    )
    bed, floor = places.get(resident.id, ("", ""))
    level = ""
    if newest_one:
        level = form_of(newest_one.form).level_name(newest_one.level)
    return DueLine(
        resident.id,
        resident.name,
        bed,
        floor,
        stands.due,
        stands.due_on,
        last_on,
        level,
        newest_one.ability_level if newest_one else None,
        raised[0].reason if raised else "",
        drafts.get(resident.id),
        raised[0].id if raised else None,
    )


def _people_in(session: Session, day: date) -> list[tuple[ResidentRow, date]]:
    """List who lives here, and who is about to, with the day that counts."""
    living = (
        select(ResidentRow, StayRow.admitted_on)
        .join(StayRow, StayRow.resident_id == ResidentRow.id)
        .where(
            StayRow.admitted_on <= day,
            or_(StayRow.discharged_on.is_(None), StayRow.discharged_on > day),
        )
    )
    found = {row.id: (row, since) for row, since in session.execute(living)}
    coming = (
        select(ResidentRow, AdmissionRow.planned_on, AdmissionRow.begun_on)
        .join(AdmissionRow, AdmissionRow.resident_id == ResidentRow.id)
        .where(AdmissionRow.finished_on.is_(None), AdmissionRow.given_up_on.is_(None))
    )
    for row, planned_on, begun_on in session.execute(coming):
        found.setdefault(row.id, (row, planned_on or begun_on))
    return list(found.values())


def _gone_in(session: Session, day: date) -> dict[int, date]:
    """Return on which day the last ended stay of each resident ended."""
    query = select(StayRow.resident_id, StayRow.discharged_on).where(
        StayRow.discharged_on <= day
    )
    ordered = query.order_by(StayRow.discharged_on)
    return {who: left_on for who, left_on in session.execute(ordered) if left_on}


def places_in(session: Session, day: date) -> Places:
    """Return the bed and the floor of everybody who has one on `day`."""
    query = (
        select(BedUseRow.resident_id, RoomRow.name, BedRow.label, FloorRow.name)
        .join(BedRow, BedRow.id == BedUseRow.bed_id)
        .join(RoomRow, RoomRow.id == BedRow.room_id)
        .join(FloorRow, FloorRow.id == RoomRow.floor_id)
        .where(
            BedUseRow.starts <= day,
            or_(BedUseRow.ends.is_(None), BedUseRow.ends > day),
        )
    )
    return {
        resident_id: (f"{room}-{label}", floor)
        for resident_id, room, label, floor in session.execute(query)
    }


def _open_drafts_in(session: Session) -> dict[int, int]:
    query = select(AssessmentRow.resident_id, AssessmentRow.id).where(
        AssessmentRow.state == DRAFT
    )
    return {line.resident_id: line.id for line in session.execute(query)}


def done_in(session: Session, day: date) -> list[DoneLine]:
    """List the finished and void assessments of everybody, the newest first."""
    row = AssessmentRow
    query = (
        select(
            *(row.id, row.resident_id, ResidentRow.name, row.year, row.number),
            *(row.state, row.base_on, row.reason, row.form, row.total, row.level),
            *(row.ability_level, row.assessor_1, row.assessor_2),
        )
        .join(ResidentRow, ResidentRow.id == row.resident_id)
        .where(row.state != DRAFT)
        .order_by(row.base_on.desc(), row.id.desc())
    )
    places = places_in(session, day)
    return [
        DoneLine(
            each.id,
            each.resident_id,
            each.name,
            places.get(each.resident_id, ("", ""))[0],
            numbers.write(each.year, each.number),
            each.state,
            each.base_on,
            each.reason,
            form_of(each.form).standard,
            each.total,
            form_of(each.form).level_name(each.level),
            each.ability_level,
            (each.assessor_1, each.assessor_2),
        )
        for each in session.execute(query)
    ]


def drafts_in(session: Session, day: date) -> list[DraftLine]:
    """List the assessments that are under way, the last touched first."""
    query = (
        select(AssessmentRow, AssessmentDraftRow, ResidentRow.name)
        .join(AssessmentDraftRow, AssessmentDraftRow.assessment_id == AssessmentRow.id)
        .join(ResidentRow, ResidentRow.id == AssessmentRow.resident_id)
        .order_by(AssessmentDraftRow.kept_at.desc(), AssessmentRow.id.desc())
    )
    places = places_in(session, day)
    lines = []
    for row, draft, name in session.execute(query):
        form = form_of(row.form)
        given = sum(item.number in draft.answers for item in form.items)
        lines.append(
            DraftLine(
                row.id,
                row.resident_id,
                name,
                places.get(row.resident_id, ("", ""))[0],
                form.standard,
                date.fromisoformat(draft.head["base_on"]),
                given,
                len(form.items),
                draft.kept_by,
                draft.kept_at,
            )
        )
    return lines
