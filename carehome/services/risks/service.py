"""Risks of residents: assessed, guarded against, explained to the family."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select

from carehome.db.risks import HomeMeasureRow, RiskAssessmentRow, RiskMeasureRow
from carehome.i18n import _, speaking
from carehome.reports.risks import write_risks
from carehome.rules import risks as rules
from carehome.rules.home import NameMissing
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right
from carehome.rules.risks import Answers, Risk
from carehome.rules.today import Concern
from carehome.services.papers import letterhead_in
from carehome.services.residents.papers import add_paper_in, read_paper
from carehome.services.risks import at_risk, records, sheets, standings, today
from carehome.services.risks.values import (
    AtRiskLine,
    DueLine,
    Head,
    ResidentRisks,
    RiskState,
)
from carehome.services.service import Service, needs


class Risks(Service):
    """What one person can do about the risks of residents."""

    @needs(Right.ASSESS)
    def begin(self, resident_id: int) -> int:
        """Begin an assessment, filled in with what is known; or go on with one."""
        with self._writing() as session:
            name = self._user.name
            return records.begin_in(session, resident_id, self._today(), name)

    @needs(Right.SEE_RESIDENTS)
    def state(self, assessment_id: int) -> RiskState:
        """Return all of one assessment."""
        with self._reading() as session:
            return records.state_in(session, assessment_id)

    @needs(Right.ASSESS)
    def keep(self, assessment_id: int, head: Head, answers: Answers) -> None:
        """Keep what is written so far of an assessment."""
        with self._writing() as session:
            records.keep_in(session, assessment_id, head, answers)

    @needs(Right.ASSESS)
    def finish(self, assessment_id: int, head: Head, answers: Answers) -> None:
        """Close an assessment: it stays as it is, and its measures hold from now on."""
        check_happened(head.day, self._today())
        with self._writing() as session:
            records.keep_in(session, assessment_id, head, answers)
            records.finish_in(session, assessment_id, self._now())

    @needs(Right.ASSESS)
    def discard(self, assessment_id: int) -> None:
        """Throw an assessment away that was never finished."""
        with self._writing() as session:
            session.delete(records.draft_row_in(session, assessment_id))

    @needs(Right.ASSESS)
    def note_told(
        self, assessment_id: int, told_to: str, told_by: str, day: date
    ) -> None:
        """Note to whom the risks and measures were explained."""
        check_happened(day, self._today())
        with self._writing() as session:
            row = session.get_one(RiskAssessmentRow, assessment_id)
            if not told_to.strip():
                raise NameMissing(field=_("explained to"))
            rules.check_told(row.day, row.state == "finished", day)
            rules.check_signed(day, row.signed_on or day)
            row.told_to, row.told_by = told_to.strip(), told_by.strip()
            row.told_on = day

    @needs(Right.ASSESS)
    def note_signed(
        self, assessment_id: int, signer: str, day: date, path: Path | None = None
    ) -> None:
        """Note who signed the notice, and keep the scan of it if there is one."""
        check_happened(day, self._today())
        content = read_paper(path) if path else None
        with self._writing() as session:
            row = session.get_one(RiskAssessmentRow, assessment_id)
            if not signer.strip():
                raise NameMissing(field=_("Who signed"))
            rules.check_signed(row.told_on, day)
            row.signer, row.signed_on = signer.strip(), day
            if path and content:
                row.paper_id = add_paper_in(
                    session,
                    row.resident_id,
                    "assessment",
                    sheets.title(row.day),
                    path.name,
                    content,
                    self._now(),
                )

    @needs(Right.ASSESS)
    def end_measure(self, measure_id: int, day: date) -> None:
        """Let a measure hold no longer from `day` on."""
        check_happened(day, self._today())
        with self._writing() as session:
            row = session.get_one(RiskMeasureRow, measure_id)
            rules.check_ended(row.starts, day)
            row.ends = day

    @needs(Right.SEE_RESIDENTS)
    def of_resident(self, resident_id: int) -> ResidentRisks:
        """Return what is known of the risks of one resident."""
        with self._reading() as session:
            day = self._today()
            standing = standings.standing_in(session, resident_id, day)
            return ResidentRisks(
                resident_id,
                tuple(records.lines_in(session, resident_id)),
                tuple(records.measures_in(session, resident_id, day)),
                standing.due if standing else None,
                standings.drafts_in(session).get(resident_id),
            )

    @needs(Right.SEE_RESIDENTS)
    def due(self, day: date) -> list[DueLine]:
        """List whose risks are to be assessed, the most urgent first."""
        with self._reading() as session:
            return at_risk.due_in(session, day)

    @needs(Right.SEE_RESIDENTS)
    def at_risk(self, day: date) -> list[AtRiskLine]:
        """List who of those who live here is at which risk, and what is done."""
        with self._reading() as session:
            return at_risk.lines_in(session, day)

    @needs(Right.SEE_RESIDENTS)
    def suggestions(self) -> Mapping[Risk, tuple[str, ...]]:
        """Return the measures that are offered against each risk."""
        with self._reading() as session:
            form = rules.form_in_force(self._today())
            return records.suggested_in(session, form)

    @needs(Right.ASSESS)
    def change_suggestions(self, risk: Risk, texts: Sequence[str]) -> None:
        """Offer the home's own measures against a risk; none puts the form's back."""
        wanted = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
        with self._writing() as session:
            query = select(HomeMeasureRow).where(HomeMeasureRow.risk == risk)
            for row in session.scalars(query):
                session.delete(row)
            session.flush()
            for position, text in enumerate(wanted):
                session.add(HomeMeasureRow(risk=risk, text=text, position=position))

    @needs(Right.SEE_RESIDENTS)
    @speaking()
    def write_sheet(self, assessment_id: int, path: Path) -> None:
        """Write an assessment and the notice for the family as a PDF."""
        with self._reading() as session:
            state = records.state_in(session, assessment_id)
            home = letterhead_in(session)
        write_risks(path, sheets.sheet_of(state), home)

    @needs(Right.SEE_RESIDENTS)
    def today(self, day: date) -> list[Concern]:
        """Tell whose risks are to be assessed or explained."""
        with self._reading() as session:
            return list(today.lines_in(session, day))
