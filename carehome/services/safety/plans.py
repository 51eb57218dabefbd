"""Emergency plans and their versions."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.drills import (
    DrillRuleRow,
    EmergencyPlanRow,
    PlanGradeRow,
    PlanScanRow,
    PlanVersionRow,
)
from carehome.rules.rights import Right
from carehome.rules.safety import emergencies as rules
from carehome.rules.safety.emergencies import EmergencyPlan, PlanVersion
from carehome.rules.today import Concern
from carehome.services.residents.papers import read_paper
from carehome.services.safety import drills_today as lines
from carehome.services.safety.scans import keep_scan_in
from carehome.services.service import Service, needs


class EmergencyPlans(Service):
    """What one person can do with the emergency plans."""

    @needs(Right.SEE_SAFETY)
    def listed(self) -> tuple[list[EmergencyPlan], int]:
        """Return all plans, and how many days before a review is told of."""
        with self._reading() as session:
            return plans_in(session), session.get_one(DrillRuleRow, 1).warn_days

    @needs(Right.CHANGE_SAFETY)
    def save(self, plan: EmergencyPlan) -> int:
        """Add a plan, or correct its title and kind; return its number."""
        with self._writing() as session:
            rules.check_plan(plan, plans_in(session))
            row = session.get(EmergencyPlanRow, plan.plan_id) or EmergencyPlanRow()
            row.title, row.kind = plan.title.strip(), plan.kind
            row.is_active = plan.is_active
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_SAFETY)
    def issue(self, plan_id: int, version: PlanVersion) -> int:
        """Put a new version of a plan in force; return its number."""
        rules.check_version(version)
        with self._writing() as session:
            known = select(PlanVersionRow).where(PlanVersionRow.plan_id == plan_id)
            number = 1 + max((row.number for row in session.scalars(known)), default=0)
            row = PlanVersionRow(
                plan_id=plan_id,
                number=number,
                effective_on=version.effective_on,
                review_on=version.review_on,
                approved_by=version.approved_by.strip(),
                text=version.text.strip(),
                changes=version.changes.strip(),
            )
            session.add(row)
            session.flush()
            for grade, response in version.responses:
                if response.strip():
                    session.add(
                        PlanGradeRow(
                            version_id=row.id, grade=grade, response=response.strip()
                        )
                    )
            return number

    @needs(Right.CHANGE_SAFETY)
    def add_scan(self, plan_id: int, number: int, path: Path) -> int:
        """Keep the scan of a version as it was signed; the newest one is shown."""
        content = read_paper(path)
        with self._writing() as session:
            of_plan = PlanVersionRow.plan_id == plan_id
            query = select(PlanVersionRow).where(
                of_plan, PlanVersionRow.number == number
            )
            version = session.scalars(query).one()
            title = session.get_one(EmergencyPlanRow, plan_id).title
            scan_id = keep_scan_in(session, title, path, content, self._now())
            known = select(PlanScanRow).where(
                PlanScanRow.version_id == version.id, PlanScanRow.scan_id == scan_id
            )
            if session.scalar(known) is None:
                session.add(PlanScanRow(version_id=version.id, scan_id=scan_id))
            return scan_id

    @needs(Right.SEE_SAFETY)
    def today(self, day: date) -> list[Concern]:
        """Tell which plans are to be reviewed or have no version."""
        with self._reading() as session:
            warn_days = session.get_one(DrillRuleRow, 1).warn_days
            return list(lines.of_plans(plans_in(session), day, warn_days))


def plans_in(session: Session) -> list[EmergencyPlan]:
    """Return all plans with their versions, the newest first; active plans first."""
    responses: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in session.scalars(select(PlanGradeRow).order_by(PlanGradeRow.id)):
        responses[row.version_id].append((row.grade, row.response))
    of_version = select(PlanScanRow).order_by(PlanScanRow.id)
    scans = {row.version_id: row.scan_id for row in session.scalars(of_version)}
    versions: dict[int, list[PlanVersion]] = defaultdict(list)
    newest = (PlanVersionRow.effective_on.desc(), PlanVersionRow.number.desc())
    for each in session.scalars(select(PlanVersionRow).order_by(*newest)):
        versions[each.plan_id].append(
            PlanVersion(
                each.effective_on,
                each.review_on,
                each.approved_by,
                each.text,
                each.changes,
                tuple(responses[each.id]),
                each.number,
                scans.get(each.id),
            )
        )
    order = (EmergencyPlanRow.is_active.desc(), EmergencyPlanRow.id)
    return [
        EmergencyPlan(
            plan.title, plan.kind, tuple(versions[plan.id]), plan.is_active, plan.id
        )
        for plan in session.scalars(select(EmergencyPlanRow).order_by(*order))
    ]
