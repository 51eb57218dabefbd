"""What one person can do with the inspections from outside."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.approvals import OutsideInspectionRow
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.periods import Period
from carehome.rules.rights import Right
from carehome.rules.safety import inspections as rules
from carehome.rules.safety.hazards import NewHazard, Origin, Severity
from carehome.rules.safety.inspections import OFFICE_NAMES, Inspection
from carehome.rules.today import Concern
from carehome.services.residents.papers import read_paper
from carehome.services.safety import papers_today
from carehome.services.safety.findings import findings_in
from carehome.services.safety.hazards import open_hazard_in
from carehome.services.safety.scans import keep_scan_in
from carehome.services.service import Service, needs

KEPT = tuple(
    each.name
    for each in fields(Inspection)
    if each.name not in ("scan_id", "answer_scan_id", "findings", "inspection_id")
)


class InspectionFound(Refusal):
    """What found a hazard stays as long as the hazard."""

    text = N_(
        "The hazard {number} was found by this and stays in the register. The "
        "inspection is kept with it; correct it instead."
    )


class Inspections(Service):
    """What one person can do with the inspections from outside."""

    @needs(Right.SEE_SAFETY)
    def listed(self) -> list[Inspection]:
        """List all inspections with what they found, the newest first."""
        with self._reading() as session:
            known = inspections_in(session)
            ids = [each.inspection_id for each in known]
            found = findings_in(session, Origin.INSPECTION, ids, self._clock())
        return [
            replace(each, findings=found.get(each.inspection_id, ())) for each in known
        ]

    @needs(Right.CHANGE_SAFETY)
    def save(self, inspection: Inspection, scan: Path | None = None) -> int:
        """Write an inspection down or correct it; return its number."""
        rules.check(inspection, self._today())
        content = read_paper(scan) if scan else b""
        with self._writing() as session:
            row = session.get(OutsideInspectionRow, inspection.inspection_id)
            row = row or OutsideInspectionRow()
            for name in KEPT:
                value = getattr(inspection, name)
                setattr(row, name, value.strip() if isinstance(value, str) else value)
            if scan is not None:
                title = inspection.number or _office(inspection)
                row.scan_id = keep_scan_in(session, title, scan, content, self._now())
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_SAFETY)
    def remove(self, inspection_id: int) -> None:
        """Remove one written down by mistake; one that found a hazard stays."""
        with self._writing() as session:
            ids = [inspection_id]
            found = findings_in(session, Origin.INSPECTION, ids, self._clock())
            for finding in found.get(inspection_id, ()):
                raise InspectionFound(number=finding.number)
            session.delete(session.get_one(OutsideInspectionRow, inspection_id))

    @needs(Right.CHANGE_SAFETY)
    def add_finding(
        self, inspection_id: int, item: str, place: str, severity: Severity
    ) -> int:
        """Open a hazard for what an inspection found; return the hazard."""
        with self._writing() as session:
            row = session.get_one(OutsideInspectionRow, inspection_id)
            inspection = _inspection(row)
            new = NewHazard(
                item,
                place,
                severity,
                Origin.INSPECTION,
                inspection_id,
                source=inspection.number,
                found_by=inspection.inspectors or _office(inspection),
            )
            return open_hazard_in(session, new, self._clock(), self._user)

    @needs(Right.CHANGE_SAFETY)
    def give_answer(
        self, inspection_id: int, day: date, answer: str, scan: Path | None = None
    ) -> None:
        """Note or correct what was answered to an office, and when."""
        content = read_paper(scan) if scan else b""
        with self._writing() as session:
            row = session.get_one(OutsideInspectionRow, inspection_id)
            rules.check_answered(row.day, day, self._today())
            row.answered_on, row.answer = day, answer.strip()
            if scan is not None:
                text = _("Answer to {office}")
                title = text.format(office=_office(_inspection(row)))
                now = self._now()
                row.answer_scan_id = keep_scan_in(session, title, scan, content, now)

    @needs(Right.SEE_SAFETY)
    def today(self, day: date) -> list[Concern]:
        """Tell which answers are owed to an office."""
        with self._reading() as session:
            owed = rules.answers_due(inspections_in(session), day)
        return list(papers_today.answers(owed))


def inspections_in(session: Session, span: Period | None = None) -> list[Inspection]:
    """List the inspections, of a period or all, the newest first, without findings."""
    query = select(OutsideInspectionRow).order_by(
        OutsideInspectionRow.day.desc(), OutsideInspectionRow.id.desc()
    )
    if span is not None:
        query = query.where(OutsideInspectionRow.day >= span.start)
        if span.end is not None:
            query = query.where(OutsideInspectionRow.day < span.end)
    return [_inspection(row) for row in session.scalars(query)]


def _inspection(row: OutsideInspectionRow) -> Inspection:
    told = {name: getattr(row, name) for name in KEPT}
    told |= {"scan_id": row.scan_id, "answer_scan_id": row.answer_scan_id}
    return Inspection(**told, inspection_id=row.id)


def _office(inspection: Inspection) -> str:
    return inspection.office_name or _(OFFICE_NAMES[inspection.office])
