"""What one person can do with approvals, contracts, test reports and insurance."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db import change_log
from carehome.db.approvals import PaperRuleRow, SafetyPaperRow, SafetyScanRow
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.certificates import Warnings
from carehome.rules.rights import Right
from carehome.rules.safety import approvals as rules
from carehome.rules.safety.approvals import KIND_NAMES, Due, Group, Paper, PaperRules
from carehome.rules.safety.hazards import NewHazard, Origin, Severity
from carehome.rules.safety.inspections import Finding
from carehome.rules.today import Concern
from carehome.services.residents.papers import read_paper
from carehome.services.safety import papers_today
from carehome.services.safety.findings import findings_in
from carehome.services.safety.hazards import open_hazard_in
from carehome.services.safety.scans import keep_scan_in
from carehome.services.service import Service, needs
from carehome.services.staff.lists import WarningsUnordered

KEPT = tuple(
    each.name for each in fields(Paper) if each.name not in ("scan_id", "paper_id")
)


class NoTest(Refusal):
    """Only a test finds something."""

    text = N_("Only a test report has findings. Open the hazard by hand.")


class PaperFound(Refusal):
    """What found a hazard stays as long as the hazard."""

    text = N_(
        "The hazard {number} was found by this and stays in the register. The paper "
        "is kept with it; correct it instead."
    )


@dataclass(frozen=True, slots=True)
class PaperList:
    """All papers with what is due on a day, and the hazards that tests found."""

    papers: tuple[Paper, ...]
    dues: tuple[Due, ...]
    rules: PaperRules
    found: Mapping[int, tuple[Finding, ...]]


class SafetyPapers(Service):
    """What one person can do with approvals, contracts, tests and insurance."""

    @needs(Right.SEE_SAFETY)
    def listed(self, day: date) -> PaperList:
        """List all papers, the newest first, and what is due."""
        with self._reading() as session:
            papers, set_rules = papers_in(session), rules_in(session)
            tests = [each.paper_id for each in papers if each.group is Group.TEST]
            found = findings_in(session, Origin.TEST, tests, self._clock())
        dues = tuple(rules.dues(papers, set_rules, day))
        return PaperList(tuple(papers), dues, set_rules, found)

    @needs(Right.CHANGE_SAFETY)
    def save(self, paper: Paper, scan: Path | None = None) -> int:
        """File a paper or correct it; a new scan takes the place of the former."""
        rules.check(paper)
        content = read_paper(scan) if scan else b""
        with self._writing() as session:
            row = session.get(SafetyPaperRow, paper.paper_id) or SafetyPaperRow()
            for name in KEPT:
                value = getattr(paper, name)
                setattr(row, name, value.strip() if isinstance(value, str) else value)
            if scan is not None:
                title = paper.number or _(KIND_NAMES[paper.kind])
                row.scan_id = keep_scan_in(session, title, scan, content, self._now())
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_SAFETY)
    def remove(self, paper_id: int) -> None:
        """Remove a paper filed by mistake; one that found a hazard stays."""
        with self._writing() as session:
            found = findings_in(session, Origin.TEST, [paper_id], self._clock())
            for finding in found.get(paper_id, ()):
                raise PaperFound(number=finding.number)
            session.delete(session.get_one(SafetyPaperRow, paper_id))

    @needs(Right.CHANGE_SAFETY)
    def add_finding(
        self, paper_id: int, item: str, place: str, severity: Severity
    ) -> int:
        """Open a hazard for what a test found; return the hazard."""
        with self._writing() as session:
            row = session.get_one(SafetyPaperRow, paper_id)
            paper = _paper(row)
            if paper.group is not Group.TEST:
                raise NoTest
            new = NewHazard(
                item,
                place,
                severity,
                Origin.TEST,
                paper_id,
                source=paper.number,
                found_by=paper.party,
            )
            return open_hazard_in(session, new, self._clock(), self._user)

    @needs(Right.SEE_SAFETY)
    def scan(self, scan_id: int) -> bytes:
        """Return a scan of a paper or an inspection; the log keeps who looked."""
        with self._writing() as session:
            row = session.get_one(SafetyScanRow, scan_id)
            change_log.note_look(session, "safety_scan", row.id, None)
            return row.content

    @needs(Right.CHANGE_SAFETY)
    def set_rules(self, new: PaperRules) -> None:
        """Set how far ahead ends are told, how often is tested, who bears what."""
        rules.check_rules(new)
        far, middle, near = new.warnings.far, new.warnings.middle, new.warnings.near
        if not 366 >= far > middle > near > 0:
            raise WarningsUnordered
        with self._writing() as session:
            row = session.get_one(PaperRuleRow, 1)
            row.warn_far, row.warn_middle, row.warn_near = far, middle, near
            row.test_months = new.test_months
            row.government_percent = new.government_percent
            row.untold_months = new.untold_months

    @needs(Right.SEE_SAFETY)
    def today(self, day: date) -> list[Concern]:
        """Tell which papers end soon, failed or are missing."""
        with self._reading() as session:
            found = rules.dues(papers_in(session), rules_in(session), day)
        return list(papers_today.concerns(found))


def papers_in(session: Session) -> list[Paper]:
    """List all papers, the newest first."""
    newest = SafetyPaperRow.starts.desc(), SafetyPaperRow.id.desc()
    return [
        _paper(row) for row in session.scalars(select(SafetyPaperRow).order_by(*newest))
    ]


def rules_in(session: Session) -> PaperRules:
    """Return the home's own numbers for papers."""
    row = session.get_one(PaperRuleRow, 1)
    warnings = Warnings(row.warn_far, row.warn_middle, row.warn_near)
    return PaperRules(
        warnings, row.test_months, row.government_percent, row.untold_months
    )


def _paper(row: SafetyPaperRow) -> Paper:
    told = {name: getattr(row, name) for name in KEPT}
    return Paper(**told, scan_id=row.scan_id, paper_id=row.id)
